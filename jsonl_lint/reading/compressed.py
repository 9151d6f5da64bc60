"""Decompress gzip, bzip2, xz and zstd files, and notice when they are cut or damaged."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from jsonl_lint.reading.decompressors import FORMATS, WINDOW_BYTES, Zstandard
from jsonl_lint.reading.errors import Code, ReadError, denied
from jsonl_lint.reading.filled import Filled
from jsonl_lint.words import count

if TYPE_CHECKING:
    from jsonl_lint.reading.decompressors import Format

BUFFER_BYTES = 1 << 20
MAX_DECOMPRESSED_BYTES = 1 << 36
"""The default bound on what comes out of one file: zstandard makes 1 GiB of 32 KiB.

64 GiB is more than a hundred times what any target takes in a file.
"""
_INPUT_BYTES = 1 << 16
_ZSTD_INPUT_BYTES = 256
"""zstandard cannot bound its output: 4 bytes can stand for 128 KiB, so 256 can for 8 MiB."""

_PADDING = b"\x00"
"""What may stand between streams and behind the last: tapes and xz itself put it there.

Not so in bzip2 and zstd: bzip2 stops reading there, which loses what follows, and zstd refuses it.
"""
_TELLING = 2
"""First bytes that tell a compressed file, together with its name; one that is cut may have one."""
SUFFIXES = tuple(FORMATS)


def unpacked(name: str) -> str:
    """Take the suffix of a compression off a file's name, if it has one."""
    suffix = next((suffix for suffix in SUFFIXES if name.lower().endswith(suffix)), "")
    return name[: len(name) - len(suffix)]


class _Streams:
    """Takes streams that stand one behind another, and asks each for its end."""

    def __init__(self, raw: io.BufferedReader, format_: Format, limit: int) -> None:
        self._raw = raw
        self._limit = self._left = limit
        self._format = format_
        self._current = format_.make()
        self._input_bytes = _INPUT_BYTES
        if isinstance(self._current, Zstandard):
            self._input_bytes = _ZSTD_INPUT_BYTES
        self._unread = self._pending = memoryview(b"")
        self._taken = 0

    def fill(self, buffer: memoryview) -> int:
        """Put decompressed bytes into the buffer; raises ReadError where there are none."""
        while not self._pending and (data := self._input()) is not None:
            try:
                self._pending = memoryview(self._current.decompress(data, len(buffer)))
            except Exception as error:  # each format has exceptions of its own
                raise _failure(error) from error
        if self._pending and not self._left:
            raise self._too_large()
        given = self._pending[: min(len(buffer), self._left)]
        # NOTE: even an empty slice would keep alive all that it was cut from.
        self._pending = self._pending[len(given) :] or memoryview(b"")
        buffer[: len(given)] = given
        self._left -= len(given)
        return len(given)

    def _too_large(self) -> ReadError:
        message = f"more than {self._limit:,} bytes come out of the compressed data"
        hint = "if that is right, decompress it first, or check it with --max-decompressed-bytes"
        return ReadError(f"{message}; {hint}", Code.CONTENT_TOO_LARGE)

    def _input(self) -> bytes | None:
        """Give the bytes that come next, or None where all streams are at their end."""
        if not self._taken:
            return self._begun(self._more())
        if self._current.eof:
            return self._next_stream()
        if not self._current.needs_input:
            return b""
        return self._more()

    def _next_stream(self) -> bytes | None:
        """Give the beginning of the stream that comes next, or None where there is none."""
        data = self._past_padding()
        if not data:
            return None
        data = self._begun(data)
        if isinstance(self._current, Zstandard):
            self._current.renew()
        else:
            self._current = self._format.make()
        return data

    def _begun(self, data: bytes) -> bytes:
        """Read the beginning of a stream up to its magic; raises ReadError where it has none."""
        # NOTE: most decompressors wait for a whole header before they look at any of it.
        while not data.startswith(self._format.magics):
            if not any(magic.startswith(data) for magic in self._format.magics):
                raise self._foreign(len(data))
            data += self._more()
        return data

    def _past_padding(self) -> bytes:
        """Give what comes behind the padding of a stream, whose length has to be right."""
        data, unit = self._current.unused_data, self._format.padding_unit
        if not unit:
            return data or self._read()
        end = self._taken - len(data)
        data = data.lstrip(_PADDING)
        while not data and (read := self._read()):
            data = read.lstrip(_PADDING)
        padding = self._taken - len(data) - end
        if padding % unit:
            found = f"{count(padding, 'NUL byte')} of padding behind a stream"
            message = f"{found}, expected a multiple of {unit}; compress the file again"
            raise ReadError(message, Code.ARCHIVE_DAMAGED)
        return data

    def _foreign(self, length: int) -> ReadError:
        at = self._taken - length
        if not at:
            return _damaged()
        message = f"something else follows the compressed data at byte {at:,}; cut it off there"
        return ReadError(f"{message}, or compress the file again", Code.ARCHIVE_DAMAGED)

    def _more(self) -> bytes:
        data = self._read()
        if not data:
            message = "the compressed data ends too early"
            raise ReadError(message, Code.ARCHIVE_TRUNCATED)
        return data

    def _read(self) -> bytes:
        """Give the next input, empty at its end; ReadError comes after all that could be read."""
        if not self._unread:
            try:
                self._unread = memoryview(self._raw.read1(_INPUT_BYTES))
            except OSError as error:
                raise denied(error) from error
        data = self._unread[: self._input_bytes]
        self._unread = self._unread[self._input_bytes :]
        self._taken += len(data)
        return bytes(data)


def _failure(error: Exception) -> ReadError:
    # NOTE: the exceptions of lzma and zstandard tell this apart in their words only.
    if isinstance(error, MemoryError) or "memory" in str(error).lower():
        message = f"decompressing it takes more than {WINDOW_BYTES:,} bytes of memory"
        return ReadError(f"{message}; compress it with a smaller window", Code.CONTENT_TOO_LARGE)
    return _damaged()


def _damaged() -> ReadError:
    return ReadError("the compressed data is damaged", Code.ARCHIVE_DAMAGED)


def decompress(
    raw: io.BufferedReader, suffix: str, limit: int = MAX_DECOMPRESSED_BYTES
) -> io.BufferedReader | None:
    """Give the decompressed content of a file with this suffix, of at most ``limit`` bytes.

    None where the suffix or the first bytes say that it is not compressed: what it is instead is
    for the sniffer to say. Raises ReadError where the decompressor is not installed; so does
    reading what is cut, damaged or larger, once all that comes before was given out.
    """
    if suffix not in FORMATS:
        return None
    format_ = FORMATS[suffix]
    head = raw.peek(_TELLING)[:_TELLING]
    if not (head and any(magic.startswith(head) for magic in format_.magics)):
        return None
    return io.BufferedReader(Filled(_Streams(raw, format_, limit).fill), BUFFER_BYTES)
