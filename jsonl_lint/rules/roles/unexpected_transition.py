r"""A message follows one that its role cannot follow.

What it does
    Reports a tool message directly after a user or system message, and a user message directly
    after a tool message. After a tool message that is out of place itself, that is one fault, not
    two.

Why it matters
    A tool's result comes after the call that asked for it and before the assistant's answer. The
    order of roles is what the prompt template is built from: mistral-common refuses the first form,
    and before 1.11.1 also the second, which newer versions accept although the guide does not.

Bad
    {"messages": [{"role": "user", "content": "reverse of moon"}, {"role": "assistant", "tool_calls": [{"id": "Kd7pR2wQi", "type": "function", "function": {"name": "reverse", "arguments": "{\"word\": \"moon\"}"}}]}, {"role": "tool", "tool_call_id": "Kd7pR2wQi", "content": "noom"}, {"role": "user", "content": "And of late?"}, {"role": "assistant", "content": "tale"}], "tools": [{"type": "function", "function": {"name": "reverse", "description": "Spell a reverse", "parameters": {"type": "object", "properties": {"word": {"type": "string"}}, "required": ["word"]}}}]}

Good
    {"messages": [{"role": "user", "content": "reverse of moon"}, {"role": "assistant", "tool_calls": [{"id": "Kd7pR2wQi", "type": "function", "function": {"name": "reverse", "arguments": "{\"word\": \"moon\"}"}}]}, {"role": "tool", "tool_call_id": "Kd7pR2wQi", "content": "noom"}, {"role": "assistant", "content": "noom"}, {"role": "user", "content": "And of late?"}, {"role": "assistant", "content": "tale"}], "tools": [{"type": "function", "function": {"name": "reverse", "description": "Spell a reverse", "parameters": {"type": "object", "properties": {"word": {"type": "string"}}, "required": ["word"]}}}]}

Source
    Mistral guide, function calling: a tool message must be followed by an assistant message.
    mistral-common: ``InvalidMessageStructureException``, "Unexpected role".
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from jsonl_lint.finding import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.records import Record

SEVERITY = Severity.ERROR

_EXPECTED = {"ut": '"assistant"', "st": '"user"', "tu": '"assistant" or "tool"'}
_ROLES = {"s": '"system"', "u": '"user"', "t": '"tool"'}
_HINTS = {
    "t": "add the assistant message that calls the tool before it",
    "u": "add the assistant's answer to the tool's result before it",
}


def check(record: Record) -> Iterator[Problem]:
    """Yield the messages whose role does not go with the one before."""
    caller = ""  # who spoke before the tools
    for index, (before, here) in enumerate(pairwise(record.roles), start=1):
        caller = caller if before == "t" else before
        expected = _EXPECTED.get(before + here)
        if expected is None or (before == "t" and caller in ("", "s", "u")):
            continue  # of the tool messages, their own roles were reported
        message = f"{_ROLES[here]} comes directly after {_ROLES[before]}; expected {expected}"
        yield Problem((*record.message_path(index), "role"), message, _HINTS[here])
