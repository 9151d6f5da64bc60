r"""The content of a message is null.

What it does
    Looks for ``null`` under ``content``, in assistant messages only where there are no tool calls.

Why it matters
    Only a message with tool calls can do without content. mistral-finetune refuses null in any
    other message like a missing key.

Bad
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": null}]}

Good
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

Source
    mistral-finetune: ``build_instruct_sample``. Mistral guide: each message has content, or calls.
"""

from __future__ import annotations

from jsonl_lint.finding import Severity

SEVERITY = Severity.ERROR
