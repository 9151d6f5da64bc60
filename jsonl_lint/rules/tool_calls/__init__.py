"""Calls and their results. The gate is one pass over both, along the declared tools."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonl_lint.reading.decode import count_keys, keys_are_unique, loads

if TYPE_CHECKING:
    from jsonl_lint.rules.tools import Declared
    from jsonl_lint.schema.parameters import Parameters

REFUSED = -1


def gate(messages: list[dict[str, Any]], declared: Declared) -> int:
    """Count the object keys in a schema-clean record's calls, or give REFUSED."""
    by_name = declared.by_name
    keys = 0
    open_calls: dict[str, str] = {}
    seen: set[str] = set()
    for message in messages:
        if message["role"] == "tool":
            name = open_calls.pop(message["tool_call_id"], None)
            if name is None or message.get("name", name) != name:
                return REFUSED
        elif open_calls:
            return REFUSED
        else:
            for call in message.get("tool_calls", ()):
                function = call["function"]
                name = function["name"]
                tool = by_name.get(name)
                if tool is None or call["id"] in seen or not _fit(function["arguments"], tool):
                    return REFUSED
                seen.add(call["id"])
                open_calls[call["id"]] = name
                keys += len(call) + len(function)
    return REFUSED if open_calls and messages[-1]["role"] == "tool" else keys


def _fit(arguments: str, tool: Parameters) -> bool:
    try:
        value = loads(arguments)
    except ValueError:
        return False
    if type(value) is not dict or not keys_are_unique(arguments, count_keys(value)):
        return False
    return tool.fits(value)
