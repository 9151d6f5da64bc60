r"""A function's name has characters or a length that is not allowed.

What it does
    Looks at the names in tool definitions and tool calls: 1 to 64 of A-Z, a-z, 0-9, underscore and
    hyphen.

Why it matters
    mistral-common refuses other names, and mistral-finetune stops its whole run at the first of
    them.

Bad
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "what time is it?", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}]}

Good
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}]}

Source
    mistral-common: function names match ``^[a-zA-Z0-9_-]{1,64}$``.
"""

from __future__ import annotations

from jsonl_lint.finding import Severity

SEVERITY = Severity.ERROR
