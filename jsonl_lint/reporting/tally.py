"""Counts of a run, rule by rule, as every reporter shows them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from jsonl_lint.reading.errors import Code
from jsonl_lint.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.finding import Severity
    from jsonl_lint.linting.summary import FileResult, Summary


class Tally(NamedTuple):
    """How often a rule found something, and where.

    A rule that reports at two severities has two of these; ``lines`` counts those with a finding of
    the rule at either.
    """

    rule: str
    severity: Severity
    findings: int
    files: int
    lines: int


def tally(summary: Summary) -> list[Tally]:
    """Count by rule and severity; the severest first, then the most frequent."""
    rows = []
    for (rule, severity), number in summary.counts.items():
        touched = [file for file in summary.files if file.counts[rule, severity]]
        lines = sum(file.records_with[rule] for file in touched)
        rows.append(Tally(rule, severity, number, len(touched), lines))
    return sorted(rows, key=lambda row: (-row.severity, -row.findings, row.rule))


def totals(summary: Summary) -> Counter[str]:
    """Count findings by rule, at whatever severity; the most frequent first."""
    found: Counter[str] = Counter()
    for row in tally(summary):
        found[row.rule] += row.findings
    return found


class Gap(NamedTuple):
    """Something that was not checked, and why: part of a file or, without a name, of the run."""

    file: str
    code: Code
    reason: str


def gaps(summary: Summary) -> Iterator[Gap]:
    """Say what was not checked: nothing, where the summary is complete."""
    for file in summary.files:
        yield from file_gaps(file)
    if summary.interrupted:
        yield Gap("", Code.INTERRUPTED, "the run was broken off; files not listed were not checked")
    elif not summary.files:
        yield Gap("", Code.NOTHING_READ, "there was no file to check")


def file_gaps(file: FileResult) -> Iterator[Gap]:
    """Say what of a file was not checked: nothing, where the file is complete."""
    if file.error:
        far = f"; checked up to byte {file.bytes_read:,}" if file.bytes_read else ""
        yield Gap(file.name, file.error_code, file.error + far)
    if file.unchecked_lines:
        lines = count(file.unchecked_lines, "line")
        reason = f"{lines} over a limit, or no record while its rule is no error"
        yield Gap(file.name, Code.LINES_NOT_CHECKED, reason)
