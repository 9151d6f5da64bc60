"""Which tool message answers which tool call: the pairing that several rules look at."""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING, Literal, NamedTuple

from jsonl_lint.records.record import once

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


@once
def answers(record: Record) -> list[Answer]:
    """Pair each tool message that has an id, in the order of the messages; one pass over both."""
    found: list[Answer] = []
    if not record.tool_messages:
        return found
    turns = open_turns(record)
    calls = iter(record.tool_calls)
    call = next(calls, None)
    latest: dict[str, ToolCall] = {}
    unanswered: defaultdict[tuple[int, str], deque[ToolCall]] = defaultdict(deque)
    for result in record.tool_messages:
        while call and call.message < result.message:
            if call.id is not None:
                latest[call.id] = call
                unanswered[call.message, call.id].append(call)
            call = next(calls, None)
        wanted = result.tool_call_id
        if wanted is None:
            continue
        last = latest.get(wanted)
        turn = turns[result.message]
        if last is None:
            found.append(Answer(result, None, "unknown"))
        elif last.message != turn:
            found.append(Answer(result, last, "out-of-turn"))
        elif queue := unanswered[turn, wanted]:
            found.append(Answer(result, queue.popleft(), "answers"))
        else:
            found.append(Answer(result, last, "repeats"))
    return found


@once
def open_turns(record: Record) -> list[int | None]:
    """Give, for each message, the index of the one whose calls a tool message there may answer."""
    turns: list[int | None] = []
    turn: int | None = None
    for index, letter in enumerate(record.roles):
        turns.append(turn)
        if letter != "t":
            turn = index if letter == "c" else None
    return turns
