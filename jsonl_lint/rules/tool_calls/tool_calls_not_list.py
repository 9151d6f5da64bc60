r"""The tool_calls of a message are not a list.

What it does
    Looks at the type of ``tool_calls``. A single call still stands in a list; null counts as an
    empty one (``tool-calls-empty``).

Why it matters
    A message may have several calls, so every reader goes through a list; mistral-common refuses
    anything else.

Bad
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "tool_calls": {"id": "Kd7pR2wQi", "type": "function", "function": {"name": "now", "arguments": "{}"}}}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}]}

Good
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "tool_calls": [{"id": "Kd7pR2wQi", "type": "function", "function": {"name": "now", "arguments": "{}"}}]}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}]}

Source
    Mistral guide, function calling: the example's ``tool_calls`` is a list. mistral-common:
    ``AssistantMessage.tool_calls``.
"""

from __future__ import annotations

from jsonl_lint.finding import Severity

SEVERITY = Severity.ERROR
