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

from jsonl_lint.reading.compressed import MAX_DECOMPRESSED_BYTES, decompress, unpacked
from jsonl_lint.reading.errors import Code, ReadError, denied, exhausted
from jsonl_lint.reading.filled import Filled

if TYPE_CHECKING:
    from collections.abc import Iterator

BUFFER_BYTES = 1 << 20
CHUNK_BYTES = 1 << 20
"""How much is read at once where lines do not matter."""
STDIN = "-"
SUFFIXES = (".jsonl", ".ndjson")
"""Names that are looked for in folders, alone or with the suffix of a compression."""
_NO_WAITING = getattr(os, "O_NONBLOCK", 0)
"""For opening a regular file, which never waits; Windows has no such pipes."""
_KINDS = {stat.S_IFDIR: "a directory", stat.S_IFIFO: "a named pipe", stat.S_IFSOCK: "a socket"}


class Stream:
    """An open input: ``content`` are its bytes, decompressed; ``file`` is where they come from."""

    def __init__(
        self,
        content: io.BufferedReader,
        file: io.FileIO | None = None,
        before: os.stat_result | None = None,
        *,
        start: int = 0,
        packed: bool = False,
    ) -> None:
        """Take what is read, and what the file was like ``before`` that.

        ``start`` is the offset from which on it is read; ``packed`` says that it is compressed.
        """
        self.content = content
        self._file = file
        self.packed = packed
        self._before = before
        self._start = start

    @property
    def is_plain_file(self) -> bool:
        """Whether the content is that of a regular file, as it lies on the disk."""
        return self.size is not None and not self.packed

    @property
    def size(self) -> int | None:
        """Bytes on the disk, from where it is read; ``None`` for a pipe or bytes in memory."""
        if self._before is None or not stat.S_ISREG(self._before.st_mode):
            return None
        return max(self._before.st_size - self._start, 0)

    def disk_bytes(self, content_bytes: int) -> int:
        """Tell how much of the file was read for so much of its content, from where it began."""
        if self._file is None or not self.packed or self.size is None:
            return content_bytes
        return self._file.tell() - self._start

    def chunks(self) -> Iterator[bytes]:
        """Yield the content piece by piece; raises ReadError at the end, as ``verify`` does."""
        size = 0
        for chunk in iter(partial(self.content.read, CHUNK_BYTES), b""):
            size += len(chunk)
            yield chunk
        self.verify(size)

    def verify(self, content_bytes: int) -> None:
        """Check that the file stayed as it was and was read whole; raises ReadError if not."""
        if self._file is None or self._before is None or self.size is None:
            return
        now = os.fstat(self._file.fileno())
        # NOTE: ctime, which nobody can set back, tells of a rewriting that restored mtime, and of a
        # file that took the name; that a new name or mode changes it too is the price.
        if (*identity(now), now.st_ctime_ns) != (*identity(self._before), self._before.st_ctime_ns):
            message = "the file changed while it was read"
            raise ReadError(message, Code.FILE_CHANGED)
        read = self.disk_bytes(content_bytes)
        if read < self.size:
            message = f"only {read:,} of {self.size:,} bytes could be read"
            raise ReadError(message, Code.FILE_TRUNCATED)
        if read > self.size:
            message = f"{read:,} bytes were read, and the system says that it has {self.size:,}"
            raise ReadError(message, Code.FILE_CHANGED)


def is_dataset(name: str) -> bool:
    """Tell from its name whether a file in a folder is to be checked."""
    return unpacked(name).lower().endswith(SUFFIXES)


class Found(str):
    """A path that was found in a folder: what waits for somebody to write is refused there.

    NOTE: it is a str, so that every list and reporter of names takes it as it is.
    """

    __slots__ = ()


@contextmanager
def open_path(name: str, max_decompressed_bytes: int = MAX_DECOMPRESSED_BYTES) -> Iterator[Stream]:
    """Open a path or ``-``; raises ReadError with the reason where that or reading fails.

    So does what is done with the content, where memory is not enough for it. A compressed file is
    read up to ``max_decompressed_bytes`` of its content.
    """
    try:
        with open_file(name) as file:
            before = os.fstat(file.fileno())
            # NOTE: of standard input, somebody else may have read a part already.
            start = file.tell() if stat.S_ISREG(before.st_mode) else 0
            plain = _buffered(file, before, start)
            unpacked = decompress(plain, Path(name).suffix.lower(), max_decompressed_bytes)
            packed = unpacked is not None
            yield Stream(unpacked or plain, file, before, start=start, packed=packed)
    except OSError as error:
        raise denied(error) from error
    except MemoryError as error:
        raise exhausted() from error


@contextmanager
def open_bytes(data: bytes) -> Iterator[Stream]:
    """Open bytes in memory; raises ReadError where memory is not enough for what is done."""
    try:
        yield Stream(io.BufferedReader(io.BytesIO(data), BUFFER_BYTES))
    except MemoryError as error:
        raise exhausted() from error


def open_file(name: str) -> io.FileIO:
    """Open a path or ``-`` for reading; raises OSError, and ReadError for what is no file.

    A named pipe is waited for, unless it was found.
    """
    if name == STDIN:
        # NOTE: Python has no sys.stdin where the descriptor was closed.
        return io.FileIO(sys.stdin.fileno() if sys.stdin else 0, closefd=False)
    try:
        mode = Path(name).stat().st_mode
    except ValueError as error:  # a NUL in the name
        raise ReadError(str(error), Code.IO_ERROR) from error
    except FileNotFoundError as error:
        if not Path(name).is_symlink():
            raise
        message = "it is a link to nothing"
        raise ReadError(message, Code.NOT_FOUND) from error
    if stat.S_ISFIFO(mode) and not isinstance(name, Found):
        return io.FileIO(name)
    if stat.S_ISREG(mode):
        return _open_regular(name)
    if stat.S_ISDIR(mode):
        os.scandir(name).close()  # one that is closed to us says so
    raise _irregular(mode)


def _open_regular(name: str) -> io.FileIO:
    """Open a regular file; one that just became a pipe does not make us wait."""
    file = io.FileIO(name, opener=lambda path, flags: os.open(path, flags | _NO_WAITING))
    mode = os.fstat(file.fileno()).st_mode
    if stat.S_ISREG(mode):
        return file
    file.close()
    raise _irregular(mode)


def _irregular(mode: int) -> ReadError:
    kind = _KINDS.get(stat.S_IFMT(mode), "a device")
    return ReadError(f"it is {kind}, not a regular file", Code.NOT_REGULAR_FILE)


def _buffered(file: io.FileIO, before: os.stat_result, start: int) -> io.BufferedReader:
    # NOTE: over anything but a FileIO, BufferedReader asks at each line whether it is closed.
    if stat.S_ISREG(before.st_mode):
        direct: io.BufferedReader = io.BufferedReader(file, BUFFER_BYTES)
        if len(direct.peek()) >= min(BUFFER_BYTES, before.st_size - start):
            return direct
        # NOTE: some network file systems give less than was asked for; the sniffer needs it all.
        direct.detach()  # or it would close the file with itself
        file.seek(start)
    filled: io.BufferedReader = io.BufferedReader(Filled(partial(_fill, file)), BUFFER_BYTES)
    return filled


def _fill(file: io.FileIO, buffer: memoryview) -> int:
    try:
        size = file.readinto(buffer)
    except OSError as error:
        raise denied(error) from error
    if size is None:
        message = "it has no data yet and does not wait for any"
        raise ReadError(message, Code.IO_ERROR)
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
