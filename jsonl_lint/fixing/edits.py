"""Turn changes of a record into edits of its line, and put edits into effect.

Whatever no edit covers keeps its bytes: white space, order of keys, escapes, spelling of numbers.
"""

from __future__ import annotations

from functools import lru_cache, partial
from itertools import chain
from typing import TYPE_CHECKING, Any

import orjson

from jsonl_lint.change import Drop, Edit, Insert, Old, Put, Quoted, Rename
from jsonl_lint.pointer import extent
from jsonl_lint.reading.scan import skip_space

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from jsonl_lint.change import Change
    from jsonl_lint.finding import Path
    from jsonl_lint.items import Extent

    Find = Callable[[Path], Extent | None]

_SPACE = b" \t\r\n"


class ClashError(ValueError):
    """The changes do not fit each other, or the line."""


def apply(raw: bytes, edits: Iterable[Edit]) -> bytes:
    """Put edits into effect; raises ClashError where two of them overlap.

    Of edits at the same place the one given first comes first.
    """
    parts = []
    at = 0
    for start, end, text in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if start < at:
            raise ClashError
        parts += [raw[at:start], text]
        at = end
    return b"".join([*parts, raw[at:]])


def edits(raw: bytes, changes: Iterable[Change], find: Find | None = None) -> list[Edit]:
    """Find the edits of a line that make these changes of its record.

    ``find`` gives the extent of a path in this line; without it each path is followed by itself.
    Raises ClashError where a path leads nowhere.
    """
    writer = _Writer(raw, find or partial(extent, raw))
    found: list[Edit] = []
    dropped: list[Extent] = []
    for change in changes:
        match change:
            case Put(path, value):
                found.append(_put(writer, path, value))
            case Rename(path, key):
                start, key_end, *_ = writer.extent(path)
                found.append(Edit(start, key_end, orjson.dumps(key)))
            case Insert(path, value):
                start = writer.extent(path).start
                found.append(Edit(start, start, writer.text(value) + writer.comma))
            case Drop(path):
                dropped.append(writer.extent(path))
            case _:
                raise ClashError
    return found + _cuts(raw, dropped)


def places(changes: Iterable[Change]) -> Iterator[Path]:
    """Yield the paths whose extents ``edits`` asks for."""
    for change in changes:
        yield from (change.path, change.path[:-1])
        if isinstance(change, Put | Insert):
            yield from taken(change.value)


def taken(value: Any) -> Iterator[Path]:  # noqa: ANN401 - any JSON
    """Yield the paths of what a new value takes from the line."""
    match value:
        case Old(path) | Quoted(path):
            yield path
        case dict():
            yield from chain.from_iterable(map(taken, value.values()))
        case list():
            yield from chain.from_iterable(map(taken, value))


def _put(writer: _Writer, path: Path, value: Any) -> Edit:  # noqa: ANN401 - any JSON
    raw = writer.raw
    there = writer.find(path)
    if there:
        return Edit(there.value, there.end, writer.text(value))
    inside = writer.extent(path[:-1]).value + 1
    if raw[inside - 1 : inside] != b"{":
        raise ClashError
    member = writer.member(str(path[-1]), value)
    behind = skip_space(raw, inside)
    is_empty = raw[behind : behind + 1] == b"}"
    return Edit(inside, inside, member if is_empty else member + writer.comma)


def _cuts(raw: bytes, dropped: list[Extent]) -> list[Edit]:
    """Cut members and elements out, each with the comma that it no longer needs."""
    runs: list[Extent] = []
    for item in sorted(set(dropped)):
        if runs and not raw[runs[-1].end : item.start].strip(_SPACE + b","):
            runs[-1] = runs[-1]._replace(end=item.end)
        else:
            runs.append(item)
    return [_cut(raw, run) for run in runs]


def _cut(raw: bytes, run: Extent) -> Edit:
    # NOTE: nothing is sliced off here: a line of megabytes may have thousands of these.
    behind = skip_space(raw, run.end)
    if raw[behind : behind + 1] == b",":
        return Edit(run.start, skip_space(raw, behind + 1), b"")
    before = run.start
    while before and raw[before - 1] in _SPACE:
        before -= 1
    return Edit(before - 1 if raw[before - 1 : before] == b"," else run.start, run.end, b"")


@lru_cache(maxsize=1)
def _is_spaced(raw: bytes) -> bool:
    return b'": ' in raw


class _Writer:
    """Writes new values in the style of a line: with or without spaces after commas and colons."""

    def __init__(self, raw: bytes, find: Find) -> None:
        spaced = _is_spaced(raw)
        self.raw = raw
        self.find = find
        self.comma = b", " if spaced else b","
        self._colon = b": " if spaced else b":"

    def text(self, value: Any) -> bytes:  # noqa: ANN401 - any JSON
        """Write a value; what it takes from the line stays as it is spelt there."""
        match value:
            case Old(path):
                return self._old(path)
            case Quoted(path):
                return orjson.dumps(self._old(path).decode())
            case dict():
                members = [self.member(key, item) for key, item in value.items()]
                return b"{" + self.comma.join(members) + b"}"
            case list():
                return b"[" + self.comma.join(map(self.text, value)) + b"]"
        return orjson.dumps(value)

    def member(self, key: str, value: Any) -> bytes:  # noqa: ANN401 - any JSON
        """Write a member of an object."""
        return orjson.dumps(key) + self._colon + self.text(value)

    def _old(self, path: Path) -> bytes:
        there = self.extent(path)
        return self.raw[there.value : there.end]

    def extent(self, path: Path) -> Extent:
        """Find what has to be there; raises ClashError where it is not."""
        found = self.find(path) if path else extent(self.raw, path)
        if found is None:
            raise ClashError
        return found
