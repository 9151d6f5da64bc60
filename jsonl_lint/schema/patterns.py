r"""Regular expressions of strangers: which of them Python's ``re`` may run, and on how much text.

``re`` backtracks, and can take longer than anybody waits. A pattern is run only where its own text
bounds the ways in which it can match; and where it means the same as in JSON Schema's dialect (ECMA
262), into whose ``re`` form it is put: ``\d`` is ASCII, ``$`` is the very end.
"""

from __future__ import annotations

import re
import string
from typing import NamedTuple

MAX_LENGTH = 512
"""Characters of a pattern that ``re`` runs."""

MAX_TEXT = 4096
"""Characters of a text that ``re`` searches with it."""

MAX_MOVES = 10_000_000
"""Moves of one search; ``re`` makes about 100 million in a second."""

_MIN_TEXT = 32
"""A pattern that can search less text than this within the bound is not run at all."""

_SPACES = r"\t\n\v\f\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_SETS = {"d": "0-9", "w": "0-9A-Za-z_", "s": _SPACES}
_ESCAPE = r"\\(?:[dDwWsStnrfv]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|[-^$\\.*+?()\[\]{}|/])"
_TOKEN = re.compile(
    rf"(?P<atom>{_ESCAPE}|\[\^?(?:{_ESCAPE}|[^\]\[\\])+\]|[^\\()\[\]{{}}*+?|^$])"
    r"|(?P<open>\((?:\?:|(?!\?)))|(?P<close>\))|(?P<or>\|)|(?P<anchor>[\^$])"
)
_QUANTIFIER = re.compile(r"(?:[*+?]|\{([0-9]{1,4})(,?)([0-9]{0,4})\})\??")
_SET_ARITHMETIC = re.compile(r"&&|--|~~|\|\||\\[DWS]|\\[dws]-(?!\])|(?<!\[)(?<!\[\^)-\\[dws]")
"""What stands in a class and means something else, or nothing, in one dialect or another."""

_ASCII = [chr(code) for code in range(128)]


MAX_ROUNDS = 10_000
"""Rounds of all groups that repeat; ``re`` keeps 60 bytes for each until a match is found."""


class Pattern(NamedTuple):
    """A pattern that may be run: as ``re`` writes it, and what bounds its ways to match."""

    expression: str
    choices: int
    degree: int
    """How often each start is multiplied with the length of the text."""
    rounds: int = 1
    """Of groups that repeat: they may take no character of the text, as ``(?:^){99}`` does."""

    def moves(self, length: int) -> int:
        """Bound the moves that a search of so many characters takes."""
        moves: int = self.choices * self.rounds * (length + 1) ** (self.degree + 1)
        return moves


class _Atom(NamedTuple):
    """One character of the text, and which it may be; ``more`` says that some are not ASCII."""

    ascii: frozenset[str]
    more: bool

    def is_apart_from(self, other: _Atom | None) -> bool:
        """Tell whether no character can be both; ``None`` stands for the end of the text."""
        if other is None:
            return True
        return self.ascii.isdisjoint(other.ascii) and not (self.more and other.more)


class _Step(NamedTuple):
    """A token with its quantifier: ``least`` and ``most`` are 1 where it has none."""

    kind: str
    text: str
    least: int = 1
    most: int = 1
    quantifier: str = ""


_UNBOUNDED = 10_000


def runnable(pattern: str) -> Pattern | None:
    """Bound a pattern, or give nothing where it must not be run or might mean something else."""
    steps = _steps(pattern) if len(pattern) <= MAX_LENGTH else None
    if steps is None or (bound := _bound(steps)) is None:
        return None
    choices, degree = bound
    rounds = _rounds(steps)
    if rounds > MAX_ROUNDS:
        return None
    expression = "".join(_rewritten(step) + step.quantifier for step in steps)
    found = Pattern(expression, choices, degree, rounds)
    try:
        re.compile(expression)
    except (re.error, OverflowError, RecursionError):
        return None
    return found if found.moves(_MIN_TEXT) <= MAX_MOVES else None


