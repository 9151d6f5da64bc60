"""Decompress gzip, bzip2, xz and zstd streams, and notice when they are cut or damaged.

The file objects of the standard library will not do: those for bzip2 and xz drop what follows the
first stream without a word if it does not look like another, and that of zstandard takes a frame
that is cut for a whole one.
"""

from __future__ import annotations

import io
import re
import sys
from typing import TYPE_CHECKING, Protocol

from jsonl_lint.reading.errors import Code, ReadError, denied
from jsonl_lint.reading.filled import Filled

if TYPE_CHECKING:
    from collections.abc import Callable

BUFFER_BYTES = 1 << 20
MAX_DECOMPRESSED_BYTES = 1 << 36
"""The default bound on what comes out of one file: zstandard makes 1 GiB of 32 KiB.

64 GiB is more than a hundred times what any target takes in a file.
"""
_WINDOW_BYTES = 1 << 27
"""How far back compressed data may refer: zstandard's own bound; xz asks for half at most."""
_XZ_MEMORY_BYTES = _WINDOW_BYTES + (1 << 20)
_INPUT_BYTES = 1 << 16
_ZSTD_INPUT_BYTES = 256
"""zstandard cannot bound its output: 4 bytes can stand for 128 KiB, so 256 can for 8 MiB."""

_PADDING = b"\x00"
"""What may stand between streams and behind the last: tar, tapes and xz itself put it there."""


class _Decompressor(Protocol):
    """Takes one stream, as ``bz2.BZ2Decompressor`` does."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


class _Gzip:
    def __init__(self) -> None:
        import zlib  # noqa: PLC0415 - each is only for input of its kind

        self._stream = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)

    @property
    def eof(self) -> bool:
        return self._stream.eof

    @property
    def needs_input(self) -> bool:
        return not self._stream.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._stream.unused_data

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        return self._stream.decompress(data or self._stream.unconsumed_tail, max_length)


class _Zstandard:
    """One frame, by the extra: before Python 3.14 the standard library knows no zstd."""

    needs_input = True

    def __init__(self) -> None:
        try:
            import zstandard  # noqa: PLC0415 - an extra
        except ImportError as error:
            message = 'reading .zst needs the extra: pip install "jsonl-lint[zst]"'
            raise ReadError(message, Code.DECOMPRESSOR_MISSING) from error
        self._frame = zstandard.ZstdDecompressor().decompressobj()

    @property
    def eof(self) -> bool:
        return self._frame.eof

    @property
    def unused_data(self) -> bytes:
        return self._frame.unused_data

    def decompress(self, data: bytes, _max_length: int, /) -> bytes:
        return self._frame.decompress(data)


def _bzip2() -> _Decompressor:
    import bz2  # noqa: PLC0415

    return bz2.BZ2Decompressor()


def _xz() -> _Decompressor:
    import lzma  # noqa: PLC0415

    return lzma.LZMADecompressor(lzma.FORMAT_XZ, _XZ_MEMORY_BYTES)


def _zstd() -> _Decompressor:
    if sys.version_info >= (3, 14):
        from compression.zstd import ZstdDecompressor  # noqa: PLC0415

        return ZstdDecompressor()
    return _Zstandard()


_FORMATS: dict[str, tuple[re.Pattern[bytes], Callable[[], _Decompressor]]] = {
    ".gz": (re.compile(rb"\x1f\x8b"), _Gzip),
    ".bz2": (re.compile(rb"BZh"), _bzip2),
    ".xz": (re.compile(rb"\xfd7zXZ\x00"), _xz),
    ".zst": (re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18"), _zstd),  # or a skipped frame
}
_LONGEST_MAGIC = 6
SUFFIXES = tuple(_FORMATS)


def unpacked(name: str) -> str:
    """Take the suffix of a compression off a file's name, if it has one."""
    suffix = next((suffix for suffix in SUFFIXES if name.lower().endswith(suffix)), "")
    return name[: len(name) - len(suffix)]


class _Streams:
    """Takes streams that stand one behind another, and asks each for its end."""

    def __init__(
        self, raw: io.BufferedReader, make: Callable[[], _Decompressor], limit: int
    ) -> None:
        self._raw = raw
        self._limit = self._left = limit
        self._make = make
        self._current = make()
        self._input_bytes = _INPUT_BYTES
        if isinstance(self._current, _Zstandard):
            self._input_bytes = _ZSTD_INPUT_BYTES
        self._unread = self._pending = memoryview(b"")

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
        if self._current.eof:
            return self._next_stream()
        if not self._current.needs_input:
            return b""
        data = self._read()
        if not data:
            message = "the compressed data ends too early"
            raise ReadError(message, Code.ARCHIVE_TRUNCATED)
        return data

    def _next_stream(self) -> bytes | None:
        data = self._current.unused_data.lstrip(_PADDING)
        while not data:
            read = self._read()
            if not read:
                return None
            data = read.lstrip(_PADDING)
        self._current = self._make()
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
        return bytes(data)


def _failure(error: Exception) -> ReadError:
    # NOTE: the exceptions of lzma and zstandard tell this apart in their words only.
    if isinstance(error, MemoryError) or "memory" in str(error).lower():
        message = f"decompressing it takes more than {_WINDOW_BYTES:,} bytes of memory"
        return ReadError(f"{message}; compress it with a smaller window", Code.CONTENT_TOO_LARGE)
    return ReadError("the compressed data is damaged", Code.ARCHIVE_DAMAGED)


def decompress(
    raw: io.BufferedReader, suffix: str, limit: int = MAX_DECOMPRESSED_BYTES
) -> io.BufferedReader | None:
    """Give the decompressed content of a file with this suffix, of at most ``limit`` bytes.

    None where the suffix or the first bytes say that it is not compressed: what it is instead is
    for the sniffer to say. Raises ReadError where the decompressor is not installed; so does
    reading what is cut, damaged or larger, once all that comes before was given out.
    """
    if suffix not in _FORMATS:
        return None
    magic, make = _FORMATS[suffix]
    if not magic.match(raw.peek(_LONGEST_MAGIC)):
        return None
    return io.BufferedReader(Filled(_Streams(raw, make, limit).fill), BUFFER_BYTES)
