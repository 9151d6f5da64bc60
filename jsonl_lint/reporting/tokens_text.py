"""The part of the statistics that is about tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.measuring.estimate import Estimate
from jsonl_lint.reporting.columns import aligned, percent
from jsonl_lint.reporting.safe import cut, inert
from jsonl_lint.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.measuring.token_report import Interval, TokenReport

REFUSALS = 3
"""Reasons of the tokenizer that are shown, the most frequent first."""
EXTRA = "mistral"
"""What has to be installed with the package so that tokens are counted."""
_LONGEST = 60


def token_lines(tokens: TokenReport, *, glyphs: bool) -> tuple[str, list[str]]:
    """Give the heading, which says how sure the figures are, and the lines below it."""
    notes = [inert(tokens.tokenizer, glyphs=glyphs)]
    if tokens.sampled:
        notes.append(f"a sample of {tokens.counted:,} of {count(tokens.records, 'record')}")
    return f"tokens ({'; '.join(notes)})", list(_lines(tokens, glyphs=glyphs))


def _lines(tokens: TokenReport, *, glyphs: bool) -> Iterator[str]:
    learned = percent(tokens.trained, tokens.total)
    yield from aligned(
        [
            ("in all", f"{tokens.total:,}", "", _interval(tokens.total_interval)),
            ("learned", f"{tokens.trained:,}", learned, _interval(tokens.trained_interval)),
        ]
    )
    if tokens.tokenizer == Estimate.name:
        yield f"  estimated; where jsonl-lint[{EXTRA}] is installed, they are counted"
    if tokens.refused:
        refused = count(tokens.refused, "record")
        yield f"  {refused} left out, refused by the tokenizer; jsonl-lint check says why"
        ordered = sorted(tokens.refusals.items(), key=lambda one: (-one[1], one[0]))
        for reason, number in ordered[:REFUSALS]:
            yield f"    {count(number, 'time')}: {cut(inert(reason, glyphs=glyphs), _LONGEST)}"
    if tokens.limit is not None:
        yield from _limit_lines(tokens, tokens.limit)


def _limit_lines(tokens: TokenReport, limit: int) -> Iterator[str]:
    if tokens.over_limit:
        lines = ", ".join(f"{line:,}" for line in tokens.over_limit_lines)
        more = ", ..." if len(tokens.over_limit_lines) < tokens.over_limit else ""
        at = f", at line {lines}{more}" if lines else ""
        yield f"  {count(tokens.over_limit, 'record')} with more than {limit:,} tokens{at}"
    elif not tokens.unchecked:
        yield f"  no record with more than {limit:,} tokens"
    if tokens.unchecked:
        records = count(tokens.unchecked, "record")
        yield f"  {records} not counted, with perhaps more than {limit:,} tokens; --exact tells"


def _interval(interval: Interval | None) -> str:
    return f"{interval[0]:,} to {interval[1]:,}" if interval else ""
