r"""A tool call has no answer in its turn.

What it does
    Looks for each call's id among the tool messages that follow it directly. A message with calls
    may end the conversation: then nobody expects an answer. Where tool messages with wrong ids
    stand in the calls' turn, those are the fault.

Why it matters
    mistral-common counts results against calls and refuses the record; a model trained on it learns
    to go on without waiting for a result.

Bad
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "tool_calls": [{"id": "Kd7pR2wQi", "type": "function", "function": {"name": "now", "arguments": "{}"}}]}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}]}

Good
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "tool_calls": [{"id": "Kd7pR2wQi", "type": "function", "function": {"name": "now", "arguments": "{}"}}]}, {"role": "tool", "tool_call_id": "Kd7pR2wQi", "content": "12:00"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}]}

Source
    Mistral guide, function calling: a message with ``tool_calls`` must be followed by a tool
    message. mistral-common: the number of tool messages has to equal the number of calls.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from jsonl_lint.finding import Problem, Severity
from jsonl_lint.records.answers import answers, open_turns
from jsonl_lint.words import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.records import Record

SEVERITY = Severity.ERROR

_ENDS_OR_UNREAD = re.compile(r"c(?=t*\?)|c\Z")
"""A message with calls that is the last, or whose answers may be in a message that is malformed."""


def check(record: Record) -> Iterator[Problem]:
    """Yield the calls that the tool messages after them leave open.

    Each tool message of the turn that answers no call of it stands for one that was meant to.
    """
    silent = {match.start() for match in _ENDS_OR_UNREAD.finditer(record.roles)}
    paired = answers(record)
    answered = {(a.call.message, a.call.id) for a in paired if a.call}
    strays = _strays(record, {a.result.message for a in paired if a.state == "answers"})
    for call in record.tool_calls:
        if call.message in silent or (call.message, call.id) in answered:
            continue
        if strays[call.message]:
            strays[call.message] -= 1
        elif call.id is not None:
            message = f"no tool message answers the call {quote(call.id)}"
            hint = "add the tool message with its result, or delete the call"
            yield Problem((*call.path, "id"), message, hint)


def _strays(record: Record, good: set[int]) -> Counter[int | None]:
    """Count, for each message with calls, the tool messages after it that answer none of them."""
    others = [result.message for result in record.tool_messages if result.message not in good]
    turns = open_turns(record)
    return Counter(turns[index] for index in others)
