"""Write the parts of a source, and know what is in each of them."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from jsonl_lint.fixing.split.cuts import Run, is_record
from jsonl_lint.fixing.split.hashed import new_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from jsonl_lint.fixing.split.hashed import HashedFile
    from jsonl_lint.fixing.split.source import Source


class Part(NamedTuple):
    """A file of the split; ``first_line`` and ``last_line`` count lines of the source, from 1."""

    name: str
    run: Run
    sha256: str
    first_line: int
    last_line: int


class Written(NamedTuple):
    """The parts, and the SHA-256 of the whole (decompressed) source."""

    parts: list[Part]
    sha256: str

    @property
    def total(self) -> Run:
        """All parts together, which is the source."""
        return Run(*map(sum, zip(*(part.run for part in self.parts), strict=True)))


class _Side:
    """What goes to one side of a split by groups."""

    def __init__(self, name: str, file: HashedFile) -> None:
        self._name = name
        self._file = file
        self._run = Run()
        self._first = self._last = 0

    def add(self, line: bytes, number: int, *, record: bool) -> None:
        self._file.write(line)
        self._run = self._run.with_line(len(line), record=record)
        self._first = self._first or number
        self._last = number

    def commit(self) -> Part:
        return Part(self._name, self._run, self._file.commit(), self._first, self._last)


def write_runs(source: Source, runs: Sequence[Run], names: Sequence[str], folder: Path) -> Written:
    """Write one run of lines after the other, each to a file of its own.

    Raises ReadError where the source is not as it was when the runs were measured, and WriteError.
    """
    whole = sha256()
    parts: list[Part] = []
    line = 1
    # NOTE: the source comes first, so that zip takes it to its end, where it is verified.
    for chunks, run, name in zip(source.runs(runs), runs, names, strict=True):
        with new_file(folder / name) as file:
            for chunk in chunks:
                whole.update(chunk)
                file.write(chunk)
            parts.append(Part(name, run, file.commit(), line, line + run.lines - 1))
        line += run.lines
    return Written(parts, whole.hexdigest())


def write_sides(
    lines: Iterable[bytes], held: Callable[[bytes], bool], names: Sequence[str], folder: Path
) -> Written:
    """Write each line to the first file or, where ``held`` says so, to the second.

    Blank lines go to the first. Raises what reading the lines does, and WriteError.
    """
    training, validation = names
    whole = sha256()
    with new_file(folder / training) as first, new_file(folder / validation) as second:
        sides = _Side(training, first), _Side(validation, second)
        for number, line in enumerate(lines, 1):
            whole.update(line)
            record = is_record(line, number)
            sides[record and held(line)].add(line, number, record=record)
        return Written([side.commit() for side in sides], whole.hexdigest())
