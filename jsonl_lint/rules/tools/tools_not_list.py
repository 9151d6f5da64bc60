r"""The tools of a record are not a list.

What it does
    Looks at the type of ``tools``: a list of definitions, or null for none.

Why it matters
    A single definition without the list around it, or a list that was encoded as a string, is no
    definition at all to the trainer, which refuses the record.

Bad
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "content": "It is noon."}], "tools": {"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}}

Good
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}]}

Source
    Mistral guide, function calling: the example's ``tools`` is a list. mistral-finetune:
    ``build_instruct_sample``.
"""

from __future__ import annotations

from jsonl_lint.finding import Severity

SEVERITY = Severity.ERROR
