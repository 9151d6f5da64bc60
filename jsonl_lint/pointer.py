"""From a path in a record to text (JSON Pointer) and to a place in the raw line.

Only findings that are shown need a place, so nothing is recorded while decoding: the line is read
again here, once, by compiled patterns that step over whole strings and containers.
"""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING

from jsonl_lint.items import (
    BOM,
    ELEMENT,
    ITEM,
    OPENERS,
    Extent,
    StuckError,
    after,
    decoded,
    extent_of,
    items,
    past,
    pattern,
)
from jsonl_lint.words import shortened

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Iterator

    from jsonl_lint.finding import Part, Path

    _Tree = dict[str | int, "_Tree"]  # by the next step, what is asked for below

FEW = 16
"""Paths of a line that are followed one by one; for more of them the line is read once."""

LONG = 1 << 20
"""Bytes of a line that is read once for any number of paths, since each is asked for again."""

_STRIDE = 1 << 12
"""Bytes between the marks of a long line, from which its columns are counted."""


def to_pointer(path: Path) -> str:
    """Write a path as a JSON Pointer (RFC 6901); the root is the empty string."""
    return "".join(["/" + _escape(step) for step in path])


def shown_pointer(path: Path) -> str:
    """Write a path as a pointer to be shown: keys are cut to 64 characters, as content may be."""
    return "".join([f"/{step}" if isinstance(step, int) else _shown(step) for step in path])


def shape(path: Path) -> str:
    """Write a path as ``shown_pointer`` does, to fit all its siblings: each index becomes ``*``."""
    return "".join(["/*" if isinstance(step, int) else _shown(step) for step in path])


def _shown(key: str) -> str:
    return "/" + _escape(shortened(key))


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
    except StuckError:
        return 0, len(raw.rstrip(b"\r\n"))
    has_key = item.start("key") >= 0
    return item.span("key" if part == "key" and has_key and reached == len(path) else "value")


def extent(raw: bytes, path: Path) -> Extent | None:
    """Give the bytes that a member or element takes; ``None`` where the path leads nowhere.

    ``raw`` is as for ``locate``, and of equal keys the last one counts as there.
    """
    try:
        item, reached = _follow(raw, path)
        if reached != len(path):
            return None
        return extent_of(item, after(raw, item))
    except StuckError:
        return None


def extents(raw: bytes, paths: Iterable[Path]) -> dict[Path, Extent]:
    """Give the extents of these paths below the root, in one pass: for who asks much of a line.

    A path that leads nowhere is left out, or is that of something below an equal key that comes
    earlier. What is not on the way to a path is stepped over: it takes no memory.
    """
    found: dict[Path, Extent] = {}
    tree = _tree(paths)
    root = extent(raw, ()) if tree else None
    pending: list[tuple[Path, int, _Tree]] = [((), root.value, tree)] if root else []
    for path, opened, below in pending:  # which grows meanwhile
        for step, item in _wanted(raw, opened, below):
            found[(*path, step)] = item
            if below[step] and raw[item.value] in OPENERS:
                pending.append(((*path, step), item.value, below[step]))
    return found


def _tree(paths: Iterable[Path]) -> _Tree:
    """Put paths together where they begin with the same steps."""
    tree: _Tree = {}
    for path in paths:
        below = tree
        for step in path:
            below = below.setdefault(step, {})
    return tree


def _wanted(raw: bytes, opened: int, wanted: _Tree) -> Iterator[tuple[str | int, Extent]]:
    """Yield those items of the container at ``opened`` that are wanted."""
    at = opened + 1
    if raw[opened:at] == b"{":
        members = ((str(decoded(key or b"")), item) for key, item in items(raw, at))
        yield from (member for member in members if member[0] in wanted)
        return
    passed = 0
    for index in sorted(step for step in wanted if isinstance(step, int) and step >= 0):
        item = _nth(raw, at, index - passed)
        if isinstance(item, int):
            return
        at, passed = after(raw, item), index + 1
        yield index, extent_of(item, at)


