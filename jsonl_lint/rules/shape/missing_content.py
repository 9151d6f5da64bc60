r"""A message has no content.

What it does
    Looks for ``content`` in each message that has no tool calls. Content that is there but null or
    empty has rules of its own.

Why it matters
    The message says nothing. mistral-finetune refuses the record. Where an assistant was meant to
    call a tool, the calls may stand under a misspelt key.

Bad
    {"messages": [{"role": "user"}, {"role": "assistant", "content": "Hello"}]}

Good
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

Source
    Mistral guide: each message has ``content``, or ``tool_calls`` where the assistant calls tools.
"""

from __future__ import annotations

from jsonl_lint.finding import Severity

SEVERITY = Severity.ERROR
