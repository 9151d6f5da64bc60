r"""A conversation has only one message.

What it does
    Counts the messages. One alone is reported here, whatever its role, and by no other rule about
    the order of roles.

Why it matters
    A conversation takes a question and an answer. mistral-common refuses a lone user or system
    message because the assistant must speak last, and a lone assistant message because it must not
    speak first.

Bad
    {"messages": [{"role": "assistant", "content": "Hello"}]}

Good
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

Source
    mistral-common: ``InvalidMessageStructureException`` for a first and for a last role.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.finding import Problem, Severity
from jsonl_lint.words import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.records import Record

SEVERITY = Severity.ERROR


def check(record: Record) -> Iterator[Problem]:
    """Yield the list of messages where it has one, of a known role."""
    if len(record.roles) == 1 and record.messages:
        role = quote(record.messages[0].role)
        message = f"the only message has the role {role}; a conversation needs user and assistant"
        hint = "add the other side of the conversation, or delete the record"
        yield Problem(record.messages_path, message, hint)
