"""Counts of a run, rule by rule, as every reporter shows them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

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


def gaps(summary: Summary) -> Iterator[tuple[FileResult, str]]:
    """Say which files were not checked to their end, and why."""
    for file in summary.files:
        if file.error and file.bytes_read:
            reason = f"not checked to its end, only {file.bytes_read:,} bytes: {file.error}"
            yield file, reason
        elif file.error:
            yield file, f"cannot be read: {file.error}"
        if file.unchecked_lines:
            lines = count(file.unchecked_lines, "line")
            yield file, f"{lines} not checked: too long, or no record while that rule is off"
