"""From a path in a record to text (JSON Pointer) and to a place in the raw line.

Only findings that are shown need a place, so nothing is recorded while decoding: the line is read
again here, once, by compiled patterns that step over whole strings and containers.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.finding import Part, Path

_BOM = b"\xef\xbb\xbf"
_OPENERS = b"[{"
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
_ELEMENT = _SEPARATOR + rb"(?:[\[{]" + _inside(_LEVELS - 1) + rb"[\]}]|" + _SCALAR + rb")"
# A member of an object, or an element of an array; of a container, its opening bracket only.
_ITEM = (
    _SEPARATOR
    + (rb"(?:(?P<key>" + _STRING + rb")" + _SPACE + rb":" + _SPACE + rb")?")
    + (rb"(?P<value>[\[{]|" + _SCALAR + rb")")
)


@cache
def _pattern(source: bytes) -> re.Pattern[bytes]:
    """Compile on first use: that takes 4 ms, and a clean file needs none of it."""
    return re.compile(source, re.DOTALL)


class _StuckError(ValueError):
    """The text is not the JSON that it was said to be."""


def to_pointer(path: Path) -> str:
    """Write a path as a JSON Pointer (RFC 6901); the root is the empty string."""
    return "".join(["/" + _escape(step) for step in path])


def shape(path: Path) -> str:
    """Write a path as a pointer that fits all its siblings: each index becomes ``*``."""
    return "".join(["/*" if isinstance(step, int) else "/" + _escape(step) for step in path])


def _escape(step: str | int) -> str:
    return str(step).replace("~", "~0").replace("/", "~1")


def locate(raw: bytes, path: Path, part: Part = "value") -> tuple[int, int]:
    """Give the bytes ``[start, end)`` of the value (or key, with its quotes) at ``path``.

    ``raw`` is one line that orjson accepted, with or without byte order mark and line end. Of equal
    keys the last one counts, as in the decoded record. A container's span is its opening bracket.
    Where the path leads nowhere, the span is that of the value where it was lost; the root and the
    elements of an array have no key, so their value takes its place.

    Never raises. The text is not validated: where reading gets stuck, the span is the whole line
    without its line end.
    """
    try:
        item, reached = _follow(raw, path)
    except _StuckError:
        return 0, len(raw.rstrip(b"\r\n"))
    has_key = item.start("key") >= 0
    return item.span("key" if part == "key" and has_key and reached == len(path) else "value")


class Extent(NamedTuple):
    """Where a member or element stands: its key if it has one, its value, and the end of both."""

    start: int
    value: int
    end: int


def extent(raw: bytes, path: Path) -> Extent | None:
    """Give the bytes that a member or element takes; ``None`` where the path leads nowhere.

    ``raw`` is as for ``locate``, and of equal keys the last one counts as there.
    """
    try:
        item, reached = _follow(raw, path)
        if reached != len(path):
            return None
        start, value = item.start("key"), item.start("value")
        return Extent(start if path and start >= 0 else value, value, _after(raw, item))
    except _StuckError:
        return None


def children(raw: bytes) -> Iterator[tuple[bytes | None, bytes]]:
    """Yield the members or elements of a container: key, with its quotes, and value, as spelt.

    ``raw`` is the container, as valid JSON without white space around; elements have no key.
    """
    for key, found in _items(raw, 1):
        yield key, raw[found.value : found.end]


@lru_cache(maxsize=1)
def extents(raw: bytes) -> dict[Path, Extent]:
    """Give the extent of everything below the root, in one pass: for who asks much of a line.

    Of equal keys the last one counts; what is only below an earlier one is in the result too.
    """
    found: dict[Path, Extent] = {}
    root = extent(raw, ())
    pending: list[tuple[Path, int]] = [((), root.value)] if root else []
    for path, opened in pending:  # which grows meanwhile
        for index, (key, item) in enumerate(_items(raw, opened + 1)):
            step = index if key is None else str(_decoded(key))
            found[(*path, step)] = item
            if raw[item.value] in _OPENERS:
                pending.append(((*path, step), item.value))
    return found


def _items(raw: bytes, at: int) -> Iterator[tuple[bytes | None, Extent]]:
    """Yield the keys, with their quotes, and extents of what a container holds; ``at`` is in it."""
    while item := _pattern(_ITEM).match(raw, at):
        at = _after(raw, item)
        key, value = item["key"], item.start("value")
        yield key, Extent(item.start("key") if key else value, value, at)


def columns(raw: bytes, start: int, end: int) -> tuple[int, int]:
    """Turn the bytes ``[start, end)`` of a line into columns ``[first, after the last)``.

    Columns count code points from 1; a byte order mark at the start of the line is none. A byte
    that is not UTF-8 counts as one column.
    """
    begin = len(_BOM) if raw.startswith(_BOM) else 0
    start = max(start, begin)
    column = 1 + _code_points(raw[begin:start])
    return column, column + _code_points(raw[start:end])


def _code_points(text: bytes) -> int:
    return len(text.decode("utf-8", "surrogateescape"))


def _follow(raw: bytes, path: Path) -> tuple[re.Match[bytes], int]:
    """Give the last item that the path leads to, and how many of its steps that took."""
    item = _pattern(_ITEM).match(raw, len(_BOM) if raw.startswith(_BOM) else 0)
    if item is None:
        raise _StuckError
    level = 0
    while item:
        found, reached = item, level
        enters = level < len(path) and raw[item.start("value")] in _OPENERS
        if not enters and not level:
            break
        at = item.end() if enters else _after(raw, item)
        item, level = _next_on_path(raw, at, path, level + enters, fresh=enters)
    return found, reached


def _next_on_path(
    raw: bytes, at: int, path: Path, level: int, *, fresh: bool
) -> tuple[re.Match[bytes] | None, int]:
    """Find the next item at ``path[:level]``, or further out: there, an equal key may come later.

    ``at`` is inside the container at ``path[:level - 1]``; ``fresh`` says: at its start.
    """
    while level:
        step = path[level - 1]
        if isinstance(step, str):
            item = _member(raw, at, step)
        else:
            item = _element(raw, at, step) if fresh else _past(raw, at)
        if not isinstance(item, int):
            return item, level
        at = item
        level -= 1
        fresh = False
    return None, 0


def _member(raw: bytes, at: int, key: str) -> re.Match[bytes] | int:
    """Find the object's next member of that name; if there is none, the end of the object."""
    quoted = b'"%b"' % key.encode("utf-8", "surrogatepass")
    while item := _pattern(_ITEM).match(raw, at):
        name = item["key"]
        if _decoded(name) == key if name and b"\\" in name else name == quoted:
            return item
        at = _after(raw, item)
    return _past(raw, at)


