"""What a record must be after its changes, found without looking at where its bytes stand.

The edits of the line are checked against this, so that a wrong edit never reaches a file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonl_lint.change import Change, Drop, Insert, Old, Put, Quoted, Rename
from jsonl_lint.fixing.edits import places, taken
from jsonl_lint.pointer import finder
from jsonl_lint.reading.decode import loads

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jsonl_lint.finding import Path
    from jsonl_lint.fixing.edits import Find


def outcome(raw: bytes, changes: Iterable[Change]) -> Any:  # noqa: ANN401 - any JSON
    """Decode a line and make the changes in the tree; raises LookupError where one cannot be."""
    root = loads(raw)
    changes = list(changes)
    # NOTE: a second tree may take hundreds of megabytes, and few changes need it.
    before = loads(raw) if any(map(_takes_old, changes)) else None
    find = finder(raw, places(changes))
    for change in changes:
        if isinstance(change, Put):
            value = _value(change.value, raw, before, find)
            _node(root, change.path[:-1])[change.path[-1]] = value
    # NOTE: deepest and last first, since what is dropped or renamed moves what is behind or below.
    for change in sorted(changes, key=_order, reverse=True):
        node = _node(root, change.path[:-1])
        step: Any = change.path[-1]
        match change:
            case Drop():
                del node[step]
            case Insert(_, value):
                node.insert(step, _value(value, raw, before, find))
            case Rename(_, key):
                if key in node:
                    raise LookupError
                node[key] = node.pop(step)
    return root


def _takes_old(change: Change) -> bool:
    return isinstance(change, Put | Insert) and any(True for _ in taken(change.value))


def _order(change: Any) -> tuple[int, list[tuple[bool, Any]], bool]:  # noqa: ANN401 - any change
    path: Path = change.path
    return len(path), [(isinstance(step, int), step) for step in path], isinstance(change, Drop)


def _node(root: Any, path: Path) -> Any:  # noqa: ANN401 - any JSON
    for step in path:
        root = root[step]
    return root


def _value(value: Any, raw: bytes, before: Any, find: Find) -> Any:  # noqa: ANN401 - any JSON
    match value:
        case Old(path):
            return _node(before, path)
        case Quoted(path):
            there = find(path)
            return raw[there.value : there.end].decode() if there else ""
        case dict():
            return {key: _value(item, raw, before, find) for key, item in value.items()}
        case list():
            return [_value(item, raw, before, find) for item in value]
    return value
