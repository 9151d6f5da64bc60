"""Count what JSON text of any size is made of, outside of its strings and without decoding it."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from jsonl_lint.items import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_STRING = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+("?)'
_BRACKETS = _STRING + rb"|[\[\]{}]"
_NODES = _STRING + rb"|[\[{,]"
_INSIDE = rb'[^"\\]*+(?:\\.[^"\\]*+)*+("?)'


def count_objects(chunks: Iterable[bytes], level: int) -> int:
    """Count the objects that open at a bracket depth, in JSON text of any size."""
    count = depth = 0
    for mark in _marks(chunks, _BRACKETS):
        if mark in b"{[":
            count += mark == b"{" and depth == level
            depth += 1
        else:
            depth -= 1
    return count


def levels_opened(text: bytes) -> int:
    """Count the brackets that open, less those that close."""
    return sum(1 if mark in b"{[" else -1 for mark in _marks([text], _BRACKETS))


def has_more_nodes(text: bytes, limit: int) -> bool:
    """Tell whether text opens more containers and has more commas, taken together, than these.

    That is as many values as it decodes to, but for the first of each container.
    """
    if text.count(b",") + text.count(b"[") + text.count(b"{") <= limit:
        return False  # not even with those in strings
    return next(islice(_marks([text], _NODES), limit, None), None) is not None


def _marks(chunks: Iterable[bytes], wanted: bytes) -> Iterator[bytes]:
    """Yield each mark that a pattern finds outside of strings, wherever the chunks are cut."""
    in_string = False
    for text in _whole_escapes(chunks):
        at = 0
        if in_string and (rest := pattern(_INSIDE).match(text)):
            at, in_string = rest.end(), not rest[1]
        for match in pattern(wanted).finditer(text, at):
            token = match[0]
            if token[:1] == b'"':
                in_string = not match[1]
            else:
                yield token


def _whole_escapes(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Cut chunks anew, so that none ends between a backslash and what it escapes."""
    carried = b""
    for chunk in chunks:
        text = carried + chunk
        backslashes = len(text) - len(text.rstrip(b"\\"))
        carried = b"\\" * (backslashes % 2)
        yield text[: len(text) - len(carried)]
