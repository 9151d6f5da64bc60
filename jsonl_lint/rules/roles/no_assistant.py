r"""A conversation has no assistant message.

What it does
    Looks for a message of the assistant among two and more. A record of one message has the fault
    ``single-message`` instead.

Why it matters
    The loss is computed on assistant messages only, so the record teaches nothing; mistral-finetune
    and mistral-common refuse it, as its last message is not the assistant's.

Bad
    {"messages": [{"role": "system", "content": "Be brief"}, {"role": "user", "content": "Hi"}]}

Good
    {"messages": [{"role": "system", "content": "Be brief"}, {"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

Source
    Mistral guide: the loss is computed on messages with the role assistant. mistral-common:
    ``InvalidMessageStructureException`` for a last role other than assistant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.change import DropRecord, Safety
from jsonl_lint.finding import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.records import Record

SEVERITY = Severity.ERROR
FIX = Safety.UNSAFE


def check(record: Record) -> Iterator[Problem]:
    """Yield the list of messages where none is, or may be, the assistant's."""
    roles = record.roles
    if len(roles) > 1 and {"a", "c", "?"}.isdisjoint(roles):
        message = 'no message has the role "assistant", so there is nothing to train on'
        hint = "add the assistant's answer"
        yield Problem(record.messages_path, message, hint)


def fix(_record: Record, _problem: Problem) -> Iterator[DropRecord]:
    """Leave the record out."""
    yield DropRecord()
