"""The words of messages: how values, keys and types are named to the user.

Values are shown only where they are structure (roles, ids, names, keys), cut to 64 characters.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SHOWN_LENGTH = 64
CUTOFF = 0.75
"""How alike two words must be for one to be taken for the other, of 1."""

MAX_COMPARED = 5_000_000
"""Pairs of characters that one ``Spelling`` compares; difflib takes half a second for them."""

_PAIRS_A_WORD = 16
"""What a word costs beside its characters."""

_FEW_WORDS = 1000
"""Cost of words up to which a guess is remembered: one slip often runs through a whole dataset."""

_TYPE_NAMES = {
    dict: "an object",
    list: "an array",
    str: "a string",
    int: "a number",
    float: "a number",
    bool: "a boolean",
    type(None): "null",
}


def type_name(value: object) -> str:
    """Name the JSON type of a decoded value, with its article."""
    return _TYPE_NAMES.get(type(value), "a value")


def quote(text: str) -> str:
    """Put a name, id or key in double quotes, cut to 64 characters."""
    return f'"{shortened(text)}"'


def shortened(name: str) -> str:
    """Cut a name, id or key to 64 characters."""
    return name if len(name) <= SHOWN_LENGTH else name[:SHOWN_LENGTH] + "..."


def scalar(value: object) -> str:
    """Write a scalar as JSON does, and name the type of anything else."""
    if isinstance(value, str):
        return quote(value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return str(value) if isinstance(value, int | float) else type_name(value)


def listing(values: Iterable[object], last: str = "or") -> str:
    """Join values in words: ``"a", "b" or "c"``."""
    *others, final = [scalar(value) for value in values] or ["nothing"]
    return f"{', '.join(others)} {last} {final}" if others else final


def count(number: int, noun: str) -> str:
    """Say how many there are: ``1 record``, ``1,204 records``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def first_of(message: str, number: int, kind: str) -> str:
    """Add to the message about the first of several how many of its kind there are.

    The others of the kind may call for other words.
    """
    return message if number == 1 else f"{message}, the first of {number:,} {kind} faults"


def install_command(extra: str) -> str:
    """Write the command that installs what only some users need."""
    return f'pip install "jsonl-lint[{extra}]"'


def suggestion(word: str, known: Iterable[str]) -> str:
    """Say which known name a wrong one most likely means, or else name all that are known."""
    names = list(known)
    meant = nearest(word, names)
    return f"did you mean {quote(meant)}?" if meant else f"known are {', '.join(names)}"


def nearest(word: str, known: Iterable[str]) -> str:
    """Give the known word that a misspelt one most likely means, or the empty string."""
    return Spelling().nearest(word, known)


class Spelling:
    """Guesses what misspelt words mean, up to a bound for all of them: data can have any number."""

    __slots__ = ("_left",)

    def __init__(self) -> None:
        self._left = MAX_COMPARED

    def nearest(self, word: str, known: Iterable[str]) -> str:
        """Give the known word that is most likely meant; the empty string also beyond the bound."""
        if self._left < 0:
            return ""
        words = list(known)
        length = sum(map(len, words)) + _PAIRS_A_WORD * len(words)
        self._left -= length * (len(word[:SHOWN_LENGTH]) + 1)
        if self._left < 0:
            return ""
        if length <= _FEW_WORDS and len(word) <= SHOWN_LENGTH:
            return _remembered(word, tuple(words))
        return _nearest(word, words)


@lru_cache(maxsize=256)
def _remembered(word: str, known: tuple[str, ...]) -> str:
    return _nearest(word, known)


def _nearest(word: str, known: Sequence[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only refused records need it

    folded = {candidate.lower(): candidate for candidate in known}
    if word.strip().lower() in folded:
        return folded[word.strip().lower()]
    close = get_close_matches(word[:SHOWN_LENGTH].lower(), folded, 1, CUTOFF)
    return folded[close[0]] if close else ""
