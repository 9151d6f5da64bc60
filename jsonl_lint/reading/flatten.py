"""Turn JSON text that is laid out over many lines into one line a record.

Nothing is decoded and written again: only line breaks outside strings go, with the indentation
behind them, so numbers, escapes, spacing and the order of keys stay as they were.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from jsonl_lint.reading.decode import loads
from jsonl_lint.reading.first import first_fault
from jsonl_lint.reading.scan import skip_space
from jsonl_lint.reading.structure import levels_opened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_REST_OF_STRING = re.compile(rb'[^"\\\r\n]*+(?:\\[^\r\n][^"\\\r\n]*+)*+("?)')
_TOKEN = re.compile(rb'"' + _REST_OF_STRING.pattern + rb"|[\[\]{}]")
_BREAK = re.compile(rb"[\r\n][ \t\r\n]*+")
_KINDS = {b'"': "a string", b"[": "an array", b"t": "a boolean", b"f": "a boolean", b"n": "null"}
_KINDS |= {b"%c" % digit: "a number" for digit in b"-0123456789"}


class FlattenError(ValueError):
    """The text is not what it was said to be; ``offset`` is the byte, from 0, where that shows."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(f"{message} at byte {offset:,}")
        self.offset = offset


def flatten(chunks: Iterable[bytes], level: int, limit: int) -> Iterator[bytes]:
    r"""Yield each object that opens at a bracket depth as one line that ends in ``\n``.

    ``level`` 0: objects one behind another, with white space at most between; 1: the elements of
    one array. The chunks may be cut anywhere; one record is held at a time, of at most ``limit``
    bytes with its line breaks. A byte order mark in front is passed over. Raises FlattenError for
    anything else: text between records, elements that are not objects, what is not JSON, an end
    that comes too early.
    """
    reader = _Reader(level, limit)
    for text in _pieces(chunks):
        yield from reader.lines(text)
    reader.finish()


