"""The plain parameter schemas that most tools have: judged and compared at little cost.

Compiling a schema costs as much as decoding the record around it, which is too much for a
definition that occurs once.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from jsonl_lint.schema.engine import compile_schema
from jsonl_lint.schema.parameters import Parameters, parameters
from jsonl_lint.schema.soundness import MAX_TEXT

if TYPE_CHECKING:
    from collections.abc import Callable

UNCOMPILED_CALLS = 8
"""Calls after which compiling has paid for itself; a definition that occurs once has fewer."""

MAX_COMPILED_BYTES = 1 << 11
"""Longer definitions are never compiled: of many, each might be compiled anew for each call."""

_NESTED = 3
"""Levels of members that are plain: those of the arguments, and two more inside."""
_TEXT = {"type": "string"}
_NAMES = {"type": "array", "items": _TEXT, "uniqueItems": True}
_EXACT = {"type": "number", "minimum": -(2**53), "maximum": 2**53}
_OBJECT = {
    "type": {"const": "object"},
    "title": _TEXT,
    "description": _TEXT,
    "additionalProperties": {"type": "boolean"},
}
_MEMBER = {
    "type": {"enum": ["string", "integer", "number", "boolean", "null", "array"]},
    "title": _TEXT,
    "description": _TEXT,
    "default": {"type": ["string", "boolean", "null"]},
    "enum": _NAMES | {"minItems": 1},
    "minimum": _EXACT,
    "maximum": _EXACT,
}


def _plain_object(levels: int, more: dict[str, Any]) -> dict[str, Any]:
    """Describe schemas of objects; ``more`` keywords are known besides those of each."""
    members = {"type": "object", "additionalProperties": levels > 0 and _plain_member(levels)}
    known = _OBJECT | more | {"properties": members}
    return {"required": ["type"], "properties": known, "additionalProperties": False}


def _plain_member(levels: int) -> dict[str, Any]:
    known = _MEMBER | {"items": _plain_member(levels - 1) if levels > 1 else False}
    return {
        "type": "object",
        "required": ["type"],
        "if": {"properties": {"type": {"const": "object"}}},
        "then": _plain_object(levels - 1, {}),
        "else": {"properties": known, "additionalProperties": False},
    }


_PYTHON_TYPES: dict[str, frozenset[type]] = {
    "string": frozenset({str}),
    "integer": frozenset({int}),
    "number": frozenset({int, float}),
    "boolean": frozenset({bool}),
    "array": frozenset({list}),
    "object": frozenset({dict}),
    "null": frozenset({type(None)}),
}


class Plain:
    """Parameters of the plain form, which are clean; the first calls need no validator."""

    __slots__ = ("_calls", "_is_long", "_parameters", "_schema")

    def __init__(self, schema: dict[str, Any], size: int) -> None:
        """Take a schema of which ``is_plain``, and the bytes of its text."""
        self._schema = schema
        self._is_long = size > MAX_COMPILED_BYTES
        self._calls = UNCOMPILED_CALLS
        self._parameters: Parameters | None = None

    def fits(self, value: object) -> bool:
        """Tell whether a value has no mismatch, as ``Parameters.fits`` does."""
        if self._calls or self._is_long:
            self._calls -= not self._is_long
            if type(value) is dict and _fits_object(self._schema, value):
                return True
        if self._parameters is None:
            self._parameters = parameters(self._schema)
        return self._parameters.fits(value)


def is_plain(schema: dict[str, Any], text: bytes) -> bool:
    """Prove that no rule has anything to say of a schema; ``text``, compact JSON, has it in it."""
    return (
        len(text) <= MAX_TEXT
        and _judge()(schema)
        and (
            "required" not in schema or schema.get("properties", {}).keys() >= {*schema["required"]}
        )
    )


@lru_cache(maxsize=1)
def _judge() -> Callable[[object], bool]:
    """Give what takes only a sound schema that ``_fits_object`` knows all about.

    Names are required at its root only; it has no integer that a decoder rounds.
    """
    return compile_schema(_plain_object(_NESTED, {"required": _NAMES})).is_valid


def _fits_object(schema: dict[str, Any], value: dict[str, Any]) -> bool:
    members = schema.get("properties", {})
    for name in schema.get("required", ()):
        if name not in value:
            return False
    for name, item in value.items():
        if name not in members or not _fits_member(members[name], item):
            return False
    return True


def _fits_member(schema: dict[str, Any], item: Any) -> bool:  # noqa: ANN401 - any JSON
    kind = type(item)
    if kind not in _PYTHON_TYPES[schema["type"]]:
        return False
    if kind is dict:
        return _fits_object(schema, item)
    if "enum" in schema and item not in schema["enum"]:
        return False
    if kind is list:
        return "items" not in schema or all(_fits_member(schema["items"], one) for one in item)
    if kind is int or kind is float:
        return bool(schema.get("minimum", item) <= item <= schema.get("maximum", item))
    return True
