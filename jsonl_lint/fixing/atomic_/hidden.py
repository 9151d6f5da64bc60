"""The hidden file beside a target: it takes the new content, then the target's name."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from typing import TYPE_CHECKING

from jsonl_lint.fixing.access import keep_access

if TYPE_CHECKING:
    from jsonl_lint.fixing.system import System

PRIVATE = 0o600
BY_UMASK = 0o666
BINARY = getattr(os, "O_BINARY", 0)  # without it Windows writes CR LF for LF
_CLOSED = -1
_NAME_CHARACTERS = 40
"""Of the target's name in that of the hidden file: most systems take 255 bytes in all."""
_NEW_FILE = (
    os.O_WRONLY
    | os.O_CREAT
    | os.O_EXCL
    | BINARY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
)
_NO_LINKS = frozenset(
    {
        errno.EACCES,
        errno.EINVAL,
        errno.EMLINK,
        errno.ENOSYS,
        errno.ENOTSUP,
        errno.EOPNOTSUPP,
        errno.EPERM,
        errno.EXDEV,
    }
)
"""How systems say that a file cannot have one more name there."""


def add_name(path: str, name: str, system: System) -> bool:
    """Give a file a second name, or tell that it cannot have one; raises OSError for the rest."""
    try:
        system.link(path, name)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        return False
    return True


class Hidden:
    """A new file ``.NAME.RANDOM.tmp`` in the folder of a target; every method raises OSError."""

    def __init__(self, target: str, mode: int, system: System) -> None:
        """Create the file, ``PRIVATE`` or with the mode that the umask leaves."""
        self._system = system
        self._size = 0
        self._file = _CLOSED
        self._path = self._claim = ""
        folder, name = os.path.split(target)
        hidden = f".{name[:_NAME_CHARACTERS]}.{os.urandom(8).hex()}.tmp"
        self._path = os.path.join(folder, hidden)  # noqa: PTH118 - the system takes text
        try:
            self._file = system.open(self._path, _NEW_FILE, mode)
        except OSError:
            raise
        except BaseException:  # an interruption, after which the file may be there all the same
            self.remove()
            raise

    @property
    def is_open(self) -> bool:
        """Tell whether the file still takes bytes."""
        return self._file != _CLOSED

    def write(self, data: memoryview) -> None:
        """Write all of the bytes, however few the system takes at once."""
        done = 0
        while done < len(data):
            with suppress(InterruptedError):
                written = self._system.write(self._file, data[done:])
                if not written:
                    raise OSError(errno.EIO, "the system took none of the bytes")
                done += written
        self._size += done

    def seal(self, old: os.stat_result | None) -> None:
        """Take over the access of the old file, and see all bytes safe on the disk."""
        if old:
            keep_access(self._file, old, self._system)
        self._system.fsync(self._file)
        size = self._system.fstat(self._file).st_size
        if size != self._size:
            message = f"only {size:,} of {self._size:,} bytes were written"
            raise OSError(errno.EIO, message)
        self.close()

    def close(self) -> None:
        """Close the file; also where this fails it counts as closed, as it is for the system."""
        file, self._file = self._file, _CLOSED
        if file != _CLOSED:
            self._system.close(file)

    def replace(self, target: str) -> None:
        """Take the name of the target, whoever has it."""
        self._system.replace(self._path, target)

    def take(self, target: str) -> None:
        """Take a name that nobody has; raises FileExistsError, also if it came to be just now.

        NOTE: where files can have only one name, the name is claimed with an empty file first. A
        kill between the two steps leaves the empty file; elsewhere nothing but the whole appears.
        """
        if add_name(self._path, target, self._system):
            return  # `remove` takes the hidden name away
        self._claim = target
        try:
            claimed = self._system.open(target, _NEW_FILE, PRIVATE)
        except OSError:
            self._claim = ""
            raise
        self._system.close(claimed)
        self.replace(target)

    def remove(self) -> bool:
        """Remove the hidden name and tell whether it was there: if so, it replaced nothing.

        It may be called again, and tries again where the system refused.
        """
        try:
            with suppress(OSError):
                self.close()
        finally:
            was_there = self._unlink()
        return was_there

    def _unlink(self) -> bool:
        if not self._path:
            return False
        try:
            self._system.unlink(self._path)
        except FileNotFoundError:
            self._path = ""
            return False
        except OSError:
            return False
        self._path = ""
        if self._claim:
            with suppress(OSError):
                self._system.unlink(self._claim)
        return True
