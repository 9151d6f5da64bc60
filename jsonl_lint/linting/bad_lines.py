"""Problems of lines that hold no record: in the words of the diagnoser, or plainly said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from jsonl_lint.finding import Problem
from jsonl_lint.items import BOM
from jsonl_lint.reading.decode import loads
from jsonl_lint.reading.lines import LOST, MAX_NODES
from jsonl_lint.words import first_of, type_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.finding import Named
    from jsonl_lint.reading.fault import Fault
    from jsonl_lint.reading.lines import OversizedLine


class RawLine(NamedTuple):
    """A line that was refused: its bytes, its number from 1, and its offset in the file."""

    raw: bytes
    number: int
    offset: int


def byte_order_mark() -> Problem:
    """Name the mark at the start of a file."""
    message = "the file begins with a byte order mark"
    return Problem((), message, "save it as UTF-8 without one", span=(0, len(BOM)))


def not_an_object(value: object) -> Problem:
    """Name the line that is JSON but no record."""
    hint = 'write the messages as {"messages": [...]}' if isinstance(value, list) else ""
    return Problem((), f"the line is {type_name(value)}; a record is an object", hint)


def oversized(line: OversizedLine, limit: int) -> Named:
    """Name the line that was let go: for its length, for its values, or since all of it is NUL."""
    if line.rule == "nul-bytes":
        count = len(line) - len(line.tail.lstrip(b"\x00"))
        message, hint = f"the line is {count:,} NUL bytes", LOST
    elif line.rule == "line-too-complex":
        message = f"the line has more than {MAX_NODES:,} values, which are not decoded"
        hint = "check that the line is a record; such lists belong into files of their own"
    else:
        message = f"the line has {len(line):,} bytes; more than {limit:,} are not read"
        hint = "check that line feeds were not lost; --max-line-bytes raises the limit"
    return line.rule, Problem((), message, hint, span=(0, 0))


def repeated(first: int) -> Problem:
    """Name the line that equals an earlier one."""
    return Problem((), f"the record is the same as that of line {first}", "delete it", span=(0, 0))


def forgotten(limit: int) -> Problem:
    """Name the line from which on no line is remembered."""
    message = f"only the first {limit:,} different records are compared with others"
    return Problem((), message, "split the file to compare more", span=(0, 0))


def undecodable(raw: bytes, max_depth: int, *, first: bool) -> tuple[list[Named], list[Any]]:
    """Name what is wrong with a line that cannot be decoded; ``first`` says it begins the file.

    Where only a byte order mark was in the way, the value behind it is given too. ``max_depth`` is
    how many levels a record may have, of which the decoder takes more.
    """
    mark = len(BOM) if first and raw.startswith(BOM) else 0
    named: list[Named] = [("utf8-bom", byte_order_mark())] if mark else []
    if not raw[mark:].strip(b" \t\r\n"):
        return [*named, ("blank-line", Problem((), "blank line", "delete it", span=(0, 0)))], []
    values = _decoded(raw.removeprefix(BOM)) if raw.startswith(BOM) else []
    if not (mark and values):
        named += _diagnosed(raw[mark:], mark, max_depth)
    return named, values


def _decoded(body: bytes) -> list[Any]:
    """Give the value that the bytes hold, or nothing: ``null`` is a value too."""
    try:
        return [loads(body)]
    except ValueError:
        return []


def _diagnosed(body: bytes, shift: int, max_depth: int) -> Iterator[Named]:
    """Yield what is wrong with text that cannot be decoded; it begins ``shift`` into its line."""
    from jsonl_lint.linting.odd_lines import too_deep_line  # noqa: PLC0415 - see the next one
    from jsonl_lint.reading.diagnose import diagnose  # noqa: PLC0415 - only for undecodable lines

    faults = diagnose(body, last=not body.endswith(b"\n"))
    for fault in faults:
        if fault.rule == "nesting-too-deep" and _is_json_before(fault, faults):
            yield from too_deep_line(body, max_depth, shift)
        else:
            message = first_of(fault.message, fault.times, fault.name)
            span = (fault.start + shift, fault.end + shift)
            yield fault.rule, Problem((), message, fault.hint, span=span)


def _is_json_before(fault: Fault, faults: list[Fault]) -> bool:
    """Tell whether brackets can be counted up to a fault: not where strings have other quotes."""
    before = (other.rule for other in faults if other.start < fault.start)
    return all(rule == "bom-mid-file" for rule in before)
