r"""A value has another JSON type than it must have.

What it does
    Compares the type of each value with the schema's, where no rule of its own says more: names,
    ids and descriptions are strings, tool calls, functions and parameters are objects.

Why it matters
    mistral-common refuses the record; other consumers convert the value silently, each to something
    else.

Bad
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "tool_calls": [{"id": "Kd7pR2wQi", "type": "function", "function": {"name": 7, "arguments": "{}"}}]}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}]}

Good
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "tool_calls": [{"id": "Kd7pR2wQi", "type": "function", "function": {"name": "now", "arguments": "{}"}}]}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}]}

Source
    mistral-common: the fields of ``FunctionCall``, ``ToolCall``, ``Function`` and ``ToolMessage``.
"""

from __future__ import annotations

from jsonl_lint.finding import Severity

SEVERITY = Severity.ERROR
