"""How much it is to tell the items of a value apart, as ``uniqueItems`` demands.

NOTE: jsonschema-rs hashes items, but ``[1]`` as ``1``: it compares those that differ only in such
parts each with each, and no signal is heard meanwhile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from jsonl_lint.schema.references import METASCHEMA
from jsonl_lint.schema.soundness import cost_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_METASCHEMA = b'"$ref":"' + METASCHEMA.encode()

MAX_APART = 1_000_000_000
"""Bytes of a value as JSON times containers in it; jsonschema-rs takes up to 0.4 ns for each."""

_FREE = 10
"""Containers that do not count: lists of texts and numbers are compared at any length."""


def demands_unique(text: bytes) -> bool:
    """Tell whether a schema may demand unique items; ``text`` is what orjson writes for it."""
    return b'"uniqueItems":true' in text or _METASCHEMA in text


def is_much_to_tell_apart(value: object, costs: Sequence[int]) -> bool:
    """Bound the comparisons of items, by ``Soundness.costs`` of the schema."""
    try:
        text = orjson.dumps(value)
    except (TypeError, ValueError):  # it nests deeper than orjson writes
        return True
    brackets = text.count(b"[") + text.count(b"{")  # those in strings too
    if brackets <= _FREE:
        return False
    allowed = MAX_APART // (len(text) * max(1, cost_of(value, costs))) + _FREE
    return brackets > allowed and _containers(value) > allowed


def _containers(value: object) -> int:
    number = 0
    pending: list[Any] = [value]
    while pending:
        item = pending.pop()
        if isinstance(item, dict):
            number += 1
            pending += item.values()
        elif isinstance(item, list):
            number += 1
            pending += item
    return number
