"""A line that is JSON, reduced to its structure around a span.

Roles, ids and names are shown where the formats have them, and nowhere else: a ``name`` within
arguments or parameters is content.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import orjson

from jsonl_lint.items import BOM
from jsonl_lint.reporting.safe import cut, inert
from jsonl_lint.reporting.window import WIDTH, Pieces, cells
from jsonl_lint.schema.describe import SHOWN_KEYS
from jsonl_lint.words import SHOWN_LENGTH, count

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_TOKENS = 20_000
"""Tokens read before the span, so that an excerpt costs milliseconds on a line of any size."""

_CONTAINERS = frozenset(
    {"messages", "interactions", "tool_calls", "function", "tools", "available_tools"}
)
_CONTENT = frozenset({"content", "text", "arguments", "parameters"})
_PART_KEYS = frozenset({"type"})
_NOTHING: frozenset[str] = frozenset()

# NOTE: the quote comes first, alone: the end of a plain string is found faster by `find`.
_TOKEN = re.compile(rb'"|[ \t\n\r]++|[{}\[\]:,]|[^ \t\n\r{}\[\]:,"]++')
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
_BACKSLASH = 0x5C


class _Token(NamedTuple):
    start: int
    end: int
    visible: bool


@dataclass(slots=True)
class _Frame:
    """An open bracket: the members whose text may be shown in it, and the key that was read."""

    shown: frozenset[str]
    is_object: bool
    key: str = ""
    awaits_key: bool = False


def structured(raw: bytes, span: tuple[int, int], *, glyphs: bool) -> Pieces | None:
    """Cut the line into tokens around the span; None where that would read too many."""
    start, end = span[0], max(span[1], span[0] + 1)
    before: deque[_Token] = deque(maxlen=WIDTH)
    covered: list[_Token] = []
    after: list[str] = []
    room = WIDTH
    read = 0
    for token in _tokens(raw):
        if token.end <= start:
            before.append(token)
            read += 1
            if read > MAX_TOKENS:
                return None
        elif token.start < end and len(covered) < WIDTH:
            covered.append(token)
        elif room < 0:
            break
        else:
            after.append(_words(raw, token, glyphs=glyphs))
            room -= cells(after[-1])
    return Pieces(
        [_words(raw, token, glyphs=glyphs) for token in reversed(before)],
        [_words(raw, token, glyphs=glyphs) for token in covered],
        after,
        starts=read == len(before),
        ends=room >= 0,
    )


def _tokens(raw: bytes) -> Iterator[_Token]:
    at = 0
    if raw.startswith(BOM):
        at = len(BOM)
        yield _Token(0, at, visible=True)
    frames = [_Frame(_NOTHING, is_object=False)]
    while match := _TOKEN.match(raw, at):
        at = _string_end(raw, at) if match[0] == b'"' else match.end()
        yield _Token(match.start(), at, _step(frames, raw, match.start(), at))


def _string_end(raw: bytes, start: int) -> int:
    quote = raw.find(b'"', start + 1)
    if quote > 0 and raw[quote - 1] != _BACKSLASH:
        return quote + 1
    string = _STRING.match(raw, start)
    return string.end() if string else len(raw)


def _step(frames: list[_Frame], raw: bytes, start: int, end: int) -> bool:
    """Take a token into account; tell whether it may be shown as it stands."""
    frame = frames[-1]
    first = raw[start : start + 1]
    if first in b"{[":
        shown = _shown_inside(frame, first, is_root=len(frames) == 1)
        frames.append(_Frame(shown, is_object=first == b"{", awaits_key=first == b"{"))
    elif first in b"}]":
        del frames[max(1, len(frames) - 1) :]
    elif first == b",":
        frame.awaits_key = frame.is_object
    elif first == b'"' and frame.awaits_key:
        frame.key = _key(raw[start:end])
        frame.awaits_key = False
    elif first == b'"':
        return frame.is_object and frame.key in frame.shown and frame.key != "weight"
    elif first in b"-0123456789":
        return frame.is_object and frame.shown is SHOWN_KEYS and frame.key not in _CONTENT
    return True


def _shown_inside(frame: _Frame, opener: bytes, *, is_root: bool) -> frozenset[str]:
    if is_root:
        return SHOWN_KEYS
    if not frame.is_object:
        return frame.shown
    if frame.shown is not SHOWN_KEYS:
        return _NOTHING
    if frame.key in _CONTAINERS:
        return SHOWN_KEYS
    return _PART_KEYS if frame.key == "content" and opener == b"[" else _NOTHING


def _key(quoted: bytes) -> str:
    if b"\\" in quoted:
        return str(orjson.loads(quoted))
    return quoted[1:-1].decode("utf-8", "replace")


def _words(raw: bytes, token: _Token, *, glyphs: bool) -> str:
    text = raw[token.start : token.end]
    if not text.strip(b" \t\r\n"):
        return " "
    quote = '"' if text.startswith(b'"') else ""
    if token.visible:
        inner = text[len(quote) : len(text) - len(quote)].decode("utf-8", "replace")
        return quote + cut(inert(inner, glyphs=glyphs), SHOWN_LENGTH) + quote
    if not quote:
        return "<number>"
    length = len(orjson.loads(text))
    return f"<{count(length, 'char')}>" if length else '""'
