"""Which tool message answers which tool call: the pairing that several rules look at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from jsonl_lint.records.record import Record, ToolCall, ToolMessage

State = Literal["answers", "repeats", "out-of-turn", "unknown"]


class Answer(NamedTuple):
    """A tool message with an id, the call that has the id, and how the two stand to each other.

    ``answers``: a call of the turn that is open. ``repeats``: a call of it that has its answer
    already. ``out-of-turn``: a call of an earlier turn. ``unknown``: no earlier call has the id.
    """

    result: ToolMessage
    call: ToolCall | None
    state: State


def answers(record: Record) -> list[Answer]:
    """Pair each tool message that has an id, in the order of the messages."""
    found: list[Answer] = []
    answered: list[ToolCall] = []
    for result in record.tool_messages:
        if result.tool_call_id is None:
            continue
        earlier = [call for call in record.tool_calls
                   if call.id == result.tool_call_id and call.message < result.message]  # fmt: skip
        turn = open_turn(record, result.message)
        here = [call for call in earlier if call.message == turn]
        fresh = [call for call in here if call not in answered]
        if fresh:
            found.append(Answer(result, fresh[0], "answers"))
            answered.append(fresh[0])
        elif here:
            found.append(Answer(result, here[-1], "repeats"))
        elif earlier:
            found.append(Answer(result, earlier[-1], "out-of-turn"))
        else:
            found.append(Answer(result, None, "unknown"))
    return found


def open_turn(record: Record, index: int) -> int | None:
    """Give the index of the message whose calls a tool message at ``index`` may answer."""
    before = record.roles[:index].rstrip("t")
    return len(before) - 1 if before.endswith("c") else None
