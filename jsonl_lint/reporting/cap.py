"""How many findings of a rule are shown; all of them are counted elsewhere."""

from __future__ import annotations

from collections import Counter


class Cap:
    """Admits so many findings of each rule."""

    def __init__(self, limit: int | None) -> None:
        """Admit ``limit`` findings of each rule, or any number where it is ``None``."""
        self._limit = limit
        self._seen: Counter[str] = Counter()
        self.refused = False

    def admits(self, rule: str) -> bool:
        """Tell whether one more finding of the rule is shown."""
        if self._limit is None:
            return True
        if self._seen[rule] >= self._limit:
            self.refused = True
            return False
        self._seen[rule] += 1
        return True
