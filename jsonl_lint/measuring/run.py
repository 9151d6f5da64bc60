"""Read a file to its end and measure it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from jsonl_lint.items import BOM
from jsonl_lint.measuring.counting import RecordCounter
from jsonl_lint.reading.decode import loads
from jsonl_lint.reading.errors import Code, ReadError, denied, require_record
from jsonl_lint.reading.lines import MAX_LINE_BYTES, OversizedLine, read_lines
from jsonl_lint.reading.sniff import sniff_content
from jsonl_lint.reading.source import open_path

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jsonl_lint.linting.summary import FileResult
    from jsonl_lint.measuring.facts import Facts
    from jsonl_lint.reading.source import Stream

Feed = Callable[[dict[str, Any], int], None]
"""What else is done with each record and the bytes of its line, beside counting its facts."""

_BLANK = object()
"""Stands for the value of a blank line, which has none."""


def measure(result: FileResult, facts: Facts, feed: Feed | None = None) -> None:
    """Measure the file of a result, or standard input (``-``): fill ``facts`` and the result.

    What keeps the file from being read to its end is left in ``result.error``; then the facts are
    those of the part that was read.
    """
    try:
        with open_path(result.name) as stream:
            _measure_stream(stream, result, facts, feed)
    except ReadError as error:
        result.fail(error)
    except OSError as error:
        result.fail(denied(error))
    facts.bytes, facts.lines = result.bytes_read, result.lines


def _measure_stream(stream: Stream, result: FileResult, facts: Facts, feed: Feed | None) -> None:
    result.size, result.packed = stream.size, stream.packed
    kind = sniff_content(stream.content)
    if kind:
        raise ReadError(kind.refusal, Code.NOT_JSON_LINES)
    counter = RecordCounter(facts)
    feeds: list[Feed] = [counter.add, feed] if feed else [counter.add]
    try:
        _measure_lines(read_lines(stream.content, MAX_LINE_BYTES), result, facts, feeds)
    finally:
        counter.settle()
    stream.verify(result.bytes_read)
    require_record(facts.records + facts.lines_without_record, "measure")


def _measure_lines(
    lines: Iterable[bytes | OversizedLine], result: FileResult, facts: Facts, feeds: list[Feed]
) -> None:
    raw: Any  # bytes, or an OversizedLine, which the decoder refuses
    for raw in lines:
        result.lines += 1
        result.bytes_read += len(raw)
        try:
            value = loads(raw)
        except ValueError:
            value = _odd_line(raw, facts, first=result.lines == 1)
        if type(value) is dict:
            for feed in feeds:
                feed(value, len(raw))
        elif value is not _BLANK:
            facts.lines_without_record += 1


def _odd_line(raw: bytes | OversizedLine, facts: Facts, *, first: bool) -> object:
    """Give what is behind a byte order mark, ``_BLANK``, or ``None`` for what is no JSON."""
    if isinstance(raw, OversizedLine):
        return None
    text = raw.removeprefix(BOM) if first else raw
    if not text.strip(b" \t\r\n"):
        facts.blank_lines += 1
        return _BLANK
    try:
        return loads(text)
    except ValueError:
        return None
