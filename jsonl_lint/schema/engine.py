"""One face for the two JSON Schema validators: jsonschema-rs, and jsonschema in its place.

Both give the same verdicts and the same faults; a property suite proves it. Nothing is ever
fetched: jsonschema-rs runs offline, jsonschema gets an empty registry.
"""

from __future__ import annotations

import re
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from jsonl_lint.schema.fault import Fault, Validator, as_fault
from jsonl_lint.schema.subschemas import without_dialects

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import jsonschema

LARGE_PATTERN_COST = 32

_SMALL_PATTERN = 1 << 14
_LARGE_PATTERN = 1 << 20
"""Bytes of a compiled pattern and of each of its caches; ``^.{1,500}$`` needs a megabyte."""


@cache
def fast_engine() -> Any:  # noqa: ANN401 - a module, or nothing
    """Load jsonschema-rs; nothing where it has no wheel: slower, with the same findings."""
    try:
        # NOTE: it aborts where a signal raises while it loads this.
        import decimal  # noqa: F401, PLC0415 - see above

        import jsonschema_rs  # noqa: PLC0415 - a quarter of a start, and plain chats need none
    except ImportError:
        return None
    return jsonschema_rs


def is_replaced() -> bool:
    """Tell whether jsonschema-rs was called for in this process, and jsonschema came."""
    return bool(fast_engine.cache_info().currsize) and fast_engine() is None


class _Fast:
    def __init__(self, make: Any, schema: dict[str, Any], patterns: Any = None) -> None:  # noqa: ANN401 - classes of jsonschema-rs
        self._schema = schema
        # NOTE: without a mask each fault carries the text of all that it is about.
        self._validator = make(
            schema, offline=True, validate_formats=False, pattern_options=patterns, mask="..."
        )
        self.is_valid = self._validator.is_valid

    def faults(self, instance: object) -> Iterator[Fault]:
        for error in self._validator.iter_errors(instance):
            *parents, keyword = error.schema_path or [""]
            if error.kind.name == "falseSchema" and keyword != "additionalProperties":
                yield Fault(tuple(error.instance_path), "", {})  # the schema ``false`` has none
                continue
            yield Fault(tuple(error.instance_path), str(keyword), self._subschema(parents))

    def _subschema(self, path: list[str | int]) -> dict[str, Any]:
        node: Any = self._schema
        for step in path:
            try:
                node = node[step]
            except (KeyError, IndexError, TypeError):
                return {}
        return node if isinstance(node, dict) else {}


_DOLLAR = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|\$", re.DOTALL)


def _pattern(
    _validator: object, pattern: str, instance: object, _schema: object
) -> Iterator[jsonschema.ValidationError]:
    r"""Match as JSON Schema means it: ``$`` is the very end, not also the place before ``\n``.

    A pattern of a dialect that ``re`` does not know is passed over.
    """
    import jsonschema  # noqa: PLC0415 - see _Reference

    if not isinstance(instance, str):
        return
    strict = _DOLLAR.sub(lambda match: r"\Z" if match[0] == "$" else match[0], pattern)
    try:
        found = re.search(strict, instance)
    except re.error:
        return
    if not found:
        message = "the pattern does not match"
        yield jsonschema.ValidationError(message)


class _Reference:
    def __init__(self, schema: object) -> None:
        import jsonschema  # noqa: PLC0415 - costs 175 ms, and only this engine needs it
        from referencing import Registry  # noqa: PLC0415 - comes with jsonschema

        make = jsonschema.Draft202012Validator
        strict = jsonschema.validators.extend(make, {"pattern": _pattern})  # type: ignore[no-untyped-call] # NOTE: untyped in the stubs
        self._validator = strict(schema, registry=Registry())

    def is_valid(self, instance: object) -> bool:
        return bool(self._validator.is_valid(instance))

    def faults(self, instance: object) -> Iterator[Fault]:
        for error in self._validator.iter_errors(instance):
            yield as_fault(error)


def compile_schema(schema: dict[str, Any], *, reference: bool = False) -> Validator:
    """Compile a schema of our own by Draft 2020-12: with jsonschema where asked for or needed.

    Raises whatever the engine raises on a schema that it cannot compile (``ValueError`` and its
    subclasses for jsonschema-rs).
    """
    if reference or not fast_engine():
        return _Reference(schema)
    return _Fast(fast_engine().Draft202012Validator, schema)


class Late:
    """A validator that is made when a record first needs it."""

    def __init__(self, make: Callable[[], Validator]) -> None:
        self._make = make

    @cached_property
    def _validator(self) -> Validator:
        return self._make()

    def is_valid(self, instance: object) -> bool:
        """Tell whether the instance has no fault."""
        return self._validator.is_valid(instance)

    def faults(self, instance: object) -> Iterator[Fault]:
        """Yield every fault of the instance, in no particular order."""
        return self._validator.faults(instance)


def compile_untrusted(
    schema: dict[str, Any], text: bytes = b"", steps: int | None = None
) -> Validator:
    """Compile a schema of a stranger by Draft 7, whatever draft its parts say they are of.

    ``text`` is what orjson writes for it. It has to be judged before: jsonschema-rs has no bounds
    but those of patterns. Of jsonschema's budget ``steps`` may be told. Raises as
    ``compile_schema`` does; the validator raises NotComparedError.
    """
    plain = without_dialects(schema) if b'"$schema":' in text else schema
    if fast_engine():
        options = _pattern_options(_LARGE_PATTERN)
        return _Fast(fast_engine().Draft7Validator, plain, options)
    from jsonl_lint.schema.budgeted import Budgeted  # noqa: PLC0415 - for this engine only

    return Budgeted(plain, steps)


def pattern_cost(pattern: str) -> int | None:
    """Weigh a pattern of a stranger, or give nothing where it is not to be run.

    jsonschema-rs runs in linear time what needs no backtracking. The cost is that of each
    character of the text, of 1 for most patterns.
    """
    if not fast_engine():
        from jsonl_lint.schema.patterns import runnable  # noqa: PLC0415 - for this engine only

        return 1 if runnable(pattern) else None
    for cost, size in ((1, _SMALL_PATTERN), (LARGE_PATTERN_COST, _LARGE_PATTERN)):
        try:
            fast_engine().Draft7Validator(
                {"pattern": pattern}, offline=True, pattern_options=_pattern_options(size)
            )
        except ValueError:
            continue
        return cost
    return None


@cache
def _pattern_options(size: int) -> Any:  # noqa: ANN401 - a class of jsonschema-rs
    return fast_engine().RegexOptions(size_limit=size, dfa_size_limit=size)
