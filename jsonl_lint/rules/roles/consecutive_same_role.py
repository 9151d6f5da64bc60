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

from itertools import pairwise
from typing import TYPE_CHECKING

from jsonl_lint.finding import Problem, Severity
from jsonl_lint.words import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.records import Record

SEVERITY = Severity.WARNING

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
