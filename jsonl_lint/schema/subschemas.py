"""Walk a JSON Schema of Draft 7: which of its parts are schemas, and where references lead.

Data inside a schema (``enum``, ``const``, ``default``, ``examples``, unknown keys) is not walked.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

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
_INDEX = re.compile(r"0|[1-9][0-9]{0,9}")
_METASCHEMAS = frozenset({"http://json-schema.org/draft-07/schema"})
"""Documents that every validator knows without reading them from anywhere."""


class Node(NamedTuple):
    """A schema that is an object, and where in the whole it stands."""

    path: Path
    schema: Schema


def walk(schema: Schema) -> Iterator[Node]:
    """Yield the schema and all schemas in it, each once."""
    pending = [Node((), schema)]
    while pending:
        node = pending.pop()
        yield node
        pending += children(node)


def children(node: Node) -> Iterator[Node]:
    """Yield the schemas directly inside a schema; ``node.path`` goes in front of their paths."""
    path, schema = node
    for keyword in _ONE_OR_LIST & schema.keys():
        value = schema[keyword]
        if isinstance(value, dict):
            yield Node((*path, keyword), value)
        elif isinstance(value, list):
            yield from _members((*path, keyword), enumerate(value))
    for keyword in _NAMED:
        named = schema.get(keyword)
        if isinstance(named, dict):
            yield from _members((*path, keyword), named.items())


def _members(path: Path, members: Any) -> Iterator[Node]:  # noqa: ANN401 - pairs of step and value
    yield from (Node((*path, step), value) for step, value in members if isinstance(value, dict))


class References:
    """Resolves the references of one schema, within it alone."""

    def __init__(self, schema: Schema, nodes: list[Node]) -> None:
        named = [(path, node["$id"], node) for path, node in nodes
                 if isinstance(node.get("$id"), str)]  # fmt: skip
        self._root = schema
        self._anchors = {name: node for _, name, node in named if name.startswith("#")}
        self._documents = {name.removesuffix("#") for _, name, _ in named} | _METASCHEMAS
        self.has_documents_inside = any(path and name[:1] != "#" for path, name, _ in named)
        """Whether parts of the schema have an address of their own, which ``#`` then refers to."""

    def target(self, text: str) -> Schema | None:
        """Give the schema that a reference leads to, where it can be told."""
        if text in self._anchors:
            return self._anchors[text]
        found = self._at(text[1:]) if text.startswith("#") else None
        return found if isinstance(found, dict) else None

    def fault(self, text: str) -> str:
        """Say what is wrong with a reference, or nothing."""
        document = text.partition("#")[0]
        if document:
            known = document in self._documents
            return "" if known else f'"$ref" leads out of the definition: {_NEVER_READ}'
        if text in self._anchors or self.has_documents_inside:
            return ""
        if not isinstance(self._at(text[1:]), dict | bool):
            return '"$ref" leads to no schema in the definition'
        return ""

    def _at(self, pointer: str) -> object:
        node: Any = self._root
        if not pointer:
            return node
        first, *steps = unquote(pointer).split("/")
        if first:
            return None
        for step in steps:
            key = step.replace("~1", "/").replace("~0", "~")
            if isinstance(node, dict) and key in node:
                node = node[key]
            elif isinstance(node, list) and _INDEX.fullmatch(key) and int(key) < len(node):
                node = node[int(key)]
            else:
                return None
        return node


_NEVER_READ = "no other document is ever read"
