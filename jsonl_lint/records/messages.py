"""The adapter of the format ``messages``: chat records, with or without tools."""

from __future__ import annotations

import re
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
    if not isinstance(value, dict):
        return UNKNOWN
    role = value.get("role")
    if not isinstance(role, str) or role not in LETTERS:
        return UNKNOWN
    letter = LETTERS[role]
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


_is_call_id = re.compile(r"[A-Za-z0-9]{9}").fullmatch
_is_tool_name = re.compile(r"[A-Za-z0-9_-]{1,64}").fullmatch


def plain_letters(value: dict[str, Any]) -> str | None:
    """Give the role letters of a plain conversation: messages, and perhaps a list of any tools.

    Each message has a role, and content that is not blank or calls; None for any other record. Most
    records of most datasets are plain, and this look at them costs a third of what the schema
    costs; a property suite proves that the schema accepts all such messages.
    """
    messages = value.get("messages")
    tools = value.get("tools", messages)
    if type(messages) is not list or type(tools) is not list or len(value) > 1 + ("tools" in value):
        return None
    letters = ""
    try:
        for message in messages:
            letter = LETTERS[message["role"]]
            members = len(message)
            if letter == "t" and _is_call_id(message["tool_call_id"]):
                members -= 2 if type(message.get("name")) is str else 1
            if "content" in message:
                content = message["content"]
                is_plain = type(content) is str and content and not content.isspace()
            else:
                is_plain = letter == "a" and _are_plain(message["tool_calls"])
                letter = "c"
            if members != 2 or not is_plain:  # noqa: PLR2004 - the role, and content or calls
                return None
            letters += letter
    except (KeyError, TypeError):
        return None
    return letters or None


def _are_plain(calls: list[dict[str, Any]]) -> bool:
    for call in calls:
        function = call["function"]
        if (
            len(call) != 3  # noqa: PLR2004 - id, type and function
            or call["type"] != "function"
            or not _is_call_id(call["id"])
            or len(function) != 2  # noqa: PLR2004 - name and arguments
            or not _is_tool_name(function["name"])
            or type(function["arguments"]) is not str
        ):
            return False
    return type(calls) is list and bool(calls)


def letters(messages: list[dict[str, Any]]) -> str:
    """Give the role letters of a schema-clean record's messages."""
    spoken = [LETTERS[message["role"]] for message in messages]
    return "".join(
        [
            "c" if letter == "a" and "tool_calls" in message else letter
            for letter, message in zip(spoken, messages, strict=True)
        ]
    )
