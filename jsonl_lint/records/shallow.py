"""Cut a decoded tree off at a depth: orjson reads deeper ones than it, or a validator, writes."""

from __future__ import annotations

from typing import Any

import orjson

LEVELS = 200
"""orjson and jsonschema-rs give up at some 255; no format has anything to look at below 20."""


def shallow(value: Any, levels: int = LEVELS) -> Any:  # noqa: ANN401 - any JSON
    """Copy a tree down to a depth; the containers there are empty."""
    if isinstance(value, dict):
        return {key: shallow(item, levels - 1) for key, item in value.items() if levels}
    if isinstance(value, list):
        return [shallow(item, levels - 1) for item in value if levels]
    return value


def canonical(value: Any) -> bytes:  # noqa: ANN401 - any JSON
    """Write a tree as equal trees are written, as far down as orjson writes it."""
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError:
        return orjson.dumps(shallow(value), option=orjson.OPT_SORT_KEYS)
