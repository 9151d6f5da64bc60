r"""The system message is not the first one.

What it does
    Looks at the place of the first system message. Further ones, and those beside the key
    ``system_prompt``, have the fault ``multiple-system``.

Why it matters
    mistral-finetune moves the system message to the front without a word. mistral-common refuses it
    after an assistant or tool message. Neither is what the record says.

Bad
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "system", "content": "Be brief"}, {"role": "assistant", "content": "Hello"}]}

Good
    {"messages": [{"role": "system", "content": "Be brief"}, {"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

Source
    mistral-finetune: ``build_instruct_sample``. mistral-common:
    ``InvalidMessageStructureException``, "Unexpected role". The guide's example begins with the
    system message.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.change import Drop, Insert, Old, Safety
from jsonl_lint.finding import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.change import Change
    from jsonl_lint.records import Record

SEVERITY = Severity.WARNING
FIX = Safety.UNSAFE


def check(record: Record) -> Iterator[Problem]:
    """Yield the first system message where a message of another known role precedes it."""
    index = record.roles.find("s")
    if isinstance(record.value.get("system_prompt"), str):
        return
    if index > 0 and record.roles[:index].strip("?"):
        message = f"the system message is message {index + 1}; it must be the first"
        yield Problem((*record.message_path(index), "role"), message, "move it to the front")


def fix(record: Record, problem: Problem) -> Iterator[Change]:
    """Move the message to the front."""
    here = problem.path[:-1]
    yield Drop(here)
    yield Insert(record.message_path(0), Old(here))
