r"""The arguments of a tool call are not JSON.

What it does
    Decodes ``arguments`` as strictly as the lines of the file and names the first fault: single
    quotes, a trailing comma, text that was cut off. An empty string is no JSON either.

Why it matters
    The model learns to write what no program can read. mistral-finetune and mistral-common take the
    text as it is and do not look.

Bad
    {"messages": [{"role": "user", "content": "Reverse of moon?"}, {"role": "assistant", "tool_calls": [{"id": "Kd7pR2wQi", "type": "function", "function": {"name": "reverse", "arguments": "{'word': 'moon'}"}}]}], "tools": [{"type": "function", "function": {"name": "reverse", "description": "Spell a reverse", "parameters": {"type": "object", "properties": {"word": {"type": "string"}}, "required": ["word"]}}}]}

Good
    {"messages": [{"role": "user", "content": "Reverse of moon?"}, {"role": "assistant", "tool_calls": [{"id": "Kd7pR2wQi", "type": "function", "function": {"name": "reverse", "arguments": "{\"word\": \"moon\"}"}}]}], "tools": [{"type": "function", "function": {"name": "reverse", "description": "Spell a reverse", "parameters": {"type": "object", "properties": {"word": {"type": "string"}}, "required": ["word"]}}}]}

Source
    Mistral guide, function calling: the example's ``arguments`` is JSON text. RFC 8259.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.finding import Problem, Severity
from jsonl_lint.reading.decode import loads
from jsonl_lint.words import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.records import Record

SEVERITY = Severity.ERROR

_HINTS = {
    "unexpected-end": "the text was cut off; write it again",
    "multiple-values-on-line": "write one object; a second call is an entry of its own in tool_calls",
}
"""Where a line's hint would mislead: arguments are one text, not a file."""


def check(record: Record) -> Iterator[Problem]:
    """Yield the arguments that do not decode."""
    for call in record.tool_calls:
        if call.arguments is None:
            continue
        try:
            loads(call.arguments)
        except ValueError:
            words = _words(call.arguments, quote(call.name or ""))
            if words:
                yield Problem((*call.path, "function", "arguments"), *words)


def _words(arguments: str, name: str) -> tuple[str, str] | None:
    if not arguments.strip():
        message = f"the arguments of {name} are empty; expected a JSON object"
        return message, 'a call without arguments has "{}"'
    from jsonl_lint.reading.first import first_fault  # noqa: PLC0415 - only for faulty arguments

    fault = first_fault(arguments.encode("utf-8", "surrogatepass"))
    if fault.rule == "nesting-too-deep":
        return None
    message = f"the arguments of {name} are not JSON"
    if fault.kind == "not-json":
        return message, 'write a JSON object, such as "{\\"word\\": \\"planet\\"}"'
    reason = fault.message.replace("the line", "the text").replace("on this line", "in the text")
    return f"{message}: {reason}", _HINTS.get(fault.kind or fault.rule, fault.hint)
