"""How often each of many names occurs, in bounded memory, whatever the order in which they come.

:class:`Names` keeps the counts of at most ``DISTINCT`` names: of more, those whose hashes are the
least. A name among them was among them all along, so its count is exact, and the same names are
kept in whatever order they come and tables are merged.
"""

from __future__ import annotations

from collections import Counter
from hashlib import blake2b
from typing import TYPE_CHECKING

from jsonl_lint.words import SHOWN_LENGTH

if TYPE_CHECKING:
    from collections.abc import Iterable

DISTINCT = 10_000
"""Names that are kept; a name costs some 200 bytes of memory, and up to twice as many are held."""


class Names:
    """Counts names; of a longer one, only the first 64 characters count."""

    __slots__ = ("_counts", "_dropped")

    def __init__(self, names: Iterable[str] = ()) -> None:
        """Count the first names, if there are any."""
        self._counts: Counter[str] = Counter()
        self._dropped = False
        self.add(names)

    def add(self, names: Iterable[str]) -> None:
        """Count names."""
        self._counts.update([name[:SHOWN_LENGTH] for name in names])
        self._bound()

    def merge(self, other: Names) -> None:
        """Count what the other has counted, too."""
        self._counts.update(other._counts)
        self._dropped = self._dropped or other._dropped
        self._bound()

    @property
    def whole(self) -> bool:
        """Whether every name is kept."""
        return not self._dropped and len(self._counts) <= DISTINCT

    @property
    def counts(self) -> dict[str, int]:
        """Give the count of each name that is kept."""
        if not self.whole:
            self._drop()
        return dict(self._counts)

    def top(self, most: int) -> list[tuple[str, int]]:
        """Give the names that occur most often, equally frequent ones in the order of the names."""
        return sorted(self.counts.items(), key=lambda one: (-one[1], one[0]))[:most]

    def _bound(self) -> None:
        if len(self._counts) > 2 * DISTINCT:
            self._drop()

    def _drop(self) -> None:
        kept = sorted(self._counts, key=_hash)[:DISTINCT]
        self._counts = Counter({name: self._counts[name] for name in kept})
        self._dropped = True


def _hash(name: str) -> bytes:
    return blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()
