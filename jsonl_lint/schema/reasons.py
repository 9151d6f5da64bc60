"""Why a schema of a stranger cannot be used, or a value not be compared with one, by rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from jsonl_lint.finding import Path

UNUSABLE = "tool-parameters-invalid-schema"
EXTERNAL_REF = "schema-external-ref"
INFINITE_REF = "schema-infinite-ref"
TOO_COMPLEX = "schema-too-complex"
PATTERN_NOT_CHECKED = "pattern-not-checked"


class Reason(NamedTuple):
    """Why something is not a usable schema, where in it, and which rule says so.

    A minor one does not keep values from being compared.
    """

    path: Path
    message: str
    rule: str = UNUSABLE
    minor: bool = False


def too_complex(message: str) -> Reason:
    """Give the reason why a whole schema takes too much."""
    return Reason((), message, TOO_COMPLEX)


class NotComparedError(Exception):
    """A value could not be compared with a schema within bounds; ``rule`` reports it."""

    def __init__(self, message: str, rule: str = TOO_COMPLEX) -> None:
        """Take the words of the message that a user reads."""
        super().__init__(message)
        self.message = message
        self.rule = rule
