"""The texts of a record, each with its role and whether it is learned, for counters of text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from jsonl_lint.measuring.conversation import conversation, declared_tools
from jsonl_lint.measuring.counts import TokenizeError
from jsonl_lint.measuring.loss import is_learned, learns_only_last
from jsonl_lint.records.formats import name_format

if TYPE_CHECKING:
    from collections.abc import Iterator

JSON_GROWTH = 5
"""How many times longer JSON gets at most by being written anew: ``1e15,`` becomes
``1000000000000000.0, ``, which is 4 times; the least tool gets 1.5 times by its default keys."""


class Segment(NamedTuple):
    """One text of a record; without a role it belongs to no message."""

    role: str
    text: str
    learned: bool = False


def segments(value: dict[str, Any]) -> Iterator[Segment]:
    """Yield the texts of a record: of its messages and tools, else all that its keys hold."""
    messages = conversation(value, name_format(value))
    if messages is None:
        for item in value.values():
            yield Segment("", _text(item), learned=True)
        return
    only_last = learns_only_last(value)
    for index, message in enumerate(messages):
        if isinstance(message, dict):
            yield _segment(message, last=index == len(messages) - 1, only_last=only_last)
    tools = declared_tools(value)
    if tools:
        yield Segment("", _text(tools))


def growth(value: dict[str, Any]) -> int:
    """Tell how many times longer its texts may be than its line: 1 for chats without JSON."""
    messages = value.get("messages")
    if len(value) > 1 or not isinstance(messages, list):
        return JSON_GROWTH
    for message in messages:
        plain = (
            type(message) is dict
            and len(message) == 2  # noqa: PLR2004 - role and content, nothing else
            and type(message.get("content")) is str
            and type(message.get("role")) is str
            and message["role"] != "tool"
        )
        if not plain:
            return JSON_GROWTH
    return 1


def _segment(message: dict[str, Any], *, last: bool, only_last: bool) -> Segment:
    role = message.get("role")
    keys = ("content", "text", "tool_calls", "tool_call_id")
    text = "".join([_text(message[key]) for key in keys if message.get(key)])
    learned = is_learned(role, message.get("weight"), last=last, only_last=only_last)
    return Segment(role if isinstance(role, str) else "", text, learned)


def _text(item: object) -> str:
    if isinstance(item, str):
        return item
    try:
        return orjson.dumps(item).decode()
    except orjson.JSONEncodeError as error:
        message = "nested too deeply"
        raise TokenizeError(message) from error
