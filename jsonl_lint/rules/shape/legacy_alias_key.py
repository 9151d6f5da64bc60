r"""A key is an alias that only mistral-finetune reads.

What it does
    Looks for ``interactions`` (for ``messages``), ``available_tools`` (for ``tools``),
    ``system_prompt`` and ``only_last`` at the top level, and for ``text`` (for ``content``) in
    messages. What stands under an alias is checked like the real thing.

Why it matters
    The guide knows none of them, and neither do mistral-common and the API: there the record has no
    messages, no tools or no content.

Bad
    {"interactions": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

Good
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

Source
    mistral-finetune, ``build_instruct_sample``, takes these keys beside the documented ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.change import Drop, Insert, Old, Put, Rename, Safety
from jsonl_lint.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.change import Change
    from jsonl_lint.finding import Problem
    from jsonl_lint.records import Record

SEVERITY = Severity.WARNING
FIX = Safety.SAFE


_ALIASES = {"interactions": "messages", "available_tools": "tools", "text": "content"}


def fix(record: Record, problem: Problem) -> Iterator[Change]:
    """Give the key its usual name; turn a system prompt and ``only_last`` into messages' terms."""
    key = problem.path[-1]
    if key in _ALIASES:
        yield Rename(problem.path, _ALIASES[str(key)])
    elif key == "system_prompt" and record.roles and "s" not in record.roles:
        yield Drop(problem.path)
        yield Insert(record.message_path(0), {"role": "system", "content": Old(problem.path)})
    elif key == "only_last" and isinstance(record.value["only_last"], bool):
        yield Drop(problem.path)
        spoken = [message for message in record.messages if message.role == "assistant"]
        if record.value["only_last"] and not record.tools:
            for message in spoken[:-1]:
                yield Put((*message.path, "weight"), 0)
