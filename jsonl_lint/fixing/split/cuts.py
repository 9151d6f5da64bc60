"""Where to cut: runs of whole lines, by the bytes of a part or by the number of parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from jsonl_lint.fixing.split.refused import RefusedError
from jsonl_lint.items import BOM
from jsonl_lint.reading.lines import OversizedLine
from jsonl_lint.words import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Line = bytes | OversizedLine


class Run(NamedTuple):
    """Lines that stand together: what one part holds."""

    bytes: int = 0
    lines: int = 0
    records: int = 0

    def with_line(self, length: int, *, record: bool) -> Run:
        """Give the run with one line more."""
        return Run(self.bytes + length, self.lines + 1, self.records + record)


class Closes(Protocol):
    """Says whether a run ends before a line; asked once for each line but the first of a run."""

    def __call__(self, run: Run, length: int, *, is_record: bool) -> bool:
        """Take the run so far, and the line's bytes."""
        ...


def is_record(line: Line, number: int) -> bool:
    """Tell whether a line counts as a record, as it does for ``check``: unless it is blank."""
    if isinstance(line, OversizedLine):
        return True
    text = line.removeprefix(BOM) if number == 1 else line
    return bool(text.strip(b" \t\r\n"))


def cut(lines: Iterable[Line], closes: Closes) -> Iterator[Run]:
    """Yield runs that together are all the lines; no line gives no run."""
    run = Run()
    for number, line in enumerate(lines, 1):
        record = is_record(line, number)
        if run.lines and closes(run, len(line), is_record=record):
            yield run
            run = Run()
        run = run.with_line(len(line), record=record)
    if run.lines:
        yield run


def full_at(limit: int) -> Closes:
    """Close a run before the line that would make it larger than ``limit`` bytes.

    A blank line stays with the record before it, unless it is the one that does not fit.
    """

    def closes(run: Run, length: int, *, is_record: bool) -> bool:  # noqa: ARG001 - see Closes
        return run.bytes + length > limit

    return closes


def refuse_longer(lines: Iterable[Line], limit: int) -> Iterator[Line]:
    """Pass lines on; raises RefusedError for one that no part of ``limit`` bytes can hold."""
    for number, line in enumerate(lines, 1):
        if len(line) > limit:
            size = f"line {number:,} has {len(line):,} bytes, more than the {limit:,} of a part"
            message = f"{size}; allow larger parts, or shorten that record"
            raise RefusedError(message)
        yield line


def evenly(parts: int, total: Run) -> Closes:
    """Close runs so that there are ``parts`` of them, of about as many bytes, each with a record.

    The k-th cut is at the border of records that is nearest to k shares of all bytes, as long as
    each run gets a record. A blank line stays with the record before it. ``total`` is the file as
    one run. Raises RefusedError where it has fewer records than parts.
    """
    if total.records < parts:
        held = count(total.records, "record")
        message = f"the file has {held}, too few for {count(parts, 'part')}; ask for fewer parts"
        raise RefusedError(message)
    begun = 1
    before = Run()

    def closes(run: Run, length: int, *, is_record: bool) -> bool:
        nonlocal begun, before
        if not is_record or not run.records or begun == parts:
            return False
        closed = Run(before.bytes + run.bytes, 0, before.records + run.records)
        # doubled, the middle of the line: a cut that is due behind it is nearer to its end
        middle = 2 * closed.bytes + length
        due = middle * parts > 2 * begun * total.bytes
        if due or total.records - closed.records == parts - begun:
            begun, before = begun + 1, closed
            return True
        return False

    return closes


def measure(lines: Iterable[Line]) -> Run:
    """Give all lines as one run."""
    return next(cut(lines, lambda *_, **__: False), Run())
