"""Records to draw: clean conversations, and the same with a few things put wrong."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

Record = dict[str, Any]
NAMES = ["reverse", "get_weather", "f", "convert-unit"]
PARAMETERS: dict[str, Any] = {
    "type": "object",
    "properties": {"word": {"type": "string"}, "count": {"type": "integer", "minimum": 0}},
    "required": ["word"],
}
characters = st.characters(exclude_categories=["Cs"], exclude_characters="\u2028\u2029\x85")
"""Those that end a line for some readers are a finding of its own where they are not escaped."""
words = st.text(characters, min_size=1, max_size=12).map("a".__add__)
ids = st.text("abcXYZ019", min_size=9, max_size=9)
arguments = st.fixed_dictionaries({"word": words}, optional={"count": st.integers(0, 9)}).map(
    json.dumps
)


def tool(name: str) -> Record:
    function = {"name": name, "description": "does it", "parameters": PARAMETERS}
    return {"type": "function", "function": function}


@st.composite
def turns(draw: st.DrawFn, used: list[str]) -> list[Record]:
    """A user message and what follows it, up to the assistant's answer."""
    messages: list[Record] = [{"role": "user", "content": draw(words)}]
    for _ in range(draw(st.integers(0, 2))):
        own = [i for i in draw(st.lists(ids, min_size=1, max_size=2, unique=True)) if i not in used]
        if not own:
            continue
        used += own
        names = [draw(st.sampled_from(NAMES)) for _ in own]
        calls = [
            {"id": i, "type": "function", "function": {"name": n, "arguments": draw(arguments)}}
            for i, n in zip(own, names, strict=True)
        ]
        messages.append({"role": "assistant", "tool_calls": calls})
        is_named = draw(st.booleans())
        messages += [
            {"role": "tool", "tool_call_id": i, "content": draw(words)}
            | ({"name": n} if is_named else {})
            for i, n in zip(own, names, strict=True)
        ]
    return [*messages, {"role": "assistant", "content": draw(words)}]


@st.composite
def conversations(draw: st.DrawFn) -> Record:
    """A record without any fault for the target mistral."""
    used: list[str] = []
    messages: list[Record] = []
    if draw(st.booleans()):
        messages.append({"role": "system", "content": draw(words)})
    for _ in range(draw(st.integers(1, 3))):
        messages += draw(turns(used))
    ends_on_call: bool = draw(st.booleans())
    if used and messages[-2]["role"] == "tool" and ends_on_call:
        while messages[-1]["role"] != "assistant" or "tool_calls" not in messages[-1]:
            messages.pop()
    record: Record = {"messages": messages}
    declares: bool = draw(st.booleans())
    if used or declares:
        record["tools"] = [tool(name) for name in NAMES]
    return record


# drawn values are copied: a record that is changed must not change what is drawn next
odd_values = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from([0, 1, 2, 0.5, -1, "", " ", "1", "null", "abc", "abcdefgh\n", "x" * 70]),
    st.sampled_from(["user", "assistant", "tool", "system", "human", "function", "User"]),
    st.sampled_from(['{"word": 1}', '{"word": "a", "word": "b"}', "{", "[]", '{"count": -1}']),
    st.sampled_from(["[]", "{}", '["a"]', "[[]]", "[{}]", '{"a": 1}']).map(json.loads),
)
keys = st.sampled_from(
    [
        "role",
        "content",
        "text",
        "tool_calls",
        "tool_call_id",
        "name",
        "weight",
        "prefix",
        "id",
        "type",
        "function",
        "arguments",
        "messages",
        "interactions",
        "tools",
        "system_prompt",
        "parameters",
        "description",
        "required",
        "properties",
        "contnt",
        "function_call",
    ]
)


def containers(value: object) -> list[Any]:
    """Every object and array of a tree, outermost first."""
    found: list[Any] = []
    pending = [value]
    while pending:
        node = pending.pop()
        if isinstance(node, dict):
            found.append(node)
            pending += node.values()
        elif isinstance(node, list):
            found.append(node)
            pending += node
    return found


@st.composite
def mutants(draw: st.DrawFn) -> Record:
    """A clean record after one to three changes anywhere in it."""
    record: Record = json.loads(json.dumps(draw(conversations())))
    for _ in range(draw(st.integers(1, 3))):
        _change(draw, draw(st.sampled_from(containers(record))))
    return record


def _change(draw: st.DrawFn, node: Any) -> None:
    act = draw(st.sampled_from(["set", "drop", "add", "swap", "repeat"]))
    if isinstance(node, dict):
        if act in {"set", "swap"} and node:
            node[draw(st.sampled_from(sorted(node)))] = draw(odd_values)
        elif act == "drop" and node:
            del node[draw(st.sampled_from(sorted(node)))]
        else:
            node[draw(keys)] = draw(odd_values)
    elif node:
        at = draw(st.integers(0, len(node) - 1))
        if act == "swap":
            node[at], node[0] = node[0], node[at]
        elif act == "drop":
            del node[at]
        elif act == "repeat":
            node.insert(at, json.loads(json.dumps(node[at])))
        else:
            node[at] = draw(odd_values)
    else:
        node.append(draw(odd_values))