def _pieces(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Cut chunks anew: the first holds a whole mark, none parts a backslash from its escape."""
    carried = b""
    shortest = len(codecs.BOM_UTF8)
    for chunk in chunks:
        text = carried + chunk
        backslashes = len(text) - len(text.rstrip(b"\\"))
        end = len(text) - backslashes % 2 if len(text) >= shortest else 0
        carried = text[end:]
        shortest = shortest if not end else 0
        yield text[:end]
    yield carried


class _Reader:
    """Takes the text piece by piece; between pieces it holds the record that is open."""

    def __init__(self, level: int, limit: int) -> None:
        self._level = level
        self._limit = limit
        self._offset = 0
        """Bytes before the piece at work."""
        self._expected = b"[" if level else b"{"
        """What may come next outside a record, beside white space; empty behind an array."""
        self._records = 0
        self._parts: list[bytes] = []
        self._length = 0
        self._start = 0
        self._depth = 0
        self._in_string = False

    def lines(self, text: bytes) -> Iterator[bytes]:
        """Yield the records that end in this piece."""
        has_mark = not self._offset and text.startswith(codecs.BOM_UTF8)
        at = len(codecs.BOM_UTF8) if has_mark else 0
        while at < len(text):
            if not self._depth:
                at = self._outside(text, at)
                continue
            end = self._inside(text, at)
            self._hold(text[at:end])
            at = end
            if not self._depth:
                yield self._line()
        self._offset += len(text)

    def finish(self) -> None:
        """Raise FlattenError where the text has ended too early."""
        if self._depth:
            message = f"the text ends inside {self._name(1)}, which begins"
            raise FlattenError(message, self._start)
        if self._level and self._expected:
            message = "the text ends before the end of the array"
            raise FlattenError(message, self._offset)

    def _outside(self, text: bytes, at: int) -> int:
        """Take what stands between records, up to the brace that opens one."""
        at = skip_space(text, at)
        byte = text[at : at + 1]
        if not byte:
            return at
        if byte not in self._expected:
            raise FlattenError(self._unexpected(byte), self._offset + at)
        if byte == b"{":
            self._start = self._offset + at
            self._depth = 1
            self._hold(byte)
        if self._level:
            self._expected = {b"[": b"{]", b",": b"{", b"{": b",]", b"]": b""}[byte]
        return at + 1

    def _unexpected(self, byte: bytes) -> str:
        if not self._expected:
            return "text follows the end of the array"
        if self._expected == b"[":
            return "something else than an array begins"
        if self._expected == b",]":
            return f'neither "," nor "]" follows {self._name()}'
        kind = _KINDS.get(byte, "text that is not JSON")
        return f"{self._name(1)} is {kind}, not an object,"

    def _name(self, ahead: int = 0) -> str:
        what = "element" if self._level else "record"
        return f"{what} {self._records + ahead:,}"

    def _inside(self, text: bytes, at: int) -> int:
        """Step over the open record as far as this piece has it; give the place behind."""
        if self._in_string:
            at = self._end_string(text, _REST_OF_STRING.match(text, at))
        for token in _TOKEN.finditer(text, at):
            mark = text[token.start() : token.start() + 1]
            if mark == b'"':
                if not token[1]:
                    self._end_string(text, token)
            elif mark in b"{[":
                self._depth += 1
            else:
                self._depth -= 1
                if not self._depth:
                    return token.end()
        return len(text)

    def _end_string(self, text: bytes, token: re.Match[bytes] | None) -> int:
        end = token.end() if token else 0
        self._in_string = not (token and token[1])
        if self._in_string and text[end : end + 2] not in (b"", b"\\"):
            message = "a line break stands in a string"
            raise FlattenError(message, self._offset + end)
        return end

    def _hold(self, part: bytes) -> None:
        self._parts.append(part)
        self._length += len(part)
        if self._length > self._limit:
            message = f"a record is longer than {self._limit:,} bytes; it begins"
            raise FlattenError(message, self._start)

    def _line(self) -> bytes:
        raw = b"".join(self._parts)
        self._parts.clear()
        self._length = 0
        self._records += 1
        try:
            loads(raw)
        except ValueError as error:
            fault = first_fault(raw)
            # NOTE: one message tells a place of its own, within the line that it takes this for.
            message = f"{self._name()} is not JSON: {fault.message.partition(' at byte ')[0]}"
            raise FlattenError(message, self._start + fault.start) from error
        # NOTE: valid JSON has no line break in a string, and no two tokens that could become one.
        return _BREAK.sub(b"", raw) + b"\n"


def end_with_lf(chunks: Iterable[bytes], limit: int) -> Iterator[bytes]:
    r"""Yield the records that CR parts, each with ``\n`` for its end; an LF parts them as well.

    A CR inside a record is white space and stays. The chunks may be cut anywhere. Raises
    FlattenError for a record of more than ``limit`` bytes, and for one that is not closed.
    """
    held: list[bytes] = []
    depth = size = offset = 0
    for line in _parted(chunks, limit):
        held.append(line)
        size += len(line) + 1
        depth += levels_opened(line)
        if size > limit + 1:
            message = f"a record is longer than {limit:,} bytes; it begins"
            raise FlattenError(message, offset)
        if depth > 0:
            continue
        yield b"\r".join(held) + b"\n"
        offset += size
        held, depth, size = [], 0, 0
    if held:
        message = "a record is not closed; it begins"
        raise FlattenError(message, offset)


def _parted(chunks: Iterable[bytes], limit: int) -> Iterator[bytes]:
    """Yield what stands between line breaks; what is longer than the limit comes in pieces."""
    rest = b""
    for chunk in chunks:
        *lines, rest = (rest + chunk.replace(b"\r", b"\n")).split(b"\n")
        yield from lines
        if len(rest) > limit:
            yield rest
            rest = b""
    if rest:
        yield rest
