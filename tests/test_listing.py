"""Faults of one value are listed only where neither they nor their copies are many."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from jsonl_lint.schema.listing import most_names
from jsonl_lint.schema.parameters import parameters

NUMBERS = {"properties": {"a": {"items": {"type": "string", "minimum": 5}}}}
NAMES = {"required": [f"n{number}" for number in range(500)]}


@pytest.mark.parametrize(
    ("schema", "value", "keyword"),
    [
        (NUMBERS, {"a": [1] * 5000}, "minimum"),
        (NUMBERS, {"a": [1] * 20_000}, ""),
        (NAMES, {"a": "a" * 1000}, "required"),
        (NAMES, {"a": "a" * 1_000_000}, ""),
        ({"items": NAMES}, [{}] * 50, "required"),
        ({"items": NAMES}, [{}] * 500, ""),
        ({"required": ["b"]}, {"a": "a" * 1_000_000}, "required"),
    ],
)
def test_what_is_too_much_to_list_is_a_mismatch_all_the_same(
    schema: dict[str, Any], value: object, keyword: str
) -> None:
    compiled = parameters(schema)
    mismatch = compiled.mismatch(value)
    assert mismatch is not None
    assert mismatch.keyword == keyword
    assert not compiled.fits(value)


@pytest.mark.parametrize(
    ("schema", "number"),
    [
        ({"items": [{"required": ["a", "b"]}, {"required": ["a"]}]}, 2),
        ({"dependencies": {"a": ["b", "c"], "b": ["c"], "c": {}}}, 3),
        ({"properties": {"required": {}, "dependencies": True}}, 0),
        ({"properties": {"a": {"type": "string"}}}, 0),
    ],
)
def test_names_are_those_that_one_part_demands(schema: dict[str, Any], number: int) -> None:
    assert most_names(schema, orjson.dumps(schema)) == number
