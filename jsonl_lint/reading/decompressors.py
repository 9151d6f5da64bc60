"""What takes one compressed stream, for each format, and how such a stream begins.

The file objects of the standard library will not do: those for bzip2 and xz drop what follows the
first stream without a word if it does not look like another, and that of zstandard takes a frame
that is cut for a whole one.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple, Protocol

from jsonl_lint.reading.errors import Code, ReadError

if TYPE_CHECKING:
    from collections.abc import Callable

WINDOW_BYTES = 1 << 27
"""How far back compressed data may refer: zstandard's own bound; xz asks for half at most."""
_XZ_MEMORY_BYTES = WINDOW_BYTES + (1 << 20)


class Decompressor(Protocol):
    """Takes one stream, as ``bz2.BZ2Decompressor`` does."""

    @property
    def eof(self) -> bool:
        """Whether the stream has come to its end."""
        ...

    @property
    def needs_input(self) -> bool:
        """Whether nothing more comes out without more going in."""
        ...

    @property
    def unused_data(self) -> bytes:
        """What stands behind the end of the stream."""
        ...

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        """Give what comes out of the data, or of what was held back before."""
        ...


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


class Zstandard:
    """One frame, by the extra: before Python 3.14 the standard library knows no zstd.

    NOTE: a decompressor takes a tenth of a millisecond to make, so that all frames of a file share
    one; it serves one frame at a time, so that two files must not.
    """

    needs_input = True

    def __init__(self) -> None:
        """Raise ReadError where the extra is not installed."""
        try:
            import zstandard  # noqa: PLC0415 - an extra
        except ImportError as error:
            message = 'reading .zst needs the extra: pip install "jsonl-lint[zst]"'
            raise ReadError(message, Code.DECOMPRESSOR_MISSING) from error
        self._decompressor = zstandard.ZstdDecompressor()
        self.renew()

    def renew(self) -> None:
        """Take the next frame; what this one has left is gone."""
        self._frame = self._decompressor.decompressobj()

    @property
    def eof(self) -> bool:
        """Whether the frame has come to its end."""
        return self._frame.eof

    @property
    def unused_data(self) -> bytes:
        """What stands behind the frame."""
        return self._frame.unused_data

    def decompress(self, data: bytes, _max_length: int, /) -> bytes:
        """Give all that comes out of the data: it cannot be bounded."""
        return self._frame.decompress(data)


def _bzip2() -> Decompressor:
    import bz2  # noqa: PLC0415

    return bz2.BZ2Decompressor()


def _xz() -> Decompressor:
    import lzma  # noqa: PLC0415

    return lzma.LZMADecompressor(lzma.FORMAT_XZ, _XZ_MEMORY_BYTES)


def _zstd() -> Decompressor:
    if sys.version_info >= (3, 14):
        from compression.zstd import ZstdDecompressor  # noqa: PLC0415

        return ZstdDecompressor()
    return Zstandard()


class Format(NamedTuple):
    """A compression; ``magics`` are the first bytes that a stream of it may have."""

    magics: tuple[bytes, ...]
    make: Callable[[], Decompressor]
    """Makes what takes one stream; raises ReadError where it is not installed."""
    padding_unit: int = 0
    """What the NUL bytes behind a stream have to be a multiple of; 0 where it may have none."""


_SKIPPABLE = tuple(b"%c\x2a\x4d\x18" % first for first in range(0x50, 0x60))
"""How a zstd frame begins that has no content."""
FORMATS = {
    # RFC 1952 knows one method, 8; padding is what gzip itself passes over
    ".gz": Format((b"\x1f\x8b\x08",), _Gzip, padding_unit=1),
    ".bz2": Format((b"BZh",), _bzip2),
    ".xz": Format((b"\xfd7zXZ\x00",), _xz, padding_unit=4),  # section 2.2 of its specification
    ".zst": Format((b"\x28\xb5\x2f\xfd", *_SKIPPABLE), _zstd),
}
"""By the suffix of the file's name."""
