r"""A conversation has more than one system message.

What it does
    Reports each system message after the first. Where the record has the key ``system_prompt``,
    that one is the first.

Why it matters
    mistral-finetune refuses the record. mistral-common accepts it, but joins the system messages
    and moves them to the front up to tokenizer v3, and leaves them where they stand from v7 on.

Bad
    {"messages": [{"role": "system", "content": "Be brief"}, {"role": "system", "content": "Be kind"}, {"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

Good
    {"messages": [{"role": "system", "content": "Be brief. Be kind"}, {"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

Source
    mistral-finetune: ``build_instruct_sample`` takes one system message at most.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.finding import Problem, Severity
from jsonl_lint.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.records import Record

SEVERITY = Severity.ERROR


def check(record: Record) -> Iterator[Problem]:
    """Yield the system messages beyond the first, or beyond the system_prompt."""
    has_prompt = isinstance(record.value.get("system_prompt"), str)
    places = [message.path for message in record.messages if message.role == "system"]
    for number, path in enumerate(places, start=1):
        if has_prompt:
            message = 'a system message beside the key "system_prompt"; at most one is allowed'
        elif number > 1:
            message = f"one of {count(len(places), 'system message')}; at most one is allowed"
        else:
            continue
        yield Problem((*path, "role"), message, "merge them into the first message")
