"""Problems of records that decode well: what shows only in their text, and what that text may cost.

Each is reported under a rule of the family ``lines``, whether it stands in the line itself or in
the JSON that a call's arguments hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonl_lint.finding import Problem
from jsonl_lint.reading.decode import (
    DECODER_NESTING,
    count_keys,
    count_quotes,
    keys_are_unique,
    loads,
    quotes_prove_keys_unique,
)
from jsonl_lint.reading.first import first_fault
from jsonl_lint.reading.lines import MAX_NODES
from jsonl_lint.reading.overlooked import (
    duplicate_keys,
    line_separators,
    rounded_integers,
    too_deep,
)
from jsonl_lint.reading.structure import has_more_nodes
from jsonl_lint.rules.lines import duplicate_key, integer_precision
from jsonl_lint.words import count, first_of, quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.finding import Named
    from jsonl_lint.records import Record, ToolCall


def overlooked(value: dict[str, Any], raw: bytes, max_depth: int) -> Iterator[Named]:
    """Yield what the decoder has passed over in a line."""
    if not _keys_are_unique(raw, value):
        yield from _duplicates(raw)
    yield from too_deep_line(raw, max_depth)
    yield from _rounded(raw)
    yield from _separators(raw)


def overlooked_inside(record: Record, max_depth: int) -> Iterator[Named]:
    """Yield what the decoder would pass over in the arguments of calls.

    Those that would take too much to decode are left out of the record, for the other rules.
    """
    for call in record.tool_calls:
        if call.arguments is not None:
            yield from _in_arguments(call, call.arguments, max_depth)


def _keys_are_unique(raw: bytes, value: dict[str, Any]) -> bool:
    try:
        if quotes_prove_keys_unique(raw, count_quotes(value)):
            return True
    except TypeError:  # it nests deeper than orjson writes
        pass
    return keys_are_unique(raw, count_keys(value))


def too_deep_line(raw: bytes, max_depth: int, shift: int = 0) -> Iterator[Named]:
    """Yield the place where text nests too deep; it begins ``shift`` into its line."""
    at = too_deep(raw, max_depth)
    if at is not None:
        message = f"arrays and objects nest deeper than {max_depth:,} levels"
        span = (at + shift, at + shift + 1)
        yield "nesting-too-deep", Problem((), message, _flatten("the record"), span=span)


def _flatten(what: str) -> str:
    return f"flatten {what}; --max-depth sets the limit, up to {DECODER_NESTING:,}"


def _duplicates(raw: bytes) -> Iterator[Named]:
    for path, key, first, second in duplicate_keys(raw):
        if key is None:
            yield "duplicate-key", Problem(path, duplicate_key.CROWDED, duplicate_key.HINT)
            continue
        where = f"first at byte {first[0]:,} of the line"
        message = f"the object has the key {quote(key)} twice, {where}"
        yield "duplicate-key", Problem(path, message, duplicate_key.HINT, part="key", span=second)


def _rounded(raw: bytes) -> Iterator[Named]:
    for path, span in rounded_integers(raw):
        message = f"the integer of {span[1] - span[0]} characters does not fit into 64 bits"
        yield "integer-precision", Problem(path, message, integer_precision.HINT, span=span)


def _separators(raw: bytes) -> Iterator[Named]:
    found = line_separators(raw)
    if found:
        code = ord(raw[slice(*found.first)].decode())
        rule = "unicode-line-separator"
        message = first_of(f"U+{code:04X} stands in a string", found.number, rule)
        hint = f"write it as \\u{code:04x}: some readers end the line there"
        yield rule, Problem((), message, hint, span=found.first)


def _in_arguments(call: ToolCall, arguments: str, max_depth: int) -> Iterator[Named]:
    path = (*call.path, "function", "arguments")
    what = f"the arguments of {quote(call.name or '')}"
    if len(arguments) > MAX_NODES and has_more_nodes(_bytes(arguments), MAX_NODES):
        call.arguments = None
        message = f"{what} have more than {count(MAX_NODES, 'value')}, which are not decoded"
        yield "line-too-complex", Problem(path, message, "check what they are meant to say")
    elif arguments.count("[") + arguments.count("{") > max_depth:
        at = too_deep(_bytes(arguments), max_depth)
        if at is not None and _is_json_so_far(arguments):
            message = f"{what} nest deeper than {max_depth:,} levels, at byte {at:,} of their text"
            yield "nesting-too-deep", Problem(path, message, _flatten("them"))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _is_json_so_far(text: str) -> bool:
    """Tell whether text is JSON but for how deep it nests; any other fault has its own rule."""
    try:
        loads(text)
    except ValueError:
        return first_fault(_bytes(text)).rule == "nesting-too-deep"
    return True
