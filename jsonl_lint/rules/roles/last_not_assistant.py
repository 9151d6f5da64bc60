r"""The conversation does not end with an assistant message.

What it does
    Looks at the last message. A conversation without any assistant message has the fault
    ``no-assistant`` instead.

Why it matters
    The loss is computed on assistant messages only: what follows the last of them teaches nothing,
    and mistral-finetune and mistral-common refuse such a record.

Bad
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}, {"role": "user", "content": "Bye"}]}

Good
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

Source
    mistral-common: ``InvalidMessageStructureException`` for a last role other than assistant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.change import Drop, Safety
from jsonl_lint.finding import Problem, Severity
from jsonl_lint.words import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.change import Change
    from jsonl_lint.records import Record

SEVERITY = Severity.ERROR
FIX = Safety.UNSAFE


def check(record: Record) -> Iterator[Problem]:
    """Yield the last message where its role is known and is not the assistant's."""
    roles = record.roles
    if len(roles) > 1 and roles[-1] in "sut" and not {"a", "c"}.isdisjoint(roles):
        role = record.messages[-1].role
        path = (*record.message_path(len(roles) - 1), "role")
        message = f"the last message has the role {quote(role)}; it must be the assistant's"
        hint = "delete the messages after the last assistant message, or add its answer"
        yield Problem(path, message, hint)


def fix(record: Record, _problem: Problem) -> Iterator[Change]:
    """Leave out what follows the last assistant message."""
    last = max(record.roles.rfind("a"), record.roles.rfind("c"))
    for index in range(last + 1, len(record.roles)):
        yield Drop(record.message_path(index))
