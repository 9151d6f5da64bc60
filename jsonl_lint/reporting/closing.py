"""The end of the text report: a table of the rules, and one sentence about the whole run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.finding import Severity
from jsonl_lint.reporting.tally import tally
from jsonl_lint.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.linting.summary import Summary
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
    if not files:
        return "nothing was checked: there was no file to check"
    checked = [file for file in files if not file.error or file.bytes_read]
    if not checked:
        return f"nothing was checked: {count(len(files), 'file')} cannot be read (incomplete)"
    whole = len(checked) == len(files)
    what = [
        count(len(files), "file") if whole else f"{len(checked):,} of {count(len(files), 'file')}",
        count(sum(file.records for file in files), "record"),
        count(sum(file.bytes_read for file in files), "byte"),
    ]
    ending = "" if summary.complete else " (incomplete)"
    return f"checked {', '.join(what)}: {_found(summary)}{ending}"


def _found(summary: Summary) -> str:
    totals = dict.fromkeys(_NOUNS, 0)
    for (_, severity), number in summary.counts.items():
        totals[severity] += number
    found = [count(number, _NOUNS[level]) for level, number in totals.items() if number]
    return ", ".join(found) or "no findings"
