"""The distribution of a whole number over many records, in bounded memory.

A :class:`Spread` counts each value, and is exact as long as no more than ``DISTINCT`` different
ones came. Then it counts in bins: values below 256 keep one of their own, and each octave above has
128, so that a value that is told is within 1/256 (0.4 %) of the true one. Count, sum, least and
greatest value stay exact. All of this follows from the values alone, whatever their order, so that
spreads can be merged in any order.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

DISTINCT = 4096
"""Different values that are counted one by one; a value costs some 100 bytes of memory."""
FINEST = 7
"""Binary digits of a value, behind its first one, that a bin keeps."""


class Bucket(NamedTuple):
    """How many values lie from ``low`` to ``high``, both included."""

    low: int
    high: int
    number: int


class Spread:
    """Counts values of 0 and more; they are appended to ``pending``, and counted together.

    Appending costs a tenth of counting a value at once. Who appends many calls ``settle`` at times.
    """

    __slots__ = ("_binned", "_counts", "_high", "_low", "_sum", "pending")

    def __init__(self, values: Iterable[int] = ()) -> None:
        """Take the first values, if there are any."""
        self.pending = list(values)
        self._counts: Counter[int] = Counter()
        self._binned = False
        self._sum = 0
        self._low: int | None = None
        self._high = 0

    def settle(self) -> None:
        """Count what is pending."""
        if not self.pending:
            return
        self._note(min(self.pending), max(self.pending), sum(self.pending))
        self._add(Counter(self.pending), binned=False)
        self.pending.clear()

    def merge(self, other: Spread) -> None:
        """Count what the other has counted, too."""
        self.settle()
        other.settle()
        if other._low is not None:
            self._note(other._low, other._high, other._sum)
            self._add(other._counts, binned=other._binned)

    @property
    def count(self) -> int:
        """How many values there were."""
        self.settle()
        return self._counts.total()

    @property
    def sum(self) -> int:
        """What the values add up to."""
        self.settle()
        return self._sum

    @property
    def mean(self) -> float:
        """The arithmetic mean; 0 where there was no value."""
        return self.sum / self.count if self.count else 0.0

    @property
    def min(self) -> int:
        """The least value; 0 where there was none."""
        self.settle()
        return self._low or 0

    @property
    def max(self) -> int:
        """The greatest value; 0 where there was none."""
        self.settle()
        return self._high

    @property
    def exact(self) -> bool:
        """Whether the quantiles are exact, not only within 0.4 %."""
        self.settle()
        return not self._binned

    def quantiles(self, *percents: int) -> list[int]:
        """Give percentiles by nearest rank: of n sorted values the one at rank ceil(p / 100 * n).

        Where values are counted in bins it is the middle of its bin, kept within the least and the
        greatest value. It is 0 where there was no value.
        """
        self.settle()
        keys = sorted(self._counts)
        ranks = list(accumulate(self._counts[key] for key in keys))
        if not keys:
            return [0 for _ in percents]
        wanted = [max(1, -(-percent * ranks[-1] // 100)) for percent in percents]
        return [self._value(keys[bisect_left(ranks, rank)]) for rank in wanted]

    def histogram(self, most: int) -> list[Bucket]:
        """Count in at most ``most`` adjoining buckets, as narrow as that allows.

        They part each octave in 128, 64, ... 2 equal parts, or are octaves, or several of these; a
        part is never less than one value wide.
        """
        self.settle()
        if self._low is None:
            return []
        digits = FINEST
        while digits and bin_of(self._high, digits) - bin_of(self._low, digits) >= most:
            digits -= 1
        first, last = bin_of(self._low, digits), bin_of(self._high, digits)
        group = -(-(last - first + 1) // most)
        counts = [0] * -(-(last - first + 1) // group)
        for key, number in self._counts.items():
            low = bounds(key, FINEST)[0] if self._binned else key
            counts[(bin_of(low, digits) - first) // group] += number
        starts = range(first, last + 1, group)
        return [
            Bucket(bounds(start, digits)[0], bounds(start + group - 1, digits)[1], number)
            for start, number in zip(starts, counts, strict=True)
        ]

    def _note(self, low: int, high: int, total: int) -> None:
        self._low = low if self._low is None else min(low, self._low)
        self._high = max(high, self._high)
        self._sum += total

    def _add(self, counts: Counter[int], *, binned: bool) -> None:
        if binned and not self._binned:
            self._fold()
        self._counts.update(_binned(counts) if self._binned and not binned else counts)
        if len(self._counts) > DISTINCT and not self._binned:
            self._fold()

    def _fold(self) -> None:
        self._counts = _binned(self._counts)
        self._binned = True

    def _value(self, key: int) -> int:
        if not self._binned:
            return key
        low, high = bounds(key, FINEST)
        return min(max((low + high) // 2, self.min), self._high)


def bin_of(value: int, digits: int) -> int:
    """Give the number of a value's bin, where bins keep so many digits behind the first one.

    The digits are binary. The bins adjoin: each has the number after the one below it, from 0.
    """
    shift = value.bit_length() - digits - 1
    return value if shift <= 0 else (shift << digits) + (value >> shift)


def bounds(number: int, digits: int) -> tuple[int, int]:
    """Give the least and the greatest value of a bin: the reverse of ``bin_of``."""
    shift = max(0, (number >> digits) - 1)
    low = (number - (shift << digits)) << shift
    return low, low + (1 << shift) - 1


def _binned(counts: Counter[int]) -> Counter[int]:
    folded: Counter[int] = Counter()
    for value, number in counts.items():
        folded[bin_of(value, FINEST)] += number
    return folded
