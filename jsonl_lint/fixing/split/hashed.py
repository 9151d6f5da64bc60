"""A file of the split while it is written, with the hash of what goes into it."""

from __future__ import annotations

from contextlib import contextmanager
from hashlib import sha256
from typing import TYPE_CHECKING

from jsonl_lint.fixing.atomic import AtomicFile, WriteError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class HashedFile:
    """Takes bytes; raises WriteError, with the file's name, where they cannot be written."""

    def __init__(self, file: AtomicFile, name: str) -> None:
        """Take the file and the name that it has in messages."""
        self._file = file
        self._name = name
        self._digest = sha256()

    def write(self, data: bytes) -> None:
        """Add bytes."""
        self._digest.update(data)
        try:
            self._file.write(data)
        except WriteError as error:
            raise _named(self._name, error) from error

    def commit(self) -> str:
        """See that all is safe on the disk; give the SHA-256."""
        try:
            self._file.commit()
        except WriteError as error:
            raise _named(self._name, error) from error
        return self._digest.hexdigest()


@contextmanager
def new_file(path: Path) -> Iterator[HashedFile]:
    """Open a file that does not exist yet; unless it is committed, nothing of it stays."""
    try:
        file = AtomicFile(path, overwrite=False)
    except WriteError as error:
        raise _named(path.name, error) from error
    with file:
        yield HashedFile(file, path.name)


def _named(name: str, error: WriteError) -> WriteError:
    return WriteError(f"{name}: {error}")
