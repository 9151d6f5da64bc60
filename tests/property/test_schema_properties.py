"""Schemas of strangers: both engines say the same, and whatever is in them, something is said."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from jsonl_lint.schema import engine, form, soundness
from jsonl_lint.schema import parameters as kept
from jsonl_lint.schema.budgeted import Budgeted
from jsonl_lint.schema.cache import Cache
from jsonl_lint.schema.engine import compile_untrusted
from jsonl_lint.schema.parameters import Parameters, parameters
from jsonl_lint.schema.patterns import MAX_MOVES, runnable
from jsonl_lint.schema.reasons import PATTERN_NOT_CHECKED

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(not engine.fast_engine(), reason="needs both engines")

PIECES = r"""
a b - . \. \d \w \s \D \S \- \u00e9 é [ab] [^a] [a-c] [\w-] [^\s] [-a] ( (?: ) | ^ $ * + ?
{2} {1,3} {0,} +? / # \ [ ] (?= {
"""
pieces = st.sampled_from(PIECES.split())
patterns = st.lists(pieces, max_size=8).map("".join)
texts = st.text("ab1-. \n\r\t\u00a0\u0085\x1cé_/#٣", max_size=8)
scalars = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 3), st.sampled_from([0.5, 1.0, 2.5, 0.07]), texts
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["a", "b", "a-", "1"]), inner, max_size=3),
    ),
    max_leaves=6,
)
names = st.sampled_from(["a", "b", "a-", "1"])
plain = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["object", "array", "string", "number", "integer", "null"]),
        "pattern": patterns,
        "enum": st.lists(values, min_size=1, max_size=3),
        "const": values,
        "multipleOf": st.sampled_from([1, 2, 0.5, 0.01, 0.07]),
        "minimum": st.integers(-2, 2),
        "maxLength": st.integers(0, 4),
        "minItems": st.integers(0, 2),
        "required": st.lists(names, max_size=2, unique=True),
        "uniqueItems": st.booleans(),
        "$ref": st.sampled_from(["#", "#/definitions/a", "#/properties/a", "#/items"]),
        "$schema": st.sampled_from(
            ["http://json-schema.org/draft-04/schema#", "https://example.com"]
        ),
    },
)
WRONG: list[Any] = [None, [], "x", 5, {"type": "text"}, {"$ref": "https://example.com"}]
poison = st.sampled_from(WRONG)


def _around(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    branches = st.lists(inner, min_size=1, max_size=3)
    named = st.dictionaries(names, inner, max_size=2)
    return st.fixed_dictionaries(
        {},
        optional={
            "type": st.just("object"),
            "properties": named,
            "definitions": named,
            "patternProperties": st.dictionaries(patterns, inner, max_size=2),
            "additionalProperties": inner,
            "propertyNames": inner,
            "items": st.one_of(inner, branches),
            "additionalItems": inner,
            "contains": inner,
            "allOf": branches,
            "anyOf": branches,
            "oneOf": branches,
            "not": inner,
            "if": inner,
            "then": inner,
            "else": inner,
            "dependencies": st.dictionaries(
                names, st.one_of(inner, st.lists(names, max_size=2, unique=True)), max_size=2
            ),
            "$ref": st.just("#/definitions/a"),
        },
    )


schemas = st.recursive(plain | st.booleans(), _around, max_leaves=6).filter(
    lambda schema: isinstance(schema, dict)
)


BY_JSONSCHEMA = Budgeted(form.METASCHEMA_OF_TOOLS, 400_000)


@contextmanager
def by_jsonschema() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "fast_engine", lambda: None)
        patch.setattr(kept, "_cache", Cache())
        for module in (form, soundness):
            patch.setattr(module, "metaschema", lambda: BY_JSONSCHEMA)
        yield


def outcome(compiled: Parameters, value: object) -> str:
    """Name what comes of a comparison."""
    if not compiled.is_comparable:
        return "unusable"
    if compiled.not_compared(value):
        assert compiled.mismatch(value) is None
        assert not compiled.fits(value)
        return "not compared"
    mismatch = compiled.mismatch(value)
    assert compiled.fits(value) == (mismatch is None)
    return f"{mismatch.path} {mismatch.keyword}" if mismatch else "fits"


@settings(max_examples=200)
@given(patterns, texts)
def test_both_engines_read_a_pattern_alike(pattern: str, text: str) -> None:
    known = runnable(pattern)
    assume(known and engine.pattern_cost(pattern))
    assert known
    assert known.moves(len(text)) <= MAX_MOVES
    for schema, value in (
        ({"pattern": pattern}, text),
        ({"propertyNames": {"pattern": pattern}}, {text: 1}),
        ({"patternProperties": {pattern: False}}, {text: 1}),
    ):
        fast = compile_untrusted(schema).is_valid(value)
        with by_jsonschema():
            assert compile_untrusted(schema).is_valid(value) == fast


@settings(max_examples=100)
@given(schemas, values)
def test_both_engines_compare_alike(schema: dict[str, Any], value: object) -> None:
    fast = outcome(parameters(schema), value)
    with by_jsonschema():
        slow = outcome(parameters(schema), value)
    if {fast, slow}.isdisjoint({"unusable", "not compared"}):
        assert (fast == "fits") == (slow == "fits")


@given(schemas, poison, st.sampled_from(["items", "not", "$ref", "properties", "enum", "$id"]))
def test_what_is_no_schema_is_said_by_both_engines(
    schema: dict[str, Any], wrong: object, keyword: str
) -> None:
    spoilt = {**schema, keyword: wrong}
    fast = {reason.rule for reason in parameters(spoilt).reasons}
    with by_jsonschema():
        slow = {reason.rule for reason in parameters(spoilt).reasons}
    assert fast - {PATTERN_NOT_CHECKED} == slow - {PATTERN_NOT_CHECKED}
