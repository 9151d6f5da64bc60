"""Records: one adapter a format turns a decoded object into the view that rules work on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonl_lint.records import messages, text
from jsonl_lint.records.record import Record, ToolCall

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["FORMATS", "Record", "ToolCall", "detect", "view"]

FORMATS = {adapter.NAME: adapter for adapter in (messages, text)}


def detect(value: dict[str, Any], formats: Iterable[str]) -> str | None:
    """Name the first of ``formats`` whose keys the record has."""
    for name in formats:
        if not FORMATS[name].KEYS.isdisjoint(value):
            return name
    return None


def view(value: dict[str, Any], formats: Iterable[str]) -> Record:
    """Make the view that rules work on; an unknown format gives an empty one."""
    name = detect(value, formats)
    return FORMATS[name].view(value) if name else Record(value)
