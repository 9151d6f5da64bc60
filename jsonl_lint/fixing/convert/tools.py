"""The tool definitions of a record: a list, or a string that holds the JSON text of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from jsonl_lint.change import Put, Quoted
from jsonl_lint.fixing.convert.losses import RefusedError
from jsonl_lint.fixing.convert.raw import embedded, one_line
from jsonl_lint.fixing.convert.rewriting import rewritten

if TYPE_CHECKING:
    from jsonl_lint.finding import Path
    from jsonl_lint.fixing.convert.losses import Loss

_PATH: Path = ("tools",)


def to_list(raw: bytes, value: dict[str, Any], _losses: list[Loss]) -> bytes:
    """Turn a string of tools into the list that it holds; raises RefusedError."""
    tools = value.get("tools")
    if not isinstance(tools, str):
        return raw
    held = embedded(orjson.dumps(tools), _PATH)
    if held[:1] != b"[":
        raise RefusedError.wrong_type(held, "a list of tools", _PATH)
    return rewritten(raw, value, [Put(_PATH, orjson.Fragment(one_line(held)))])


def to_string(raw: bytes, value: dict[str, Any], _losses: list[Loss]) -> bytes:
    """Turn a list of tools into a string that holds its text."""
    if not isinstance(value.get("tools"), list):
        return raw
    return rewritten(raw, value, [Put(_PATH, Quoted(_PATH))])
