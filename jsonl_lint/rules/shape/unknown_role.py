r"""A message has a role that the target does not know.

What it does
    Compares each ``role`` with the four that exist: system, user, assistant, tool. Roles of other
    formats (human, gpt, function, ...) and misspelt ones get the role that was meant as a hint.

Why it matters
    It is the most common fault of converted datasets. Trainers refuse the record; the report of
    mistral-finetune itself crashes on it.

Bad
    {"messages": [{"role": "human", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

Good
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

Source
    Mistral guide: ``role`` is one of user, assistant, system and, with tools, tool.
"""

from __future__ import annotations

from jsonl_lint.finding import Severity

SEVERITY = Severity.ERROR
