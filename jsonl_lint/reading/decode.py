"""Decode a line, and know whether any of its keys hides another.

JSON allows an object to name a key twice, and readers disagree on which value counts. orjson
keeps the last one and says nothing, so what it drops has to be looked for in the raw text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

if TYPE_CHECKING:
    from jsonl_lint.finding import Path

loads = orjson.loads
"""Decode strict JSON; raises ``orjson.JSONDecodeError``, which is a ``ValueError``."""


class Duplicate(NamedTuple):
    """A key that its object has named before; the spans are bytes, quotes included."""

    path: Path
    key: str
    first: tuple[int, int]
    second: tuple[int, int]


def count_keys(value: Any) -> int:  # noqa: ANN401 - a decoded tree has no narrower type
    """Count the keys of all objects in a decoded tree."""
    keys = 0
    pending = [value]
    for item in pending:  # which grows meanwhile: a queue, at the price of a plain loop
        kind = type(item)
        if kind is str:
            continue
        if kind is dict:
            keys += len(item)
            pending += item.values()
        elif kind is list:
            pending += item
    return keys


def count_quotes(value: Any) -> int:  # noqa: ANN401 - a decoded tree has no narrower type
    """Count the quotes in the compact text of a decoded tree.

    Raises ``orjson.JSONEncodeError``, a TypeError, where it nests deeper than orjson writes.
    """
    return orjson.dumps(value).count(b'"')


def quotes_prove_keys_unique(raw: bytes, quotes: int) -> bool:
    r"""Prove, from ``count_quotes`` of the decoded text, that valid JSON text has each key once.

    A key that was dropped has two quotes more in the text. Text has fewer only where it spells one
    as ``\u0022``; then, and where this is in the text for another reason, nothing is proven.
    """
    return raw.count(b'"') == quotes and b"\\u0022" not in raw


# A colon behind something that may close a key: a quote, or white space that itself follows a
# quote or more white space. A quote behind exactly one or three backslashes is an escaped one.
_MAYBE_KEY = re.compile(
    rb':(?:(?<=[^\\]":)|(?<=[^\\]\\\\":)|(?<=\\\\\\\\":)|(?<=[" \t\r\n][ \t\r\n]:))'
)
_STRING = rb'"[^"\\]*+(?>(?:\\.[^"\\]*+)*)"'
_SPACE = rb"[ \t\r\n]*+"
_STRING_OR_KEY = re.compile(_STRING + _SPACE + rb"(:?)")
# A key takes the string along that is its value; the second and third group tell tokens apart.
_TOKEN = re.compile(
    rb"(" + _STRING + rb")(?>(?:" + _SPACE + rb"(:)(?>(?:" + _SPACE + _STRING + rb")?))?)|([][{},])"
)
_KEY, _BRACKET_OR_COMMA = 2, 3


def keys_are_unique(raw: bytes | str, expected: int) -> bool:
    """Tell whether valid JSON text has each key of each object once.

    ``expected`` is ``count_keys`` of the decoded text. The text has more keys than the tree exactly
    when one was dropped, so an upper bound on the text's keys that equals ``expected`` is a proof.
    The cheap bound counts some colons inside strings too; where it is too high, every string is
    stepped over and the count is exact.
    """
    if isinstance(raw, str):
        # NOTE: ``arguments`` are short, and nearly all of their colons follow keys.
        if raw.count(":") == expected:
            return True
        raw = raw.encode()
    return (
        len(_MAYBE_KEY.findall(raw)) == expected
        or _STRING_OR_KEY.findall(raw).count(b":") == expected
    )


class _Level:
    """An open container: where the reader is in it, a key or an index, and the keys behind it."""

    __slots__ = ("keys", "step")

    def __init__(self, step: str | int) -> None:
        self.step = step
        self.keys: dict[str, tuple[int, int]] = {}


def duplicate_keys(raw: bytes) -> list[Duplicate]:
    """Find every key that its object has named before, in text order.

    ``raw`` is valid JSON. Keys are compared decoded: an escape in one does not hide it.
    """
    duplicates: list[Duplicate] = []
    levels: list[_Level] = []
    for token in _TOKEN.finditer(raw):
        kind = token.lastindex
        if kind == _KEY:
            duplicates += _enter_key(loads(token[1]), token.span(1), levels)
        elif kind == _BRACKET_OR_COMMA:
            mark = token[0]
            if mark == b",":
                step = levels[-1].step
                if isinstance(step, int):
                    levels[-1].step = step + 1
            elif mark in b"[{":
                levels.append(_Level("" if mark == b"{" else 0))
            else:
                levels.pop()
    return duplicates


def _enter_key(key: str, span: tuple[int, int], levels: list[_Level]) -> list[Duplicate]:
    levels[-1].step = key
    first = levels[-1].keys.setdefault(key, span)
    if first is span:
        return []
    return [Duplicate(tuple(level.step for level in levels), key, first, span)]
