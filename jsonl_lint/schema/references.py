"""Where the references of a stranger's schema lead, within that schema alone.

Both engines have to find the same schema as this does, for it bounds their work. So addresses are
compared as they are written and never put together: what depends on that is not followed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from jsonl_lint.schema.reasons import EXTERNAL_REF, Reason
from jsonl_lint.schema.subschemas import Node, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.finding import Path
    from jsonl_lint.schema.subschemas import Schema

METASCHEMA = "http://json-schema.org/draft-07/schema"
"""The one document that every validator of Draft 7 knows without reading it from anywhere."""

_INDEX = re.compile(r"0|[1-9][0-9]{0,9}")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_NEVER_READ = "no other document is ever read"


class References:
    """The schemas of a whole, up to ``limit``, also those that only a reference leads to."""

    def __init__(self, schema: Schema, limit: int) -> None:
        self._root = Node((), schema)
        self._limit = limit
        self._documents: dict[str, Node] = {}
        self._document_of: dict[Path, Node] = {}
        self._anchors: dict[tuple[Path, str], Node] = {}
        self._known: dict[tuple[Path, str], tuple[Path, object]] = {}
        """Where references lead, by the document they stand in and their text."""
        self.nodes: dict[Path, Node] = {}
        self.reasons: list[Reason] = []
        self.starts: set[Path] = set()
        """Where the whole begins, and what only references lead to."""
        self._add(self._root, self._root)
        for node in self._references():
            found = self.target(node)
            if found and found.path not in self.nodes:
                self._add(found, self._enclosing(found.path) or self._root)

    @property
    def are_too_many(self) -> bool:
        """Whether there are more schemas than the limit."""
        return len(self.nodes) > self._limit

    def target(self, node: Node) -> Node | None:
        """Give the schema that the reference of a schema leads to, where it can be told."""
        place, value = self._find(node)
        return Node(place, value) if isinstance(value, dict) else None

    def fault(self, node: Node) -> Reason | None:
        """Say what is wrong with the reference of a schema, if anything."""
        path = (*node.path, "$ref")
        document = node.schema["$ref"].partition("#")[0]
        if document and document not in self._documents:
            message = f'"$ref" leads out of the definition: {_NEVER_READ}'
            return None if document == METASCHEMA else Reason(path, message, EXTERNAL_REF)
        if not isinstance(self._find(node)[1], dict | bool):
            return Reason(path, '"$ref" leads to no schema in the definition')
        return None

    def _references(self) -> Iterator[Node]:
        """Yield the schemas that refer to others, those included that come to light meanwhile."""
        seen: set[Path] = set()
        while unseen := [node for path, node in self.nodes.items() if path not in seen]:
            seen.update(node.path for node in unseen)
            yield from (node for node in unseen if isinstance(node.schema.get("$ref"), str))

    def _add(self, start: Node, document: Node) -> None:
        self._document_of[start.path] = document
        self.starts.add(start.path)
        for node in walk(start.schema, start.path):
            if node.path in self.nodes:
                continue
            if self.are_too_many:
                return
            self.nodes[node.path] = node
            around = self._enclosing(node.path) or document
            self._document_of[node.path] = around
            name = node.schema.get("$id")
            if isinstance(name, str):
                self._name(node, name, around)

    def _enclosing(self, path: Path) -> Node | None:
        """Give the document of the schema around a path, whose own is one or two steps shorter."""
        for length in range(len(path), -1, -1):
            if path[:length] in self._document_of:
                return self._document_of[path[:length]]
        return None

    def _name(self, node: Node, name: str, around: Node) -> None:
        address, _, anchor = name.partition("#")
        self._known.clear()
        is_first = True
        if anchor:
            is_first = (around.path, anchor) not in self._anchors
            self._anchors[around.path, anchor] = node
        if address:
            is_first = is_first and address not in self._documents and not anchor
            self._documents[address] = node
            self._document_of[node.path] = node
        stands_alone = (
            not (address and node.path)
            or _ABSOLUTE.match(name)
            or (around is self._root and "$id" not in self._root.schema)
        )
        if not is_first or not stands_alone or (node.path and "$ref" in node.schema):
            message = f'"$id" is not an address of its own: {_NEVER_READ}'
            self.reasons.append(Reason((*node.path, "$id"), message, EXTERNAL_REF))

    def _find(self, node: Node) -> tuple[Path, object]:
        around = self._document_of.get(node.path, self._root)
        asked = around.path, node.schema["$ref"]
        if asked not in self._known:
            self._known[asked] = self._look(around, node.schema["$ref"])
        return self._known[asked]

    def _look(self, around: Node, reference: str) -> tuple[Path, object]:
        address, _, fragment = reference.partition("#")
        document = self._documents.get(address) if address else around
        if document is None:
            return (), None
        pointer = unquote(fragment)
        if pointer and pointer[0] != "/":
            named = self._anchors.get((document.path, pointer))
            return (named.path, named.schema) if named else ((), None)
        return _follow(document, pointer.split("/")[1:])


def _follow(document: Node, steps: list[str]) -> tuple[Path, object]:
    path, value = document.path, _as_any(document.schema)
    for step in steps:
        key: str | int = step.replace("~1", "/").replace("~0", "~")
        if isinstance(value, list) and _INDEX.fullmatch(str(key)) and int(key) < len(value):
            key = int(key)
        elif not isinstance(value, dict) or key not in value:
            return (), None
        path, value = (*path, key), value[key]
    return path, value


def _as_any(value: object) -> Any:  # noqa: ANN401 - any JSON
    return value
