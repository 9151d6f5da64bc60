"""The gates, put together: prove a record clean, or name the families that have to explain it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonl_lint.reading.decode import (
    count_keys,
    count_quotes,
    keys_are_unique,
    quotes_prove_keys_unique,
)
from jsonl_lint.records.messages import letters, plain_letters
from jsonl_lint.rules import families, roles, tool_calls, tools, training

if TYPE_CHECKING:
    from jsonl_lint.schema.engine import Validator
    from jsonl_lint.targets import Target

CLEAN: frozenset[str] = frozenset()
FAMILIES = frozenset(families())
ROLES = frozenset({"roles"})
LINES = frozenset({"lines"})
TOOLS = frozenset({"tools", "tool-calls", "lines"})
"""Calls hold JSON of their own, whose duplicate keys are a matter of ``lines``."""

TRAINING = frozenset({"training"})


class Gate:
    """The gates of one target. They prove clean what rules above severity info look for."""

    def __init__(self, target: Target, validator: Validator) -> None:
        self._is_valid = validator.is_valid
        self._roles = roles.gate(target)
        self._takes_plain_chat = all(
            validator.is_valid({"messages": [{"role": role, "content": "text"}]})
            for role in ("system", "user", "assistant")
        )

    def refused(self, value: dict[str, Any], raw: bytes) -> frozenset[str]:
        """Name the families that may have a fault in the record; empty when there is none.

        Raises TypeError or ValueError for a record that nests deeper than the engine or orjson go.
        """
        plain = plain_letters(value) if self._takes_plain_chat else None
        if plain is not None:
            if not self._roles(plain):
                return ROLES | LINES
            return CLEAN if keys_are_unique(raw, 1 + 2 * len(plain)) else LINES
        if not self._is_valid(value):
            return FAMILIES
        messages = value.get("messages")
        if messages is None:
            return CLEAN if keys_are_unique(raw, len(value)) else LINES
        return self._refused_tools(value, messages, raw)

    def _refused_tools(
        self, value: dict[str, Any], messages: list[dict[str, Any]], raw: bytes
    ) -> frozenset[str]:
        refused = CLEAN
        if not self._roles(letters(messages)):
            refused |= ROLES
        if not training.gate(messages):
            refused |= TRAINING
        declared = tools.gate(value.get("tools"))
        if declared is None or not tool_calls.gate(messages, declared):
            return refused | TOOLS
        # a schema-clean record has no other members than these two
        quotes = 2 * len(value) + count_quotes(messages) + declared.quotes
        if quotes_prove_keys_unique(raw, quotes) or keys_are_unique(raw, count_keys(value)):
            return refused
        return refused | LINES
