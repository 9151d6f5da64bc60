"""The gates, put together: prove a record clean, or name the families that have to explain it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonl_lint.reading.decode import (
    MAX_NESTING,
    count_keys,
    count_quotes,
    holds_separator,
    keys_are_unique,
    quotes_prove_keys_unique,
)
from jsonl_lint.records import messages as chats
from jsonl_lint.records.messages import letters, plain_letters
from jsonl_lint.rules import families, roles, tool_calls, tools, training
from jsonl_lint.schema.soundness import MAX_DEPTH

if TYPE_CHECKING:
    from collections.abc import Callable

    from jsonl_lint.schema.fault import Validator
    from jsonl_lint.targets import Target

CLEAN: frozenset[str] = frozenset()
FAMILIES = frozenset(families())
ROLES = frozenset({"roles"})
LINES = frozenset({"lines"})
TOOLS = frozenset({"tools", "tool-calls", "lines"})
"""Calls hold JSON of their own, whose duplicate keys are a matter of ``lines``."""

TRAINING = frozenset({"training"})

SHALLOW = MAX_DEPTH + 10
"""Levels that a clean record of a shipped schema may have: sound parameters, and around them."""
SHIPPED = "urn:jsonl-lint:schema:"
"""How the names of our own schemas begin; those of plugins may take any members."""


class Gate:
    """The gates of one target. They prove clean what rules above severity info look for.

    ``refused(value, raw)`` names the families that may have a fault in the record; it gives nothing
    when there is none. It raises TypeError or ValueError for a record that nests deeper than the
    engine or orjson go.
    """

    refused: Callable[[dict[str, Any], bytes], frozenset[str]]

    def __init__(self, target: Target, validator: Validator, max_depth: int = MAX_NESTING) -> None:
        is_closed = str(target.schema.get("$id", "")).startswith(SHIPPED)
        self.refused = (
            self._refused if is_closed and max_depth >= SHALLOW else self._refused_closely
        )
        self._max_depth = max_depth
        self._is_valid = validator.is_valid
        self._roles = roles.gate(target)
        self._takes_plain = is_closed and chats.NAME in target.formats

    def _refused_closely(self, value: dict[str, Any], raw: bytes) -> frozenset[str]:
        """Look at the text besides, where the schema says too little about what is in it."""
        from jsonl_lint.reading.overlooked import may_overlook  # noqa: PLC0415 - for few targets

        try:
            refused = self._refused(value, raw)
        except (AttributeError, KeyError):  # a plugin's schema may take messages of any shape
            return FAMILIES
        return refused | LINES if may_overlook(raw, self._max_depth) else refused

    def _refused(self, value: dict[str, Any], raw: bytes) -> frozenset[str]:
        plain = plain_letters(value) if self._takes_plain else None
        if plain is None:
            if not self._is_valid(value):
                return FAMILIES
            messages = value.get("messages")
            if messages is None:
                is_clean = keys_are_unique(raw, len(value)) and _is_one_line(value, raw)
                return CLEAN if is_clean else LINES
            spoken = letters(messages)
            refused = CLEAN if training.gate(messages, spoken) else TRAINING
            return self._refused_tools(value, spoken, raw, refused)
        if len(value) > 1 or "c" in plain or "t" in plain:
            return self._refused_tools(value, plain, raw)
        if not self._roles(plain):
            return ROLES | LINES
        is_clean = keys_are_unique(raw, 1 + 2 * len(plain)) and _is_one_line(value, raw)
        return CLEAN if is_clean else LINES

    def _refused_tools(
        self, value: dict[str, Any], spoken: str, raw: bytes, refused: frozenset[str] = CLEAN
    ) -> frozenset[str]:
        messages = value["messages"]
        if not self._roles(spoken):
            refused |= ROLES
        declared = tools.gate(value.get("tools"))
        if declared is None and not self._is_valid(value):
            return FAMILIES
        if declared is None or not tool_calls.gate(messages, spoken, declared, self._max_depth):
            return refused | TOOLS
        if not _is_one_line(messages, raw):
            refused |= LINES
        # a schema-clean record has no other members than these two
        quotes = 2 * len(value) + count_quotes(messages) + declared.quotes
        if quotes_prove_keys_unique(raw, quotes) or keys_are_unique(raw, count_keys(value)):
            return refused
        return refused | LINES


def _is_one_line(value: object, raw: bytes) -> bool:
    """Prove that no character in the line ends it for some readers; declared tools are proven so.

    NOTE: looking in the decoded strings is ten times as fast as in UTF-8 text.
    """
    return raw.isascii() or not holds_separator(value)
