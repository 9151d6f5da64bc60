"""The window of an excerpt: which pieces of a line fit, and where the caret stands under them."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

WIDTH = 80
"""Terminal cells that an excerpt takes at most."""


class Excerpt(NamedTuple):
    """Text around a finding, and where the caret belongs: in terminal cells, from 0."""

    text: str
    caret_start: int
    caret_length: int


class Pieces(NamedTuple):
    """What there is to show, in pieces that are taken whole or not at all.

    ``before`` goes from the span to the left. ``starts`` and ``ends`` say whether the pieces reach
    the start and the end of the line.
    """

    before: list[str]
    span: list[str]
    after: list[str]
    starts: bool
    ends: bool


def cells(text: str) -> int:
    """Count the terminal cells of printable text: wide characters take two, accents none."""
    return len(text) if text.isascii() else sum(map(_cells_of, text))


def fit(pieces: Pieces, dots: str) -> Excerpt:
    """Choose the pieces around the span that fit, two thirds of them before it."""
    span = _clipped("".join(pieces.span), WIDTH - 2 * len(dots), dots)
    room = WIDTH - 2 * len(dots) - cells(span)
    wanted_after = sum(map(cells, pieces.after))
    before = _taken(pieces.before, max(room - wanted_after, room * 2 // 3))
    after = _taken(pieces.after, room - sum(map(cells, before)))
    whole_before = pieces.starts and len(before) == len(pieces.before)
    whole_after = pieces.ends and len(after) == len(pieces.after)
    left = ("" if whole_before else dots) + "".join(reversed(before))
    right = "".join(after) + ("" if whole_after else dots)
    return Excerpt((left + span + right).rstrip(), cells(left), max(cells(span), 1))


def _cells_of(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _taken(pieces: Iterable[str], room: int) -> list[str]:
    taken = []
    for piece in pieces:
        room -= cells(piece)
        if room < 0:
            break
        taken.append(piece)
    return taken


def _clipped(text: str, room: int, dots: str) -> str:
    if cells(text) <= room:
        return text
    return "".join(_taken(text, room - len(dots))) + dots