def _element(raw: bytes, at: int, index: int) -> re.Match[bytes] | int:
    """Find the array's element of that index; if there is none, the end of the array."""
    if index < 0 or raw[at - 1 : at] != b"[":
        return _past(raw, at)
    for _ in range(index):
        if element := _pattern(_ELEMENT).match(raw, at):
            at = element.end()
        elif deep := _pattern(_ITEM).match(raw, at):
            at = _after(raw, deep)
        else:
            return _past(raw, at)
    return _pattern(_ITEM).match(raw, at) or _past(raw, at)


def _decoded(quoted: bytes) -> object:
    try:
        return orjson.loads(quoted)
    except orjson.JSONDecodeError:
        return None


def _after(raw: bytes, item: re.Match[bytes]) -> int:
    """Give the position after the item's value."""
    at = item.end()
    return _past(raw, at) if raw[at - 1] in _OPENERS else at


def _past(raw: bytes, at: int) -> int:
    """Give the position after the closing bracket of the container that ``at`` is in."""
    depth = 1
    while depth:
        match = _pattern(_INSIDE).match(raw, at)
        stop = match.end() if match else at
        byte = raw[stop : stop + 1]
        if not byte or (byte == b'"' and stop == at):
            raise _StuckError
        at = stop
        if byte != b'"':
            at += 1
            depth += 1 if byte in _OPENERS else -1
    return at
