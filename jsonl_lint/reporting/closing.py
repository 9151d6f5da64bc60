"""The end of reports for people: a table of the rules, what was not checked, one last sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.finding import Severity
from jsonl_lint.reporting.safe import inert, leading
from jsonl_lint.reporting.tally import gaps, tally
from jsonl_lint.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.linting.summary import FileResult, Summary
    from jsonl_lint.reporting.tally import Tally

_NOUNS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info finding"}


def table(summary: Summary) -> Iterator[tuple[Tally, str, str, str]]:
    """Give each row's tally and its cells, padded: count, severity with rule, where."""
    rows = tally(summary)
    counts = [f"{row.findings:,}" for row in rows]
    wide = max(map(len, counts), default=0)
    widest_rule = max([len(row.rule) for row in rows], default=0)
    for row, number in zip(rows, counts, strict=True):
        where = f"in {count(row.files, 'file')}, {count(row.lines, 'line')}"
        yield row, number.rjust(wide), row.rule.ljust(widest_rule), where


def sentence(summary: Summary) -> str:
    """Say what was checked, what came of it, and whether that was all."""
    files = summary.files
    ending = " (interrupted)" if summary.interrupted else " (incomplete)"
    checked = [file for file in files if not file.error or file.bytes_read]
    if not checked:
        return f"nothing was checked{ending}"
    whole = len(checked) == len(files)
    what = [
        count(len(files), "file") if whole else f"{len(checked):,} of {count(len(files), 'file')}",
        count(sum(file.records for file in files), "record"),
        *_sizes(files),
    ]
    return f"checked {', '.join(what)}: {_found(summary)}{'' if summary.complete else ending}"


def gap_lines(summary: Summary, *, glyphs: bool) -> Iterator[str]:
    """Say what was not checked and why, each with its code; nothing where all was."""
    for gap in gaps(summary):
        start = f"{leading(gap.file, glyphs=glyphs)}: " if gap.file else ""
        yield f"{start}{gap.code}: {inert(gap.reason, glyphs=glyphs)}"


def _sizes(files: list[FileResult]) -> Iterator[str]:
    """Say how much was read: of files as they lie on the disk, out of them, and of streams."""
    on_disk = [file for file in files if file.size is not None]
    streamed = sum(file.bytes_read for file in files if file.size is None)
    if on_disk:
        whole = count(sum(file.size or 0 for file in on_disk), "byte")
        yield f"{sum(file.disk_bytes for file in on_disk):,} of {whole}"
    unpacked = sum(file.bytes_read for file in on_disk if file.packed)
    if unpacked:
        yield f"{unpacked:,} decompressed"
    if streamed or not on_disk:
        yield f"{streamed:,} from pipes" if on_disk else count(streamed, "byte")


def _found(summary: Summary) -> str:
    totals = dict.fromkeys(_NOUNS, 0)
    for (_, severity), number in summary.counts.items():
        totals[severity] += number
    found = [count(number, _NOUNS[level]) for level, number in totals.items() if number]
    return ", ".join(found) or "no findings"
