"""Whether the engines may list the faults of a value: of each they keep a copy of what is at fault.

To ask whether a value fits takes none of that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from jsonl_lint.schema.soundness import cost_of, depth

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_LISTED = 10_000
"""Ways to the faults of one value that may be listed; the engines list each, not each fault."""

MAX_COPIED = 1 << 24
"""Bytes of JSON that the copies of what is at fault may have; they take more in memory."""

_NAMES_A_WAY = 10
"""Names that a schema may require before they count as further ways: each is a fault of its own."""


def is_listable(value: object, costs: Sequence[int], names: int) -> bool:
    """Bound the ways to faults by ``Soundness.costs`` and the names that one schema requires."""
    try:
        text = orjson.dumps(value)
    except (TypeError, ValueError):  # it nests deeper than orjson writes
        return False
    ways = cost_of(value, costs) * (1 + names // _NAMES_A_WAY)
    copied = ways * depth(value) * len(text)
    return ways * parts(text) <= MAX_LISTED and copied <= MAX_COPIED


def parts(text: bytes) -> int:
    """Bound the number of values in a JSON text, itself and all inside."""
    return text.count(b",") + text.count(b"[") + text.count(b"{") + 1


def most_names(schema: dict[str, Any], text: bytes) -> int:
    """Give the most names that any one part of a schema, written as text, demands of a value."""
    if b'"required":' not in text and b'"dependencies":' not in text:
        return 0
    most = 0
    pending: list[Any] = [schema]
    while pending:
        node = pending.pop()
        if isinstance(node, dict):
            pending += node.values()
            most = max(most, sum(map(_length, _demands(node))))
        elif isinstance(node, list):
            pending += node
    return most


def _demands(node: dict[str, Any]) -> list[object]:
    dependencies = node.get("dependencies")
    inner = dependencies.values() if isinstance(dependencies, dict) else ()
    return [node.get("required"), *inner]


def _length(names: object) -> int:
    return len(names) if isinstance(names, list) else 0
