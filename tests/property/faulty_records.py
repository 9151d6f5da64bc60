"""Records with faults that fixes mend, and texts of records in many spellings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from strategies import NAMES, Record, conversations, mutants

if TYPE_CHECKING:
    from collections.abc import Callable

Fault = tuple[str, "Callable[[st.DrawFn, Record], object]"]


def _messages(record: Record, role: str = "") -> list[Record]:
    found: list[Record] = record.get("messages", record.get("interactions")) or []
    return [message for message in found if role in (message.get("role"), "")]


def _calls(record: Record) -> list[Record]:
    return [call for message in _messages(record) for call in message.get("tool_calls", [])]


def _foreign_role(draw: st.DrawFn, record: Record) -> None:
    for message in _messages(record):
        names = {
            "user": ["human", "User"],
            "assistant": ["gpt", " ASSISTANT"],
            "tool": ["function"],
        }
        if message.get("role") in names:
            message["role"] = draw(st.sampled_from([message["role"], *names[message["role"]]]))


def _renamed(old: str, new: str) -> Callable[[st.DrawFn, Record], object]:
    def rename(draw: st.DrawFn, record: Record) -> None:
        holders = [part for part in [record, *_messages(record), *_calls(record)] if old in part]
        if holders:
            holder = draw(st.sampled_from(holders))
            holder[new] = holder.pop(old)

    return rename


def _foreign_ids(draw: st.DrawFn, record: Record) -> None:
    made = draw(st.sampled_from(["call_%s", "x", "", "null%s"]))
    for call in _calls(record):
        for answer in _messages(record, "tool"):
            if answer.get("tool_call_id") == call.get("id"):
                answer["tool_call_id"] = made.replace("%s", str(call.get("id")))
        call["id"] = made.replace("%s", str(call.get("id")))


def _no_ids(draw: st.DrawFn, record: Record) -> None:
    for part in [*_calls(record), *_messages(record, "tool")]:
        if draw(st.booleans()):
            part.pop(draw(st.sampled_from(["id", "tool_call_id", "type"])), None)


def _decoded_arguments(draw: st.DrawFn, record: Record) -> None:
    for call in _calls(record):
        arguments = call.get("function", {}).get("arguments")
        if isinstance(arguments, str):
            twice: bool = draw(st.booleans())
            call["function"]["arguments"] = (
                json.dumps(arguments) if twice else json.loads(arguments)
            )


def _empty_content(draw: st.DrawFn, record: Record) -> None:
    for message in _messages(record, "assistant"):
        if "tool_calls" in message:
            message[draw(st.sampled_from(["content", "text"]))] = draw(st.sampled_from(["", None]))


def _legacy(_: st.DrawFn, record: Record) -> None:
    if "tools" in record:
        record["functions"] = [tool["function"] for tool in record.pop("tools")]
    for message in _messages(record):
        if len(message.get("tool_calls", [])) == 1:
            message["function_call"] = message.pop("tool_calls")[0]["function"]
        elif message.get("role") == "tool":
            message["role"] = "function"
            message.pop("tool_call_id", None)


def _added(role: str, key: str, values: list[Any]) -> Callable[[st.DrawFn, Record], object]:
    def add(draw: st.DrawFn, record: Record) -> None:
        for message in _messages(record, role):
            if draw(st.booleans()):
                message[key] = draw(st.sampled_from(values))

    return add


def _top(key: str, values: list[Any]) -> Callable[[st.DrawFn, Record], object]:
    def add(draw: st.DrawFn, record: Record) -> None:
        record[key] = draw(st.sampled_from(values))

    return add


def _cut(draw: st.DrawFn, record: Record) -> None:
    messages = _messages(record)
    if messages and messages is not record.get("messages"):
        del record["messages"][draw(st.integers(0, len(messages))) :]


FAULTS: tuple[Callable[[st.DrawFn, Record], object], ...] = (
    _foreign_role, _foreign_ids, _no_ids, _decoded_arguments, _empty_content, _legacy, _cut,
    _renamed("messages", "interactions"), _renamed("messages", "mesages"),
    _renamed("tools", "available_tools"), _renamed("content", "text"),
    _renamed("content", "Content"), _renamed("role", "rol"), _renamed("tool_calls", "tool_call"),
    _renamed("tool_call_id", "toolcall_id"), _renamed("id", "ID"), _renamed("type", "Type"),
    _added("assistant", "weight", ["1", "0", True, 0, 1, "x", 1.0]),
    _added("user", "weight", [0, "1"]), _added("assistant", "prefix", [True, False]),
    _added("assistant", "tool_calls", [[], None]), _added("assistant", "function_call", [None]),
    _top("system_prompt", ["Be brief", "", 1]), _top("only_last", [True, False, 1]),
    _top("functions", [None, [], [{"name": NAMES[0]}]]), _top("source", ["manual"]),
)  # fmt: skip


@st.composite
def mendable(draw: st.DrawFn) -> Record:
    """A clean record, or one with random changes, after up to four faults that people make."""
    record: Record = json.loads(json.dumps(draw(st.one_of(conversations(), mutants()))))
    for fault in draw(st.lists(st.sampled_from(FAULTS), max_size=4)):
        try:
            fault(draw, record)
        except (AttributeError, KeyError, TypeError, ValueError):
            continue  # an earlier change left nothing that this one could spoil
    return record


@st.composite
def spelt(draw: st.DrawFn, value: Any) -> bytes:
    """The text of a value, in one of many styles; equal values have equal texts."""
    comma = draw(st.sampled_from([",", ", ", " ,\t"]))
    colon = draw(st.sampled_from([":", ": ", " :"]))
    text = json.dumps(value, ensure_ascii=draw(st.booleans()), separators=(comma, colon))
    if draw(st.booleans()):
        text = text.replace('"user"', '"us\\u0065r"').replace("[{", "[ {")
    return text.encode("utf-8", "surrogatepass")


def texts() -> st.SearchStrategy[bytes]:
    """Lines of one record each, with their line feed."""
    return mendable().flatmap(spelt).map(lambda text: text + b"\n")
