"""The tokens of a file, or of several: what was counted, and what is estimated from it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from math import sqrt
from typing import TYPE_CHECKING

from jsonl_lint.measuring.spread import Spread

if TYPE_CHECKING:
    from collections.abc import Sequence

Interval = tuple[int, int]


@dataclass(frozen=True, slots=True)
class TokenReport:
    """The tokens of some records.

    ``counted`` of the ``records`` were given to the tokenizer; those that it refused are in
    ``refusals``, by reason, and have no tokens here. Where not all records were counted,
    ``total`` and ``trained`` are estimates with 95 % confidence intervals for what is unknown by
    the sampling; ``exact`` tells whether the tokenizer itself is. ``tokens`` has the counts of
    single records. Of records with more than ``limit`` tokens there are at least ``over_limit``, at
    the lines ``over_limit_lines`` first; ``unchecked`` records were not counted and may have more.
    """

    tokenizer: str
    exact: bool
    records: int = 0
    counted: int = 0
    refusals: Counter[str] = field(default_factory=Counter)
    total: int = 0
    trained: int = 0
    total_interval: Interval | None = None
    trained_interval: Interval | None = None
    tokens: Spread = field(default_factory=Spread)
    limit: int | None = None
    over_limit: int = 0
    over_limit_lines: tuple[int, ...] = ()
    unchecked: int = 0

    @property
    def refused(self) -> int:
        """How many records the tokenizer refused."""
        return self.refusals.total()

    @property
    def sampled(self) -> bool:
        """Whether the totals are estimated from a sample."""
        return self.counted < self.records


def combine(reports: Sequence[TokenReport]) -> TokenReport:
    """Add up the reports of several files, counted by one tokenizer with one limit; at least one.

    The samples are independent, so the variances add up. Lines beyond the limit are those of single
    files, and left out.
    """
    tokens = Spread()
    for report in reports:
        tokens.merge(report.tokens)
    return TokenReport(
        tokenizer=reports[0].tokenizer,
        exact=reports[0].exact,
        records=sum(report.records for report in reports),
        counted=sum(report.counted for report in reports),
        refusals=sum((report.refusals for report in reports), Counter()),
        total=sum(report.total for report in reports),
        trained=sum(report.trained for report in reports),
        total_interval=_joined([(report.total, report.total_interval) for report in reports]),
        trained_interval=_joined([(report.trained, report.trained_interval) for report in reports]),
        tokens=tokens,
        limit=reports[0].limit,
        over_limit=sum(report.over_limit for report in reports),
        unchecked=sum(report.unchecked for report in reports),
    )


def _joined(parts: list[tuple[int, Interval | None]]) -> Interval | None:
    total = sum(part for part, _ in parts)
    below = sum((part - interval[0]) ** 2 for part, interval in parts if interval)
    above = sum((interval[1] - part) ** 2 for part, interval in parts if interval)
    if not any(interval for _, interval in parts):
        return None
    return total - round(sqrt(below)), total + round(sqrt(above))
