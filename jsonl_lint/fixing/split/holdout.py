"""Which records to hold out for validation, by hash: any order of the file gives the same ones."""

from __future__ import annotations

_ALL = 1 << 64
_SUPPLY = 2
_PIECES = 16
"""Choose among so many groups that they could fill the limit twice.

No group counts for more than a sixteenth of the limit, so that there are 32 groups at least, and
some that are too large to be held out leave enough others. Twice the bytes are kept between two
looks at what is enough: of records of 12 bytes, the shortest there are, about 40 MiB are known.
"""


def validation_limit(size: int, limit: int, percent: int) -> int:
    """Give how many of ``size`` bytes may be held out.

    At most ``limit``, and at most ``percent`` of the bytes that then remain for training: the rule
    ``validation-too-large`` compares with what is left, not with the whole.
    """
    return min(limit, size * percent // (100 + percent))


class Holdout:
    """Learns the groups of a file in one pass, and keeps only those that may be chosen.

    A group are all records with the same key, a number below 2^64 that says nothing of their
    content; those with the smallest keys are chosen. Memory is bounded by the limit, not the file.
    """

    def __init__(self, limit: int) -> None:
        """Take the bytes that may be held out."""
        self._limit = limit
        self._most = max(1, limit // _PIECES)
        self._sizes: dict[int, int] = {}
        self._supply = 0
        self._end = _ALL

    def add(self, key: int, size: int) -> None:
        """Note a record and its bytes."""
        if key >= self._end:
            return
        before = self._sizes.get(key, 0)
        self._sizes[key] = before + size
        self._supply += min(before + size, self._most) - min(before, self._most)
        if self._supply > 2 * _SUPPLY * self._limit:
            self._prune()

    def chosen(self) -> frozenset[int]:
        """Give the keys of the groups to hold out, whose records do not exceed the limit together.

        In the order of the keys, each group that still fits, until nine tenths of the limit are
        used: going on would look for the shortest records of all.
        """
        self._prune()
        room = self._limit
        keys = set()
        for key in sorted(self._sizes):
            if room * 10 <= self._limit:
                break
            if self._sizes[key] <= room:
                keys.add(key)
                room -= self._sizes[key]
        return frozenset(keys)

    def _prune(self) -> None:
        """Let go of the groups behind those that are enough.

        Groups only ever grow, so that what is enough now is so at the end of the file, and one let
        go would not have been looked at then.
        """
        kept: dict[int, int] = {}
        supply = 0
        for key in sorted(self._sizes):
            if supply >= _SUPPLY * self._limit:
                self._end = key
                break
            kept[key] = self._sizes[key]
            supply += min(kept[key], self._most)
        self._sizes, self._supply = kept, supply
