"""A file that is written whole or not at all: whoever looks sees the old content or the new."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Self

from jsonl_lint.fixing.hidden import BINARY, BY_UMASK, PRIVATE, Hidden, add_name
from jsonl_lint.fixing.replaceable import BACKUP_EXISTS, BACKUP_SUFFIX, EXISTS, Allowed, refusal
from jsonl_lint.fixing.system import REAL
from jsonl_lint.reading.errors import reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jsonl_lint.fixing.system import System

BUFFER_BYTES = 1 << 20


class WriteError(Exception):
    """A file could not be written; the text says why, for the user, and leaves out its name.

    NOTE: it is no OSError, as ReadError is none: ``open_path`` takes each OSError inside its block
    for a failure to read.
    """


class AtomicFile:
    """A new content for a file; the file has the old one until ``commit`` has put all in place.

    What is written goes to a hidden file in the same folder, ``.NAME.RANDOM.tmp``. It is removed
    unless ``commit`` succeeds; only a killed process leaves it behind. Symbolic links are followed:
    the file that they lead to is replaced. An existing file keeps its mode and, where we may give
    that, its owner; a new one gets the mode that the umask leaves.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        overwrite: bool,
        break_hardlinks: bool = False,
        backup: bool = False,
        system: System = REAL,
    ) -> None:
        """Create the hidden file; raises WriteError, also where the target has to stay.

        ``overwrite`` allows that it exists, ``break_hardlinks`` that it has other names, which then
        keep the old content. ``backup`` keeps the old file, if there is one, as ``NAME.bak``.
        """
        self._system = system
        self._allowed = Allowed(overwrite, break_hardlinks, backup)
        self._buffer = bytearray()
        self._backup = ""
        self._target = _resolve(path)
        mode = PRIVATE if self._inspect() else BY_UMASK
        with _explained("no file can be made in its folder"):
            self._hidden = Hidden(self._target, mode, system)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.discard()

    def write(self, data: bytes) -> None:
        """Add bytes; raises WriteError."""
        self._buffer += data
        if len(self._buffer) >= BUFFER_BYTES:
            self._flush()

    def commit(self, verify: Callable[[], None] | None = None) -> None:
        """Put the new content in place, once it is safe on the disk; raises WriteError.

        ``verify`` is called last; what it raises leaves the old file as it is. Once the target is
        replaced nothing is raised any more: should the folder not reach the disk, a power cut may
        bring the old file back, but whole.
        """
        try:
            self._flush()
            old = self._inspect()
            with _explained("writing failed"):
                self._hidden.seal(old)
            if old and self._allowed.backup:
                self._keep(old)
            if verify:
                verify()
            self._place()
        finally:
            self.discard()
        self._sync_folder()

    def discard(self) -> None:
        """Remove what is not in place yet, and close; it may be called again."""
        if self._hidden.remove() and self._backup:
            with suppress(OSError):
                self._system.unlink(self._backup)

    def _inspect(self) -> os.stat_result | None:
        """Look at the target: ``None`` if there is none; raises WriteError if it has to stay."""
        with _explained("it could not be looked at"):
            try:
                old = self._system.lstat(self._target)
            except FileNotFoundError:
                return None
            why = refusal(self._target, old, self._allowed, self._system)
        if why:
            raise WriteError(why)
        return old

    def _flush(self) -> None:
        if not self._hidden.is_open:
            message = "the file is closed"
            raise ValueError(message)
        try:
            with _explained("writing failed"), memoryview(self._buffer) as pending:
                self._hidden.write(pending)
        except BaseException:
            self.discard()  # nobody knows how much was written: there is no way to go on
            raise
        self._buffer.clear()

    def _keep(self, old: os.stat_result) -> None:
        """Give the old file its second name; where it can have only one, copy it."""
        self._backup = self._target + BACKUP_SUFFIX
        try:
            with _explained("its backup could not be made", exists=BACKUP_EXISTS):
                if not add_name(self._target, self._backup, self._system):
                    self._copy(old)
        except WriteError:
            self._backup = ""
            raise

    def _copy(self, old: os.stat_result) -> None:
        copy = Hidden(self._backup, PRIVATE, self._system)
        try:
            source = self._system.open(self._target, os.O_RDONLY | BINARY, 0)
            try:
                while data := self._system.read(source, BUFFER_BYTES):
                    copy.write(memoryview(data))
            finally:
                self._system.close(source)
            copy.seal(old)
            copy.take(self._backup)
        finally:
            copy.remove()

    def _place(self) -> None:
        # NOTE: a target that came to be since `_inspect` is never replaced unless that is allowed;
        # one that was replaced or linked since then is: no system call compares and replaces.
        with _explained("it could not be put in place", exists=EXISTS):
            if self._allowed.overwrite:
                self._hidden.replace(self._target)
            else:
                self._hidden.take(self._target)

    def _sync_folder(self) -> None:
        """See the new name safe on the disk, where the platform lets a folder be opened."""
        if not hasattr(os, "O_DIRECTORY"):
            return
        with suppress(OSError):
            folder = self._system.open(os.path.dirname(self._target), os.O_DIRECTORY, 0)  # noqa: PTH120 - the system takes text
            try:
                self._system.fsync(folder)
            finally:
                self._system.close(folder)


def _resolve(path: str | os.PathLike[str]) -> str:
    """Follow all symbolic links; the last may lead to a file that is not there yet."""
    name = os.fspath(path)
    if name.endswith(("/", os.sep)):
        message = "it names a folder; give the name of a file"
        raise WriteError(message)
    try:
        return os.path.realpath(name)
    except ValueError as error:  # a NUL, or what the encoding of file names lacks
        message = "no file can have this name; give another"
        raise WriteError(message) from error


@contextmanager
def _explained(what: str, *, exists: str = "") -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if exists and isinstance(error, FileExistsError):
            raise WriteError(exists) from error
        message = f"{what}: {reason(error)}"
        raise WriteError(message) from error
