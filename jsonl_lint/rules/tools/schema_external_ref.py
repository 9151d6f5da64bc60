r"""The parameters of a tool definition refer to another document.

What it does
    Looks for references by ``$ref`` to anything but the definition itself and the metaschema of
    Draft 7, and for an ``$id`` within that changes where references lead. Nothing is ever fetched
    or opened. ``$dynamicRef`` and ``$recursiveRef`` outwards and a ``$schema`` that is not of
    json-schema.org are warnings: Draft 7 passes over the former, and the latter is not obeyed.

Why it matters
    The model sees the address and not what stands there. Calls cannot be compared with the
    definition. A validator that follows addresses lets a dataset read files and call servers.

Bad
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {"zone": {"$ref": "https://example.com/zone.json"}}}}}]}

Good
    {"messages": [{"role": "user", "content": "What time is it?"}, {"role": "assistant", "content": "It is noon."}], "tools": [{"type": "function", "function": {"name": "now", "description": "Tell the time", "parameters": {"type": "object", "properties": {"zone": {"$ref": "#/definitions/zone"}}, "definitions": {"zone": {"type": "string"}}}}}]}

Source
    JSON Schema Draft 7, section 8. mistral-common checks the form of definitions and does not
    resolve their references.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.finding import Severity
from jsonl_lint.rules.tools import unusable
from jsonl_lint.schema.reasons import EXTERNAL_REF

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.finding import Problem
    from jsonl_lint.records import Record

SEVERITY = Severity.ERROR

_HINT = "put what is referred to under definitions, and refer to it by #/definitions/..."


def check(record: Record) -> Iterator[Problem]:
    """Yield each reference that leads out of the definition."""
    return unusable(record, EXTERNAL_REF, _HINT)
