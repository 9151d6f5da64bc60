"""Which tool message answers which tool call: the pairing that several rules look at."""

from __future__ import annotations

from collections import Counter
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
    calls = _Calls(record.tool_calls)
    for result in record.tool_messages:
        calls.take_before(result.message)
        wanted = result.tool_call_id
        if wanted is None:
            continue
        last = calls.latest.get(wanted)
        if last is None:
            found.append(Answer(result, None, "unknown"))
        elif last.message != turns[result.message]:
            found.append(Answer(result, last, "out-of-turn"))
        elif call := calls.next_unanswered(wanted):
            found.append(Answer(result, call, "answers"))
        else:
            found.append(Answer(result, last, "repeats"))
    return found


class _Calls:
    """The calls before a tool message: of each id the latest, and those of the open turn."""

    def __init__(self, calls: list[ToolCall]) -> None:
        self._coming = iter(calls)
        self._next = next(self._coming, None)
        self._turn: int | None = None
        self._of_turn: dict[str, list[ToolCall]] = {}
        self._answered: Counter[str] = Counter()
        self.latest: dict[str, ToolCall] = {}

    def take_before(self, message: int) -> None:
        """Take the calls of the messages up to this one; a turn ends where the next begins."""
        while (call := self._next) and call.message < message:
            if call.message != self._turn:
                self._turn = call.message
                self._of_turn.clear()
                self._answered.clear()
            if call.id is not None:
                self.latest[call.id] = call
                self._of_turn.setdefault(call.id, []).append(call)
            self._next = next(self._coming, None)

    def next_unanswered(self, wanted: str) -> ToolCall | None:
        """Give the first call of the turn with this id that has no answer, which it has now."""
        alike, answered = self._of_turn[wanted], self._answered[wanted]
        if answered == len(alike):
            return None
        self._answered[wanted] += 1
        return alike[answered]


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
