"""Tool definitions. The gate judges each distinct one once and recalls its judgement after."""

from __future__ import annotations

from typing import Any, NamedTuple

import orjson

from jsonl_lint.schema.parameters import Parameters, parameters

CACHED = 1024
"""Distinct definitions kept; those of real datasets recur within a few hundred."""

CACHED_BYTES = 1 << 13
"""Larger definitions are judged each time, so that the cache stays within some megabytes."""


class Declared(NamedTuple):
    """The tools of one record by name, and the quotes that their definitions have as text."""

    by_name: dict[str, Parameters]
    quotes: int


class _Definition(NamedTuple):
    name: str
    parameters: Parameters
    quotes: int


NONE_DECLARED = Declared({}, 0)
_cache: dict[bytes, _Definition] = {}


def gate(tools: list[dict[str, Any]] | None) -> Declared | None:
    """Give the tools that a schema-clean record declares, or None where a rule may fire."""
    if not tools:
        return NONE_DECLARED
    by_name = {}
    quotes = 0
    for tool in tools:
        text = orjson.dumps(tool)
        name, compiled, own_quotes = _cache.get(text) or _judge(tool, text)
        if not compiled.is_clean:
            return None
        by_name[name] = compiled
        quotes += own_quotes
    return Declared(by_name, quotes) if len(by_name) == len(tools) else None


def _judge(tool: dict[str, Any], text: bytes) -> _Definition:
    function = tool["function"]
    found = _Definition(function["name"], parameters(function["parameters"]), text.count(b'"'))
    if len(_cache) >= CACHED:
        _cache.clear()
    if len(text) <= CACHED_BYTES:
        _cache[text] = found
    return found
