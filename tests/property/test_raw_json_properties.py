"""JSON text taken apart: its pieces are those of the text, and mean what a parser says."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jsonl_lint.fixing.convert.losses import RefusedError
from jsonl_lint.fixing.convert.raw import elements, members
from jsonl_lint.reading.decode import loads

odd_texts = st.text('\\"\n{}[],: ', max_size=4)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | odd_texts
trees = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=12,
)


def written(value: Any) -> st.SearchStrategy[bytes]:
    """The text of a value in one of many layouts."""
    return st.builds(
        lambda layout, escapes: json.dumps(value, separators=layout, ensure_ascii=escapes).encode(),
        st.sampled_from([(",", ":"), (", ", ": "), (" , ", " :")]),
        st.booleans(),
    )


@given(st.dictionaries(texts, trees, max_size=4), st.data())
def test_an_object_comes_apart_into_its_members(value: dict[str, Any], data: st.DataObject) -> None:
    raw = data.draw(written(value))
    opened = members(raw, ())
    assert {key: loads(member) for key, member in opened.items()} == loads(raw)
    assert b"".join(opened.values()).strip() == b"".join(opened.values())
    assert all(member in raw for member in opened.values())


@given(st.lists(trees, max_size=4), st.data())
def test_an_array_comes_apart_into_its_elements(value: list[Any], data: st.DataObject) -> None:
    raw = data.draw(written(value))
    assert [loads(element) for element in elements(raw, ())] == loads(raw)


@pytest.mark.parametrize("depth", [1, 2, 3, 4, 200])
@pytest.mark.parametrize("width", [998, 1001, 3000])
def test_what_is_deep_or_wide_comes_apart_too(depth: int, width: int) -> None:
    deep = b"[" * depth + b",".join([b'"\\""'] * width) + b"]" * depth
    raw = b'{"a": %b , "b": [%b, {"c": %b}]}' % (deep, deep, deep)
    opened = members(raw, ())
    assert opened["a"] == deep
    assert elements(opened["b"], ()) == [deep, b'{"c": %b}' % deep]


@given(st.dictionaries(texts, trees, min_size=1, max_size=3), st.data())
def test_a_key_that_stands_twice_is_seen(value: dict[str, Any], data: st.DataObject) -> None:
    raw = data.draw(written(value))
    key = json.dumps(data.draw(st.sampled_from(sorted(value)))).encode()
    with pytest.raises(RefusedError, match="stands twice"):
        members(raw[:-1] + b"," + key + b":1}", ())
