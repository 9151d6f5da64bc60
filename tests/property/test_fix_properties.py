"""What holds for every fix, whatever the data: nothing is lost, and twice is as good as once."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from faulty_records import mendable, spelt, texts
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from strategies import conversations
from test_any_bytes import damaged
from unified import diff_of, patched

from jsonl_lint import Config, Fixed, fix_bytes, lint_bytes
from jsonl_lint.change import Safety
from jsonl_lint.pointer import extent
from jsonl_lint.reading.decode import loads
from jsonl_lint.rules import load

if TYPE_CHECKING:
    from jsonl_lint.finding import Path

RULES = load()
SAFELY_MENDED = {name for name, rule in RULES.items() if rule.safety is Safety.SAFE}
OF_FILES = {name for name, rule in RULES.items() if rule.family == "files" or rule.check_file}
NONE = Config(ignore=("too-few-examples",))


def decoded(line: bytes) -> Any:
    try:
        value = loads(line)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def records(data: bytes) -> int:
    return sum(decoded(line) is not None for line in data.split(b"\n"))


def counts(data: bytes) -> Counter[str]:
    found = Counter(finding.rule for finding in lint_bytes(data).findings)
    return Counter({rule: found[rule] for rule in found.keys() - OF_FILES})


def fix_twice(data: bytes, **options: Any) -> Fixed:
    """Fix data, and see that a second fix finds nothing to do."""
    once = fix_bytes(data, **options)
    twice = fix_bytes(once.data, **options)
    assert twice.data == once.data
    assert (twice.changes.lines, twice.changes.fixed, twice.changes.dropped) == (0, {}, [])
    return once


# lines of records


@settings(max_examples=80)
@given(texts(), st.booleans(), st.booleans())
def test_a_second_fix_changes_nothing(line: bytes, unsafe: bool, drop: bool) -> None:  # noqa: FBT001 - drawn by position
    fix_twice(line, unsafe=unsafe, drop_invalid=drop)


@settings(max_examples=80)
@given(texts())
def test_no_rule_finds_more_and_what_is_said_to_be_fixed_is_gone(line: bytes) -> None:
    fixed = fix_bytes(line)
    before, after = counts(line), counts(fixed.data)
    assert after <= before
    gone = before - after
    assert gone <= fixed.changes.fixed
    # a fix may have brought to light what another one mended
    assert set(fixed.changes.fixed - gone) <= SAFELY_MENDED
    assert records(fixed.data) == records(line)
    assert fixed.changes.dropped == []


@settings(max_examples=60)
@given(texts())
def test_unsafe_fixes_bring_nothing_either_and_list_what_they_leave_out(line: bytes) -> None:
    fixed = fix_bytes(line, unsafe=True)
    assert counts(fixed.data) <= counts(line)
    assert records(fixed.data) == records(line) - len(fixed.changes.dropped)


@settings(max_examples=25)
@given(st.lists(texts(), max_size=3))
def test_lines_without_a_fault_that_a_fix_mends_keep_their_bytes(lines: list[bytes]) -> None:
    faulty = {f.line for f in lint_bytes(b"".join(lines)).findings if f.rule in SAFELY_MENDED}
    fixed = fix_bytes(b"".join(lines))
    after = fixed.data.splitlines(keepends=True)
    assert len(after) == len(lines)
    for number, (old, new) in enumerate(zip(lines, after, strict=True), 1):
        assert old == new or number in faulty
    assert [fix_bytes(line).data for line in lines] == after


@settings(max_examples=30)
@given(conversations().flatmap(spelt))
def test_records_without_a_fault_keep_their_bytes(line: bytes) -> None:
    assert fix_bytes(line + b"\n", unsafe=True, drop_invalid=True).data == line + b"\n"


def leaves(value: Any, path: Path = ()) -> dict[Path, Any]:
    steps = value.items() if isinstance(value, dict) else enumerate(value)
    found: dict[Path, Any] = {}
    for step, inner in steps:
        is_leaf = not isinstance(inner, dict | list) or not inner
        found |= {(*path, step): inner} if is_leaf else leaves(inner, (*path, step))
    return found


def text_at(raw: bytes, path: Path) -> bytes:
    there = extent(raw, path)
    assert there
    return raw[there.value : there.end]


@settings(max_examples=80)
@given(texts())
def test_what_means_the_same_as_before_is_spelt_as_before(line: bytes) -> None:
    before = decoded(line)
    assume(before and "system_prompt" not in before)  # the messages behind it move
    fixed = fix_bytes(line).data
    after = leaves(decoded(fixed))
    for path, value in leaves(before).items():
        if path in after and type(after[path]) is type(value) and after[path] == value:
            assert text_at(fixed, path) == text_at(line, path)


MAY_CHANGE = {
    "role",
    "rol",
    "id",
    "ID",
    "tool_call_id",
    "toolcall_id",
    "weight",
    "prefix",
    "arguments",
}
"""Members whose value a safe fix may change or leave out."""


@settings(max_examples=60)
@given(texts())
def test_safe_fixes_keep_every_text_that_is_not_structure(line: bytes) -> None:
    before, fixed = decoded(line), fix_bytes(line).data
    after = Counter(map(repr, leaves(decoded(fixed)).values()))
    for path, value in leaves(before).items():
        if isinstance(value, str) and value and MAY_CHANGE.isdisjoint(path):
            assert after[repr(value)]


# lines of anything


@settings(max_examples=80)
@given(damaged(), st.booleans())
@example(b"\xef\xbb\xbf\n\xef\xbb\xbf", False)  # noqa: FBT003 - drawn by position
@example(b'{"text": "a"},\r', False)  # noqa: FBT003
@example(b'{"text": "a"}\r{"text": "b"}', False)  # noqa: FBT003
def test_damaged_lines_are_fixed_once(data: bytes, unsafe: bool) -> None:  # noqa: FBT001 - drawn by position
    fixed = fix_twice(data, unsafe=unsafe)
    assert records(fixed.data) >= records(data) - len(fixed.changes.dropped)
    assert unsafe or not fixed.changes.dropped


MARK = b"\xef\xbb\xbf"
odd_lines = st.sampled_from([
    b"", b" ", MARK, b"[", b"]", b"{", b"}", b"[1]", b"null", b"\xff", b"\x00", b"\x1e", b"# a",
    b'{"text": "a"}', b'{"text": "a\tb"}', b'{"text": "a",}', b'{"text": "a"},', b'{"text": "a"',
    b'{"text": b}', b'{"text": "a"}{"text": "b"}', b'{\n "text": "a"\n}', b'[{"text": "a"}',
    b'"text": "a"', b'{"text": ""}', b'{"messages": []}', b'{"messages": [{"role": "useo"}]}',
])  # fmt: skip
line_ends = st.sampled_from([b"\n", b"\n", b"\r\n", b"\r", b"\n\n", b",\n", b"\r\r\n", b""])


@settings(max_examples=150)
@given(st.lists(st.tuples(odd_lines, line_ends).map(b"".join), max_size=5), st.booleans())
@example([b"\n", b'{"text": "a"}\r', b'{"text": b}\r'], False)  # noqa: FBT003
@example([b'{"text": "a\tb"}\r', b"[1]\r"], False)  # noqa: FBT003
@example([b" \r\n", MARK + b"\n", b'{\n "text": "a"\n}\n'], False)  # noqa: FBT003
@example([MARK, MARK + b"\r", b'{\n "text": "a"\n}'], False)  # noqa: FBT003
@example([b'[{"text": "a"} \n', MARK + b"\r]\r"], False)  # noqa: FBT003
@example([b'{"text": "a"\n', MARK + b"\n\n", b"}"], False)  # noqa: FBT003
@example([b'{"messages": []}\n', b'[{"text": "a"}\n', b',{"text": "b"}]'], True)  # noqa: FBT003
def test_files_of_odd_lines_are_fixed_once(lines: list[bytes], unsafe: bool) -> None:  # noqa: FBT001 - drawn by position
    fix_twice(b"".join(lines), unsafe=unsafe)


@given(st.binary(max_size=60))
def test_any_bytes_are_fixed_once(data: bytes) -> None:
    fix_twice(data)


joints = st.sampled_from(
    [b"\n", b"\r\n", b"", b",", b" , ", b"\n\n", b"\n \r\n", b",\n", b"\n\xef\xbb\xbf"]
)
ends = st.sampled_from([b"\n", b"", b"\r", b"\r\n", b",", b",\n", b"\n\n", b" \n"])


@settings(max_examples=50)
@given(st.lists(st.tuples(texts(), joints), min_size=1, max_size=4), ends, st.booleans())
def test_records_are_found_however_they_are_joined(
    parts: list[tuple[bytes, bytes]],
    end: bytes,
    mark: bool,  # noqa: FBT001 - drawn by position
) -> None:
    lines = [line.rstrip() for line, _ in parts]
    data = lines[0] + b"".join(
        joint + line for line, (_, joint) in zip(lines[1:], parts, strict=False)
    )
    fixed = fix_twice(b"\xef\xbb\xbf" * mark + data + end)
    alone = [fix_bytes(line + b"\n").data.strip() for line in lines]
    assert [line.strip() for line in fixed.data.splitlines()] == alone
    assert b"\r\n" not in fixed.data
    assert fixed.data.endswith(b"\n")


@settings(max_examples=25)
@given(
    st.lists(mendable(), min_size=1, max_size=3), st.sampled_from([None, 1, "\t"]), st.booleans()
)
def test_an_array_and_pretty_printed_records_become_lines(
    drawn: list[Any],
    indent: int | str | None,
    array: bool,  # noqa: FBT001 - drawn by position
) -> None:
    assume(indent is not None or array)
    text = json.dumps(drawn, indent=indent) if array else "\n".join(
        json.dumps(record, indent=indent) for record in drawn)  # fmt: skip
    assume(all(record for record in drawn))
    fixed = fix_twice(text.encode())
    commas = (", " if indent is None else ",", ": ")
    lines = [json.dumps(record, separators=commas).encode() + b"\n" for record in drawn]
    alone = [decoded(fix_bytes(line).data) for line in lines]
    assert [decoded(line) for line in fixed.data.splitlines()] == alone


@settings(max_examples=40)
@given(st.lists(st.one_of(texts(), damaged()), max_size=12).map(b"".join))
def test_the_diff_makes_the_fixed_data_of_the_old(data: bytes) -> None:
    assert patched(data, diff_of(data)) == fix_bytes(data).data
