"""Remember lines, to know an equal one again: 16 bytes of memory each, and a bound on how many."""

from __future__ import annotations

from array import array
from hashlib import blake2b

MAX_REMEMBERED = 1_500_000
"""Different lines that are remembered, in 34 MB; later ones are only compared with them."""
_DIGEST_BYTES = 12
"""Of so many lines, two that differ share a digest with a chance of 1 in 10^16."""
_FIRST_SLOTS = 1 << 12
_FULL = 3, 4
"""Share of the slots that may be taken: beyond it a search takes more than four looks."""


class Seen:
    """The lines so far, each with the number, from 1, under which it came first.

    A hash table by open addressing in arrays of machine words: a dict takes ten times as much.
    """

    def __init__(self, limit: int = MAX_REMEMBERED) -> None:
        self._count = 0
        self._limit = limit
        self._make(_FIRST_SLOTS)

    def first(self, line: bytes) -> int | None:
        """Give the number of an equal line; white space around a line does not count."""
        return self._numbers[self._slot(*_digest(line))] or None

    def add(self, line: bytes, number: int) -> bool:
        """Remember a line, unless an equal one is; give False where there are too many."""
        high, low = _digest(line)
        slot = self._slot(high, low)
        if self._numbers[slot]:
            return True
        if self._count == self._limit:
            return False
        self._high[slot], self._low[slot], self._numbers[slot] = high, low, number
        self._count += 1
        if self._count * _FULL[1] > len(self._numbers) * _FULL[0]:
            self._grow()
        return True

    def _slot(self, high: int, low: int) -> int:
        """Give the slot that holds a digest, or the free one where it belongs."""
        numbers, lows, highs = self._numbers, self._low, self._high
        mask = len(numbers) - 1
        slot, step = low & mask, 0
        while numbers[slot] and (lows[slot] != low or highs[slot] != high):
            step += 1  # steps that grow lead to every slot, where their number is a power of two
            slot = (slot + step) & mask
        return slot

    def _make(self, slots: int) -> None:
        self._low = array("Q", [0]) * slots
        self._high = array("I", [0]) * slots
        self._numbers = array("I", [0]) * slots

    def _grow(self) -> None:
        low, high, numbers = self._low, self._high, self._numbers
        self._make(2 * len(numbers))
        for old, number in enumerate(numbers):
            if number:
                slot = self._slot(high[old], low[old])
                self._low[slot], self._high[slot] = low[old], high[old]
                self._numbers[slot] = number


def _digest(line: bytes) -> tuple[int, int]:
    digest = blake2b(line.strip(b" \t\r\n"), digest_size=_DIGEST_BYTES).digest()
    return int.from_bytes(digest[:4], "big"), int.from_bytes(digest[4:], "big")
