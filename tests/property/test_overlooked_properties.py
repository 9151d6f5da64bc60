"""What the decoder passes over, against json.loads, which does not; and the gates about it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import chat

from jsonl_lint import Config, lint_bytes
from jsonl_lint.api import make_linter
from jsonl_lint.linting.gate import CLEAN
from jsonl_lint.reading.overlooked import (
    LARGEST,
    SMALLEST,
    line_separators,
    rounded_integers,
    too_deep,
)
from jsonl_lint.reading.structure import has_more_nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.finding import Path

LINTER = make_linter(Config())
SHALLOW = make_linter(Config(max_depth=9))
assert LINTER.gate
assert SHALLOW.gate

EDGES = [LARGEST, LARGEST + 1, SMALLEST, SMALLEST - 1, 10**18, 10**19, 10**20, -(10**19), 0]
FLOATS = [1e300, 1.8446744073709552e19, -9.3e18, 0.1234567890123456789, 1e-300, 2.5]
TEXTS = st.text(st.sampled_from('a\u2028\u2029\x85é🗼"\\\u2027'), max_size=4)
LEAVES = st.sampled_from(EDGES) | st.integers() | st.sampled_from(FLOATS) | TEXTS | st.none()
TREES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


NUMBERS = st.recursive(
    st.sampled_from([*EDGES, *FLOATS]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.just("n"), inner, max_size=1),
    max_leaves=3,
)
OBJECTS = st.dictionaries(st.sampled_from("ab"), NUMBERS, max_size=2)


def leaves(value: object, path: Path = ()) -> Iterator[tuple[Path, object]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from leaves(item, (*path, index))
    else:
        yield path, value


def wide(value: object) -> list[Path]:
    return [
        path
        for path, leaf in leaves(value)
        if isinstance(leaf, int) and not SMALLEST <= leaf <= LARGEST
    ]


@given(TREES, st.booleans())
def test_rounded_integers_are_those_that_json_keeps(value: object, ascii_only: bool) -> None:  # noqa: FBT001
    text = json.dumps(value, ensure_ascii=ascii_only).encode()
    found = list(rounded_integers(text))
    assert [one.path for one in found] == wide(value)
    for one in found:
        assert not SMALLEST <= int(text[slice(*one.span)]) <= LARGEST


def levels(value: object) -> int:
    if isinstance(value, dict):
        return 1 + max(map(levels, value.values()), default=0)
    return 1 + max(map(levels, value), default=0) if isinstance(value, list) else 0


@given(st.lists(TREES, max_size=3) | st.dictionaries(TEXTS, TREES, max_size=3))
def test_depth_is_that_of_the_tree(value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False).encode()
    deepest = levels(value)
    for limit in range(1, deepest + 2):
        place = too_deep(text, limit)
        assert (place is not None) == (deepest > limit)
        assert place is None or text[place : place + 1] in (b"[", b"{")


@given(TREES)
def test_escaped_separators_say_the_same_on_one_line(value: object) -> None:
    text = json.dumps(value, ensure_ascii=False).encode()
    while found := line_separators(text):
        parts = text.decode().splitlines(keepends=True)
        (start, end), (_, last) = found.first, found.last
        assert found.number == len(parts) - 1
        assert end == len(parts[0].encode())
        assert last == len(text) - len(parts[-1].encode())
        text = text[:start] + b"\\u%04x" % ord(text[start:end].decode()) + text[end:]
    assert json.loads(text) == value
    assert len(text.decode().splitlines()) <= 1


@given(TREES)
def test_nodes_are_never_fewer_than_values(value: object) -> None:
    text = json.dumps(value, ensure_ascii=False).encode()
    values = sum(1 for _ in leaves(value))
    nodes = next(limit for limit in range(len(text) + 1) if not has_more_nodes(text, limit))
    assert nodes >= values - 1


PLACES = ["arguments", "parameters", "content", "description", "result"]


@st.composite
def tool_records(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a record without a fault but for what numbers and texts bring, in one place of it."""
    odd = draw(st.sampled_from(PLACES))
    text = dict.fromkeys(PLACES, "é") | {odd: "é" + draw(TEXTS)}
    drawn = draw(OBJECTS | st.dictionaries(TEXTS, TREES, max_size=2)) if odd == "arguments" else {}
    parameters: dict[str, Any] = {"type": "object"}
    if odd == "parameters":
        parameters["default"] = draw(NUMBERS | TREES)
    arguments = json.dumps(drawn, ensure_ascii=draw(st.booleans()))
    call = {
        "id": "Kd7pR2wQi",
        "type": "function",
        "function": {"name": "f", "arguments": arguments},
    }
    record = chat(text["content"])
    record["messages"][1:1] = [
        {"role": "assistant", "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "Kd7pR2wQi", "content": text["result"]},
    ]
    function = {"name": "f", "description": text["description"], "parameters": parameters}
    return record | {"tools": [{"type": "function", "function": function}]}


@settings(max_examples=250)
@given(tool_records() | st.builds(chat, TEXTS.filter(str.strip)), st.booleans())
def test_what_the_gate_passes_holds_nothing_that_is_overlooked(
    record: dict[str, Any],
    ascii_only: bool,  # noqa: FBT001
) -> None:
    text = json.dumps(record, ensure_ascii=ascii_only)
    raw = text.encode()
    value = orjson.loads(raw)
    for linter, limit in ((LINTER, 128), (SHALLOW, 9)):
        assert linter.gate
        if linter.gate.refused(value, raw) != CLEAN:
            continue
        inner = [
            json.loads(call["function"]["arguments"])
            for message in record["messages"]
            for call in message.get("tool_calls", ())
        ]
        assert not wide(record)
        assert not wide(inner)
        assert len(text.splitlines()) == 1
        assert max(map(levels, [record, *inner])) <= limit


LINES = st.lists(
    st.sampled_from(
        [
            b'{"text": "a"}',
            b'{"text": ""}',
            b'{"text": "a",}',
            b'{"text": "a\tb"}',
            b'{"text": NaN, "id": 99999999999999999999}',
            b'{"text": "a", "id": 99999999999999999999}',
            '{"text": "\u2028é"}'.encode(),
            b'{"text": "a", "text": "b"}',
            b"",
            b"[1]",
            b'{"a": "\x00"}',
            b"\xff",
            b'{"te',
        ]
    ),
    min_size=1,
    max_size=6,
)


@given(LINES, st.data())
def test_line_ends_change_no_other_finding(lines: list[bytes], data: st.DataObject) -> None:
    ends = data.draw(
        st.sampled_from([[b"\r\n"] * len(lines)])
        | st.lists(st.sampled_from([b"\n", b"\r\n"]), min_size=len(lines), max_size=len(lines))
    )
    config = Config(select=("ALL",), ignore=("mixed-line-ends", "crlf", "file-too-large"))
    unix, other = (
        [
            (f.rule, f.line, f.record, f.message, f.place[:2], f.place.byte_length, f.fingerprint)
            for f in lint_bytes(text, config=config).findings
        ]
        for text in (
            b"".join(one + b"\n" for one in lines),
            b"".join(one + end for one, end in zip(lines, ends, strict=True)),
        )
    )
    assert unix == other


@given(st.lists(st.sampled_from([b"\n", b"\r\n"]), min_size=1, max_size=6), st.booleans())
def test_mixed_line_ends_are_those_of_two_kinds(ends: list[bytes], whole: bool) -> None:  # noqa: FBT001
    parts = [b'{"text": "a"}' + end for end in ends] + ([] if whole else [b'{"text": "b"}'])
    config = Config(select=("crlf", "mixed-line-ends"))
    found = {f.rule: f for f in lint_bytes(b"".join(parts), config=config).findings}
    assert ("crlf" in found) == (set(ends) == {b"\r\n"})
    assert ("mixed-line-ends" in found) == (len(set(ends)) > 1)
    alone = lint_bytes(b"".join(parts), config=Config(select=("crlf",))).findings
    assert [f.rule for f in alone] == ["crlf"] * (b"\r\n" in ends)
    if "mixed-line-ends" in found:
        second = next(index for index, end in enumerate(ends) if end != ends[0])
        finding = found["mixed-line-ends"]
        assert finding.line == second + 1
        assert finding.place.byte_offset == len(b"".join(parts[:second]))
