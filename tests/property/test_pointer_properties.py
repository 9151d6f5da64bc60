"""Whatever the layout of a line, a path leads to the bytes of its value, and nothing raises."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import orjson
from hypothesis import given
from hypothesis import strategies as st

from jsonl_lint.pointer import columns, locate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.finding import Path

TEXTS = st.text(st.sampled_from('ab"\\[]{}:, \n\t/é字😀\u2028'), max_size=8)
SCALARS = st.none() | st.booleans() | st.integers(-999, 999) | st.just(1.5) | TEXTS
TREES = st.recursive(
    SCALARS,
    lambda child: st.lists(child, max_size=4) | st.dictionaries(TEXTS, child, max_size=4),
    max_leaves=20,
)
SPACES = st.text(" \t", max_size=2)
PATHS = st.lists(TEXTS | st.integers(-2, 4) | st.sampled_from(["a", "b"]), max_size=5).map(tuple)


@st.composite
def printed(draw: st.DrawFn, tree: object) -> str:
    """Print the tree with drawn spaces and escapes, and with equal keys before the real ones."""
    if isinstance(tree, str):
        return draw(quoted(tree))
    if isinstance(tree, list):
        inner = [draw(printed(child)) for child in tree]
        text = "[" + ",".join(inner) + draw(SPACES) + "]"
    elif isinstance(tree, dict):
        members = list(tree.items())
        if members:
            shadowed = draw(st.lists(st.sampled_from(sorted(tree)), max_size=2))
            members[:0] = [(key, draw(SCALARS | st.just([{"a": [0]}]))) for key in shadowed]
        inner = [
            f"{draw(SPACES)}{draw(quoted(key))}{draw(SPACES)}:{draw(printed(child))}"
            for key, child in members
        ]
        text = "{" + ",".join(inner) + draw(SPACES) + "}"
    else:
        text = json.dumps(tree)
    return draw(SPACES) + text + draw(SPACES)


@st.composite
def quoted(draw: st.DrawFn, text: str) -> str:
    """Print a string; characters that need no escape get one now and then."""
    escaped = draw(st.sets(st.sampled_from(text))) if text else set()
    shown = [
        json.dumps(char)[1:-1] if char in escaped or char in '"\\\n\t' else char for char in text
    ]
    return '"' + "".join(shown) + '"'


@st.composite
def lines(draw: st.DrawFn) -> bytes:
    """Draw a line of valid JSON."""
    before = draw(st.sampled_from(["", "\ufeff"]))
    after = draw(st.sampled_from(["", "\n", "\r\n"]))
    return (before + draw(printed(draw(TREES))) + after).encode()


def walk(value: object, path: Path = ()) -> Iterator[tuple[Path, object]]:
    """Give each value of the tree with its path."""
    yield path, value
    if isinstance(value, dict):
        for key, child in value.items():
            yield from walk(child, (*path, key))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from walk(child, (*path, index))


@given(lines())
def test_each_path_leads_to_its_value_and_key(raw: bytes) -> None:
    for path, value in walk(orjson.loads(raw.removeprefix(b"\xef\xbb\xbf"))):
        start, end = locate(raw, path)
        if isinstance(value, dict | list):
            assert raw[start:end] == (b"{" if isinstance(value, dict) else b"[")
        else:
            assert orjson.loads(raw[start:end]) == value
        if path and isinstance(path[-1], str):
            key_start, key_end = locate(raw, path, "key")
            assert orjson.loads(raw[key_start:key_end]) == path[-1]
            assert key_end < start


@given(lines())
def test_columns_are_code_points_after_the_byte_order_mark(raw: bytes) -> None:
    mark = raw.startswith(b"\xef\xbb\xbf")
    for path, _ in walk(orjson.loads(raw.removeprefix(b"\xef\xbb\xbf"))):
        start, end = locate(raw, path)
        expected = [len(raw[:offset].decode()) + 1 - mark for offset in (start, end)]
        assert list(columns(raw, start, end)) == expected


BROKEN = st.one_of(
    st.binary(max_size=40),
    st.text(st.sampled_from('{}[]":,\\ab1 \n'), max_size=40).map(str.encode),
    st.builds(
        lambda raw, cut, junk: raw[:cut] + junk + raw[cut:],
        lines(),
        st.integers(0, 60),
        st.binary(max_size=2),
    ),
    st.builds(lambda raw, cut: raw[:cut], lines(), st.integers(0, 60)),
)


@given(BROKEN, PATHS, st.sampled_from(["value", "key"]))
def test_nothing_raises_and_spans_stay_inside(raw: bytes, path: Path, part: str) -> None:
    start, end = locate(raw, path, part)  # type: ignore[arg-type]  # hypothesis widens the literal
    assert 0 <= start <= end <= len(raw)
    column, end_column = columns(raw, start, end)
    assert 1 <= column <= end_column <= len(raw) + 1


@given(lines(), PATHS)
def test_a_path_that_leads_nowhere_gives_its_last_ancestor(raw: bytes, path: Path) -> None:
    known = {p: locate(raw, p) for p, _ in walk(orjson.loads(raw.removeprefix(b"\xef\xbb\xbf")))}
    while path not in known:
        longer, path = path, path[:-1]
        assert locate(raw, longer) == locate(raw, path)
