"""The dialect of ``messages`` that Mistral takes, as the Mistral guide describes it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from jsonl_lint.change import Drop, Put
from jsonl_lint.fixing.convert.dialects import (
    REQUEST_KEYS,
    each_tool,
    new_ids,
    tool_types,
    types,
    without,
)
from jsonl_lint.fixing.convert.losses import note
from jsonl_lint.fixing.convert.rewriting import each_message, rewritten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.change import Change
    from jsonl_lint.fixing.convert.losses import Loss

_ID = re.compile(r"[0-9A-Za-z]{9}")
_FOREIGN = ("refusal", "audio", "annotations")
_NO_PARAMETERS = {"type": "object", "properties": {}}
"""What OpenAI takes a function without ``parameters`` for; Mistral wants it written."""


def to_mistral(raw: bytes, value: dict[str, Any], losses: list[Loss]) -> bytes:
    """Turn a record with current names into what Mistral takes; raises RefusedError."""
    changes = [*without(value, (), REQUEST_KEYS, "foreign-key", losses), *_tools(value)]
    for path, message in each_message(value):
        changes += types(path, message)
        changes += without(message, path, _FOREIGN, "foreign-key", losses)
        if message.get("role") != "tool":
            changes += without(message, path, ("name",), "message-name", losses)
        if message.get("tool_calls") and "content" in message:
            changes.append(Drop((*path, "content")))
            if message["content"] not in ("", None):
                note(losses, "content-beside-calls", [(*path, "content")])
    changes += new_ids(value, lambda known: bool(_ID.fullmatch(known)))
    return rewritten(raw, value, changes)


def _tools(value: dict[str, Any]) -> Iterator[Change]:
    yield from tool_types(value)
    for path, tool in each_tool(value):
        if "parameters" not in tool["function"]:
            yield Put((*path, "function", "parameters"), _NO_PARAMETERS)
