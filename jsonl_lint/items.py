"""Step over JSON text item by item: members of objects and elements of arrays, by patterns.

The text is valid JSON. Whole strings and containers are stepped over at once.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterator

BOM = b"\xef\xbb\xbf"
OPENERS = b"[{"
_LEVELS = 7
"""How deep a container may nest and still be stepped over in one match; training data is at 6."""

# NOTE: every repetition is possessive or in an atomic group, so no pattern ever goes back over what
# it has read. Before Python 3.11.5 (Debian 12 has 3.11.2) a possessive group whose last round fails
# half-way loses its place, so only a group that fails at its first character is one. The atomic
# groups hold 64 bytes a round while they run, hence the bound; past it, a slower way takes over.
_SPACE = rb"[ \t\n\r]*+"
_SEPARATOR = rb"[ \t\n\r,]*+"
_ANY_STRING = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
# NOTE: `[^"]*` runs ten times as fast as `[^"\\]*`. It stops at each quote; behind one backslash
# the quote is escaped, behind two or more only reading from the left can tell.
_STRING = rb'(?>"[^"]*+"(?>(?:(?<=[^\\]\\")[^"]*+"){0,999})(?<!\\")|' + _ANY_STRING + rb")"
_SCALAR = _STRING + rb'|[^ \t\n\r,:"\[\]{}]++'


def _inside(levels: int) -> bytes:
    """Write the pattern for what a container holds, as far as that nests no deeper."""
    plain = rb'[^"\[\]{}]*+'
    nested = rb"|[\[{]" + _inside(levels - 1) + rb"[\]}]" if levels else b""
    return plain + rb"(?>(?:(?:" + _STRING + nested + rb")" + plain + rb"){0,999})"


_INSIDE = _inside(_LEVELS)
ELEMENT = _SEPARATOR + rb"(?:[\[{]" + _inside(_LEVELS - 1) + rb"[\]}]|" + _SCALAR + rb")"
# A member of an object, or an element of an array; of a container, its opening bracket only.
ITEM = (
    _SEPARATOR
    + (rb"(?:(?P<key>" + _STRING + rb")" + _SPACE + rb":" + _SPACE + rb")?")
    + (rb"(?P<value>[\[{]|" + _SCALAR + rb")")
)


@cache
def pattern(source: bytes) -> re.Pattern[bytes]:
    """Compile on first use: that takes 4 ms, and a clean file needs none of it."""
    return re.compile(source, re.DOTALL)


class StuckError(ValueError):
    """The text is not the JSON that it was said to be."""


class Extent(NamedTuple):
    """Where a member or element stands: its key, quotes included, and its value.

    Without a key, as in an array, ``start`` and ``key_end`` are where the value begins.
    """

    start: int
    key_end: int
    value: int
    end: int


def children(raw: bytes) -> Iterator[tuple[bytes | None, bytes]]:
    """Yield the members or elements of a container: key, with its quotes, and value, as spelt.

    ``raw`` is the container, as valid JSON without white space around; elements have no key.
    """
    for key, found in items(raw, 1):
        yield key, raw[found.value : found.end]


def items(raw: bytes, at: int) -> Iterator[tuple[bytes | None, Extent]]:
    """Yield the keys, with their quotes, and extents of what a container holds; ``at`` is in it."""
    while item := pattern(ITEM).match(raw, at):
        at = after(raw, item)
        yield item["key"], extent_of(item, at)


def extent_of(item: re.Match[bytes], end: int) -> Extent:
    """Give where a matched item stands that ends at ``end``."""
    value = item.start("value")
    start, key_end = item.span("key") if item["key"] else (value, value)
    return Extent(start, key_end, value, end)


def decoded(quoted: bytes) -> object:
    """Decode a key; ``None`` for what is none."""
    try:
        return orjson.loads(quoted)
    except orjson.JSONDecodeError:
        return None


def after(raw: bytes, item: re.Match[bytes]) -> int:
    """Give the position after the item's value."""
    at = item.end()
    return past(raw, at) if raw[at - 1] in OPENERS else at


def past(raw: bytes, at: int) -> int:
    """Give the position after the closing bracket of the container that ``at`` is in."""
    depth = 1
    while depth:
        match = pattern(_INSIDE).match(raw, at)
        stop = match.end() if match else at
        byte = raw[stop : stop + 1]
        if not byte or (byte == b'"' and stop == at):
            raise StuckError
        at = stop
        if byte != b'"':
            at += 1
            depth += 1 if byte in OPENERS else -1
    return at