def _steps(pattern: str) -> list[_Step] | None:
    steps = []
    at = 0
    while at < len(pattern):
        found = _TOKEN.match(pattern, at)
        if not found or (found[0][0] == "[" and _SET_ARITHMETIC.search(found[0])):
            return None
        at = found.end()
        step = _Step(str(found.lastgroup), found[0])
        quantifier = _QUANTIFIER.match(pattern, at)
        if quantifier:
            if step.kind not in {"atom", "close"}:
                return None
            at = quantifier.end()
            least, most = _times(quantifier)
            step = _Step(step.kind, step.text, least, most, quantifier[0])
        steps.append(step)
    return steps


def _times(quantifier: re.Match[str]) -> tuple[int, int]:
    least, comma, most = quantifier.groups()
    if least is None:
        return int(quantifier[0][0] == "+"), 1 if quantifier[0][0] == "?" else _UNBOUNDED
    if not comma:
        return int(least), int(least)
    return int(least), int(most) if most else _UNBOUNDED


def _bound(steps: list[_Step]) -> tuple[int, int] | None:
    """Multiply the choices of all steps; those without a bound count as one degree each.

    A group that has choices inside is repeated at most once.
    """
    is_anchored = bool(steps) and steps[0].text == "^"
    choices, degree = 1, 0
    groups: list[tuple[int, int]] = []
    branches = [1]
    for index, step in enumerate(steps):
        if step.kind == "open":
            groups.append((choices, degree))
            branches.append(1)
        elif step.kind == "or":
            branches[-1] += 1
        elif step.kind == "close":
            if not groups:
                return None
            choices *= branches.pop()
            if groups.pop() != (choices, degree) and step.most > 1:
                return None
        if step.least != step.most and not _is_decided(steps, index):
            is_bounded = step.most < _UNBOUNDED
            choices *= step.most - step.least + 1 if is_bounded else 1
            degree += not is_bounded
    starts_anywhere = not is_anchored or branches[-1] > 1
    return None if groups else (choices * branches[-1], degree + starts_anywhere)


def _rounds(steps: list[_Step]) -> int:
    """Add up how often groups begin anew: the product of all that a group stands in."""
    rounds = [1]
    for step in steps:
        if step.kind == "open":
            rounds.append(1)
        elif step.kind == "close":
            times = step.most if step.most < _UNBOUNDED else max(1, step.least)
            inner = rounds.pop()
            rounds[-1] += inner * times if times > 1 else inner - 1
    return rounds[0]


def _is_decided(steps: list[_Step], index: int) -> bool:
    """Tell whether what follows a repeated atom can begin at one place only."""
    step = steps[index]
    if step.kind != "atom":
        return False
    if index + 1 == len(steps):
        return True
    following = steps[index + 1]
    if following.kind == "anchor":
        return following.text == "$"
    if following.kind != "atom" or not following.least:
        return False
    return _atom(step).is_apart_from(_atom(following))


def _atom(step: _Step) -> _Atom:
    text = _rewritten(step)
    matches = re.compile(text).fullmatch
    more = text in {".", r"\S"} or text.startswith("[^") or not text.isascii()
    more = more or r"\u" in text or r"\x" in text
    return _Atom(frozenset(filter(matches, _ASCII)), more)


def _rewritten(step: _Step) -> str:
    text = step.text
    if step.kind == "anchor":
        return r"\Z" if text == "$" else text
    if step.kind != "atom":
        return text
    if text[0] == "[":
        return re.sub(r"\\(.)", lambda found: _SETS.get(found[1], found[0]), text)
    if text[0] == "\\" and text[1] in string.ascii_letters and text[1].lower() in _SETS:
        return f"[{'^' * text[1].isupper()}{_SETS[text[1].lower()]}]"
    return text if text[0] == "\\" or text == "." else re.escape(text)
