"""Faults as people make them; each one spoils a good record in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

Record = dict[str, Any]


def wrong_role(record: Record) -> None:
    """Name the first user as another format does."""
    first_with(record, "user")["role"] = "human"


def missing_role(record: Record) -> None:
    """Forget whose message it is."""
    del record["messages"][-1]["role"]


def missing_content(record: Record) -> None:
    """Leave a user message without its text."""
    del first_with(record, "user")["content"]


def empty_content(record: Record) -> None:
    """Let the assistant say nothing."""
    record["messages"][-1]["content"] = ""


def content_not_text(record: Record) -> None:
    """Put a number where the text belongs."""
    record["messages"][-1]["content"] = 42


def trailing_user_turn(record: Record) -> None:
    """Cut the conversation off before its answer."""
    record["messages"].append({"role": "user", "content": "And then?"})


def unknown_key(record: Record) -> None:
    """Leave a key of the export in a message."""
    record["messages"][0]["timestamp"] = "2024-05-01"


def misspelt_key(record: Record) -> None:
    """Write the wrong name for the list of messages."""
    record["message"] = record.pop("messages")


def bad_id(record: Record) -> None:
    """Keep an id of another vendor, in the call and its answer alike."""
    turn = first_with(record, "tool")
    turn["tool_call_id"] = called(record)["id"] = "call_" + turn["tool_call_id"]


def unmatched_answer(record: Record) -> None:
    """Let an answer name a call that nobody made."""
    turn = first_with(record, "tool")
    turn["tool_call_id"] = turn["tool_call_id"][::-1].swapcase()


def undeclared_tool(record: Record) -> None:
    """Call a tool that the record does not define."""
    called(record)["function"]["name"] = "search_the_attic"


def invalid_arguments(record: Record) -> None:
    """Cut the arguments off."""
    function = called(record)["function"]
    function["arguments"] = function["arguments"][:-1]


def decoded_arguments(record: Record) -> None:
    """Give the arguments as an object, not as its text."""
    called(record)["function"]["arguments"] = {}


def missing_description(record: Record) -> None:
    """Define a tool without saying what it does."""
    first, *others = record["tools"]
    function = {key: value for key, value in first["function"].items() if key != "description"}
    # NOTE: a new definition, because the records share theirs.
    record["tools"] = [first | {"function": function}, *others]


CHAT: tuple[Callable[[Record], None], ...] = (
    wrong_role,
    missing_role,
    missing_content,
    empty_content,
    content_not_text,
    trailing_user_turn,
    unknown_key,
    misspelt_key,
)
TOOLS = (
    bad_id,
    unmatched_answer,
    undeclared_tool,
    invalid_arguments,
    decoded_arguments,
    missing_description,
)


def plant(rng: random.Random, record: Record) -> None:
    """Spoil the record with one fault."""
    rng.choice(CHAT + TOOLS if "tools" in record else CHAT)(record)


def first_with(record: Record, role: str) -> Record:
    """Give the first message of that role."""
    found: Record = next(turn for turn in record["messages"] if turn["role"] == role)
    return found


def called(record: Record) -> Record:
    """Give the first tool call."""
    found: Record = next(turn for turn in record["messages"] if "tool_calls" in turn)
    call: Record = found["tool_calls"][0]
    return call
