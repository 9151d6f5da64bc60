"""Judge a schema that a dataset brings along: why it cannot be used, if so.

It is untrusted: whatever it holds, this ends, soon, and reads nothing else.
"""

from __future__ import annotations

import re
import warnings
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from jsonl_lint.pointer import to_pointer
from jsonl_lint.schema.engine import Validator, compile_schema
from jsonl_lint.schema.subschemas import IN_PLACE, References, children, walk
from jsonl_lint.words import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.finding import Path
    from jsonl_lint.schema.subschemas import Node, Schema

MAX_DEPTH = 100
"""Levels of arrays and objects; engines give up at two or three times as many."""

MAX_BRANCHES = 10_000
"""Ways through a schema at one value; each doubling doubles the time of a validator."""

METASCHEMA = {"$ref": "http://json-schema.org/draft-07/schema#"}
"""mistral-common judges parameters by Draft 7 (``Draft7Validator.check_schema``)."""


_Open = tuple["Node", "list[Schema]", "Iterator[Schema]"]
"""A schema whose branches are being counted, its branches, and those not looked at yet."""


class Reason(NamedTuple):
    """Why something is not a usable schema, and where in it."""

    path: Path
    message: str


class Soundness(NamedTuple):
    """The judgement of a schema; ``branches`` counts the ways through it at one value."""

    reasons: list[Reason]
    branches: int = 1


def judge(schema: Schema) -> Soundness:
    """Find everything that keeps a schema from being used."""
    if _is_deeper(schema, MAX_DEPTH):
        message = f"they nest deeper than {MAX_DEPTH} levels, too deep to be checked"
        return Soundness([Reason((), message)])
    reasons = list(_form(schema))
    if reasons:
        return Soundness(reasons)
    nodes = list(walk(schema))
    references = References(schema, nodes)
    reasons = [reason for node in nodes for reason in _node_reasons(node, references)]
    branches, endless = _branches(nodes, references)
    if endless:
        reasons.append(Reason(endless.path, "the schema refers to itself in a circle"))
    elif branches > MAX_BRANCHES:
        message = f"they unfold to more than {MAX_BRANCHES:,} alternatives, too many to be checked"
        reasons.append(Reason((), message))
    return Soundness(sorted(reasons, key=lambda reason: to_pointer(reason.path)), branches)


def _is_deeper(value: object, levels: int) -> bool:
    level = [value]
    for _ in range(levels + 1):
        inner: list[Any] = []
        for item in level:
            if isinstance(item, dict):
                inner += item.values()
            elif isinstance(item, list):
                inner += item
        if not inner:
            return False
        level = inner
    return True


def _form(schema: Schema) -> Iterator[Reason]:
    metaschema = _metaschema()
    if metaschema.is_valid(schema):
        return
    # NOTE: ``format`` is an annotation to one engine and an assertion to the other; what it would
    # say about patterns and references is judged here, for both alike.
    paths = {fault.path for fault in metaschema.faults(schema) if fault.keyword != "format"}
    for path in sorted(paths, key=to_pointer):
        yield Reason(path, _form_words(path, schema))


def _form_words(path: Path, schema: Any) -> str:  # noqa: ANN401 - any JSON
    value = schema
    for step in path:
        value = value[step]
    if path[-1:] == ("type",) and isinstance(value, str):
        return f"{quote(value)} is not a type of JSON Schema"
    if path[-1:] == ("required",):
        return '"required" is not a list of names'
    return "it breaks the rules of JSON Schema (Draft 7)"


@lru_cache(maxsize=1)
def _metaschema() -> Validator:
    return compile_schema(METASCHEMA, "draft7")


def _node_reasons(node: Node, references: References) -> Iterator[Reason]:
    path, schema = node
    reference = schema.get("$ref")
    if isinstance(reference, str) and (fault := references.fault(reference)):
        yield Reason((*path, "$ref"), fault)
    if "pattern" in schema and not _compiles(schema["pattern"]):
        yield Reason((*path, "pattern"), _NO_PATTERN)
    for pattern in schema.get("patternProperties", ()):
        if not _compiles(pattern):
            yield Reason((*path, "patternProperties", pattern), _NO_PATTERN)


_NO_PATTERN = "the pattern is not a regular expression"


def _compiles(pattern: str) -> bool:
    """Tell what mistral-common would: ``check_schema`` compiles patterns with Python's ``re``."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            re.compile(pattern)
        except (re.error, OverflowError, RecursionError):
            return False
    return True


def _branches(nodes: list[Node], references: References) -> tuple[int, Node | None]:
    """Count the ways through the schema at one value, or give a node that leads back to itself."""
    place = {id(node.schema): node for node in nodes}
    ways: dict[int, int] = {}  # 0 while the schema is being counted
    for start in nodes:
        pending = [] if id(start.schema) in ways else [_open(start, references, ways)]
        while pending:
            node, targets, unseen = pending[-1]
            target = next(unseen, None)
            if target is None:
                total = sum(ways[id(target)] for target in targets)
                ways[id(node.schema)] = min(max(total, 1), MAX_BRANCHES + 1)
                pending.pop()
            elif id(target) not in ways:
                inner = place.get(id(target)) or node._replace(schema=target)
                pending.append(_open(inner, references, ways))
            elif not ways[id(target)]:
                return 0, node
    return max(ways.values()), None


def _open(node: Node, references: References, ways: dict[int, int]) -> _Open:
    ways[id(node.schema)] = 0
    targets = _same_value(node, references)
    return node, targets, iter(targets)


def _same_value(node: Node, references: References) -> list[Schema]:
    """List the schemas that judge the same value as this one; a ``$ref`` hides its neighbours."""
    reference = node.schema.get("$ref")
    if isinstance(reference, str):
        target = references.target(reference)
        return [] if target is None else [target]
    depth = len(node.path)
    return [child.schema for child in children(node) if child.path[depth] in IN_PLACE]
