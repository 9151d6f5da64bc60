"""What a validator says, whichever engine it is of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    import jsonschema

    from jsonl_lint.finding import Path


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


def as_fault(error: jsonschema.ValidationError) -> Fault:
    """Put a fault that jsonschema found into the words of both engines."""
    schema = error.schema if isinstance(error.schema, dict) else {}
    return Fault(tuple(error.absolute_path), str(error.validator or ""), schema)
