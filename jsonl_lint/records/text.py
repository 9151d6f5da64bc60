"""The adapter of the format ``text``: plain text for continued pretraining."""

from __future__ import annotations

from typing import Any

from jsonl_lint.records.record import Record

NAME = "text"
KEYS = frozenset({"text", "content"})


def view(value: dict[str, Any]) -> Record:
    """Give a record without messages: everything about it is in the schema."""
    return Record(value)
