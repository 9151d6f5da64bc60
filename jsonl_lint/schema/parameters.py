"""The JSON Schemas that datasets bring along: the ``parameters`` of their tool definitions.

They are untrusted and recur: each distinct one is judged once, compiled when a call first needs
it, and kept in a bounded cache.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from jsonl_lint.pointer import to_pointer
from jsonl_lint.schema.cache import Cache, held, keep
from jsonl_lint.schema.declared import Undeclared, declares_what_it_requires, undeclared
from jsonl_lint.schema.engine import compile_untrusted
from jsonl_lint.schema.form import retrace
from jsonl_lint.schema.listing import MAX_LISTED, is_listable, most_names, parts
from jsonl_lint.schema.reasons import NotComparedError
from jsonl_lint.schema.soundness import (
    Soundness,
    cost_of,
    costs_up_to,
    judge,
    judge_unwritten,
)
from jsonl_lint.schema.unique import MAX_APART, demands_unique, is_much_to_tell_apart

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from jsonl_lint.finding import Path
    from jsonl_lint.schema.fault import Validator

_COMPILED_TO_HELD = 6
_PATTERN_BYTES = 48 << 10
"""What was measured of jsonschema-rs 0.60 at most, for each that ``held`` and patterns cost."""

MAX_WORK = 5_000_000
"""Work of one comparison, by ``Soundness.costs`` for each part of the value; a second at most."""

ASSERTIONS = frozenset({
    "additionalItems", "additionalProperties", "anyOf", "const", "contains", "dependencies", "enum",
    "exclusiveMaximum", "exclusiveMinimum", "maxItems", "maxLength", "maxProperties", "maximum",
    "minItems", "minLength", "minProperties", "minimum", "multipleOf", "not", "oneOf", "pattern",
    "required", "type", "uniqueItems",
})  # fmt: skip
"""Keywords of Draft 7 that a value can break."""


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
        "_compiled",
        "_costs",
        "_declares",
        "_finer",
        "_names",
        "_patterns",
        "_quick_is_valid",
        "_schema",
        "_tells_apart",
        "_text",
        "is_comparable",
        "reasons",
    )

    def __init__(
        self,
        schema: dict[str, Any],
        text: bytes,
        soundness: Soundness,
        *,
        declares: bool = True,
    ) -> None:
        """Take a schema, what orjson writes for it, and its judgement.

        ``declares`` says that it is known to describe all that it requires, or not to be sound.
        """
        self._schema = schema
        self._text = text
        self._costs = soundness.costs
        self._finer = list(soundness.finer)
        self._declares = declares
        self._patterns = soundness.patterns
        self._names: int | None = None
        self._tells_apart = demands_unique(text)
        self._compiled: Validator | None = None
        self._quick_is_valid: Callable[[object], bool] | None = None
        self.reasons = soundness.reasons
        self.is_comparable = all(reason.minor for reason in self.reasons)

    @property
    def is_clean(self) -> bool:
        """Whether no rule about the schema itself has anything to say."""
        return not (self.reasons or any(self.undeclared()) or not_object_type(self._schema))

    def undeclared(self) -> Iterator[Undeclared]:
        """Yield the required names that are not described: a record may have a million."""
        return iter(()) if self._declares else undeclared(self._schema)

    def fits(self, value: object) -> bool:
        """Tell whether a value has no mismatch, as far as the schema can be used at all.

        A value is not proven to fit where comparing takes too much.
        """
        try:
            if self._quick_is_valid:
                return self._quick_is_valid(value)
            return not self.is_comparable or self._is_valid(value)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - engines raise many things; ``not_compared`` tells
            return False

    def mismatch(self, value: object) -> Mismatch | None:
        """Give the first of a value's mismatches, by pointer and keyword."""
        try:
            return self._first_fault(value) if self.is_comparable else None
        except NotComparedError:
            return None

    def not_compared(self, value: object) -> NotComparedError | None:
        """Say why a value cannot be compared with a schema that is otherwise usable."""
        try:
            if self.is_comparable:
                self._is_valid(value)
        except NotComparedError as error:
            return error
        return None

    def _is_valid(self, value: object) -> bool:
        if not self._allow(lambda costs: self._work(value, costs) <= MAX_WORK):
            message = f"that takes more than {MAX_WORK:,} steps"
            raise NotComparedError(message)
        if self._tells_apart and not self._allow(
            lambda costs: not is_much_to_tell_apart(value, costs)
        ):
            message = f"telling its items apart takes more than {MAX_APART:,} steps"
            raise NotComparedError(message)
        try:
            return (self._compiled or self._compile()).is_valid(value)
        except (NotComparedError, MemoryError):
            raise
        except Exception as error:
            message = "the validator fails"
            raise NotComparedError(message) from error

    def _allow(self, is_little: Callable[[Sequence[int]], bool]) -> bool:
        """Ask whether the costs are little; where they are not, they are found more finely."""
        while not is_little(self._costs):
            if not self._finer:
                return False
            levels, *self._finer = self._finer
            self._costs = costs_up_to(self._schema, levels)
        return True

    def _work(self, value: object, costs: Sequence[int]) -> int:
        """Bound the work of a comparison; patterns read every character, all else every part."""
        if not costs:
            return 0
        try:
            text = orjson.dumps(value)
        except (TypeError, ValueError):  # it nests deeper than orjson writes
            return MAX_WORK + 1
        if len(text) * costs[-1] <= MAX_LISTED:
            return len(text) * costs[-1]
        size = len(text) if self._patterns else parts(text)
        return size * cost_of(value, costs)

    def _first_fault(self, value: object) -> Mismatch | None:
        if self._is_valid(value):
            return None
        if self._names is None:
            self._names = most_names(self._schema, self._text)
        names = self._names
        if not self._allow(lambda costs: is_listable(value, costs, names)):
            return Mismatch((), "", {}, value)
        try:
            found = list((self._compiled or self._compile()).faults(value))
        except NotComparedError:  # there is a fault, but listing all takes too much
            return Mismatch((), "", {}, value)
        faults = [fault for fault in found if fault.keyword != "format"]
        if not faults:
            return None
        first = min(faults, key=lambda fault: (to_pointer(fault.path), fault.keyword))
        path, inner = retrace(first.path, value)
        keyword = first.keyword if first.keyword in ASSERTIONS else ""
        return Mismatch(path, keyword, first.schema, inner)

    def _compile(self) -> Validator:
        compiled = self._compiled = compile_untrusted(self._schema, self._text)
        if not (self._costs or self._tells_apart):
            self._quick_is_valid = compiled.is_valid
        keep(self, held(self._text) * _COMPILED_TO_HELD + self._patterns * _PATTERN_BYTES)
        return compiled

    def release(self) -> None:
        """Let go of the compiled schema; the next comparison makes it again."""
        self._compiled = None
        self._quick_is_valid = None


def not_object_type(schema: dict[str, Any]) -> bool:
    """Tell whether parameters describe something else than an object; ``{}`` takes anything."""
    return bool(schema) and schema.get("type") != "object"


_cache: Cache[Parameters] = Cache()


def parameters(schema: dict[str, Any]) -> Parameters:
    """Judge a parameter schema, or recall the judgement of an equal one."""
    try:
        key = orjson.dumps(schema)
    except orjson.JSONEncodeError:
        return Parameters({}, b"", judge_unwritten(schema))
    found = _cache.get(key)
    if found is None:
        soundness = judge(schema, key)
        known = any(not reason.minor for reason in soundness.reasons) or declares_what_it_requires(
            schema, key
        )
        found = Parameters(schema, key, soundness, declares=known)
        _cache.keep(key, found)
    return found
