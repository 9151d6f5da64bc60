"""Compare the names that a sound schema requires with those that it describes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.finding import Path

_OPEN = frozenset({"$ref", "allOf", "anyOf", "oneOf", "if", "patternProperties"})
"""Keywords by which members can be described elsewhere than under ``properties``."""

_DECLARING = frozenset({"required", "properties", "items", "additionalProperties"})


class Undeclared(NamedTuple):
    """A required name that the properties beside it lack; ``known`` are those they have."""

    path: Path
    name: str
    known: list[str]


def declares_what_it_requires(schema: dict[str, Any], text: bytes) -> bool:
    """Prove it for a schema that requires names at its root only, as nearly all do."""
    if text.count(b'"required":') != ("required" in schema):
        return False
    declared: dict[str, Any] = schema.get("properties", {})
    return declared.keys() >= {*schema.get("required", ())}


def undeclared(schema: dict[str, Any]) -> Iterator[Undeclared]:
    """Yield the required names, at any depth, that are not described."""
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
            known = list(properties)
            for index, name in enumerate(node["required"]):
                if name not in properties:
                    yield Undeclared((*path, "required", index), name, known)
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
