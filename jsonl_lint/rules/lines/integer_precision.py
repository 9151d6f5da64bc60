r"""An integer does not fit into 64 bits.

What it does
    Looks for integers below -9,223,372,036,854,775,808 or above 18,446,744,073,709,551,615 in each
    record, and in the JSON text inside the ``arguments`` of each tool call. Numbers that are written
    with a fraction or an exponent are floats, and no finding.

Why it matters
    Many readers make the nearest double of such an integer and say nothing, which changes all but
    its first 16 digits; others refuse the line. What is that long is an id, which is a string.

Bad
    {"messages": [{"role": "user", "content": "Who is it?"}, {"role": "assistant", "tool_calls": [{"id": "Kd7pR2wQi", "type": "function", "function": {"name": "look_up", "arguments": "{\"id\": 20000000000000000001}"}}]}], "tools": [{"type": "function", "function": {"name": "look_up", "description": "Look a person up", "parameters": {"type": "object", "properties": {"id": {"type": "integer"}}, "required": ["id"]}}}]}

Good
    {"messages": [{"role": "user", "content": "Who is it?"}, {"role": "assistant", "tool_calls": [{"id": "Kd7pR2wQi", "type": "function", "function": {"name": "look_up", "arguments": "{\"id\": \"20000000000000000001\"}"}}]}], "tools": [{"type": "function", "function": {"name": "look_up", "description": "Look a person up", "parameters": {"type": "object", "properties": {"id": {"type": "string"}}, "required": ["id"]}}}]}

Source
    RFC 8259, section 6: readers agree on integers between -(2^53)+1 and (2^53)-1. orjson, which
    loaders of datasets use, keeps those of 64 bits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.finding import Problem, Severity
from jsonl_lint.pointer import shown_pointer
from jsonl_lint.reading.decode import loads
from jsonl_lint.words import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.records import Record

SEVERITY = Severity.WARNING

HINT = "write it as a string: many readers round it"


def check(record: Record) -> Iterator[Problem]:
    """Yield the calls with such integers in ``arguments``; those of the line are in its bytes."""
    from jsonl_lint.reading.overlooked import rounded_integers  # noqa: PLC0415 - for few records

    for call in record.tool_calls:
        try:
            loads(call.arguments or "")
        except ValueError:
            continue  # text that is not JSON is the fault there
        found = rounded_integers((call.arguments or "").encode())
        first = next(found, None)
        if first:
            where = f"in the arguments of {quote(call.name or '')}"
            place = shown_pointer(first.path)
            message = f"the integer at {place} {where} does not fit into 64 bits"
            if others := sum(1 for _ in found):
                message = (
                    f"{others + 1:,} integers {where} do not fit into 64 bits, first at {place}"
                )
            yield Problem((*call.path, "function", "arguments"), message, HINT)
