"""Measure files one after the other, and keep what they come to together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonl_lint.linting.summary import FileResult, Summary
from jsonl_lint.measuring.facts import Facts
from jsonl_lint.measuring.measured import Measured
from jsonl_lint.measuring.run import measure
from jsonl_lint.measuring.sampling import TokenTotals
from jsonl_lint.measuring.token_report import TokenReport, combine

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

    from jsonl_lint.measuring.counts import Tokenizer


class Files:
    """Measures files; ``facts``, ``tokens`` and ``summary`` are those of all that were measured."""

    def __init__(self, tokenizer: Tokenizer, *, sample: int | None, limit: int | None) -> None:
        """Take what counts the tokens; ``sample`` and ``limit`` are as in ``TokenTotals``."""
        self.summary = Summary()
        self.facts = Facts()
        self.tokens: TokenReport | None = None
        self._tokenizer = tokenizer
        self._sample = sample
        self._limit = limit

    def measured(self, names: Iterable[str]) -> Generator[Measured, None, None]:
        """Yield what comes of each file."""
        for name in names:
            result, facts = FileResult(name), Facts()
            self.summary.files.append(result)
            report = self._measure(result, facts)
            self.facts.merge(facts)
            self.tokens = combine([self.tokens, report]) if self.tokens else report
            yield Measured(result, facts, report)

    def _measure(self, result: FileResult, facts: Facts) -> TokenReport:
        totals = TokenTotals(self._tokenizer, sample=self._sample, limit=self._limit)

        def feed(value: dict[str, Any], size: int) -> None:
            totals.feed(value, size, result.lines)

        measure(result, facts, feed)
        return totals.finish()
