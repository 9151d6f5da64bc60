"""One split from end to end: measure, write to one side, and show all files together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from jsonl_lint.fixing.split.hashed import new_file
from jsonl_lint.fixing.split.manifest import render
from jsonl_lint.fixing.split.names import manifest_name, stem_of
from jsonl_lint.fixing.split.source import open_source
from jsonl_lint.fixing.split.staging import check_free, publish, staging
from jsonl_lint.reading.source import status

if TYPE_CHECKING:
    from jsonl_lint.fixing.split.parts import Written
    from jsonl_lint.fixing.split.source import Source


class Plan(NamedTuple):
    """What is going to be written: known before any part is."""

    names: list[str]
    mode: dict[str, Any]
    """What the manifest says of the way in which was split."""
    write: Callable[[Path], Written]
    """Writes the parts to a folder."""


MakePlan = Callable[["Source", str], Plan]
"""Makes the plan, from the source and the stem of the names."""


class Job(NamedTuple):
    """What is split, what it is called, and where the parts go."""

    source: str
    """A path, or ``-`` for standard input."""
    name: str
    folder: Path
    overwrite: bool
    tool: str
    """Name and version of this program, for the manifest."""

    @property
    def stem(self) -> str:
        """What the names of all files begin with."""
        return stem_of(self.name)


def split(job: Job, make_plan: MakePlan) -> Written:
    """Split a file as planned; ``make_plan`` is given the source and the stem of the names.

    Raises ReadError where the input cannot be read to its end, RefusedError where it does not fit
    the plan, WriteError where a name is taken or something cannot be written. Then there is nothing
    new in the folder.
    """
    manifest = manifest_name(job.stem)
    with staging(job.folder) as staged:
        _check_free(job, [manifest])  # before hours of reading
        with open_source(job.source, staged) as source:
            plan = make_plan(source, job.stem)
            names = [*plan.names, manifest]
            _check_free(job, names)
            written = plan.write(staged)
        with new_file(staged / manifest) as file:
            file.write(render(job.tool, Path(job.name).name, plan.mode, written))
            file.commit()
        publish(staged, job.folder, names, overwrite=job.overwrite)
    return written


def _check_free(job: Job, names: list[str]) -> None:
    check_free(job.folder, names, status(job.source), overwrite=job.overwrite)
