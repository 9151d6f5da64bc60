"""Find in JSON text what orjson takes without a word, and other readers take otherwise.

It keeps the last of two equal keys, makes floats of integers beyond 64 bits, follows eight times as
many levels as others, and minds no character at which they end a line. Little of that shows in the
decoded value.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from jsonl_lint.reading.decode import SPACE, STRING, loads

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.finding import Path

SMALLEST, LARGEST = -(1 << 63), (1 << 64) - 1
"""The integers that orjson keeps: signed and unsigned ones of 64 bits."""

# A key takes the string along that is its value; the groups behind the first tell tokens apart.
_TOKEN = re.compile(
    rb"(" + STRING + rb")(?>(?:" + SPACE + rb"(:)(?>(?:" + SPACE + STRING + rb")?))?)"
    rb"|([][{},])|(-?[0-9][-+.eE0-9]*+)"
)
_KEY, _BRACKET_OR_COMMA, _NUMBER = 2, 3, 4
_BRACKET = re.compile(STRING + rb"|([\[{])|[\]}]")
_STRING = re.compile(STRING)
_STRINGS = re.compile(rb'(?>(?:[^"]*+' + STRING + rb"){1,9999})")
_NO_BRACKETS = bytes(byte for byte in range(256) if byte not in b"[]{}")
_AS_ONE_KIND = bytes.maketrans(b"{}", b"[]")
_LONG = b"0" * 19
"""As many digits as the integers have that are beyond 64 bits."""
_DIGITS_AS_ZEROS = bytes(ord("0") if byte in b"0123456789" else ord(" ") for byte in range(256))
_SEPARATORS = [separator.encode() for separator in "\u2028\u2029\x85"]

MAX_KEYS = 100_000
"""Keys of objects inside each other that are compared: each takes some 200 bytes."""


class Duplicate(NamedTuple):
    """A key that its object has named before; the spans are bytes, quotes included.

    The key is ``None`` where it stands in an object of too many keys to say which one it is.
    """

    path: Path
    key: str | None
    first: tuple[int, int]
    second: tuple[int, int]


class Rounded(NamedTuple):
    """An integer that the decoder makes a float of; the span is in bytes."""

    path: Path
    span: tuple[int, int]


class Separators(NamedTuple):
    """How many separators there are, and the bytes that the first and the last one take."""

    number: int
    first: tuple[int, int]
    last: tuple[int, int]


class _Level:
    """An open container: where the reader is in it, a key or an index, and the keys behind it."""

    __slots__ = ("keys", "step")

    def __init__(self, step: str | int) -> None:
        self.step = step
        self.keys: dict[str, tuple[int, int]] = {}


def duplicate_keys(raw: bytes) -> Iterator[Duplicate]:
    """Find every key that its object has named before, in text order.

    ``raw`` is valid JSON that has such keys. They are compared decoded: an escape in one does not
    hide it. Objects of too many keys are passed over; where no other has any, one of them has.
    """
    found = False
    for token, levels in _walk(raw):
        keys = levels[-1].keys if token.lastindex == _KEY else None
        if keys is not None and len(keys) < MAX_KEYS // len(levels):
            key, span = str(levels[-1].step), token.span(1)
            first = keys.setdefault(key, span)
            if first is not span:
                found = True
                yield Duplicate(_path(levels), key, first, span)
    if not found:
        yield Duplicate((), None, (0, 0), (0, 0))


def rounded_integers(raw: bytes) -> Iterator[Rounded]:
    """Find the integers of valid JSON text that 64 bits do not hold, in text order."""
    if _has_long_number(raw):
        for token, levels in _walk(raw):
            if token.lastindex == _NUMBER and _is_beyond(token[0]):
                yield Rounded(_path(levels), token.span())


def _has_long_number(raw: bytes) -> bool:
    # NOTE: ten times as fast as a pattern.
    return _LONG in raw.translate(_DIGITS_AS_ZEROS)


def _is_beyond(number: bytes) -> bool:
    # NOTE: what has more digits than Python turns into an integer, orjson has refused.
    return number.lstrip(b"-").isdigit() and not SMALLEST <= int(number) <= LARGEST


def _walk(raw: bytes) -> Iterator[tuple[re.Match[bytes], list[_Level]]]:
    """Yield each token of valid JSON with the containers that are open at it."""
    levels: list[_Level] = []
    for token in _TOKEN.finditer(raw):
        kind = token.lastindex
        if kind == _KEY:
            levels[-1].step = loads(token[1])
        elif kind == _BRACKET_OR_COMMA:
            _enter_or_leave(token[0], levels)
        yield token, levels


def _enter_or_leave(mark: bytes, levels: list[_Level]) -> None:
    if mark == b",":
        step = levels[-1].step
        if isinstance(step, int):
            levels[-1].step = step + 1
    elif mark in b"[{":
        levels.append(_Level("" if mark == b"{" else 0))
    else:
        levels.pop()


def _path(levels: list[_Level]) -> Path:
    return tuple(level.step for level in levels)


def too_deep(raw: bytes, levels: int) -> int | None:
    """Give the place of the first bracket that opens a level beyond these; None if none does.

    ``raw`` is JSON, at least as far as that bracket. Takes linear time and does not recurse.
    """
    if raw.count(b"[") + raw.count(b"{") <= levels or _is_flat(raw, levels):
        return None
    depth = 0
    for token in _BRACKET.finditer(raw):
        if token.lastindex:
            depth += 1
            if depth > levels:
                return token.start()
        elif token[0] in b"]}":
            depth -= 1
    return None


def _is_flat(raw: bytes, levels: int) -> bool:
    """Prove, many times faster than by counting, that brackets nest no deeper than these levels.

    What is left of the text without the pairs that hold nothing has one level less.
    """
    brackets = b"".join(_brackets(raw))
    for _ in range(levels):
        if not brackets:
            break
        brackets = brackets.replace(b"[]", b"")
    return not brackets


def _brackets(raw: bytes) -> Iterator[bytes]:
    """Yield the brackets outside of strings, all as square ones; some thousand strings at once."""
    at = 0
    while at < len(raw):
        piece = _STRINGS.match(raw, at)
        end = piece.end() if piece else len(raw)
        yield _STRING.sub(b"", raw[at:end]).translate(_AS_ONE_KIND, _NO_BRACKETS)
        at = end


def line_separators(raw: bytes) -> Separators | None:
    """Find the characters that end a line for ``str.splitlines``, and not for JSON.

    These are U+2028, U+2029 and U+0085; valid JSON has them in strings only. There may be millions.
    """
    there = [] if raw.isascii() else [mark for mark in _SEPARATORS if mark in raw]
    if not there:
        return None
    first, mark = min((raw.find(mark), mark) for mark in there)
    last, end = max((raw.rfind(mark), mark) for mark in there)
    return Separators(
        sum(map(raw.count, there)), (first, first + len(mark)), (last, last + len(end))
    )


def may_overlook(raw: bytes, levels: int) -> bool:
    """Tell whether the functions above may find something, but for keys named twice."""
    is_deep = too_deep(raw, levels) is not None
    return bool(is_deep or _has_long_number(raw) or line_separators(raw))
