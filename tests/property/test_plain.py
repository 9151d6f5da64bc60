"""What is proven of a plain schema, and by it, is what a closer look finds too."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jsonl_lint.schema.engine import compile_untrusted
from jsonl_lint.schema.parameters import parameters
from jsonl_lint.schema.plain import UNCOMPILED_CALLS, Plain, is_plain

names = st.sampled_from(["a", "b", "c"])
scalars = st.one_of(
    st.none(), st.booleans(), st.integers(-2, 2), st.sampled_from([0.0, 1.0, 0.5, "a", "b", ""])
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(names, inner, max_size=2)),
    max_leaves=6,
)
types = st.sampled_from(["string", "integer", "number", "boolean", "array", "null", "object"])


def members(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Draw schemas near the plain ones: with the same keywords, and now and then another."""
    return st.fixed_dictionaries(
        {"type": types},
        optional={
            "enum": st.lists(st.sampled_from(["a", "b", 1]), max_size=2),
            "description": st.sampled_from(["x", 1]),
            "minimum": st.sampled_from([-1, 0.5, 1e20, "a"]),
            "maximum": st.sampled_from([0, 1, 2**63]),
            "default": scalars,
            "items": inner,
            "properties": st.dictionaries(names, inner, max_size=2),
            "required": st.lists(names, max_size=2),
            "pattern": st.just("^a"),
        },
    )


schemas = st.fixed_dictionaries(
    {"type": st.sampled_from(["object", "object", "string"])},
    optional={
        "properties": st.one_of(
            st.none(),
            st.dictionaries(
                names, st.recursive(members(st.booleans()), members, max_leaves=4), max_size=3
            ),
        ),
        "required": st.one_of(st.none(), st.lists(names, max_size=2)),
        "additionalProperties": st.sampled_from([True, False, {}]),
        "$schema": st.just("http://json-schema.org/draft-07/schema#"),
    },
)


@settings(max_examples=1000)
@given(schemas, st.one_of(values, st.dictionaries(names, values)))
def test_what_is_proven_is_so(schema: dict[str, Any], value: object) -> None:
    if is_plain(schema, orjson.dumps(schema)):
        assert parameters(schema).is_clean
        assert Plain(schema, 0).fits(value) == compile_untrusted(schema).is_valid(value)


WEATHER = {
    "type": "object",
    "properties": {
        "city": {"type": "string", "description": "the city"},
        "unit": {"type": "string", "enum": ["C", "F"]},
        "days": {"type": "integer", "minimum": 1, "maximum": 9},
        "hours": {"type": "array", "items": {"type": "integer"}},
        "place": {"type": "object", "properties": {"country": {"type": "string"}}},
    },
    "required": ["city"],
}


@pytest.mark.parametrize(
    ("value", "fits"),
    [
        ({"city": "Rome", "unit": "C", "days": 2, "hours": [1, 2], "place": {}}, True),
        ({"city": "Rome", "place": {"country": "Italy"}}, True),
        ({"city": "Rome", "days": 2.0}, True),
        ({"city": "Rome", "more": 1}, True),
        ({"unit": "C"}, False),
        ({"city": "Rome", "unit": "K"}, False),
        ({"city": "Rome", "days": 10}, False),
        ({"city": "Rome", "hours": ["one"]}, False),
        ({"city": "Rome", "place": {"country": 1}}, False),
        ({"city": 1}, False),
    ],
)
def test_ordinary_parameters_are_plain(value: dict[str, Any], *, fits: bool) -> None:
    assert is_plain(WEATHER, orjson.dumps(WEATHER))
    plain = Plain(WEATHER, 0)
    assert [plain.fits(value) for _ in range(UNCOMPILED_CALLS + 2)] == [fits] * 10


@pytest.mark.parametrize(("size", "compiled"), [(100, 1), (100_000, 0)])
def test_long_ones_are_not_compiled_for_many_calls(
    size: int, compiled: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr("jsonl_lint.schema.plain.parameters", asked.append)
    plain = Plain(WEATHER, size)
    value = {"city": "Rome"}
    assert all(plain.fits(value) for _ in range(UNCOMPILED_CALLS))
    with nullcontext() if not compiled else pytest.raises(AttributeError):
        plain.fits(value)
    assert len(asked) == compiled


@pytest.mark.parametrize(
    "schema",
    [
        {},
        WEATHER | {"required": ["town"]},
        WEATHER | {"required": ["city", "city"]},
        WEATHER | {"required": None},
        WEATHER | {"properties": None},
        WEATHER | {"$ref": "#"},
        WEATHER | {"properties": {"city": {"type": "string", "pattern": "a"}}},
        WEATHER | {"properties": {"city": {"type": "integer", "maximum": 1e19}}},
        WEATHER | {"properties": {"city": {"type": "object", "required": ["a"]}}},
        WEATHER | {"properties": {"city": {"type": "strin"}}},
        {"type": "object", "description": "x" * (1 << 18)},
    ],
    ids=range(11),
)
def test_others_are_not(schema: dict[str, Any]) -> None:
    assert not is_plain(schema, orjson.dumps(schema))
