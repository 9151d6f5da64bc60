r"""The conversation begins with a tool message.

What it does
    Looks at the first message of two and more.

Why it matters
    A tool message is the result of a call, and there is no call before it. mistral-common does not
    look at the first role of a longer conversation, so the record would be trained on as it is.

Bad
    {"messages": [{"role": "tool", "tool_call_id": "Kd7pR2wQi", "content": "noom"}, {"role": "user", "content": "reverse of moon"}, {"role": "assistant", "content": "noom"}]}

Good
    {"messages": [{"role": "user", "content": "reverse of moon"}, {"role": "assistant", "content": "noom"}]}

Source
    Mistral guide: a tool message follows the assistant message whose call it answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.finding import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.records import Record

SEVERITY = Severity.ERROR


def check(record: Record) -> Iterator[Problem]:
    """Yield the first message where it is a tool's."""
    if len(record.roles) > 1 and record.roles[0] == "t":
        message = 'the first message has the role "tool"; expected "system" or "user"'
        hint = "add the user's message and the tool call before it, or delete it"
        yield Problem((*record.message_path(0), "role"), message, hint)