def finder(raw: bytes, paths: Iterable[Path]) -> Callable[[Path], Extent | None]:
    """Give what finds extents in a line, which is quick for these paths even if they are many."""
    asked = frozenset(paths)
    if len(asked) <= FEW:
        return partial(extent, raw)
    found = extents(raw, asked)
    return lambda path: found.get(path) if path in asked else extent(raw, path)


def columns(raw: bytes, start: int, end: int) -> tuple[int, int]:
    """Turn the bytes ``[start, end)`` of a line into columns ``[first, after the last)``.

    Columns count code points from 1; a byte order mark at the start of the line is none. A byte
    that is not UTF-8 counts as one column.
    """
    if len(raw) > _STRIDE:
        return _columns_of_long(raw, start, end)
    begin = len(BOM) if raw.startswith(BOM) else 0
    if not begin and raw.isascii():
        return start + 1, end + 1
    start = max(start, begin)
    column = 1 + _code_points(raw[begin:start])
    return column, column + _code_points(raw[start:end])


def _columns_of_long(raw: bytes, start: int, end: int) -> tuple[int, int]:
    """Do the same for a line that may have as many findings as bytes: none may cost a pass."""
    marks = _marks(raw)
    if not marks:
        return start + 1, end + 1
    has_mark = raw.startswith(BOM)
    start = max(start, len(BOM) if has_mark else 0)
    at, before = marks[start // _STRIDE]
    column = 1 + before + _code_points(raw[at:start]) - has_mark
    return column, column + _code_points(raw[start:end])


@lru_cache(maxsize=1)
def _marks(raw: bytes) -> list[tuple[int, int]]:
    """Give a byte offset at or before each stride, and the code points before it; [] for ASCII."""
    if raw.isascii():
        return []
    marks = [(0, 0)]
    for stride in range(_STRIDE, len(raw) + 1, _STRIDE):
        starts = (at for at in range(stride, stride - 4, -1) if not _continues(raw[at : at + 1]))
        at = next(starts, stride)
        last, before = marks[-1]
        marks.append((at, before + _code_points(raw[last:at])))
    return marks


def _continues(byte: bytes) -> bool:
    return b"\x80" <= byte < b"\xc0"


def _code_points(text: bytes) -> int:
    return len(text.decode("utf-8", "surrogateescape"))


def _follow(raw: bytes, path: Path) -> tuple[re.Match[bytes], int]:
    """Give the last item that the path leads to, and how many of its steps that took."""
    item = pattern(ITEM).match(raw, len(BOM) if raw.startswith(BOM) else 0)
    if item is None:
        raise StuckError
    level = 0
    while item:
        found, reached = item, level
        enters = level < len(path) and raw[item.start("value")] in OPENERS
        if not enters and not level:
            break
        at = item.end() if enters else after(raw, item)
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
            item = _element(raw, at, step) if fresh else past(raw, at)
        if not isinstance(item, int):
            return item, level
        at = item
        level -= 1
        fresh = False
    return None, 0


def _member(raw: bytes, at: int, key: str) -> re.Match[bytes] | int:
    """Find the object's next member of that name; if there is none, the end of the object."""
    quoted = b'"%b"' % key.encode("utf-8", "surrogatepass")
    while item := pattern(ITEM).match(raw, at):
        name = item["key"]
        if decoded(name) == key if name and b"\\" in name else name == quoted:
            return item
        at = after(raw, item)
    return past(raw, at)


def _element(raw: bytes, at: int, index: int) -> re.Match[bytes] | int:
    """Find the array's element of that index; if there is none, the end of the array."""
    if index < 0 or raw[at - 1 : at] != b"[":
        return past(raw, at)
    return _nth(raw, at, index)


def _nth(raw: bytes, at: int, others: int) -> re.Match[bytes] | int:
    """Find the element behind so many others; if there is none, the end of the array."""
    for _ in range(others):
        if element := pattern(ELEMENT).match(raw, at):
            at = element.end()
        elif deep := pattern(ITEM).match(raw, at):
            at = after(raw, deep)
        else:
            return past(raw, at)
    return pattern(ITEM).match(raw, at) or past(raw, at)
