"""Calls and their results. The gate is one pass over both, along the declared tools."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from jsonl_lint.reading.decode import count_keys, keys_are_unique, loads
from jsonl_lint.reading.lines import MAX_NODES

if TYPE_CHECKING:
    from jsonl_lint.rules.tools import Declared
    from jsonl_lint.schema.parameters import Parameters
    from jsonl_lint.schema.plain import Plain


_FLAT = frozenset({str, int, bool, type(None)})
"""Types of arguments that neither nest nor were rounded."""
_MAY_BE_ROUNDED = re.compile(r"[0-9]{19}")


def gate(messages: list[dict[str, Any]], letters: str, declared: Declared, max_depth: int) -> bool:
    """Prove that the calls and results of a schema-clean record fit together and their tools.

    ``letters`` are those of the roles.
    """
    by_name = declared.by_name
    open_calls: dict[str, str] = {}
    seen: set[str] = set()
    for letter, message in zip(letters, messages, strict=True):
        if letter == "t":
            name = open_calls.pop(message["tool_call_id"], None)
            if name is None or message.get("name", name) != name:
                return False
        elif open_calls:
            return False
        elif letter == "c":
            for call in message["tool_calls"]:
                function = call["function"]
                name = function["name"]
                tool = by_name.get(name)
                if (
                    tool is None
                    or call["id"] in seen
                    or not _fit(function["arguments"], tool, max_depth)
                ):
                    return False
                seen.add(call["id"])
                open_calls[call["id"]] = name
    return not (open_calls and letters[-1] == "t")


def _fit(arguments: str, tool: Parameters | Plain, max_depth: int) -> bool:
    if len(arguments) > MAX_NODES:
        return False
    try:
        value = loads(arguments)
    except ValueError:
        return False
    if type(value) is not dict:
        return False
    if _FLAT.issuperset(map(type, value.values())):
        keys = len(value)
    elif _is_exact(arguments, max_depth):
        keys = count_keys(value)
    else:
        return False
    return keys_are_unique(arguments, keys) and tool.fits(value)


def _is_exact(arguments: str, max_depth: int) -> bool:
    """Prove that arguments do not nest too deep and hold no integer that the decoder rounds."""
    if len(arguments) > max_depth and arguments.count("[") + arguments.count("{") > max_depth:
        return False
    return not _MAY_BE_ROUNDED.search(arguments)
