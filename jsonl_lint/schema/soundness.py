"""Judge a schema that a dataset brings along: why it cannot be used, if so.

It is untrusted: whatever it holds, this ends, soon, and reads nothing else.
"""

from __future__ import annotations

import re
import warnings
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from jsonl_lint.pointer import to_pointer
from jsonl_lint.schema.engine import Fault, Validator, compile_schema
from jsonl_lint.schema.subschemas import IN_PLACE, References, children, walk
from jsonl_lint.words import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.finding import Path
    from jsonl_lint.schema.subschemas import Node, Schema

MAX_DEPTH = 100
"""Levels of arrays and objects; engines give up at two or three times as many."""

MAX_SCHEMAS = 5_000
"""Subschemas of one schema; jsonschema-rs takes a second to compile a chain of as many."""

MAX_BRANCHES = 10_000
"""Ways through a schema at one value; each doubling doubles the time of a validator."""

MAX_PATTERN = 1000
"""Characters of a regular expression; compiling takes up to 10 microseconds for each."""

_NEEDS_A_LOOK = re.compile(
    rb'"(?:\$ref|\$defs|pattern|patternProperties|(?:%b))":' % "|".join(sorted(IN_PLACE)).encode()
).search

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


SOUND = Soundness([])
TOO_DEEP = Soundness(
    [Reason((), f"they nest deeper than {MAX_DEPTH} levels, too deep to be checked")]
)
UNREADABLE = Soundness([Reason((), "they hold what JSON cannot")])


def judge_unwritten(schema: Schema) -> Soundness:
    """Judge what orjson does not write: it nests deep, or was built in Python of other things."""
    return TOO_DEEP if depth(schema) > MAX_DEPTH + 1 else UNREADABLE


def judge(schema: Schema, text: bytes) -> Soundness:
    """Find everything that keeps a schema from being used; ``text`` is what orjson writes for it.

    Most schemas have nothing in their text that only a closer look can judge.
    """
    brackets = text.count(b"{") + text.count(b"[")
    if brackets <= MAX_DEPTH and not _NEEDS_A_LOOK(text) and _metaschema().is_valid(schema):
        return SOUND
    if brackets > MAX_DEPTH and depth(schema) > MAX_DEPTH + 1:
        return TOO_DEEP
    nodes = list(islice(walk(schema), MAX_SCHEMAS + 1))
    if len(nodes) > MAX_SCHEMAS:
        message = f"they hold more than {MAX_SCHEMAS:,} schemas, too many to be checked"
        return Soundness([Reason((), message)])
    reasons = list(_form(nodes))
    if reasons:
        return Soundness(reasons)
    references = References(schema, nodes)
    reasons = [reason for node in nodes for reason in _node_reasons(node, references)]
    branches, endless = _branches(nodes, references)
    if endless:
        reasons.append(Reason(endless.path, "the schema refers to itself in a circle"))
    elif branches > MAX_BRANCHES:
        message = f"they unfold to more than {MAX_BRANCHES:,} alternatives, too many to be checked"
        reasons.append(Reason((), message))
    return Soundness(sorted(reasons, key=lambda reason: to_pointer(reason.path)), branches)


def depth(value: object) -> int:
    """Count the levels of a tree; a scalar, and an empty container, is one."""
    levels, level = 0, [value]
    while level:
        levels += 1
        inner: list[Any] = []
        for item in level:
            if isinstance(item, dict):
                inner += item.values()
            elif isinstance(item, list):
                inner += item
        level = inner
    return levels


def _form(nodes: list[Node]) -> Iterator[Reason]:
    """Judge by the metaschema, also what stands under ``$defs``, which Draft 7 does not know."""
    roots = [node for node in nodes if not node.path or node.path[-2:-1] == ("$defs",)]
    found = [place for path, schema in roots if not _metaschema().is_valid(schema)
             for place in _misformed(path, schema)]  # fmt: skip
    for _, (path, value) in sorted(
        {to_pointer(path): (path, value) for path, value in found}.items()
    ):
        yield Reason(path, _form_words(path, value))


def _misformed(above: Path, schema: object) -> Iterator[tuple[Path, object]]:
    for fault in _metaschema().faults(schema):
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


_NO_PATTERN = f"the pattern is not a regular expression of at most {MAX_PATTERN:,} characters"


def _compiles(pattern: str) -> bool:
    """Tell what mistral-common would: ``check_schema`` compiles patterns with Python's ``re``."""
    if len(pattern) > MAX_PATTERN:
        return False
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
