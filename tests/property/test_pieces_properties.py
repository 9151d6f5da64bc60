"""Explaining a record in pieces tells what explaining it whole tells, whatever the schema is."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from faulty_records import mendable
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from strategies import mutants

from jsonl_lint import Config
from jsonl_lint.api import make_linter
from jsonl_lint.linting import explaining
from jsonl_lint.pointer import to_pointer
from jsonl_lint.schema import pieces
from jsonl_lint.schema.elementwise import LEVELS, elementwise_levels
from jsonl_lint.schema.engine import compile_schema
from jsonl_lint.schema.explain import explain, faults_of
from jsonl_lint.targets import load

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jsonl_lint.finding import Named, Path

SCHEMA = load("mistral").schema
LINTERS = [make_linter(Config(), reference=reference) for reference in (False, True)]
ENGINES = [compile_schema(SCHEMA, reference=reference) for reference in (False, True)]
records = st.one_of(mutants(), mendable())
sizes = st.integers(1, 12)


def shown(found: Iterable[Named]) -> list[tuple[Any, ...]]:
    return sorted(
        (rule, to_pointer(one.path), one.message, one.hint, one.part, one.minor, one.meant)
        for rule, one in found
    )


@settings(max_examples=300)
@given(records, sizes, st.integers(1, LEVELS))
def test_a_record_in_pieces_has_the_problems_of_the_whole(
    record: dict[str, Any], size: int, levels: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pieces, "PIECE", size)
        for engine in ENGINES:
            whole = shown(explain(engine, record))
            assert shown(pieces.explain_in_pieces(engine, record, levels)) == whole


@settings(max_examples=300)
@given(records, sizes, st.integers(1, 30), st.integers(0, 20_000), st.integers(0, LEVELS))
def test_what_is_not_explained_is_named(
    record: dict[str, Any], size: int, most: int, work: int, levels: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for name, bound in (("PIECE", size), ("MAX_EXPLAINED", most), ("MAX_WORK", work)):
            patch.setattr(pieces, name, bound)
        for engine in ENGINES:
            whole = list(explain(engine, record))
            found = list(pieces.explain_in_pieces(engine, record, levels))
            beyond = [one.path for rule, one in found if rule == "line-too-complex"]
            told = [named for named in found if named[0] != "line-too-complex"]
            assert bool(found) == bool(whole)
            assert shown(told) == shown(one for one in whole if not is_in_one(one[1].path, beyond))


def is_in_one(path: Path, places: list[Path]) -> bool:
    return any(path[: len(place)] == place for place in places)


@settings(max_examples=200)
@given(records, sizes, st.integers(1, 30), st.integers(1, 6))
def test_both_engines_report_the_same_of_what_is_too_much(
    record: dict[str, Any], size: int, most: int, faults: int
) -> None:
    raw = orjson.dumps(record) + b"\n"
    with pytest.MonkeyPatch.context() as patch:
        for module, name, bound in (
            (explaining, "PIECE", 1),
            (explaining, "MAX_FAULTS", faults),
            (pieces, "PIECE", size),
            (pieces, "MAX_EXPLAINED", most),
        ):
            patch.setattr(module, name, bound)
        normal, reference = (
            [(found.rule, found.problem.path, found.message) for found in check]
            for check in (linter.check("x").line_findings([raw]) for linter in LINTERS)
        )
    assert normal == reference


SCALARS: list[Any] = [0, 1, "", "a"]
elements = st.recursive(
    st.sampled_from(SCALARS),
    lambda inner: st.dictionaries(st.sampled_from("ab"), st.lists(inner, max_size=4), max_size=2),
    max_leaves=6,
)
values = st.dictionaries(
    st.sampled_from("ab"), st.lists(elements, max_size=6) | elements, min_size=1
)
small = st.one_of(
    st.just({}),
    st.sampled_from(["object", "array", "string", ["array", "null"]]).map(lambda it: {"type": it}),
    st.sampled_from([["a"], ["b"], ["a", "b"]]).map(lambda names: {"required": names}),
    st.sampled_from([*SCALARS, {"a": [0]}, [0], ["a"]]).map(lambda value: {"const": value}),
)


def with_keywords(holding: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[Any]:
    alone = [st.fixed_dictionaries({key: held}) for key, held in holding.items()]
    return st.builds(lambda one, more: {**one, **more}, st.one_of(alone), small | st.one_of(alone))


def in_place(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Schemas that judge the same value, alone or put together."""
    several = st.lists(inner, min_size=1, max_size=2)
    keywords = {**dict.fromkeys(["allOf", "anyOf", "oneOf"], several), "not": inner}
    keywords["dependentSchemas"] = st.fixed_dictionaries({"a": inner})
    branches = st.fixed_dictionaries({"if": small | inner, "then": inner}, optional={"else": inner})
    return st.one_of(inner, inner, inner, with_keywords(keywords), branches)


def lists_of(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    keywords = {
        **dict.fromkeys(["contains", "unevaluatedItems"], inner),
        "prefixItems": st.lists(inner, min_size=1, max_size=2),
        "uniqueItems": st.booleans(),
        **dict.fromkeys(["minItems", "maxItems"], st.integers(0, 3)),
        "enum": st.lists(st.sampled_from([0, [0], ["a"], [1, 1]]), min_size=1, max_size=3),
        "$ref": st.just("#/$defs/a"),
    }
    items = inner.map(lambda drawn: {"items": drawn})
    return in_place(st.one_of(items, items, items, with_keywords({**keywords, "items": inner})))


def objects_of(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    keywords = {
        "properties": st.dictionaries(st.sampled_from("ab"), inner, min_size=1),
        "patternProperties": st.fixed_dictionaries({"a": inner}),
        "additionalProperties": inner,
        "unevaluatedProperties": inner | st.booleans(),
        "const": st.sampled_from([{"a": [0]}, {"a": ["a"]}, {"a": [0], "b": [0]}]),
    }
    properties = keywords["properties"].map(lambda drawn: {"properties": drawn})
    return in_place(in_place(st.one_of(properties, properties, with_keywords(keywords))))


schemas = st.builds(
    lambda schema, inner: {**schema, "$defs": {"a": inner}},
    objects_of(lists_of(small | objects_of(lists_of(small)))),
    st.sampled_from([{"items": {"type": "string"}}, {"contains": {"const": 0}}, {"minItems": 2}]),
)


def counted(found: Iterable[Any]) -> Counter[str]:
    return Counter(repr(fault) for fault in found)


@settings(max_examples=300)
@given(schemas, values, st.integers(1, 6))
def test_only_what_a_schema_allows_is_cut(
    schema: dict[str, Any], value: dict[str, Any], size: int
) -> None:
    levels = elementwise_levels(schema)
    assume(levels)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pieces, "PIECE", size)
        for reference in (False, True):
            engine = compile_schema(schema, reference=reference)
            found = pieces.faults_in_pieces(engine, value, levels)
            told = counted(fault for some in found if isinstance(some, list) for fault in some)
            assert told == counted(faults_of(engine, value))
