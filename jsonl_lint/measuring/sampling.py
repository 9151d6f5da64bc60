"""Count the tokens of a file: of all records, or of a sample with an estimate for the rest."""

from __future__ import annotations

from collections import Counter
from hashlib import blake2b
from heapq import heappush, heappushpop
from math import ceil, floor
from typing import TYPE_CHECKING, Any

import orjson

from jsonl_lint.measuring.counts import TokenCount, TokenizeError
from jsonl_lint.measuring.ratio import Estimated, ratio_estimate
from jsonl_lint.measuring.spread import Spread
from jsonl_lint.measuring.token_report import Interval, TokenReport

if TYPE_CHECKING:
    from jsonl_lint.measuring.counts import Tokenizer

SAMPLE = 2000
"""Records that are counted unless all are wanted."""
SUSPECTS = 2000
"""Records beyond the sample that are counted because they may exceed the limit."""
LINES_SHOWN = 10
"""Lines that are named of those beyond the limit."""
_HELD_BYTES = 16 << 20
"""Records of the sample that wait for being counted; who leaves the sample has cost nothing."""
_PENDING = 4096

Outcome = TokenCount | str
"""What the tokenizer made of a record: its tokens, or why it was refused."""


class _Drawn:
    """A record of the sample: held as JSON until it is counted, or until its refusal is known."""

    __slots__ = ("outcome", "packed", "size")

    def __init__(self, size: int, packed: bytes, outcome: Outcome | None) -> None:
        self.size = size
        self.packed = packed
        self.outcome = outcome


class TokenTotals:
    """Is fed with the records of a file; ``finish`` gives their tokens.

    ``sample`` records are counted, or all with ``None``. Which ones follows from hashes of their
    numbers: each record has the same chance, wherever it stands and whatever is in it, and the same
    file gives the same sample. ``limit`` is the number of tokens that no record should exceed.
    """

    def __init__(
        self, tokenizer: Tokenizer, *, sample: int | None = SAMPLE, limit: int | None = None
    ) -> None:
        """Start without records."""
        self._tokenizer = tokenizer
        self._sample = sample
        self._limit = limit
        self._records = self._bytes = self._held = 0
        self._drawn: list[tuple[int, int, _Drawn]] = []
        self._tally = _Tally()
        self._over_lines: list[int] = []
        self._over = self._suspects = self._unchecked = 0

    def feed(self, value: dict[str, Any], line_bytes: int, line: int) -> None:
        """Take a record, the length of its line in bytes, and the line's number."""
        self._records += 1
        self._bytes += line_bytes
        outcome = None
        if self._sample is None:
            outcome = self._count(value)
            self._tally.add(outcome)
        if self._limit is not None:
            outcome = self._check_limit(self._limit, value, line_bytes, outcome)
            if isinstance(outcome, TokenCount) and outcome.total > self._limit:
                self._over += 1
                self._over_lines += [line] if len(self._over_lines) < LINES_SHOWN else []
        if self._sample:
            self._draw(self._sample, value, line_bytes, outcome)

    def finish(self) -> TokenReport:
        """Count what waits for it, and give the figures."""
        drawn = [item for *_, item in self._drawn]
        tally = _Tally() if self._sample is not None else self._tally
        for item in drawn:
            self._resolve(item)
            tally.add(item.outcome)
        total = trained = None
        if self._sample is not None and len(drawn) < self._records:
            total = self._estimate(drawn, 0)
            trained = self._estimate(drawn, 1)
        return TokenReport(
            tokenizer=self._tokenizer.name,
            exact=self._tokenizer.exact,
            records=self._records,
            counted=tally.counted,
            refusals=tally.refusals,
            total=round(total.total) if total else tally.total,
            trained=round(trained.total) if trained else tally.trained,
            total_interval=_interval(total, tally.total),
            trained_interval=_interval(trained, tally.trained),
            tokens=tally.tokens,
            limit=self._limit,
            over_limit=self._over,
            over_limit_lines=tuple(self._over_lines),
            unchecked=self._unchecked,
        )

    def _count(self, value: dict[str, Any]) -> Outcome:
        try:
            return self._tokenizer.count(value)
        except TokenizeError as error:
            return str(error)

    def _check_limit(
        self, limit: int, value: dict[str, Any], line_bytes: int, outcome: Outcome | None
    ) -> Outcome | None:
        """Count a record only where its bytes do not prove that it is within the limit."""
        if outcome is not None:
            return outcome
        bound = self._tokenizer.bound(value, line_bytes)
        if bound is not None and bound <= limit:
            return None
        if self._suspects == SUSPECTS:
            self._unchecked += 1
            return None
        self._suspects += 1
        return self._count(value)

    def _draw(self, sample: int, value: dict[str, Any], size: int, outcome: Outcome | None) -> None:
        # NOTE: the heap gives the smallest first, and the largest hash is to leave the sample.
        rank = -_hash(self._records)
        if len(self._drawn) == sample and rank < self._drawn[0][0]:
            return
        item = _Drawn(size, _pack(value) if outcome is None else b"", outcome)
        if not item.packed and outcome is None:  # nested deeper than orjson writes
            item.outcome = self._count(value)
        self._held += len(item.packed)
        entry = (rank, self._records, item)
        if len(self._drawn) < sample:
            heappush(self._drawn, entry)
        else:
            self._held -= len(heappushpop(self._drawn, entry)[2].packed)
        if self._held > _HELD_BYTES:
            for *_, held in self._drawn:
                self._resolve(held)
            self._held = 0

    def _resolve(self, item: _Drawn) -> None:
        if item.outcome is None:
            item.outcome = self._count(orjson.loads(item.packed))
            item.packed = b""

    def _estimate(self, drawn: list[_Drawn], which: int) -> Estimated:
        values = [
            item.outcome[which] if isinstance(item.outcome, TokenCount) else 0 for item in drawn
        ]
        return ratio_estimate([item.size for item in drawn], values, self._records, self._bytes)


class _Tally:
    """Adds up what became of the records that were given to the tokenizer."""

    def __init__(self) -> None:
        self.counted = self.total = self.trained = 0
        self.refusals: Counter[str] = Counter()
        self.tokens = Spread()

    def add(self, outcome: Outcome | None) -> None:
        self.counted += 1
        if isinstance(outcome, TokenCount):
            self.total += outcome.total
            self.trained += outcome.trained
            self.tokens.pending.append(outcome.total)
            if len(self.tokens.pending) == _PENDING:
                self.tokens.settle()
        else:
            self.refusals[str(outcome)] += 1


def _interval(estimated: Estimated | None, least: int) -> Interval | None:
    """Give the ends of the interval; what was counted is surely there."""
    if estimated is None:
        return None
    low = max(least, floor(estimated.total - estimated.half_width))
    return low, ceil(estimated.total + estimated.half_width)


def _hash(number: int) -> int:
    return int.from_bytes(blake2b(b"%d" % number, digest_size=8).digest())


def _pack(value: dict[str, Any]) -> bytes:
    try:
        return orjson.dumps(value)
    except orjson.JSONEncodeError:
        return b""
