"""The records of an input, whatever their layout: lines, an array, pretty-printed, CSV rows."""

from __future__ import annotations

import csv
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, NoReturn

import orjson

from jsonl_lint.fixing.convert.losses import RefusedError
from jsonl_lint.fixing.convert.raw import SPACED
from jsonl_lint.items import BOM
from jsonl_lint.reading.errors import Code, ReadError
from jsonl_lint.reading.flatten import FlattenError, flatten
from jsonl_lint.reading.lines import MAX_LINE_BYTES, OversizedLine, read_lines
from jsonl_lint.reading.sniff import sniff_content
from jsonl_lint.words import count, quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jsonl_lint.reading.source import Stream

_SPACE = b" \t\r\n"


class Numbered(NamedTuple):
    """The text of a record, not yet decoded, and its number: of its line, or of the record."""

    number: int
    raw: bytes


class Source:
    """Reads the records of one input; ``bytes_read`` is complete when they are exhausted.

    ``unit`` says what their numbers, from 1, count: "line" or "record". Raises ReadError for an
    input that is neither text of JSON nor, where ``is_csv`` says so, a table.
    """

    def __init__(self, stream: Stream, *, is_csv: bool) -> None:
        self.bytes_read = 0
        self.unit = "line"
        self._stream = stream
        self._level: int | None = None
        self._is_csv = is_csv
        kind = sniff_content(stream.content)
        if kind and kind.level is None:
            raise ReadError(kind.refusal, Code.NOT_JSON_LINES)
        if kind and not is_csv:
            self.unit = "record"
            self._level = kind.level

    def records(self) -> Iterator[Numbered]:
        """Yield the records in order.

        Raises RefusedError where nothing behind the fault can be read, with the number of the line
        or record in its text, and ReadError where the input ends too early.
        """
        if self._is_csv:
            return _rows(self._lines())
        return self._json_lines() if self._level is None else self._flat(self._level)

    def _json_lines(self) -> Iterator[Numbered]:
        for number, line in enumerate(self._lines(), 1):
            raw = line.removeprefix(BOM) if number == 1 else line
            if stripped := raw.strip(_SPACE):
                yield Numbered(number, stripped)

    def _flat(self, level: int) -> Iterator[Numbered]:
        chunks = self._stream.chunks()
        try:
            for number, line in enumerate(flatten(self._counted(chunks), level, MAX_LINE_BYTES), 1):
                yield Numbered(number, line[:-1])
        except FlattenError as error:
            raise RefusedError(str(error)) from error

    def _lines(self) -> Iterator[bytes]:
        for number, line in enumerate(read_lines(self._stream.content, MAX_LINE_BYTES), 1):
            self.bytes_read += len(line)
            if isinstance(line, OversizedLine):
                message = f"line {number:,} is longer than {MAX_LINE_BYTES:,} bytes"
                raise RefusedError(message)
            yield line
        # NOTE: here, for what was cut off is likely to be refused, and would be reason enough.
        self._stream.verify(self.bytes_read)

    def _counted(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        for chunk in chunks:
            self.bytes_read += len(chunk)
            yield chunk


def _rows(lines: Iterator[bytes]) -> Iterator[Numbered]:
    """Yield each row of a table as an object of strings, named by the first row.

    The form is that of RFC 4180: commas, double quotes, which may hold line breaks, and UTF-8 with
    or without byte order mark.
    """
    csv.field_size_limit(MAX_LINE_BYTES)
    reader = csv.reader(_decoded(lines), strict=True)
    number = 1
    try:
        header = _header(next(reader, []))
        number = reader.line_num + 1
        for row in reader:
            if len(row) != len(header) and row:
                message = f"the row at line {number:,} has {count(len(row), 'field')}"
                _refuse(f"{message}, expected {len(header):,} as in the header")
            if row:
                values = dict(zip(header, map(orjson.dumps, row), strict=True))
                yield Numbered(number, SPACED.object(values))
            number = reader.line_num + 1
    except csv.Error as error:
        message = f"the row at line {number:,} is not CSV: {error}".replace("\n", " ")
        raise RefusedError(message) from error


def _header(names: list[str]) -> list[str]:
    if not names:
        _refuse("there is no header row with the names of the columns")
    if "" in names:
        _refuse("a column has no name in the header row")
    name, number = Counter(names).most_common(1)[0]
    if number > 1:
        _refuse(f"two columns have the name {quote(name)}; rename one")
    return names


def _refuse(message: str) -> NoReturn:
    raise RefusedError(message)


def _decoded(lines: Iterator[bytes]) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        raw = line.removeprefix(BOM) if number == 1 else line
        try:
            yield raw.decode()
        except UnicodeDecodeError as error:
            message = f"byte 0x{raw[error.start]:02x} on line {number:,} is not UTF-8"
            raise RefusedError(message) from error
