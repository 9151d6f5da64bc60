r"""A tool message answers a call of an earlier turn.

What it does
    Looks at tool messages whose call stands before the latest message with calls, or is parted from
    them by an assistant message. Directly after a user or system message the fault is
    ``unexpected-transition`` instead.

Why it matters
    Results follow their calls at once: mistral-common from v11 on looks only among the calls that
    are still open and refuses the record. A result that comes late teaches the model to go on
    without it.

Bad
    {"messages": [{"role": "user", "content": "Here and in Oslo?"}, {"role": "assistant", "tool_calls": [{"id": "Kd7pR2wQi", "type": "function", "function": {"name": "now", "arguments": "{}"}}, {"id": "5MvBtzGwY", "type": "function", "function": {"name": "now", "arguments": "{}"}}]}, {"role": "tool", "tool_call_id": "Kd7pR2wQi", "content": "12:00"}, {"role": "assistant", "tool_calls": [{"id": "Qw4Rt7Yu2", "type": "function", "function": {"name": "now", "arguments": "{}"}}]}, {"role": "tool", "tool_call_id": "Qw4Rt7Yu2", "content": "12:00"}, {"role": "tool", "tool_call_id": "5MvBtzGwY", "content": "12:00"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}]}

Good
    {"messages": [{"role": "user", "content": "Here and in Oslo?"}, {"role": "assistant", "tool_calls": [{"id": "Kd7pR2wQi", "type": "function", "function": {"name": "now", "arguments": "{}"}}, {"id": "5MvBtzGwY", "type": "function", "function": {"name": "now", "arguments": "{}"}}]}, {"role": "tool", "tool_call_id": "Kd7pR2wQi", "content": "12:00"}, {"role": "tool", "tool_call_id": "5MvBtzGwY", "content": "12:00"}, {"role": "assistant", "tool_calls": [{"id": "Qw4Rt7Yu2", "type": "function", "function": {"name": "now", "arguments": "{}"}}]}, {"role": "tool", "tool_call_id": "Qw4Rt7Yu2", "content": "12:00"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}]}

Source
    Mistral guide, function calling: a tool message must follow directly after the message with the
    call. mistral-common: the validator of v11 and later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.finding import Problem, Severity
from jsonl_lint.pointer import to_pointer
from jsonl_lint.records.answers import answers
from jsonl_lint.words import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.records import Record

SEVERITY = Severity.ERROR


def check(record: Record) -> Iterator[Problem]:
    """Yield the tool messages whose call belongs to a turn that is over."""
    breaks = _Breaks(record.roles)
    for result, call, state in answers(record):
        if state != "out-of-turn" or call is None or breaks.explain(call.message, result.message):
            continue
        place = to_pointer((*call.path, "id"))
        message = (
            f"tool_call_id {quote(call.id or '')} answers a call of an earlier turn, at {place}"
        )
        hint = "move the result to the tool messages that follow its call"
        yield Problem((*result.path, "tool_call_id"), message, hint)


class _Breaks:
    """What comes before each result, for results in order: one pass over the roles for all."""

    def __init__(self, roles: str) -> None:
        self._roles = roles
        self._read = 0
        self._unreadable = -1
        """The last message that could not be read."""
        self._speaker = -1
        """The last message that is not a tool's."""

    def explain(self, call: int, result: int) -> bool:
        """Tell whether another fault parts the result from its call.

        That is a message between them that could not be read, or a user or system message directly
        before the results: their roles are reported.
        """
        for index in range(self._read, result):
            if self._roles[index] != "t":
                self._speaker = index
            if self._roles[index] == "?":
                self._unreadable = index
        self._read = result
        return self._unreadable > call or (
            self._speaker > call and self._roles[self._speaker] in "us"
        )
