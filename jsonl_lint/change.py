"""What a fix may do: symbolic changes of a record, and the byte-span edits that they become.

A rule proposes changes by paths into the record as it is now; where they are in the line, and how
they are written there, is found later. All changes of one fix refer to the same record.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from jsonl_lint.finding import Path


class Safety(Enum):
    """Whether a fix may be applied without being asked for by name."""

    SAFE = "safe"
    """Nothing is lost, and what is meant stays the same."""
    UNSAFE = "unsafe"
    """Something that was said is left out, merged or moved."""


class Edit(NamedTuple):
    """Replace the bytes ``[start, end)`` of a line."""

    start: int
    end: int
    text: bytes


class Old(NamedTuple):
    """Stands in a new value for the bytes that stand at ``path`` now."""

    path: Path


class Quoted(NamedTuple):
    """Stands in a new value for a string that holds the JSON text at ``path`` as it is."""

    path: Path


class Put(NamedTuple):
    """Give a member, or an element that is there, a new value; a missing member becomes the first.

    ``value`` is JSON whose leaves may be ``Old`` and ``Quoted``.
    """

    path: Path
    value: Any


class Rename(NamedTuple):
    """Give a member another key."""

    path: Path
    key: str


class Drop(NamedTuple):
    """Leave a member or an element out."""

    path: Path


class Insert(NamedTuple):
    """Put a new element before the one at ``path``."""

    path: Path
    value: Any


class DropRecord(NamedTuple):
    """Leave the whole record out."""


Change = Put | Rename | Drop | Insert
