"""Judge a schema that a dataset brings along: why it cannot be used, if so.

It is untrusted: whatever it holds, this ends, soon, and reads nothing else.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from jsonl_lint.pointer import to_pointer
from jsonl_lint.reading.decode import MAX_NESTING
from jsonl_lint.schema.form import form, metaschema
from jsonl_lint.schema.reasons import (
    EXTERNAL_REF,
    INFINITE_REF,
    NotComparedError,
    Reason,
    too_complex,
)
from jsonl_lint.schema.references import References
from jsonl_lint.schema.sound_patterns import judge_patterns
from jsonl_lint.schema.subschemas import walk
from jsonl_lint.schema.unfold import CAP, Circle, unfold
from jsonl_lint.words import quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jsonl_lint.schema.subschemas import Schema

MAX_TEXT = 1 << 18
"""Bytes of a schema; lists of all cities of a country have fewer."""

MAX_DEPTH = 100
"""Levels of arrays and objects; engines give up at two or three times as many."""

_DEEPEST = 1_100
"""Levels that are counted; orjson reads 1,024, and what was built in Python may have no end."""

_LEVELS = 4
"""Levels of a value for which costs are found at first; each takes as long as the one before."""

MAX_SCHEMAS = 2_000
"""Subschemas of one schema; jsonschema takes a second for twice as many."""

MAX_BRANCHES = 10_000
"""Ways through a schema at one value; each doubling doubles the time of a validator."""

_ADDRESSES = re.compile(
    rb'"\$(?:(?:ref|id|defs|dynamicRef|recursiveRef)"|schema":"(?!https?://json-schema\.org/))'
).search
_LISTS_MORE_THAN_TEXTS = re.compile(rb'"enum":\[(?!(?:"[^"\\]*",)*"[^"\\]*"\])').search

_IN_PLACE = [b'Of":[', b'"not":{', b'"if":{', b'"dependencies":{']
"""Texts of all keywords whose schemas judge the same value as the schema around them."""

_KNOWN_DIALECT = re.compile(r"https?://json-schema\.org/")


class Soundness(NamedTuple):
    """The judgement of a schema; ``patterns`` is the cost of all patterns.

    ``costs`` bound its work at each place of a value, by the levels of the value; the last one goes
    for all that are deeper. It is empty where the work is little. ``finer`` says up to how many
    levels the costs may be far lower than that: ``costs_up_to`` tells, the more the slower.
    """

    reasons: list[Reason]
    costs: Sequence[int] = ()
    patterns: int = 0
    finer: tuple[int, ...] = ()


SOUND = Soundness([])


TOO_DEEP = Soundness(
    [too_complex(f"they nest deeper than {MAX_DEPTH} levels, too deep to be checked")]
)
TOO_LONG = Soundness(
    [too_complex(f"they take more than {MAX_TEXT:,} bytes, too many to be checked")]
)
UNREADABLE = Soundness([Reason((), "they hold what JSON cannot")])


def judge_unwritten(schema: Schema) -> Soundness:
    """Judge what orjson does not write: it nests deep, or was built in Python of other things."""
    return TOO_DEEP if depth(schema) > MAX_DEPTH + 1 else UNREADABLE


def judge(schema: Schema, text: bytes) -> Soundness:
    """Find everything that keeps a schema from being used; ``text`` is what orjson writes for it.

    Most schemas have nothing in their text that only a closer look can judge.
    """
    if len(text) > MAX_TEXT:
        return TOO_LONG
    brackets = text.count(b"{") + text.count(b"[")
    if brackets > MAX_DEPTH and depth(schema) > MAX_DEPTH + 1:
        return TOO_DEEP
    try:
        if _needs_a_look(text) or not metaschema().is_valid(schema):
            return _judge_closely(schema)
        if brackets <= MAX_DEPTH:
            return Soundness([], (0, brackets)) if any(k in text for k in _IN_PLACE) else SOUND
        # NOTE: without references each subschema, in brackets of its own, judges a place once.
        few = text.count(b"{") <= MAX_SCHEMAS or _are_few(schema)
        return (
            Soundness([], (0, brackets), finer=(_LEVELS, MAX_NESTING))
            if few
            else _judge_closely(schema)
        )
    except NotComparedError as error:
        return Soundness([too_complex(f"judging them fails: {error.message}")])


def _needs_a_look(text: bytes) -> bool:
    """Tell whether there may be more to a schema than its text shows, or much to compare."""
    return bool(
        b'"pattern' in text
        or b'"const":' in text
        or (b'"$' in text and _ADDRESSES(text))
        or _LISTS_MORE_THAN_TEXTS(text)
    )


def _are_few(schema: Schema) -> bool:
    return next(islice(walk(schema), MAX_SCHEMAS, None), None) is None


def costs_up_to(schema: Schema, levels: int) -> Sequence[int]:
    """Give the costs of a sound schema, exact for values of so many levels."""
    return _judge_closely(schema, levels).costs


def _judge_closely(schema: Schema, levels: int = _LEVELS) -> Soundness:
    references = References(schema, MAX_SCHEMAS)
    if references.are_too_many:
        message = f"they hold more than {MAX_SCHEMAS:,} schemas, too many to be checked"
        return Soundness([too_complex(message)])
    reasons = list(form(references))
    if reasons:
        return Soundness(reasons)
    reasons, costs = judge_patterns(references.nodes.values())
    reasons += [*references.reasons, *_node_reasons(references)]
    work: list[int] = []
    try:
        work, ways = unfold(references, costs, levels)
        if ways > MAX_BRANCHES:
            message = (
                f"they unfold to more than {MAX_BRANCHES:,} alternatives, too many to be checked"
            )
            reasons.append(too_complex(message))
    except Circle as circle:
        reasons.append(Reason(circle.path, "the schema refers to itself in a circle", INFINITE_REF))
    in_order = sorted(reasons, key=lambda reason: to_pointer(reason.path))
    finer = (MAX_NESTING,) if work[-1:] == [CAP] else ()
    return Soundness(in_order, work, sum(costs.values()), finer)


def depth(value: object) -> int:
    """Count the levels of a tree, up to a bound; a scalar, and an empty container, is one."""
    levels, level = 0, [value]
    while level and levels <= _DEEPEST:
        levels += 1
        inner: list[Any] = []
        for item in level:
            if isinstance(item, dict):
                inner += item.values()
            elif isinstance(item, list):
                inner += item
        level = inner
    return levels


def cost_of(value: object, costs: Sequence[int]) -> int:
    """Look up ``Soundness.costs`` for a value: the work at each of its places."""
    return costs[min(depth(value), len(costs) - 1)] if costs else 1


def _node_reasons(references: References) -> Iterator[Reason]:
    for node in references.nodes.values():
        path, schema = node
        if isinstance(schema.get("$ref"), str) and (fault := references.fault(node)):
            yield fault
        for keyword in ("$dynamicRef", "$recursiveRef"):
            address = schema.get(keyword)
            if isinstance(address, str) and not address.startswith("#"):
                message = f"{quote(keyword)} leads out of the definition, and is not followed"
                yield Reason((*path, keyword), message, EXTERNAL_REF, minor=True)
        dialect = schema.get("$schema")
        if isinstance(dialect, str) and not _KNOWN_DIALECT.match(dialect):
            message = '"$schema" names a dialect that is not known; they are read as Draft 7'
            yield Reason((*path, "$schema"), message, EXTERNAL_REF, minor=True)
