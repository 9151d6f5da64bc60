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
from jsonl_lint.pointer import shown_pointer
from jsonl_lint.reading.decode import count_keys, keys_are_unique, loads
from jsonl_lint.words import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.finding import Path
    from jsonl_lint.reading.overlooked import Duplicate
    from jsonl_lint.records import Record, ToolCall

SEVERITY = Severity.ERROR

HINT = "delete one of them: readers disagree on which of the two counts"
CROWDED = "an object of too many keys to compare has one of them twice"


def check(record: Record) -> Iterator[Problem]:
    """Yield the keys named twice inside ``arguments``; those of the line are found in its bytes."""
    for call in record.tool_calls:
        for path, key, first, second in _named_twice(call):
            if key is None:
                message = f"in the arguments, {CROWDED}"
                yield Problem((*call.path, "function", "arguments"), message, HINT)
                continue
            where = f"at bytes {first[0]:,} and {second[0]:,} of their text ({shown_pointer(path)})"
            message = f"the arguments name the key {quote(key)} twice, {where}"
            yield Problem((*call.path, "function", "arguments"), message, HINT)


def _named_twice(call: ToolCall) -> Iterator[Duplicate]:
    """Yield each such key once, however often it is repeated, with its first two places."""
    if call.arguments is None:
        return
    try:
        value = loads(call.arguments)
    except ValueError:
        return  # text that is not JSON is the fault there
    if keys_are_unique(call.arguments, count_keys(value)):
        return
    from jsonl_lint.reading.overlooked import duplicate_keys  # noqa: PLC0415 - for few records

    seen: set[Path] = set()
    for duplicate in duplicate_keys(call.arguments.encode()):
        if duplicate.path not in seen:
            seen.add(duplicate.path)
            yield duplicate
