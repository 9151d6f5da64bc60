r"""A tool definition has no description.

What it does
    Looks for the key ``description`` in the ``function`` of each definition.

Why it matters
    The model chooses tools by what their descriptions say. mistral-finetune refuses a definition
    without the key; mistral-common takes it as an empty description.

Bad
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "parameters": {"type": "object", "properties": {}}}}]}

Good
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}]}

Source
    mistral-finetune: ``build_instruct_sample`` demands the key. mistral-common:
    ``Function.description`` has a default.
"""

from __future__ import annotations

from jsonl_lint.finding import Severity

SEVERITY = Severity.WARNING
