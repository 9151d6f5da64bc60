"""What every counter of tokens gives, and how it refuses."""

from __future__ import annotations

from typing import Any, NamedTuple, Protocol


class TokenCount(NamedTuple):
    """The tokens of one record, and how many of them a training run learns from."""

    total: int
    trained: int


class TokenizeError(ValueError):
    """A record that a tokenizer refuses; the text names the kind of fault, never the content."""


class TokenizerError(ValueError):
    """A tokenizer that cannot be used; the text says why and what to do, for the user."""


class Tokenizer(Protocol):
    """Counts the tokens of records.

    ``name`` is shown to the user. ``exact`` is false where the figure is an estimate and has to be
    called one.
    """

    @property
    def name(self) -> str:
        """What the user reads beside the figures."""
        ...

    @property
    def exact(self) -> bool:
        """Whether each count is the one that training has."""
        ...

    def count(self, value: dict[str, Any]) -> TokenCount:
        """Count one decoded record; raises TokenizeError where the tokenizer refuses it."""
        ...

    def bound(self, value: dict[str, Any], line_bytes: int) -> int | None:
        """Give a number that the tokens surely do not exceed, without counting.

        ``line_bytes`` is the length of the record's line; ``None``: no bound is known.
        """
        ...
