r"""An object names a key twice.

What it does
    Compares the keys of each object in a record, escapes resolved, and those of the JSON text
    inside the ``arguments`` of each tool call.

Why it matters
    Readers disagree on which of the two values counts: most keep the last, some the first, and none
    says so. A message with two roles is one thing to the checker and another to the trainer.

Bad
    {"messages": [{"role": "user", "role": "system", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

Good
    {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

Source
    RFC 8259, section 4: names within an object should be unique, since what software does otherwise
    is unpredictable.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.finding import Problem, Severity
from jsonl_lint.pointer import to_pointer
from jsonl_lint.reading.decode import count_keys, duplicate_keys, keys_are_unique, loads
from jsonl_lint.words import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.records import Record, ToolCall

SEVERITY = Severity.ERROR


def check(record: Record) -> Iterator[Problem]:
    """Yield the keys named twice inside ``arguments``; those of the line are found in its bytes."""
    for call in record.tool_calls:
        for pointer, key in sorted(_named_twice(call)):
            message = f"the arguments name the key {quote(key)} twice, at {pointer} inside them"
            hint = "delete one of them: readers disagree on which of the two counts"
            yield Problem((*call.path, "function", "arguments"), message, hint)


def _named_twice(call: ToolCall) -> set[tuple[str, str]]:
    """Give pointer and name of each such key once, however often it is repeated."""
    if call.arguments is None:
        return set()
    try:
        value = loads(call.arguments)
    except ValueError:
        return set()  # text that is not JSON is the fault there
    if keys_are_unique(call.arguments, count_keys(value)):
        return set()
    found = duplicate_keys(call.arguments.encode())
    return {(to_pointer(duplicate.path), duplicate.key) for duplicate in found}
