r"""A conversation has no user message.

What it does
    Looks for a message of the user among two and more. A record of one message has the fault
    ``single-message`` instead.

Why it matters
    The model learns to speak without being asked. mistral-finetune puts the system prompt and the
    tool definitions into the user's messages: without one they are silently left out.

Bad
    {"messages": [{"role": "system", "content": "Be brief"}, {"role": "assistant", "content": "Hello"}]}

Good
    {"messages": [{"role": "system", "content": "Be brief"}, {"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

Source
    Mistral guide: a sample is a conversation between user and assistant. mistral-finetune:
    ``tokenize_instruct``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.finding import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.records import Record

SEVERITY = Severity.WARNING


def check(record: Record) -> Iterator[Problem]:
    """Yield the list of messages where none is, or may be, the user's."""
    roles = record.roles
    if len(roles) > 1 and {"u", "?"}.isdisjoint(roles):
        message = 'no message has the role "user"; the assistant answers nobody'
        hint = "add the message that the assistant answers"
        yield Problem(record.messages_path, message, hint)
