"""Find records that equal an earlier one; few ask for it, since all lines have to be remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.linting.bad_lines import forgotten, repeated
from jsonl_lint.linting.selection import DUPLICATE
from jsonl_lint.reading.lines import OversizedLine
from jsonl_lint.reading.seen import MAX_REMEMBERED, Seen

if TYPE_CHECKING:
    from jsonl_lint.finding import Named


class Repeats:
    """Looks at each line of a file, in order."""

    def __init__(self) -> None:
        self._seen = Seen()
        self._has_forgotten = False

    def named(self, raw: bytes | OversizedLine, number: int) -> list[Named]:
        """Name the line that equals an earlier one, and the first that is not remembered."""
        if isinstance(raw, OversizedLine) or not raw.strip():
            return []
        first = self._seen.first(raw)
        if first is not None:
            return [(DUPLICATE, repeated(first))]
        if self._seen.add(raw, number) or self._has_forgotten:
            return []
        self._has_forgotten = True
        return [(DUPLICATE, forgotten(MAX_REMEMBERED))]
