"""Judge the form of a stranger's schema by the metaschema, and name the place that is wrong."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from jsonl_lint.pointer import to_pointer
from jsonl_lint.schema.engine import compile_untrusted
from jsonl_lint.schema.reasons import Reason
from jsonl_lint.schema.references import METASCHEMA, References

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.finding import Path
    from jsonl_lint.schema.fault import Fault, Validator

METASCHEMA_OF_TOOLS = {"$ref": f"{METASCHEMA}#"}
"""mistral-common judges parameters by Draft 7 (``Draft7Validator.check_schema``)."""

_JUDGING_STEPS = 400_000
"""Budget for the metaschema; of a schema, a subschema takes about 50."""


def form(references: References) -> Iterator[Reason]:
    """Judge schemas by the metaschema, also what stands where Draft 7 expects none."""
    roots = [node for path, node in references.nodes.items()
             if path in references.starts or path[-2:-1] == ("$defs",)]  # fmt: skip
    found = [place for path, schema in roots if not metaschema().is_valid(schema)
             for place in _misformed(path, schema)]  # fmt: skip
    for _, (path, value) in sorted(
        {to_pointer(path): (path, value) for path, value in found}.items()
    ):
        yield Reason(path, _form_words(path, value))


def _misformed(above: Path, schema: object) -> Iterator[tuple[Path, object]]:
    for fault in metaschema().faults(schema):
        if fault.keyword == "format":  # an assertion to one engine only; judged below, for both
            continue
        steps, value = retrace(fault.path, schema)
        path = (*above, *steps)
        inner = [found for step, part in _alternatives(fault, value)
                 for found in _misformed((*path, *step), part)]  # fmt: skip
        yield from inner or [(path, value)]


def _alternatives(fault: Fault, value: object) -> list[tuple[Path, object]]:
    """List the schemas that have to be judged again to find what is wrong in them.

    ``items`` and ``dependencies`` hold a schema or something else; the metaschema says so by anyOf,
    whose fault names no more than the whole.
    """
    if fault.keyword != "anyOf" or fault.path[-1:] == ("type",):
        return []
    if isinstance(value, list):
        return [((index,), part) for index, part in enumerate(value) if isinstance(part, dict)]
    return [((), value)] if isinstance(value, dict) else []


def retrace(path: Path, value: Any) -> tuple[Path, Any]:  # noqa: ANN401 - any JSON
    """Follow an engine's path to its value, as far as it can be followed.

    NOTE: jsonschema-rs gives a key of digits as a number: "1", "01" and "+1" all as 1.
    """
    steps: list[str | int] = []
    for step in path:
        if isinstance(value, dict) and step not in value:
            digits = str(step)
            matching = [key for key in value if key.lstrip("+0") == digits.lstrip("0")]
            if not matching:
                break
            steps.append(digits if digits in value else matching[0])
        else:
            steps.append(step)
        value = value[steps[-1]]
    return tuple(steps), value


def _form_words(path: Path, value: object) -> str:
    if path[-1:] == ("type",) and isinstance(value, str):
        return "the type is not one of JSON Schema"
    if path[-1:] == ("required",):
        return '"required" is not a list of names'
    return "it breaks the rules of JSON Schema (Draft 7)"


@lru_cache(maxsize=1)
def metaschema() -> Validator:
    """Give the validator of schemas."""
    return compile_untrusted(METASCHEMA_OF_TOOLS, steps=_JUDGING_STEPS)
