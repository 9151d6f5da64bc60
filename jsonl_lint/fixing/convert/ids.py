"""Ids for the calls of a record that is converted: the same data get the same ids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonl_lint.records import view
from jsonl_lint.records.ids import call_id
from jsonl_lint.records.shallow import canonical

if TYPE_CHECKING:
    from jsonl_lint.finding import Path


class Ids:
    """Makes ids of 9 letters and digits that no call of the record has, nor any that it made."""

    def __init__(self, value: dict[str, Any]) -> None:
        self._value = value
        self._seed = b""
        self._taken: set[str] = set()

    def make(self, path: Path) -> str:
        """Make the id of the call at ``path``."""
        if not self._seed:  # most records need none
            record = view(self._value, ("messages",))
            self._taken |= {call.id for call in record.tool_calls if call.id is not None}
            self._seed = canonical(self._value)
        made = call_id(self._seed, path, self._taken)
        self._taken.add(made)
        return made
