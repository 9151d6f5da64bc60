"""A raw stream that gives all that was asked for, until its input ends or fails."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from jsonl_lint.reading.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Callable

    from _typeshed import WriteableBuffer


class Filled(io.RawIOBase):
    """Calls ``fill`` until the buffer is full: pipes and decompressors give less at a time.

    So a short read means the end of the input. A ReadError of ``fill`` is raised once all that came
    before it was given out. ``fill`` says how many bytes it has put into its buffer, 0 at the end.
    """

    def __init__(self, fill: Callable[[memoryview], int]) -> None:
        """Take the function that the bytes come from."""
        self._fill = fill
        self._ended = False
        self._failure: ReadError | None = None

    def readable(self) -> bool:
        """Tell that the stream can be read."""
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fill the buffer as far as the input goes; raises ReadError where that fails."""
        if self._failure:
            raise self._failure
        view = memoryview(buffer)
        filled = 0
        try:
            while filled < len(view) and not self._ended:
                size = self._fill(view[filled:])
                filled += size
                self._ended = not size
        except ReadError as failure:
            self._failure = failure
            if not filled:
                raise
        return filled
