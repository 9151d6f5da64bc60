r"""A tool definition has no parameters.

What it does
    Looks for the key ``parameters`` in the ``function`` of each definition. A function that takes
    none says so with an empty object schema.

Why it matters
    mistral-finetune and mistral-common refuse a definition without it.

Bad
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time"}}]}

Good
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}]}

Source
    mistral-finetune: ``build_instruct_sample`` demands the key. mistral-common:
    ``Function.parameters``.
"""

from __future__ import annotations

from jsonl_lint.finding import Severity

SEVERITY = Severity.ERROR
