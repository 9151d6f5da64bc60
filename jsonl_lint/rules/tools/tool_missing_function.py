r"""A tool definition has no "function".

What it does
    Looks for the key ``function`` in each definition. Definitions of other formats have name and
    parameters directly.

Why it matters
    mistral-finetune refuses definitions without it: name, description and parameters are read from
    there.

Bad
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}]}

Good
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}]}

Source
    Mistral guide, function calling: the example of a definition. mistral-finetune:
    ``build_instruct_sample`` demands ``function``.
"""

from __future__ import annotations

from jsonl_lint.finding import Severity

SEVERITY = Severity.ERROR
