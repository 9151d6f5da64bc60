"""One face for the two JSON Schema validators: jsonschema-rs, and jsonschema in its place.

Both give the same verdicts and the same faults; a property suite proves it. Nothing is ever
fetched: jsonschema-rs runs offline, jsonschema gets an empty registry.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    import jsonschema

    from jsonl_lint.finding import Path

try:
    import jsonschema_rs
except ImportError:  # no wheel for this platform: slower, with the same findings
    jsonschema_rs = None  # type: ignore[assignment]

Draft = Literal["draft7", "draft2020-12"]
FAST_ENGINE_MISSING = jsonschema_rs is None


class Fault(NamedTuple):
    """One keyword that an instance breaks: where in the instance, and in which subschema."""

    path: Path
    keyword: str
    schema: dict[str, Any]


class Validator(Protocol):
    """A compiled schema."""

    def is_valid(self, instance: object) -> bool:
        """Tell whether the instance has no fault."""
        ...

    def faults(self, instance: object) -> Iterator[Fault]:
        """Yield every fault of the instance, in no particular order."""
        ...


class _Fast:
    def __init__(self, schema: dict[str, Any], draft: Draft) -> None:
        make = {
            "draft7": jsonschema_rs.Draft7Validator,
            "draft2020-12": jsonschema_rs.Draft202012Validator,
        }[draft]
        self._schema = schema
        self._validator = make(schema, offline=True, validate_formats=False)
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
    def __init__(self, schema: object, draft: Draft) -> None:
        import jsonschema  # noqa: PLC0415 - costs 175 ms, and only this engine needs it
        from referencing import Registry  # noqa: PLC0415 - comes with jsonschema

        make = {
            "draft7": jsonschema.Draft7Validator,
            "draft2020-12": jsonschema.Draft202012Validator,
        }[draft]
        strict = jsonschema.validators.extend(make, {"pattern": _pattern})  # type: ignore[no-untyped-call] # NOTE: untyped in the stubs
        self._validator = strict(schema, registry=Registry())

    def is_valid(self, instance: object) -> bool:
        return bool(self._validator.is_valid(instance))

    def faults(self, instance: object) -> Iterator[Fault]:
        for error in self._validator.iter_errors(instance):
            schema = error.schema if isinstance(error.schema, dict) else {}
            yield Fault(tuple(error.absolute_path), str(error.validator or ""), schema)


def compile_schema(
    schema: dict[str, Any], draft: Draft = "draft2020-12", *, reference: bool = False
) -> Validator:
    """Compile a schema with the fast engine, or with jsonschema where asked for or needed.

    Raises whatever the engine raises on a schema that it cannot compile (``ValueError`` and its
    subclasses for jsonschema-rs).
    """
    if reference or FAST_ENGINE_MISSING:
        return _Reference(schema, draft)
    return _Fast(schema, draft)
