r"""A tool definition has no name.

What it does
    Looks for the key ``name`` in the ``function`` of each definition.

Why it matters
    Without a name the function cannot be called, and mistral-finetune refuses the record.

Bad
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}]}

Good
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}]}

Source
    mistral-finetune: ``build_instruct_sample`` demands ``name``, ``description`` and
    ``parameters``.
"""

from __future__ import annotations

from jsonl_lint.finding import Severity

SEVERITY = Severity.ERROR
