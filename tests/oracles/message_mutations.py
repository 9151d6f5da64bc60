"""Mutations of messages: who speaks when, what is said, what is trained."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

import odd_values as odd
from hypothesis import strategies as st
from parts import a_message, messages_of, pick, position, put, row
from seeds import WORDS

if TYPE_CHECKING:
    from seeds import Record


@row(2)
def other_last_message(draw: st.DrawFn, record: Record) -> None:
    messages_of(record).append({"role": draw(st.sampled_from(["user", "system"])), "content": "?"})


@row(2)
def cut_off_end(draw: st.DrawFn, record: Record) -> None:
    messages = messages_of(record)
    del messages[position(draw, messages) :]


@row(4)
def drop_a_message(draw: st.DrawFn, record: Record) -> None:
    messages = messages_of(record)
    del messages[position(draw, messages)]


@row(4)
def user_after_tool(draw: st.DrawFn, record: Record) -> None:
    messages = messages_of(record)
    tool = pick(draw, [m for m in messages if m.get("role") == "tool"])
    messages.insert(messages.index(tool) + 1, {"role": "user", "content": "And then?"})


@row(12)
def other_role(draw: st.DrawFn, record: Record) -> None:
    put(a_message(draw, record), "role", draw(odd.ROLES))


@row(12)
def swapped_role(draw: st.DrawFn, record: Record) -> None:
    known = st.sampled_from(["user", "assistant", "system", "tool"])
    a_message(draw, record)["role"] = draw(known)


@row(13)
def one_more_system(draw: st.DrawFn, record: Record) -> None:
    messages = messages_of(record)
    at = draw(st.integers(0, len(messages)))
    messages.insert(at, {"role": "system", "content": "Be brief."})


@row(14)
def cut_off_start(draw: st.DrawFn, record: Record) -> None:
    messages = messages_of(record)
    del messages[: position(draw, messages)]


@row(15)
def say_it_twice(draw: st.DrawFn, record: Record) -> None:
    messages = messages_of(record)
    at = position(draw, messages)
    messages.insert(at, deepcopy(messages[at]))


@row(8)
def swap_neighbours(draw: st.DrawFn, record: Record) -> None:
    messages = messages_of(record)
    at = position(draw, messages[1:])
    messages[at], messages[at + 1] = messages[at + 1], messages[at]


@row(26)
def one_more_turn(draw: st.DrawFn, record: Record) -> None:
    messages_of(record).extend(
        [{"role": "user", "content": draw(WORDS)}, {"role": "assistant", "content": draw(WORDS)}]
    )


@row(16)
def no_text(draw: st.DrawFn, record: Record) -> None:
    put(a_message(draw, record), "content", draw(odd.NO_TEXT))


@row(24)
def chunks(draw: st.DrawFn, record: Record) -> None:
    a_message(draw, record)["content"] = draw(odd.CHUNKS)


@row(19)
def text_for_content(draw: st.DrawFn, record: Record) -> None:
    message = a_message(draw, record)
    message["text"] = message.pop("content", "hello")


@row(17)
def weigh(draw: st.DrawFn, record: Record) -> None:
    a_message(draw, record, *draw(st.sampled_from([["assistant"], []])))["weight"] = draw(
        odd.WEIGHTS
    )


@row(17)
def weigh_nothing(draw: st.DrawFn, record: Record) -> None:
    weight = draw(st.sampled_from([0, 0.0, False, "0"]))
    for message in messages_of(record):
        if message.get("role") == "assistant":
            message["weight"] = weight


@row(18)
def prefix(draw: st.DrawFn, record: Record) -> None:
    a_message(draw, record, "assistant")["prefix"] = draw(odd.PREFIXES)
