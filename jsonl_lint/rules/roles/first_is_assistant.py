r"""The assistant speaks before the user.

What it does
    Looks at the first message that is not a system message, among two and more. A conversation
    without any user message has the fault ``no-user`` instead.

Why it matters
    A greeting before the first question is trained like an answer, but nothing was asked: the model
    learns to open the conversation, which a chat never lets it do. Mistral's tools accept it.

Bad
    {"messages": [{"role": "system", "content": "Be brief"}, {"role": "assistant", "content": "How can I help?"}, {"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

Good
    {"messages": [{"role": "system", "content": "Be brief"}, {"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

Source
    Mistral guide: every example begins with a user message, or a system message before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.finding import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.records import Record

SEVERITY = Severity.WARNING


def check(record: Record) -> Iterator[Problem]:
    """Yield the assistant's message where it is the first after the system's."""
    roles = record.roles
    start = len(roles) - len(roles.lstrip("s"))
    if len(roles) == 1 or roles[start : start + 1] not in ("a", "c"):
        return
    if {"u", "?"}.isdisjoint(roles):
        return
    message = 'the role "assistant" comes before the first "user"'
    hint = "delete the message, or add the user's message that it answers"
    yield Problem((*record.message_path(start), "role"), message, hint)
