r"""A message that is not the assistant's has a weight.

What it does
    Looks for the key ``weight`` in system, user and tool messages.

Why it matters
    Only assistant messages are trained. mistral-finetune drops the key without a word, so whoever
    wrote it gets something else than intended; mistral-common refuses unknown keys.

Bad
    {"messages": [{"role": "user", "content": "Hello", "weight": 0}, {"role": "assistant", "content": "Hello"}]}

Good
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello", "weight": 1}]}

Source
    mistral-finetune: ``build_instruct_sample`` reads weight from assistant messages only.
"""

from __future__ import annotations

from jsonl_lint.finding import Severity

SEVERITY = Severity.WARNING
