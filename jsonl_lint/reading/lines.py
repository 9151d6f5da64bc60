"""Split a byte stream into physical lines, at line feeds only, with a bounded length."""

from __future__ import annotations

from functools import partial
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

BOM = b"\xef\xbb\xbf"
MAX_LINE_BYTES = 32 * 1024 * 1024
"""The default bound: a longer line costs more than ten times its length once it is decoded."""

_CHUNK = 1 << 20


class OversizedLine:
    """Stands for a line beyond the bound, which was skipped; its ``len`` is its real length.

    orjson refuses it like a malformed line, so that the loop over good lines need not ask.
    """

    __slots__ = ("_length", "ends")

    def __init__(self, length: int, *, ends: bool) -> None:
        self._length = length
        self.ends = ends

    def __len__(self) -> int:
        """Give the length in bytes, the line feed included."""
        return self._length


def read_lines(stream: IO[bytes], limit: int) -> Iterator[bytes | OversizedLine]:
    """Yield each line with its line end; one of more than ``limit`` bytes is skipped over.

    Iterating ``readline`` with a bound costs what plain iteration costs; text mode and
    ``splitlines`` would also split inside JSON strings.
    """
    for line in iter(partial(stream.readline, limit + 1), b""):
        if len(line) <= limit:
            yield line
        else:
            yield _skip(stream, line)


def _skip(stream: IO[bytes], line: bytes) -> OversizedLine:
    length = len(line)
    while line and not line.endswith(b"\n"):
        line = stream.readline(_CHUNK)
        length += len(line)
    return OversizedLine(length, ends=line.endswith(b"\n"))


def ends_with_newline(line: bytes | OversizedLine) -> bool:
    """Tell whether a line has its line feed: only the last one of a file may lack it."""
    return line.ends if isinstance(line, OversizedLine) else line.endswith(b"\n")
