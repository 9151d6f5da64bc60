"""Words for schema faults, made from keyword, subschema and instance: the same for both engines."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from jsonl_lint.words import count, listing, quote, scalar, type_name

if TYPE_CHECKING:
    from collections.abc import Callable

SHOWN_KEYS = frozenset({"role", "type", "id", "tool_call_id", "name", "weight"})
"""Members whose values are structure and may stand in a message; no other value ever does."""

_WEIGHT = re.compile(r"[0-9.+-]{1,8}|true|false", re.IGNORECASE)
"""Texts that were meant as a weight; any other text in its place is content."""

_SCHEMA_TYPE_NAMES = {
    "object": "an object",
    "array": "an array",
    "string": "a string",
    "number": "a number",
    "integer": "an integer",
    "boolean": "a boolean",
    "null": "null",
}


def describe(keyword: str, schema: dict[str, Any], key: object, value: object) -> str:
    """Say in one sentence how a value breaks a keyword of a subschema."""
    words = _WORDS.get(keyword)
    if words is None:
        return f"{type_name(value)} that breaks {quote(keyword)} of its schema"
    return words(schema.get(keyword), key, value)


def fill(template: str, key: object, value: object) -> str:
    """Put the value and its length into the words that a schema gives."""
    if "{" not in template:
        return template
    length = count(len(value), "character") if isinstance(value, str) else ""
    # NOTE: the value goes in last: it may itself read "{length}".
    return template.replace("{length}", length).replace("{value}", _shown(key, value))


def _shown(key: object, value: object) -> str:
    if key == "weight" and isinstance(value, str) and not _WEIGHT.fullmatch(value):
        return type_name(value)
    return scalar(value) if key in SHOWN_KEYS else type_name(value)


def _type(expected: Any, key: object, value: object) -> str:  # noqa: ANN401 - any JSON
    names = [expected] if isinstance(expected, str) else expected
    wanted = " or ".join(_SCHEMA_TYPE_NAMES.get(name, str(name)) for name in names)
    subject = f"{quote(key)} is" if isinstance(key, str) and key else "this is"
    return f"{subject} {type_name(value)}; expected {wanted}"


def _enum(expected: Any, key: object, value: object) -> str:  # noqa: ANN401 - any JSON
    return f"{_shown(key, value)} is not one of {listing(expected)}"


def _const(expected: Any, key: object, value: object) -> str:  # noqa: ANN401 - any JSON
    return f"expected {scalar(expected)}, found {_shown(key, value)}"


def _any_of(branches: Any, _key: object, value: object) -> str:  # noqa: ANN401 - any JSON
    keys = [name for branch in branches if isinstance(branch, dict)
            for name in branch.get("required", ())]  # fmt: skip
    if not keys or not isinstance(value, dict):
        return f"{type_name(value)} that matches none of the allowed forms"
    found = f"found {listing(islice(value, 5), 'and')}" if value else "the object is empty"
    return f"the object has none of the keys {listing(keys)}; {found}"


def _not(schema: Any, _key: object, value: object) -> str:  # noqa: ANN401 - any JSON
    keys = schema.get("required") if isinstance(schema, dict) else None
    if keys:
        return f"the keys {listing(keys, 'and')} exclude each other"
    return f"{type_name(value)} that is not allowed here"


_WORDS: dict[str, Callable[[Any, object, object], str]] = {
    "type": _type,
    "enum": _enum,
    "const": _const,
    "anyOf": _any_of,
    "not": _not,
}
