r"""The arguments of a tool call are not JSON.

What it does
    Decodes ``arguments`` as strictly as the lines of the file and names the first fault: single
    quotes, a trailing comma, text that was cut off. An empty string is no JSON either.

Why it matters
    The model learns to write what no program can read. mistral-finetune and mistral-common take the
    text as it is and do not look.

Bad
    {"messages": [{"role": "user", "content": "Anagram of race?"}, {"role": "assistant", "tool_calls": [{"id": "TX92Jm8Zi", "type": "function", "function": {"name": "anagram", "arguments": "{'word': 'race'}"}}]}], "tools": [{"type": "function", "function": {"name": "anagram", "description": "Find an anagram", "parameters": {"type": "object", "properties": {"word": {"type": "string"}}, "required": ["word"]}}}]}

Good
    {"messages": [{"role": "user", "content": "Anagram of race?"}, {"role": "assistant", "tool_calls": [{"id": "TX92Jm8Zi", "type": "function", "function": {"name": "anagram", "arguments": "{\"word\": \"race\"}"}}]}], "tools": [{"type": "function", "function": {"name": "anagram", "description": "Find an anagram", "parameters": {"type": "object", "properties": {"word": {"type": "string"}}, "required": ["word"]}}}]}

Source
    Mistral guide, function calling: the example's ``arguments`` is JSON text. RFC 8259.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.finding import Problem, Severity
from jsonl_lint.reading.decode import loads
from jsonl_lint.reading.diagnose import diagnose
from jsonl_lint.words import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.records import Record

SEVERITY = Severity.ERROR


def check(record: Record) -> Iterator[Problem]:
    """Yield the arguments that do not decode."""
    for call in record.tool_calls:
        if call.arguments is None:
            continue
        try:
            loads(call.arguments)
        except ValueError:
            path = (*call.path, "function", "arguments")
            yield Problem(path, *_words(call.arguments, quote(call.name or "")))


def _words(arguments: str, name: str) -> tuple[str, str]:
    if not arguments.strip():
        message = f"the arguments of {name} are empty; expected a JSON object"
        return message, 'a call without arguments has "{}"'
    fault = diagnose(arguments.encode("utf-8", "surrogatepass"), last=False)[0]
    reason = fault.message.replace("the line", "the text").replace("on this line", "in the text")
    hint = "the text was cut off; write it again" if fault.kind == "unexpected-end" else fault.hint
    return f"the arguments of {name} are not JSON: {reason}", hint
