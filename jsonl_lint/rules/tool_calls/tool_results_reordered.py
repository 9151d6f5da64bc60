r"""The results of a turn come in another order than its calls.

What it does
    Compares the order of the tool messages with that of the calls that they answer; one finding a
    turn.

Why it matters
    Results are told apart by their ids, so nothing is lost. mistral-common sorts them from v11 on,
    while older versions train on the order in the file.

Bad
    {"messages": [{"role": "user", "content": "Here and in Oslo?"}, {"role": "assistant", "tool_calls": [{"id": "Kd7pR2wQi", "type": "function", "function": {"name": "now", "arguments": "{}"}}, {"id": "5MvBtzGwY", "type": "function", "function": {"name": "now", "arguments": "{}"}}]}, {"role": "tool", "tool_call_id": "5MvBtzGwY", "content": "12:00"}, {"role": "tool", "tool_call_id": "Kd7pR2wQi", "content": "12:00"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}]}

Good
    {"messages": [{"role": "user", "content": "Here and in Oslo?"}, {"role": "assistant", "tool_calls": [{"id": "Kd7pR2wQi", "type": "function", "function": {"name": "now", "arguments": "{}"}}, {"id": "5MvBtzGwY", "type": "function", "function": {"name": "now", "arguments": "{}"}}]}, {"role": "tool", "tool_call_id": "Kd7pR2wQi", "content": "12:00"}, {"role": "tool", "tool_call_id": "5MvBtzGwY", "content": "12:00"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}]}

Source
    mistral-common: the request normalizer of v11 and later sorts the results of a turn by its
    calls.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.finding import Problem, Severity
from jsonl_lint.records.answers import answers
from jsonl_lint.words import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.records import Record

SEVERITY = Severity.INFO


def check(record: Record) -> Iterator[Problem]:
    """Yield the first result of each turn whose call comes before the one answered last."""
    order = {id(call): position for position, call in enumerate(record.tool_calls)}
    reported: set[int] = set()
    latest = -1
    for result, call, state in answers(record):
        if state != "answers" or call is None:
            continue
        position = order[id(call)]
        if position < latest and call.message not in reported:
            reported.add(call.message)
            message = f"the result of {quote(call.id or '')} comes after that of a later call"
            hint = "put the results in the order of the calls"
            yield Problem((*result.path, "tool_call_id"), message, hint)
        latest = max(latest, position)
