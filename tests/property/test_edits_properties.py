"""Changes of a record, as edits of its text and as a new tree: both say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from faulty_records import spelt
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from jsonl_lint.change import Change, Drop, Insert, Old, Put, Quoted, Rename
from jsonl_lint.fixing.edits import ClashError, apply, edits
from jsonl_lint.fixing.outcome import outcome
from jsonl_lint.reading.decode import loads

if TYPE_CHECKING:
    from jsonl_lint.finding import Path

keys = st.sampled_from(["a", "b", "é", 'q"\\', "a/b~", ""])
odd = [None, True, -9, 0, 1.5, 1e300, "x", 'é"\\\n', ""]
trees = st.recursive(
    st.sampled_from(odd),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(keys, inner, max_size=3)),
    max_leaves=12,
)


def inner_paths(value: Any, path: Path = ()) -> list[Path]:
    if not isinstance(value, dict | list):
        return []
    steps = value.items() if isinstance(value, dict) else enumerate(value)
    return [p for step, inner in steps for p in [(*path, step), *inner_paths(inner, (*path, step))]]


@st.composite
def changed(draw: st.DrawFn) -> tuple[bytes, list[Change]]:
    """A text, and changes of it of which none touches what another replaces."""
    tree = draw(st.dictionaries(keys, trees, min_size=1, max_size=3))
    paths = inner_paths(tree)
    chosen: list[Path] = []
    for path in draw(st.lists(st.sampled_from(paths), max_size=4, unique=True)):
        if not any(path[: len(other)] == other or other[: len(path)] == path for other in chosen):
            chosen.append(path)
    taken = draw(st.sampled_from(paths))
    values: list[Any] = [Old(taken), Quoted(taken), {}, [1, "é"], None]
    changes: list[Change] = []
    for path in chosen:
        value = draw(st.sampled_from(values))
        nested = {"new": [value]} if draw(st.booleans()) else value
        of_member = [Rename(path, "renamed" + str(len(changes))), Put((*path[:-1], "made"), nested)]
        of_element = [Insert(path, nested)]
        kinds = of_member if isinstance(path[-1], str) else of_element
        changes.append(draw(st.sampled_from([Put(path, nested), Drop(path), *kinds])))
    return draw(spelt(tree)), changes


@settings(max_examples=300)
@given(changed())
def test_edits_of_the_text_say_what_the_changes_say(drawn: tuple[bytes, list[Change]]) -> None:
    raw, changes = drawn
    try:
        meant = outcome(raw, changes)
        text = apply(raw, edits(raw, changes))
    except (ClashError, LookupError):
        assume(False)  # noqa: FBT003 - two of them make the same member
    assert loads(text) == meant


@pytest.mark.parametrize(
    ("raw", "changes", "expected"),
    [
        (b'{"a": 1, "b" :2}', [Drop(("a",))], b'{"b" :2}'),
        (b'{"a": 1, "b" :2}', [Drop(("b",))], b'{"a": 1}'),
        (b'{ "a": 1 , "b" :2 }', [Drop(("a",)), Drop(("b",))], b"{  }"),
        (b"[1, 2,3 , 4]", [Drop((1,)), Drop((2,))], b"[1, 4]"),
        (b"[1, 2,3 , 4]", [Drop((0,)), Drop((2,))], b"[2,4]"),
        (b'{"a":{ }}', [Put(("a", "b"), 1)], b'{"a":{"b":1 }}'),
        (b'{"a": {"c": 2}}', [Put(("a", "b"), 1)], b'{"a": {"b": 1, "c": 2}}'),
        (b'{"a": 1e2}', [Put(("a",), Quoted(("a",)))], b'{"a": "1e2"}'),
        (b'{"a": 1.10}', [Put(("a",), [Old(("a",))]), Rename(("a",), "b")], b'{"b": [1.10]}'),
        (b'{"a": 1, "a": 2}', [Put(("a",), 3)], b'{"a": 1, "a": 3}'),
        (b'{"a": [1, 2]}', [Insert(("a", 0), Old(("a", 1))), Drop(("a", 1))], b'{"a": [2, 1]}'),
        (b'\xef\xbb\xbf{"a": 1}\r\n', [Put(("a",), 2)], b'\xef\xbb\xbf{"a": 2}\r\n'),
    ],
)
def test_edits_leave_the_rest_as_it_is(raw: bytes, changes: list[Change], expected: bytes) -> None:
    assert apply(raw, edits(raw, changes)) == expected
