r"""The weight of an assistant message is a number other than 0 and 1.

What it does
    Compares the number under ``weight`` with 0 and 1. ``1.0`` is 1.

Why it matters
    A weight switches the loss of a message on or off, it does not scale it: mistral-common refuses
    every other number.

Bad
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello", "weight": 0.5}]}

Good
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello", "weight": 1}]}

Source
    mistral-common: ``FinetuningAssistantMessage`` and ``_validate_assistant_message``, which raises
    ``InvalidAssistantMessageException``.
"""

from __future__ import annotations

from jsonl_lint.finding import Severity

SEVERITY = Severity.ERROR
