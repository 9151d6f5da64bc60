"""Tool definitions. The gate judges each distinct parameter schema once and recalls it after."""

from __future__ import annotations

from typing import Any, NamedTuple

from jsonl_lint.schema.parameters import Parameters, parameters


class Declared(NamedTuple):
    """The tools of one record by name, and the object keys that their definitions have."""

    by_name: dict[str, Parameters]
    keys: int


NONE_DECLARED = Declared({}, 0)


def gate(tools: list[dict[str, Any]] | None) -> Declared | None:
    """Give the tools that a schema-clean record declares, or None where a rule may fire."""
    if not tools:
        return NONE_DECLARED
    by_name = {}
    keys = 0
    for tool in tools:
        function = tool["function"]
        compiled = parameters(function["parameters"])
        if not compiled.is_clean:
            return None
        by_name[function["name"]] = compiled
        keys += len(tool) + len(function) + compiled.key_count
    return Declared(by_name, keys) if len(by_name) == len(tools) else None
