"""The adapter of the format ``messages``: chat records, with or without tools."""

from __future__ import annotations

from typing import Any

from jsonl_lint.records.record import (
    UNKNOWN,
    Message,
    Record,
    ToolCall,
    ToolDefinition,
    ToolMessage,
)

NAME = "messages"
KEYS = frozenset({"messages", "interactions"})
"""The key of the messages, and its alias that mistral-finetune reads too."""

LETTERS = {"system": "s", "user": "u", "assistant": "a", "tool": "t"}


def view(value: dict[str, Any]) -> Record:
    """Lay a record's messages, calls, results and definitions out in flat lists."""
    record = Record(value)
    _add_tools(record)
    key = "messages" if "messages" in value else "interactions"
    record.messages_path = (key,)
    messages = value.get(key)
    if not isinstance(messages, list):
        return record
    record.roles = "".join([_add_message(record, i, item) for i, item in enumerate(messages)])
    return record


def _add_message(record: Record, index: int, value: object) -> str:
    role = value.get("role") if isinstance(value, dict) else None
    letter = LETTERS.get(role, UNKNOWN) if isinstance(role, str) else UNKNOWN
    if letter == UNKNOWN or not isinstance(value, dict) or not isinstance(role, str):
        return UNKNOWN
    message = Message(record.messages_path, index, role, value)
    record.messages.append(message)
    if letter == "t":
        record.tool_messages.append(ToolMessage(message))
    if letter == "a" and value.get("tool_calls"):
        return "c" if _add_calls(record, message) else UNKNOWN
    return letter


def _add_calls(record: Record, message: Message) -> bool:
    calls = message.value["tool_calls"]
    if not isinstance(calls, list):
        return False
    record.tool_calls += [
        ToolCall(message, i, call) for i, call in enumerate(calls) if isinstance(call, dict)
    ]
    return True


def _add_tools(record: Record) -> None:
    key = "tools" if "tools" in record.value else "available_tools"
    tools = record.value.get(key)
    if not isinstance(tools, list):
        return
    record.tools_path = (key,)
    record.tools = [
        ToolDefinition(record.tools_path, i, tool)
        for i, tool in enumerate(tools)
        if isinstance(tool, dict)
    ]


_PLAIN_LETTERS = {role: letter for role, letter in LETTERS.items() if role != "tool"}


def plain_letters(value: dict[str, Any]) -> str | None:
    """Give the role letters of a plain chat: messages of a known role and non-blank content alone.

    None for any other record. Most records of most datasets are plain, and this look at them costs
    a fifth of what the schema costs; a property suite proves that the schema accepts them all.
    """
    messages = value.get("messages")
    if len(value) != 1 or type(messages) is not list:
        return None
    letters = []
    try:
        for message in messages:
            content = message["content"]
            if len(message) != 2 or type(content) is not str or not content or content.isspace():  # noqa: PLR2004 - role and content
                return None
            letters.append(_PLAIN_LETTERS[message["role"]])
    except (KeyError, TypeError):
        return None
    return "".join(letters) or None


def letters(messages: list[dict[str, Any]]) -> str:
    """Give the role letters of a schema-clean record's messages."""
    return "".join(["c" if "tool_calls" in m else LETTERS[m["role"]] for m in messages])
