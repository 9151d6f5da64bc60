"""The proof without a validator never says more than the validator."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from jsonl_lint.schema.engine import compile_untrusted
from jsonl_lint.schema.flat import fits_plainly

names = st.sampled_from(["a", "b", "c"])
scalars = st.one_of(
    st.none(), st.booleans(), st.integers(-2, 2), st.sampled_from([0.0, 1.0, 0.5, "a", "b", ""])
)
values = st.one_of(scalars, st.lists(scalars, max_size=2), st.dictionaries(names, scalars))
types = st.sampled_from(["string", "integer", "number", "boolean", "array", "object", "null"])
members = st.fixed_dictionaries(
    {},
    optional={
        "type": st.one_of(types, st.lists(types, min_size=1, max_size=2, unique=True)),
        "enum": st.lists(scalars, min_size=1, max_size=3),
        "description": st.just("x"),
        "minimum": st.integers(-1, 1),
        "maximum": st.sampled_from([0, 0.5, 1]),
        "items": st.fixed_dictionaries({"type": types}),
    },
)
schemas = st.fixed_dictionaries(
    {"type": st.just("object")},
    optional={
        "properties": st.dictionaries(names, st.one_of(members, st.booleans())),
        "required": st.lists(names, unique=True),
        "additionalProperties": st.booleans(),
        "minProperties": st.integers(0, 2),
    },
)


@settings(max_examples=1000)
@given(schemas, st.one_of(values, st.dictionaries(names, values)))
def test_what_is_proven_is_valid(schema: dict[str, Any], value: object) -> None:
    if fits_plainly(schema, value):
        assert compile_untrusted(schema).is_valid(value)


def test_ordinary_arguments_are_proven() -> None:
    schema = {
        "type": "object",
        "properties": {
            "word": {"type": "string", "description": "the word"},
            "unit": {"type": "string", "enum": ["C", "F"]},
            "count": {"type": "integer"},
        },
        "required": ["word"],
    }
    assert fits_plainly(schema, {"word": "planet", "unit": "C", "count": 2})
    assert not fits_plainly(schema, {"unit": "C"})
    assert not fits_plainly(schema, {"word": "planet", "unit": "K"})
    assert not fits_plainly(schema, {"word": 1})
