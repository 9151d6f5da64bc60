"""How much work a schema is: how often its parts judge one value, without trying it.

Each schema is looked at once, however many ways lead to it: the bound for a schema of 40 doublings
takes as long as for one of 40 properties.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import orjson

from jsonl_lint.reading.decode import MAX_NESTING
from jsonl_lint.schema.subschemas import IN_PLACE, Node, children

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.finding import Path
    from jsonl_lint.schema.references import References

CAP = 1 << 40
"""Counts stop here; twice as much is as unbearable."""

_COMPARISON_COST = 100
"""Of one entry of an ``enum`` of objects or fractions; jsonschema-rs takes 5 microseconds."""

_METASCHEMA_COST = 50


class Parts(NamedTuple):
    """A schema as a place of work: what else judges the same value, and what its members.

    Of ``named`` one judges a member, of ``members`` all do. Schemas are given by number.
    """

    cost: int
    same: list[int]
    named: list[int]
    members: list[int]


class Circle(Exception):  # noqa: N818 - it is an answer, not a failure
    """A schema leads back to itself without taking a step into the value."""

    def __init__(self, path: Path) -> None:
        """Take the place of the reference that closes it."""
        super().__init__(path)
        self.path = path


def _costs(parts: list[Parts], levels: int) -> list[int]:
    """Bound the work at any one place of a value, by the levels of the value; the last goes on.

    It is ``CAP`` where it is not known after so many levels. Each schema stands after those that
    judge the same value; the last is the root.
    """
    level = _sums(parts, [part.cost for part in parts])
    costs = [0, level[-1]]
    while len(costs) <= levels:
        above, level = level, _sums(parts, [_below(part, level) for part in parts])
        costs.append(max(costs[-1], level[-1]))
        if level == above:
            return costs
    return [*costs, CAP]


def _sums(parts: list[Parts], own: list[int]) -> list[int]:
    """Add what judges the same value."""
    sums: list[int] = []
    for part, cost in zip(parts, own, strict=True):
        whole = cost + sum([sums[number] for number in part.same]) if part.same else cost
        sums.append(min(CAP, whole))
    return sums


def _below(part: Parts, level: list[int]) -> int:
    named = max([level[number] for number in part.named]) if part.named else 0
    return named + sum([level[number] for number in part.members]) if part.members else named


def unfold(
    references: References, patterns: dict[str, int], levels: int = MAX_NESTING
) -> tuple[list[int], int]:
    """Give the work of a schema by levels of a value, and the most ways through it at one value.

    ``patterns`` are the costs of its patterns. Raises Circle.
    """
    numbers: dict[Path, int] = {}
    ordered: list[tuple[Node, list[Node]]] = []
    ways: list[int] = []
    for start in references.nodes.values():
        for node, same in _bottom_up(start, references, numbers):
            numbers[node.path] = len(ordered)
            ordered.append((node, same))
            ways.append(min(CAP, sum(ways[numbers[one.path]] for one in same) or 1))
    parts = [_parts(node, same, numbers, patterns) for node, same in ordered]
    for number, (node, _) in enumerate(ordered):
        if "patternProperties" in node.schema:
            parts[number].members.append(len(parts))
            keys = sum(patterns.get(pattern, 0) for pattern in node.schema["patternProperties"])
            parts.append(Parts(keys, [], [], []))
    return _costs([*parts, parts[numbers[()]]], levels), max(ways)


def _bottom_up(
    start: Node, references: References, done: dict[Path, int]
) -> Iterator[tuple[Node, list[Node]]]:
    """Yield a schema after those that judge the same value; those done before are left out."""
    if start.path in done:
        return
    targets = _same_value(start, references)
    if not targets:  # as of most
        yield start, targets
        return
    open_paths = {start.path}
    pending = [(start, targets, iter(targets))]
    while pending:
        node, same, unseen = pending[-1]
        target = next((one for one in unseen if one.path not in done), None)
        if target is None:
            yield node, same
            open_paths.remove(node.path)
            pending.pop()
        elif target.path in open_paths:
            raise Circle(node.path)
        else:
            open_paths.add(target.path)
            inner = _same_value(target, references)
            pending.append((target, inner, iter(inner)))


def _same_value(node: Node, references: References) -> list[Node]:
    """List the schemas that judge the same value as this one; a ``$ref`` hides its neighbours."""
    if isinstance(node.schema.get("$ref"), str):
        target = references.target(node)
        return [] if target is None else [target]
    if IN_PLACE.isdisjoint(node.schema):
        return []
    depth = len(node.path)
    return [child for child in children(node) if child.path[depth] in IN_PLACE]


def _parts(
    node: Node, same: list[Node], numbers: dict[Path, int], patterns: dict[str, int]
) -> Parts:
    here = [numbers[one.path] for one in same]
    schema = node.schema
    if isinstance(schema.get("$ref"), str):
        return Parts(1 if here else _METASCHEMA_COST, here, [], [])
    named, members, depth = [], [], len(node.path)
    for child in children(node):
        keyword = child.path[depth]
        if keyword == "properties" or (keyword == "items" and len(child.path) > depth + 1):
            named.append(numbers[child.path])
        elif keyword in _OF_MEMBERS:
            members.append(numbers[child.path])
    cost = 1 + patterns.get(schema.get("pattern", ""), 0) + _comparisons(schema)
    return Parts(cost, here, named, members)


_OF_MEMBERS = frozenset({
    "additionalItems", "additionalProperties", "contains", "items", "patternProperties",
    "propertyNames",
})  # fmt: skip


def _comparisons(schema: dict[str, object]) -> int:
    """Weigh ``enum`` and ``const``; plain texts and whole numbers are looked up at once."""
    if "enum" not in schema and "const" not in schema:
        return 0
    allowed = schema.get("enum", ())
    listed = allowed if isinstance(allowed, list) else ()
    entries = [entry for entry in (*listed, schema.get("const"))
               if not isinstance(entry, str | int | None)]  # fmt: skip
    mixed = len(listed) if len({type(entry) for entry in listed}) > 1 else 0
    inside = sum(orjson.dumps(entry).count(b",") for entry in entries)
    return _COMPARISON_COST * (len(entries) + inside) + 10 * mixed
