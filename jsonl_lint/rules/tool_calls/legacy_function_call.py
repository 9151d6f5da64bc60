r"""A record uses function_call or functions, the older form of tool calls.

What it does
    Looks for ``function_call`` in assistant messages and for ``functions`` beside ``messages``:
    OpenAI's form before there were tool calls.

Why it matters
    Mistral does not read these keys. mistral-finetune ignores them, which leaves a message without
    content or a model that is never told of its tools.

Bad
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "function_call": {"name": "now", "arguments": "{}"}}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}]}

Good
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "tool_calls": [{"id": "Kd7pR2wQi", "type": "function", "function": {"name": "now", "arguments": "{}"}}]}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}]}

Source
    Mistral guide, function calling: calls stand under ``tool_calls``, definitions under ``tools``.
    mistral-finetune: ``reformat_data.py`` converts the older form.
"""

from __future__ import annotations

from jsonl_lint.finding import Severity

SEVERITY = Severity.ERROR
