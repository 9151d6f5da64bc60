"""Which schemas let a record be cut into pieces, and what is explained of it then."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from jsonl_lint import targets
from jsonl_lint.schema import pieces
from jsonl_lint.schema.elementwise import LEVELS, elementwise_levels
from jsonl_lint.schema.engine import compile_schema
from jsonl_lint.schema.explain import faults_of
from jsonl_lint.schema.pieces import Beyond, faults_in_pieces

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jsonl_lint.schema.fault import Fault

TEXTS = {"items": {"type": "string"}}
NUMBERS = {"items": {"type": "number"}}


def told(found: Iterable[list[Fault] | Beyond]) -> list[Fault]:
    return [fault for some in found if isinstance(some, list) for fault in some]


def under(schema: dict[str, Any]) -> dict[str, Any]:
    return {"properties": {"a": schema}}


@pytest.mark.parametrize("name", targets.names())
def test_records_of_shipped_targets_are_cut(name: str) -> None:
    assert elementwise_levels(targets.load(name).schema) == LEVELS


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        (under({"minItems": 2}), ["x", "y"]),
        (under({"maxItems": 1}), ["x", "y"]),
        (under({"uniqueItems": True}), ["x", "x"]),
        (under({"contains": {"type": "number"}}), ["x", 1]),
        (under({"prefixItems": [{"type": "number"}]}), [1, "x"]),
        (under({"unevaluatedItems": False, "allOf": [TEXTS]}), ["x", 1]),
        (under({"const": ["x"]}), ["x", "x"]),
        (under({"enum": [1, ["x"]]}), ["x", "x"]),
        (under({"anyOf": [TEXTS, NUMBERS]}), ["x", 1]),
        (under({"oneOf": [TEXTS, NUMBERS]}), ["x", 1]),
        (under({"not": TEXTS}), ["x", 1]),
        (under({"if": TEXTS, "then": NUMBERS}), ["x", 1]),
        (under({"if": True, "then": {"minItems": 2}}), ["x", "y"]),
        (under({"if": False, "else": {"minItems": 2}}), ["x", "y"]),
        (under({"allOf": [{"minItems": 2}]}), ["x", "y"]),
        (under({"$ref": "#/$defs/two"}), ["x", "y"]),
        (under({"$ref": "#two"}), ["x", "y"]),
        (under({"$dynamicRef": "#two"}), ["x", "y"]),
        (under({"$id": "urn:two", "minItems": 2}), ["x", "y"]),
        ({"patternProperties": {"a": {"minItems": 2}}}, ["x", "y"]),
        ({"additionalProperties": {"minItems": 2}}, ["x", "y"]),
        ({"dependentSchemas": {"a": under({"minItems": 2})}}, ["x", "y"]),
        ({"anyOf": [under(TEXTS), under(NUMBERS)]}, ["x", 1]),
        ({"if": under(TEXTS), "then": {"required": ["b"]}}, ["x", 1]),
        ({"const": {"a": ["x"]}}, ["x", "x"]),
        ({"enum": [{"a": ["x"]}]}, ["x", "x"]),
        ({"unevaluatedProperties": False, "allOf": [under(TEXTS)]}, ["x", 1]),
    ],
)
def test_where_more_counts_than_each_element_nothing_is_cut(
    monkeypatch: pytest.MonkeyPatch, schema: dict[str, Any], value: list[Any]
) -> None:
    schema = {**schema, "$defs": {"two": {"$anchor": "two", "minItems": 2}}}
    schema["$defs"]["two"]["$dynamicAnchor"] = "two"
    assert elementwise_levels(schema) == 0
    monkeypatch.setattr(pieces, "PIECE", 1)
    for reference in (False, True):
        engine = compile_schema(schema, reference=reference)
        cut = told(faults_in_pieces(engine, {"a": value}, 1))
        assert Counter(map(repr, cut)) != Counter(map(repr, faults_of(engine, {"a": value})))


def test_levels_below_may_mind_what_those_above_do_not() -> None:
    schema = under({"items": under({"minItems": 2})})
    assert elementwise_levels(schema) == 1
    assert elementwise_levels(under({"items": {"items": {"minItems": 2}}})) == LEVELS
    assert elementwise_levels({"$ref": "#/$defs/x", "$defs": {"x": schema}}) == 1
    assert elementwise_levels({"dependencies": {"a": schema, "b": ["a"]}}) == 1


def test_no_list_is_cut_below_the_levels_that_allow_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "PIECE", 1)
    engine = compile_schema(under({"items": under({"minItems": 2})}))
    value = {"a": [{"a": ["x", "y"]}, {"a": ["x"]}]}
    found = told(faults_in_pieces(engine, value, 1))
    assert [(fault.path, fault.keyword) for fault in found] == [(("a", 1, "a"), "minItems")]


def test_that_a_list_has_elements_may_count() -> None:
    schema = under({"if": {"minItems": 1, "type": "array"}, "then": TEXTS, "maxItems": 0})
    assert elementwise_levels(schema) == LEVELS
    engine = compile_schema(schema)
    found = told(faults_in_pieces(engine, {"a": [1]}, 1))
    assert sorted((fault.path, fault.keyword) for fault in found) == [
        (("a",), "maxItems"),
        (("a", 0), "type"),
    ]
