r"""The weight of an assistant message is not a number.

What it does
    Looks at the type of ``weight``: a number, or null for the default. A boolean is no number.

Why it matters
    mistral-finetune happens to turn ``"1"`` and ``true`` into 1; other readers refuse them, and a
    string such as ``"yes"`` stops the run.

Bad
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello", "weight": "1"}]}

Good
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello", "weight": 1}]}

Source
    mistral-common: ``FinetuningAssistantMessage`` declares weight as a number or null.
"""

from __future__ import annotations

from jsonl_lint.finding import Severity

SEVERITY = Severity.ERROR
