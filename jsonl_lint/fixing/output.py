"""Where the lines of a fixed file go: into its own place, another file, a stream, or nowhere."""

from __future__ import annotations

import os
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from jsonl_lint.fixing.atomic import AtomicFile, WriteError
from jsonl_lint.reading.errors import Code, ReadError, denied
from jsonl_lint.reading.lines import OversizedLine
from jsonl_lint.reading.source import CHUNK_BYTES, identity
from jsonl_lint.words import count

if TYPE_CHECKING:
    from collections.abc import Callable

    from jsonl_lint.reading.source import Stream

    Raw = bytes | OversizedLine

_NO_LINES = "it is not JSON lines, and no fix makes it so"
_CHANGED = "the file changed while it was fixed; it was left as it is"


def nothing() -> None:
    """Do nothing."""


class Output:
    """Takes each line of a file, in order, with what becomes of it.

    This one writes nothing, as for a dry run; what writes says in its place what it does.
    """

    def keep(self, raw: Raw) -> None:
        """Take a line that stays."""

    def change(self, raw: bytes, text: bytes) -> None:
        """Take a line that becomes other lines, or none."""

    def skip(self, chunk: bytes) -> None:
        """Take a part of the file of which nothing stays as it is."""

    def add(self, text: bytes) -> None:
        """Take lines that are made from what was skipped."""

    def leave(self) -> None:
        """Take a file that is no JSON lines and stays as it is."""

    def finish(self) -> None:
        """Put the fixed file in place; raises WriteError, and ReadError where it has changed."""

    def discard(self) -> None:
        """Leave the file as it is; after ``finish``, let go of what was held."""


class Passed(Output):
    """Writes every line on: for input that can be read only once."""

    def __init__(
        self,
        write: Callable[[bytes], object],
        finish: Callable[[], object],
        discard: Callable[[], object],
    ) -> None:
        self._write = write
        self._finish = finish
        self._discard = discard
        self._has_lines = True

    def keep(self, raw: Raw) -> None:
        """Write the line; one that was not read for its length cannot be."""
        if isinstance(raw, OversizedLine):
            length = count(len(raw), "byte")
            message = f"a line of {length} is too long to pass on; --max-line-bytes allows more"
            raise WriteError(message)
        self._write(raw)

    def change(self, raw: bytes, text: bytes) -> None:  # noqa: ARG002 - see Output
        """Write what the line becomes."""
        self._write(text)

    def add(self, text: bytes) -> None:
        """Write the lines."""
        self._write(text)

    def leave(self) -> None:
        """Have nothing to write."""
        self._has_lines = False

    def finish(self) -> None:
        """See all that was written to its place; raises WriteError where there is nothing."""
        if not self._has_lines:
            raise WriteError(_NO_LINES)
        self._finish()

    def discard(self) -> None:
        """Take back what was written, as far as that can be."""
        self._discard()


class Refused(Output):
    """Takes lines that stay, and no other: for what cannot be written."""

    def __init__(self, why: str) -> None:
        self._why = why

    def change(self, raw: bytes, text: bytes) -> None:  # noqa: ARG002 - see Output
        """Refuse the change; raises WriteError."""
        raise WriteError(self._why)

    def skip(self, chunk: bytes) -> None:  # noqa: ARG002 - see Output
        """Refuse the change; raises WriteError."""
        raise WriteError(self._why)


def in_place(
    name: str,
    stream: Stream,
    *,
    backup: bool,
    break_hardlinks: bool,
    before_end: Callable[[], object] = nothing,
) -> Output:
    """Give the output that fixes a file where it is, if it can be fixed there."""
    if not stream.is_plain_file:
        return Refused("a compressed file or a pipe is not fixed in place; -o FILE takes the lines")
    open_new = partial(
        AtomicFile, name, overwrite=True, break_hardlinks=break_hardlinks, backup=backup
    )
    return Rewritten(name, open_new, always=False, before_end=before_end)


class Rewritten(Output):
    """Writes a file anew, from the first line that changes on; one without changes stays alone.

    What lies before and between the changes is copied from the file itself. All of it is hashed,
    and the file has to have that hash still when the new one takes its place.
    """

    def __init__(
        self,
        name: str,
        open_new: Callable[[], AtomicFile],
        *,
        always: bool,
        before_end: Callable[[], object] = nothing,
    ) -> None:
        """Open the file beside its reader; ``always`` asks for a new one even without a change.

        ``before_end`` is called when nothing is left to be done but to put the new one in place.
        """
        self._source = Path(name).open("rb", buffering=0)  # noqa: SIM115 - discard closes it
        self._before = identity(os.fstat(self._source.fileno()))
        self._name = name
        self._open_new = open_new
        self._before_end = before_end
        self._new: AtomicFile | None = None
        self._read = self._copied = 0
        self._has_lines = True
        self._digest = blake2b()
        if always:
            try:
                self._new = open_new()
            except WriteError:
                self._source.close()
                raise

    def keep(self, raw: Raw) -> None:
        """Leave the line to be copied."""
        self._read += len(raw)

    def change(self, raw: bytes, text: bytes) -> None:
        """Copy what was kept, and write what the line becomes."""
        self.add(b"")
        self.skip(raw)
        self.add(text)

    def skip(self, chunk: bytes) -> None:
        """Hash what is not copied."""
        self._digest.update(chunk)
        self._read += len(chunk)
        self._copied = self._read

    def add(self, text: bytes) -> None:
        """Write lines behind what was kept so far."""
        new = self._new = self._new or self._open_new()
        self._copy(new)
        new.write(text)

    def leave(self) -> None:
        """Have nothing to write."""
        self._has_lines = False

    def finish(self) -> None:
        """Copy the rest and put the new file in place, if anything changed."""
        if self._new and not self._has_lines:
            raise WriteError(_NO_LINES)
        if self._new:
            self._copy(self._new)
            self._new.commit(self._verify)

    def discard(self) -> None:
        """Remove what was written."""
        if self._new:
            self._new.discard()
        self._source.close()

    def _copy(self, new: AtomicFile) -> None:
        if self._copied == self._read:
            return
        self._source.seek(self._copied)
        while self._copied < self._read:
            chunk = self._source.read(min(CHUNK_BYTES, self._read - self._copied))
            if not chunk:
                raise ReadError(_CHANGED, Code.FILE_CHANGED)
            self._digest.update(chunk)
            new.write(chunk)
            self._copied += len(chunk)

    def _verify(self) -> None:
        """Read the file once more: raises ReadError unless it is what was read before."""
        now = blake2b()
        try:
            with Path(self._name).open("rb", buffering=0) as file:
                while chunk := file.read(CHUNK_BYTES):
                    now.update(chunk)
                same = identity(os.fstat(file.fileno())) == self._before
        except OSError as error:
            raise denied(error) from error
        if not same or now.digest() != self._digest.digest():
            raise ReadError(_CHANGED, Code.FILE_CHANGED)
        self._before_end()
