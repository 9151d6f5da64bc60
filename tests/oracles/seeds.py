"""Valid records to start from: chats and function calling, shaped as Mistral's guide shows them."""

from __future__ import annotations

from copy import deepcopy
from itertools import count
from typing import TYPE_CHECKING, Any

import orjson
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Iterator

Record = dict[str, Any]

CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
WORDS = st.sampled_from(["Bonjour.", "What is a quokka?", "A small marsupial.", "谢谢", "42", "{}"])
IDS = st.text(CHARACTERS, min_size=9, max_size=9)

TOOLS: list[Record] = [
    {
        "type": "function",
        "function": {
            "name": name,
            "description": description,
            "parameters": {
                "type": "object",
                "properties": {key: {"type": kind}},
                "required": [key],
            },
        },
    }
    for name, description, key, kind in [
        ("reverse_word", "Give the letters of a word in reverse order", "word", "string"),
        ("roll-dice", "Roll dice and add them up", "dice", "integer"),
        ("tide_at", "Look up the tide at a harbour", "harbour", "string"),
    ]
]
ARGUMENTS = {
    "reverse_word": {"word": "drawer"},
    "roll-dice": {"dice": 2},
    "tide_at": {"harbour": ""},
}


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Draw a valid record, of either kind."""
    record: Record = {"messages": []}
    messages = record["messages"]
    if draw(st.booleans()):
        messages.append({"role": "system", "content": draw(WORDS)})
    names = []
    if draw(st.sampled_from([True, True, False])):
        tools = draw(st.lists(st.sampled_from(TOOLS), min_size=1, max_size=3, unique_by=_name))
        record["tools"] = deepcopy(tools)
        names = [_name(tool) for tool in tools]
    numbers = count(1)
    for _ in range(draw(st.integers(1, 3))):
        messages += draw(_turn(names, numbers))
    if messages[-2]["role"] == "tool" and draw(st.booleans()):
        while "tool_calls" not in messages[-1]:  # end on the call, as the guide's example does
            messages.pop()
    return record


@st.composite
def _turn(draw: st.DrawFn, names: list[str], numbers: Iterator[int]) -> list[Record]:
    messages: list[Record] = [{"role": "user", "content": draw(WORDS)}]
    for _ in range(draw(st.integers(0, 2)) if names else 0):
        called = draw(st.lists(st.sampled_from(names), min_size=1, max_size=2))
        calls = [_call(f"call{next(numbers):05}", name) for name in called]
        messages.append({"role": "assistant", "tool_calls": calls})
        messages += [{"role": "tool", "content": draw(WORDS), "tool_call_id": call["id"]}
                     for call in calls]  # fmt: skip
    return [*messages, {"role": "assistant", "content": draw(WORDS)}]


def _call(call_id: str, name: str) -> Record:
    arguments = orjson.dumps(ARGUMENTS[name]).decode()
    return {
        "id": call_id,
        "type": "function",
        "function": {"name": name, "arguments": arguments},
    }


def _name(tool: Record) -> str:
    name: str = tool["function"]["name"]
    return name
