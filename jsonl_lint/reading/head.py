"""Look at a file's first bytes, and see most files off before anything finer is asked of them."""

from __future__ import annotations

from jsonl_lint.reading.decode import loads

HEAD_BYTES = 64 * 1024
"""How much of a file is looked at to tell what it is."""


def begins_with_object(head: bytes) -> bool:
    """Tell whether the first line is a JSON object, as in every file of JSON lines."""
    line, end, _ = head.partition(b"\n")
    try:
        return bool(end) and type(loads(line)) is dict
    except ValueError:
        return False
