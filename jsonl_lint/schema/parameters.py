"""The JSON Schemas that datasets bring along: the ``parameters`` of their tool definitions.

They are untrusted and recur: each distinct one is judged once, compiled when a call first needs
it, and kept in a bounded cache.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from jsonl_lint.pointer import to_pointer
from jsonl_lint.schema.engine import Validator, compile_schema
from jsonl_lint.schema.flat import fits_plainly
from jsonl_lint.schema.soundness import Soundness, depth, judge, judge_unwritten, retrace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jsonl_lint.finding import Path

CACHED = 1024
"""Distinct parameter schemas kept; tool sets of real datasets recur within a few hundred."""

CACHED_BYTES = 1 << 13
"""Larger schemas are judged each time, so that the cache stays small."""

UNCOMPILED_CALLS = 8
"""Calls after which compiling has paid for itself; a definition that occurs once has fewer."""

MAX_STEPS = 10_000
"""Ways to the faults of one value that may be listed; the engines list each, not each fault."""

ASSERTIONS = frozenset({
    "additionalItems", "additionalProperties", "anyOf", "const", "contains", "dependencies", "enum",
    "exclusiveMaximum", "exclusiveMinimum", "maxItems", "maxLength", "maxProperties", "maximum",
    "minItems", "minLength", "minProperties", "minimum", "multipleOf", "not", "oneOf", "pattern",
    "required", "type", "uniqueItems",
})  # fmt: skip
"""Keywords of Draft 7 that a value can break."""


class Undeclared(NamedTuple):
    """A required name that the properties beside it lack; ``known`` are those they have."""

    path: Path
    name: str
    known: list[str]


class Mismatch(NamedTuple):
    """The keyword that a value breaks, of which subschema, and where in the value.

    The keyword is empty where it cannot be named.
    """

    path: Path
    keyword: str
    schema: dict[str, Any]
    value: object


class Parameters:
    """One distinct parameter schema: its faults, and its validator once a call needs it."""

    __slots__ = (
        "_branches",
        "_compiled",
        "_schema",
        "_tried",
        "_uncompiled_calls",
        "is_clean",
        "reasons",
        "undeclared",
    )

    def __init__(
        self, schema: dict[str, Any], soundness: Soundness, undeclared: Iterable[Undeclared] = ()
    ) -> None:
        self._schema = schema
        self._branches = soundness.branches
        self._compiled: Validator | None = None
        self._tried = bool(soundness.reasons)
        self._uncompiled_calls = UNCOMPILED_CALLS
        self.reasons = soundness.reasons
        self.undeclared = list(undeclared)
        self.is_clean = not (self.reasons or self.undeclared or not_object_type(schema))
        """Whether no rule about the schema itself has anything to say."""

    def fits(self, value: object) -> bool:
        """Tell whether a value has no mismatch, or cannot be compared."""
        if self._uncompiled_calls and not self.reasons:
            self._uncompiled_calls -= 1
            if fits_plainly(self._schema, value):
                return True
        validator = self._compiled or self._validator()
        return validator is None or _is_valid(validator, value)

    def mismatch(self, value: object) -> Mismatch | None:
        """Give the first of a value's mismatches, by pointer and keyword."""
        validator = self._validator()
        if validator is None or _is_valid(validator, value):
            return None
        if self._branches ** depth(value) > MAX_STEPS:
            return Mismatch((), "", {}, value)
        faults = [fault for fault in validator.faults(value) if fault.keyword != "format"]
        if not faults:
            return None
        first = min(faults, key=lambda fault: (to_pointer(fault.path), fault.keyword))
        path, inner = retrace(first.path, value)
        keyword = first.keyword if first.keyword in ASSERTIONS else ""
        return Mismatch(path, keyword, first.schema, inner)

    def _validator(self) -> Validator | None:
        """Give the compiled schema, or nothing where it is faulty or the engine refuses it."""
        if not self._tried:
            self._tried = True
            try:
                self._compiled = compile_schema(self._schema, "draft7")
            except Exception:  # noqa: BLE001 - engines raise many things; none is a fault of calls
                self._compiled = None
        return self._compiled


def _is_valid(validator: Validator, value: object) -> bool:
    try:
        return validator.is_valid(value)
    except Exception:  # noqa: BLE001 - whatever an engine raises on a value is no mismatch
        return True


def not_object_type(schema: dict[str, Any]) -> bool:
    """Tell whether parameters describe something else than an object; ``{}`` takes anything."""
    return bool(schema) and schema.get("type") != "object"


_cache: dict[bytes, Parameters] = {}


def parameters(schema: dict[str, Any]) -> Parameters:
    """Judge a parameter schema, or recall the judgement of an equal one."""
    try:
        key = orjson.dumps(schema)
    except orjson.JSONEncodeError:
        return Parameters({}, judge_unwritten(schema))
    found = _cache.get(key)
    if found is None:
        soundness = judge(schema, key)
        known = soundness.reasons or _declares_what_it_requires(schema, key)
        found = Parameters(schema, soundness, () if known else _undeclared(schema))
        if len(key) > CACHED_BYTES:
            return found
        if len(_cache) >= CACHED:
            _cache.clear()
        _cache[key] = found
    return found


_OPEN = frozenset({"$ref", "allOf", "anyOf", "oneOf", "if", "patternProperties"})
"""Keywords by which members can be described elsewhere than under ``properties``."""


_DECLARING = frozenset({"required", "properties", "items", "additionalProperties"})


def _declares_what_it_requires(schema: dict[str, Any], text: bytes) -> bool:
    """Prove it for a schema that requires names at its root only, as nearly all do."""
    if text.count(b'"required":') != ("required" in schema):
        return False
    declared: dict[str, Any] = schema.get("properties", {})
    return declared.keys() >= {*schema.get("required", ())}


def _undeclared(schema: dict[str, Any]) -> Iterator[Undeclared]:
    pending: list[tuple[Path, Any]] = [((), schema)]
    while pending:
        path, node = pending.pop()
        if isinstance(node, list):
            pending += [
                ((*path, index), child) for index, child in enumerate(node) if _declares(child)
            ]
            continue
        properties = node.get("properties", {})
        if "required" in node and _OPEN.isdisjoint(node) and not _takes_more(node):
            for index, name in enumerate(node["required"]):
                if name not in properties:
                    yield Undeclared((*path, "required", index), name, list(properties))
        for name, child in properties.items():
            if _declares(child):
                pending.append(((*path, "properties", name), child))
        for key in ("items", "additionalProperties"):
            child = node.get(key)
            if isinstance(child, list) or _declares(child):
                pending.append(((*path, key), child))


def _declares(node: object) -> bool:
    return isinstance(node, dict) and not _DECLARING.isdisjoint(node)


def _takes_more(node: dict[str, Any]) -> bool:
    return isinstance(node.get("additionalProperties"), dict)
