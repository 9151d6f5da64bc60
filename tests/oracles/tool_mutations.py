"""Mutations of tool calls, their results, and tool definitions."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

import odd_values as odd
from hypothesis import strategies as st
from parts import (
    a_message,
    calling_message,
    calls_of,
    functions,
    messages_of,
    pick,
    position,
    put,
    row,
    tools_of,
)
from seeds import IDS, TOOLS, WORDS

if TYPE_CHECKING:
    from seeds import Record


@row(1)
def content_beside_calls(draw: st.DrawFn, record: Record) -> None:
    put(calling_message(draw, record), "content", draw(st.one_of(WORDS, odd.NO_TEXT)))


@row(3)
def end_on_call(draw: st.DrawFn, record: Record) -> None:
    messages = messages_of(record)
    last = calling_message(draw, record)
    del messages[messages.index(last) + 1 :]


@row(5)
def wrong_id(draw: st.DrawFn, record: Record) -> None:
    call = pick(draw, calls_of(record))
    old, new = call.get("id"), draw(odd.IDS)
    put(call, "id", new)
    for message in messages_of(record):
        if new is not odd.DELETE and message.get("tool_call_id", call) == old:
            message["tool_call_id"] = new


@row(5)
def no_id_at_end(draw: st.DrawFn, record: Record) -> None:
    end_on_call(draw, record)
    for call in messages_of(record)[-1]["tool_calls"]:
        put(call, "id", draw(st.sampled_from([odd.DELETE, "null"])))


@row(5)
def wrong_id_in_answer(draw: st.DrawFn, record: Record) -> None:
    put(a_message(draw, record, "tool"), "tool_call_id", draw(odd.IDS))


@row(6)
def repeat_an_id(draw: st.DrawFn, record: Record) -> None:
    pick(draw, calls_of(record))["id"] = pick(draw, calls_of(record)).get("id")


@row(7)
def answer_another_call(draw: st.DrawFn, record: Record) -> None:
    ids = [call.get("id") for call in calls_of(record)]
    message = a_message(draw, record, "tool")
    message["tool_call_id"] = draw(st.one_of(IDS, st.sampled_from(ids)) if ids else IDS)


@row(8)
def one_more_call(draw: st.DrawFn, record: Record) -> None:
    calls = calling_message(draw, record)["tool_calls"]
    calls.append({**deepcopy(pick(draw, calls)), "id": draw(IDS)})


@row(8)
def one_call_fewer(draw: st.DrawFn, record: Record) -> None:
    calls = calling_message(draw, record)["tool_calls"]
    del calls[position(draw, calls)]


@row(8)
def one_more_answer(draw: st.DrawFn, record: Record) -> None:
    message = a_message(draw, record, "tool")
    messages = messages_of(record)
    messages.insert(messages.index(message), deepcopy(message))


@row(9)
def call_something_else(draw: st.DrawFn, record: Record) -> None:
    put(pick(draw, functions(calls_of(record))), "name", draw(odd.NAMES))


@row(9)
def no_tools(draw: st.DrawFn, record: Record) -> None:
    put(record, "tools", draw(odd.NOT_A_LIST))


@row(9)
def fewer_tools(draw: st.DrawFn, record: Record) -> None:
    tools = tools_of(record)
    del tools[position(draw, tools)]


@row(10)
def other_definition(draw: st.DrawFn, record: Record) -> None:
    key, values = draw(
        st.sampled_from(
            [
                ("name", odd.NAMES),
                ("description", odd.DESCRIPTIONS),
                ("strict", odd.STRICT),
            ]
        )
    )
    put(pick(draw, functions(tools_of(record))), key, draw(values))


@row(10)
def other_parameters(draw: st.DrawFn, record: Record) -> None:
    put(pick(draw, functions(tools_of(record))), "parameters", draw(odd.PARAMETERS))


@row(10)
def no_definition(draw: st.DrawFn, record: Record) -> None:
    put(pick(draw, tools_of(record)), "function", draw(odd.VALUES | st.just(odd.DELETE)))


@row(10)
def one_more_definition(draw: st.DrawFn, record: Record) -> None:
    tools_of(record).append(deepcopy(draw(st.sampled_from(TOOLS))))


@row(11)
def other_arguments(draw: st.DrawFn, record: Record) -> None:
    put(pick(draw, functions(calls_of(record))), "arguments", draw(odd.ARGUMENTS))


@row(11)
def other_calls(draw: st.DrawFn, record: Record) -> None:
    put(a_message(draw, record, "assistant"), "tool_calls", draw(odd.NOT_A_LIST))


@row(19)
def old_function_call(draw: st.DrawFn, record: Record) -> None:
    message = a_message(draw, record, "assistant")
    message["function_call"] = {"name": "reverse_word", "arguments": "{}"}


@row(21)
def number_a_call(draw: st.DrawFn, record: Record) -> None:
    pick(draw, calls_of(record))["index"] = draw(st.integers(0, 2))


@row(22)
def name_the_answer(draw: st.DrawFn, record: Record) -> None:
    declared = st.sampled_from([tool["function"]["name"] for tool in TOOLS])
    put(a_message(draw, record, "tool"), "name", draw(st.one_of(declared, odd.NAMES)))


@row(23)
def other_type(draw: st.DrawFn, record: Record) -> None:
    put(pick(draw, calls_of(record) + tools_of(record)), "type", draw(odd.TYPES))
