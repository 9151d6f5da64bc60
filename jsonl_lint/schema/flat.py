"""Prove without a validator that arguments fit the plain parameter schemas that most tools have.

Compiling a schema costs as much as decoding the record around it, which is too much for a
definition that occurs once.
"""

from __future__ import annotations

from typing import Any

_OBJECT_KEYWORDS = frozenset({
    "type", "properties", "required", "additionalProperties", "description", "title", "$schema",
})  # fmt: skip
_MEMBER_KEYWORDS = frozenset({
    "type", "description", "title", "default", "examples", "enum", "minimum", "maximum", "items",
})  # fmt: skip
_PYTHON_TYPES: dict[str, frozenset[type]] = {
    "string": frozenset({str}),
    "integer": frozenset({int}),
    "number": frozenset({int, float}),
    "boolean": frozenset({bool}),
    "array": frozenset({list}),
    "object": frozenset({dict}),
    "null": frozenset({type(None)}),
}


def fits_plainly(schema: dict[str, Any], value: object) -> bool:
    """Prove that a value fits a sound schema; False proves nothing."""
    if type(value) is not dict or schema.get("type") != "object":
        return False
    if not schema.keys() <= _OBJECT_KEYWORDS:
        return False
    members = schema.get("properties", {})
    return all([name in value for name in schema.get("required", ())]) and all(  # noqa: C419 - a list is faster
        [_fits_member(members.get(name), item) for name, item in value.items()]  # noqa: C419
    )


def _fits_member(schema: Any, item: Any) -> bool:  # noqa: ANN401 - both are any JSON
    if type(schema) is not dict or not schema.keys() <= _MEMBER_KEYWORDS:
        return False
    name = schema.get("type")
    if type(name) is not str or type(item) not in _PYTHON_TYPES[name]:
        return False
    if "enum" in schema and not (name == "string" and item in schema["enum"]):
        return False
    if "minimum" in schema or "maximum" in schema:
        is_number = name in {"integer", "number"}
        return is_number and schema.get("minimum", item) <= item <= schema.get("maximum", item)
    if "items" in schema:
        return name == "array" and all(_fits_member(schema["items"], each) for each in item)
    return True
