"""Walk a JSON Schema of Draft 7: which of its parts are schemas.

Data inside a schema (``enum``, ``const``, ``default``, ``examples``, unknown keys) is not walked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.finding import Path

Schema = dict[str, Any]

IN_PLACE = frozenset({"allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependencies"})
"""Keywords whose subschemas judge the same value as the schema around them."""

_ONE_OR_LIST = IN_PLACE - {"dependencies"} | {
    "additionalItems", "additionalProperties", "contains", "items", "propertyNames",
}  # fmt: skip
_NAMED = ("properties", "patternProperties", "dependencies", "definitions", "$defs")
_WITH_SCHEMAS = _ONE_OR_LIST.union(_NAMED)


class Node(NamedTuple):
    """A schema that is an object, and where in the whole it stands."""

    path: Path
    schema: Schema


def walk(schema: Schema, path: Path = ()) -> Iterator[Node]:
    """Yield the schema, which stands at the path, and all schemas in it, each once."""
    pending = [Node(path, schema)]
    while pending:
        node = pending.pop()
        yield node
        pending += children(node)


def children(node: Node) -> Iterator[Node]:
    """Yield the schemas directly inside a schema; ``node.path`` goes in front of their paths."""
    path, schema = node
    if _WITH_SCHEMAS.isdisjoint(schema):
        return
    for keyword, value in schema.items():  # in the order of the text, the same in every run
        if keyword in _ONE_OR_LIST and isinstance(value, dict):
            yield Node((*path, keyword), value)
        elif keyword in _ONE_OR_LIST and isinstance(value, list):
            yield from _members((*path, keyword), enumerate(value))
        elif keyword in _NAMED and isinstance(value, dict):
            yield from _members((*path, keyword), value.items())


def _members(path: Path, members: Any) -> Iterator[Node]:  # noqa: ANN401 - pairs of step and value
    yield from (Node((*path, step), value) for step, value in members if isinstance(value, dict))


def without_dialects(schema: Schema) -> Schema:
    """Give the schema without ``$schema``, by which a part can call for another draft.

    NOTE: both engines obey it, and jsonschema would go on without its budget. It is taken out of
    values that an ``enum`` lists too: a member by that name cannot be told from a schema for sure.
    """
    copy: Schema = orjson.loads(orjson.dumps(schema))
    pending: list[Any] = [copy]
    while pending:
        node = pending.pop()
        if isinstance(node, dict):
            if isinstance(node.get("$schema"), str):
                del node["$schema"]
            pending += node.values()
        elif isinstance(node, list):
            pending += node
    return copy
