"""What a conversion cannot carry over, each kind with its name, and records that it cannot take."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jsonl_lint.reading.decode import loads
from jsonl_lint.words import type_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jsonl_lint.finding import Path

KINDS = {
    "content-beside-calls": "text that stands beside tool calls in one message",
    "empty-system": "a system message without text",
    "extra-key": "keys that the format does not have",
    "foreign-key": "keys that the dialect does not have",
    "input-border": "where the instruction ends and the input begins",
    "message-name": "names of messages",
    "plain-text": "that the texts are plain, without a chat template around them",
    "several-turns": "training on assistant turns before the last one",
    "system-place": "the place of a system message, and the border between several",
    "tool-call-id": "ids of tool calls, which are made anew on the way back",
    "tool-call-order": "which of the tool calls a tool message answers",
    "tool-calls": "tool calls and their answers",
    "tools": "tool definitions",
    "weight": "weights of messages",
}
"""Every kind of loss, and what it says is lost."""


class Loss(NamedTuple):
    """Something that the new form of a record cannot hold: a kind of ``KINDS``, and its place."""

    kind: str
    path: Path


class RefusedError(ValueError):
    """A record cannot be converted at all; ``path`` is where that shows."""

    def __init__(self, message: str, path: Path = ()) -> None:
        super().__init__(message)
        self.path = path

    @classmethod
    def wrong_type(cls, raw: bytes, expected: str, path: Path) -> RefusedError:
        """Say that JSON text is of another type than expected."""
        return cls(f"this is {type_name(loads(raw))}, expected {expected}", path)


def note(losses: list[Loss], kind: str, paths: Iterable[Path]) -> None:
    """Add losses of one kind."""
    losses += [Loss(kind, path) for path in paths]
