"""Open what is to be read, decompressed where its name says so, and prove that all was read."""

from __future__ import annotations

import io
import os
import stat
import sys
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from jsonl_lint.reading.compressed import decompress, unpacked
from jsonl_lint.reading.errors import ReadError, reason
from jsonl_lint.reading.filled import Filled

if TYPE_CHECKING:
    from collections.abc import Iterator

BUFFER_BYTES = 1 << 20
CHUNK_BYTES = 1 << 20
"""How much is read at once where lines do not matter."""
STDIN = "-"
SUFFIXES = (".jsonl", ".ndjson")
"""Names that are looked for in folders, alone or with the suffix of a compression."""


class Stream:
    """An open input: ``content`` are its bytes, decompressed; ``file`` is where they come from."""

    def __init__(
        self,
        content: io.BufferedReader,
        file: io.FileIO | None = None,
        *,
        start: int = 0,
        packed: bool = False,
    ) -> None:
        """Note what the file is like before it is read.

        ``start`` is the offset from which on it is read; ``packed`` says that it is compressed.
        """
        self.content = content
        self._file = file
        self._packed = packed
        self._before = os.fstat(file.fileno()) if file else None
        self._start = start

    @property
    def is_plain_file(self) -> bool:
        """Whether the content is that of a regular file, as it lies on the disk."""
        return self.size is not None and not self._packed

    @property
    def size(self) -> int | None:
        """Bytes of the file as it lies on the disk; ``None`` for a pipe or bytes in memory."""
        regular = self._before is not None and stat.S_ISREG(self._before.st_mode)
        return self._before.st_size if self._before and regular else None

    def chunks(self) -> Iterator[bytes]:
        """Yield the content piece by piece."""
        return iter(partial(self.content.read, CHUNK_BYTES), b"")

    def verify(self, content_bytes: int) -> None:
        """Check that the file stayed as it was and was read whole; raises ReadError if not."""
        if self._file is None or self._before is None or self.size is None:
            return
        if identity(os.fstat(self._file.fileno())) != identity(self._before):
            message = "the file changed while it was read"
            raise ReadError(message)
        expected = self.size - self._start
        if not self._packed and content_bytes != expected:
            message = f"only {content_bytes:,} of {expected:,} bytes could be read"
            raise ReadError(message)


def is_dataset(name: str) -> bool:
    """Tell from its name whether a file in a folder is to be checked."""
    return unpacked(name).lower().endswith(SUFFIXES)


@contextmanager
def open_path(name: str) -> Iterator[Stream]:
    """Open a path or ``-``; raises ReadError with the reason where that or reading fails."""
    try:
        with _open_file(name) as file:
            # NOTE: of standard input, somebody else may have read a part already.
            start = file.tell() if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else 0
            plain = _buffered(file)
            unpacked = decompress(plain, Path(name).suffix.lower())
            yield Stream(unpacked or plain, file, start=start, packed=unpacked is not None)
    except OSError as error:
        raise ReadError(reason(error)) from error


@contextmanager
def open_bytes(data: bytes) -> Iterator[Stream]:
    """Open bytes in memory."""
    yield Stream(io.BufferedReader(io.BytesIO(data), BUFFER_BYTES))


def _open_file(name: str) -> io.FileIO:
    if name == STDIN:
        # NOTE: Python has no sys.stdin where the descriptor was closed.
        return io.FileIO(sys.stdin.fileno() if sys.stdin else 0, closefd=False)
    try:
        mode = Path(name).stat().st_mode
    except ValueError as error:  # a NUL in the name
        raise ReadError(str(error)) from error
    if stat.S_ISREG(mode) or stat.S_ISFIFO(mode):
        return io.FileIO(name)
    message = "it is a directory" if stat.S_ISDIR(mode) else "it is not a regular file"
    raise ReadError(message)


def _buffered(file: io.FileIO) -> io.BufferedReader:
    # NOTE: over anything but a FileIO, BufferedReader asks at each line whether it is closed.
    if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        return io.BufferedReader(file, BUFFER_BYTES)
    pipe: io.BufferedReader = io.BufferedReader(Filled(partial(_fill, file)), BUFFER_BYTES)
    return pipe


def _fill(file: io.FileIO, buffer: memoryview) -> int:
    try:
        size = file.readinto(buffer)
    except OSError as error:
        raise ReadError(reason(error)) from error
    if size is None:
        message = "it has no data yet and does not wait for any"
        raise ReadError(message)
    return size


def status(name: str) -> os.stat_result | None:
    """Give the status of a path or ``-``; ``None`` where it cannot be had: opening says why."""
    try:
        return os.fstat(sys.stdin.fileno()) if name == STDIN else Path(name).stat()
    except (OSError, ValueError, AttributeError):
        return None


def identity(status: os.stat_result) -> tuple[int, int, int, int]:
    """Give what stays the same as long as nobody replaces a file or writes to it."""
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns
