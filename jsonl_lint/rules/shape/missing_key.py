r"""An object lacks a key that it must have.

What it does
    Checks tool calls for ``function``, and the function of a call for ``name`` and ``arguments``.
    Lacks that have a rule of their own (``missing-role``, ``missing-content``,
    ``tool-call-id-missing``, ...) are reported there.

Why it matters
    The consumer looks the key up without asking whether it is there, and refuses the record.

Bad
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "tool_calls": [{"id": "Kd7pR2wQi", "type": "function", "function": {"name": "now"}}]}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}]}

Good
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "tool_calls": [{"id": "Kd7pR2wQi", "type": "function", "function": {"name": "now", "arguments": "{}"}}]}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {}}}}]}

Source
    mistral-finetune, ``build_instruct_sample``: each call has ``id`` and ``function``, each
    function ``name`` and ``arguments``. mistral-common: ``ToolCall`` and ``FunctionCall``.
"""

from __future__ import annotations

from jsonl_lint.finding import Severity

SEVERITY = Severity.ERROR
