"""Draft 7 by jsonschema with a budget of steps, for schemas and values of strangers.

Steps are counted, not timed, so that the same comparison ends in the same place everywhere.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from contextvars import ContextVar
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import orjson

from jsonl_lint.schema.fault import as_fault
from jsonl_lint.schema.patterns import MAX_MOVES, MAX_TEXT, runnable
from jsonl_lint.schema.reasons import PATTERN_NOT_CHECKED, NotComparedError
from jsonl_lint.words import count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jsonl_lint.schema.fault import Fault

    Keyword = Callable[[Any, Any, Any, Any], Any]

MAX_STEPS = 10_000
"""Keywords that are looked at in one comparison, each weighed by what it goes through."""

MAX_READ = 100_000_000
"""Characters of the value times steps: jsonschema writes the value into the text of each error."""

_ITEMS_A_STEP = 50
_CHARACTERS_A_STEP = 64
_MOVES_A_STEP = 1000

_steps_left: ContextVar[int] = ContextVar("_steps_left")
_runnable = lru_cache(maxsize=256)(runnable)


class Budgeted:
    """A compiled schema; raises NotComparedError where a value takes too many steps."""

    def __init__(self, schema: dict[str, Any], steps: int | None = None) -> None:
        from referencing import Registry  # noqa: PLC0415 - comes with jsonschema

        self._validator = _validator_class()(schema, registry=Registry())
        self._steps = steps

    def is_valid(self, value: object) -> bool:
        """Tell whether the value has no fault."""
        with _budget(value, self._steps):
            return bool(self._validator.is_valid(value))

    def faults(self, value: object) -> Iterator[Fault]:
        """Yield every fault of the value."""
        with _budget(value, self._steps):
            errors = list(self._validator.iter_errors(value))
        yield from map(as_fault, errors)


@contextmanager
def _budget(value: object, steps: int | None) -> Iterator[None]:
    token = _steps_left.set(steps or _steps_for(value))
    try:
        yield
    except RecursionError as error:
        message = "that nests too deep for jsonschema"
        raise NotComparedError(message) from error
    finally:
        _steps_left.reset(token)


def _steps_for(value: object) -> int:
    try:
        return min(MAX_STEPS, MAX_READ // len(orjson.dumps(value)))
    except (TypeError, ValueError):  # it nests deeper than orjson writes
        return 0


def spend(steps: int) -> None:
    """Count steps; raises NotComparedError where too few are left."""
    left = _steps_left.get() - steps
    if left < 0:
        message = f"that takes more than {MAX_STEPS:,} steps"
        raise NotComparedError(message)
    _steps_left.set(left)


@lru_cache(maxsize=1)
def _validator_class() -> Any:  # noqa: ANN401 - jsonschema makes its classes at run time
    import jsonschema  # noqa: PLC0415 - costs 175 ms, and only this engine needs it

    keywords = dict(jsonschema.Draft7Validator.VALIDATORS)
    keywords.update({name: _compared(keywords[name]) for name in ("const", "enum")})
    keywords |= {
        "additionalItems": _beside_list(keywords["additionalItems"]),
        "pattern": _pattern,
        "patternProperties": _pattern_properties,
        "additionalProperties": _additional_properties,
        "multipleOf": _multiple_of,
        "uniqueItems": _unique_items,
    }
    counted = {name: _counted(keyword) for name, keyword in keywords.items()}
    return jsonschema.validators.extend(jsonschema.Draft7Validator, counted)  # type: ignore[no-untyped-call] # NOTE: untyped in the stubs


def _counted(keyword: Keyword) -> Keyword:
    def judge(validator: object, expected: object, value: object, schema: object) -> object:
        spend(1 + (_length(value) + _length(expected)) // _ITEMS_A_STEP)
        return keyword(validator, expected, value, schema)

    return judge


def _length(value: object) -> int:
    return len(value) if isinstance(value, dict | list) else 0


def _compared(keyword: Keyword) -> Keyword:
    """Weigh a keyword by all that it compares a value with."""

    def judge(validator: object, expected: object, value: object, schema: object) -> object:
        spend(len(orjson.dumps(expected)) // _CHARACTERS_A_STEP)
        return keyword(validator, expected, value, schema)

    return judge


def _beside_list(keyword: Keyword) -> Keyword:
    """Judge by ``additionalItems`` only beside a list: jsonschema trips over ``items: false``."""

    def judge(validator: object, expected: object, value: object, schema: Any) -> object:  # noqa: ANN401 - jsonschema's signature
        return (
            keyword(validator, expected, value, schema)
            if isinstance(schema.get("items"), list)
            else None
        )

    return judge


def _pattern(_validator: object, pattern: str, value: object, _schema: object) -> Iterator[Any]:
    if isinstance(value, str) and not _found(pattern, value):
        yield _error()


def _found(pattern: str, text: str) -> bool:
    known = _runnable(pattern)
    moves = known.moves(len(text)) if known else 0
    if known is None or len(text) > MAX_TEXT or moves > MAX_MOVES:
        message = f"its pattern is not run on a text of {count(len(text), 'character')}"
        raise NotComparedError(message, PATTERN_NOT_CHECKED)
    spend(moves // _MOVES_A_STEP)
    return bool(re.search(known.expression, text))


def _pattern_properties(validator: Any, named: Any, value: Any, _schema: Any) -> Iterator[Any]:  # noqa: ANN401 - jsonschema's signature, any JSON
    if not isinstance(value, dict):
        return
    for pattern, subschema in named.items():
        for key, item in value.items():
            spend(1)
            if _found(pattern, key):
                yield from validator.descend(item, subschema, path=key, schema_path=pattern)


def _additional_properties(validator: Any, expected: Any, value: Any, schema: Any) -> Iterator[Any]:  # noqa: ANN401 - as above
    if not isinstance(value, dict):
        return
    named, patterns = schema.get("properties", {}), schema.get("patternProperties", ())
    unnamed = [key for key in value if key not in named]
    others = [key for key in unnamed if not any(_found(pattern, key) for pattern in patterns)]
    if expected is False and others:
        yield _error()
    elif isinstance(expected, dict):
        for key in others:
            yield from validator.descend(value[key], expected, path=key)


def _multiple_of(_validator: object, step: float, value: object, _: object) -> Iterator[Any]:
    """Divide as decimals, as they are written and as jsonschema-rs does: 4.35 is 435 times 0.01."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        spend(1)
        if (Fraction(repr(value)) / Fraction(repr(step))).denominator != 1:
            yield _error()


def _unique_items(_validator: object, expected: object, value: object, _: object) -> Iterator[Any]:
    """Compare by hash: jsonschema compares objects each with each."""
    if not expected or not isinstance(value, list):
        return
    spend(len(orjson.dumps(value)) // _CHARACTERS_A_STEP)
    if len({_hashable(item) for item in value}) < len(value):
        yield _error()


def _hashable(value: object) -> object:
    if isinstance(value, bool):
        return ("boolean", value)
    if isinstance(value, list):
        return ("array", *map(_hashable, value))
    if isinstance(value, dict):
        return frozenset((key, _hashable(item)) for key, item in value.items())
    return value


def _error() -> Exception:
    """Make an error without words: nobody reads them, and they would hold the value."""
    import jsonschema  # noqa: PLC0415 - see _validator_class

    error: Exception = jsonschema.ValidationError("")
    return error
