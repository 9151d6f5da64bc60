r"""Two messages in a row have the same role.

What it does
    Reports each user message directly after a user message, and each assistant message directly
    after an assistant message. One that follows a message with tool calls is the fault
    ``tool-call-unanswered`` instead; system messages belong to ``multiple-system``.

Why it matters
    mistral-common joins such messages with an empty line, mistral-finetune writes them one after
    the other: the model learns a conversation that nobody wrote, and at serving time it never sees
    two turns of one side in a row.

Bad
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "user", "content": "Anyone there?"}, {"role": "assistant", "content": "Hello"}]}

Good
    {"messages": [{"role": "user", "content": "Hi\n\nAnyone there?"}, {"role": "assistant", "content": "Hello"}]}

Source
    Mistral guide: the examples alternate. mistral-common: ``InstructRequestNormalizer`` merges
    them, assistant messages only where their weights are the same.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from jsonl_lint.change import Drop, Put, Safety
from jsonl_lint.finding import Problem, Severity
from jsonl_lint.words import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.change import Change
    from jsonl_lint.records import Record
    from jsonl_lint.records.record import Message

SEVERITY = Severity.WARNING
FIX = Safety.UNSAFE

_ROLES = {"uu": "user", "aa": "assistant", "ac": "assistant"}


def check(record: Record) -> Iterator[Problem]:
    """Yield each message that has the role of the one before."""
    for index, (before, here) in enumerate(pairwise(record.roles), start=1):
        role = _ROLES.get(before + here)
        if role:
            expected = "assistant" if role == "user" else "user"
            message = f"the role {quote(role)} comes twice in a row; expected {quote(expected)}"
            hint = "merge the two messages, or add the one that is missing between them"
            yield Problem((*record.message_path(index), "role"), message, hint)


def fix(record: Record, problem: Problem) -> Iterator[Change]:
    """Join a run of messages that have nothing but role, content and the same weight."""
    roles, start = record.roles, int(problem.path[-2]) - 1
    letter = roles[start]
    if (start and roles[start - 1] == letter) or roles[start + 1] != letter:
        return  # the problem of the run's second message speaks for all of it
    end = start
    while roles[end : end + 1] == letter:
        end += 1
    first = bisect_left(record.messages, start, key=_index)
    run = record.messages[first : first + end - start]
    if all(_mergeable(message.value, run[0].value) for message in run):
        said = [message.value["content"] for message in run]
        joined = "\n\n".join(filter(None, said))
        yield Put((*run[0].path, "content"), joined)
        for message in run[1:]:
            yield Drop(message.path)


def _index(message: Message) -> int:
    return message.index


def _mergeable(message: dict[str, Any], first: dict[str, Any]) -> bool:
    return (
        message.keys() == first.keys()
        and message.keys() <= {"role", "content", "weight"}
        and isinstance(message.get("content"), str)
        and message.get("weight") == first.get("weight")
    )
