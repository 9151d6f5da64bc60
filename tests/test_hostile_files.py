"""Hostile files: each has the outcome that stands beside it, on every way it can be read."""

from __future__ import annotations

import json
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Any

import pytest
from hostile_files import (
    CONFIG,
    EXPECTED,
    FOLDER,
    REFERENCE,
    UNREADABLE,
    Outcome,
    expected_file,
    fix_of,
    hostile_files,
    name_of,
    outcome,
    outcome_of,
)
from samples import chat, line

from jsonl_lint import lint_bytes
from jsonl_lint.finding import Severity
from jsonl_lint.reading.decode import DECODER_NESTING
from jsonl_lint.rules import CRASHED

if TYPE_CHECKING:
    from pathlib import Path

FILES = hostile_files()
GROUPS = {name: list(paths) for name, paths in groupby(FILES, lambda path: path.parent.name)}
GATED = ("keys", "nesting", "numbers", "records", "schemas", "strings", "structure")
"""Groups of files whose records get as far as the gates."""

GOOD = line(chat())
LINE_ENDS = {"crlf", "cr-only-line-ends", "mixed-line-ends"}
each_group = pytest.mark.parametrize("group", GROUPS)


def expected(path: Path) -> Outcome:
    found: Outcome = json.loads(expected_file(path).read_text("utf-8"))
    return found


def expected_in(group: str) -> dict[str, Outcome]:
    return {name_of(path): expected(path) for path in GROUPS[group]}


def test_the_corpus_is_whole_and_small() -> None:
    assert len(FILES) >= 150
    assert max(path.stat().st_size for path in FILES) <= 4096
    blessed = [path for path in FOLDER.rglob("*") if path.name.endswith(EXPECTED)]
    assert sorted(blessed) == sorted(map(expected_file, FILES))


@each_group
def test_the_outcome_is_the_one_beside_the_file(group: str) -> None:
    found = {name_of(path): outcome(path) for path in GROUPS[group]}
    assert found == expected_in(group)
    assert not any(CRASHED in rules(each) for each in found.values())


@pytest.mark.parametrize("group", GATED)
def test_without_gates_the_outcome_is_the_same(group: str) -> None:
    found = {name_of(path): outcome(path, REFERENCE) for path in GROUPS[group]}
    assert found == expected_in(group)


def rules(found: Outcome) -> Counter[str]:
    return Counter(finding["rule"] for finding in found["findings"])


def shared(found: Outcome) -> tuple[Any, ...]:
    """Give what twins that differ in their line ends have in common."""
    keys = ("rule", "severity", "line", "column", "pointer")
    others = [each for each in found["findings"] if each["rule"] not in LINE_ENDS]
    places = [[each[key] for key in keys] for each in others]
    return places, found["lines"], found["records"], found["unchecked_lines"], found["error_code"]


def is_text(data: bytes) -> bool:
    return b"\n" in data and not (b"\r" in data or b"\x00" in data)


@pytest.mark.parametrize("group", [name for name in GROUPS if name != "archives"])
def test_a_twin_with_crlf_has_the_same_findings(group: str) -> None:
    texts = [path for path in GROUPS[group] if is_text(path.read_bytes())]
    assert texts
    for path in texts:
        twin = path.read_bytes().replace(b"\n", b"\r\n")
        assert shared(outcome_of(twin)) == shared(expected(path)), name_of(path)


@each_group
def test_a_fix_is_done_at_once_and_brings_no_new_rule(group: str) -> None:
    for path in GROUPS[group]:
        data = path.read_bytes()
        for unsafe in (False, True):
            once, mended = fix_of(data, unsafe=unsafe)
            assert fix_of(once, unsafe=unsafe) == (once, set()), name_of(path)
            if once != data and not mended & UNREADABLE:
                assert rules(outcome_of(once)) <= rules(expected(path)), name_of(path)


# what is too large for a file in the checkout


def found(data: bytes) -> list[tuple[str, int, int]]:
    """Give rule, line and byte offset of what is found in data, a good line around them."""
    findings = outcome_of(GOOD + data + b"\n" + GOOD)["findings"]
    places = [(f["rule"], f["line"], f["byte_offset"] - len(GOOD)) for f in findings]
    assert {line for _, line, _ in places} <= {2}
    return places


@pytest.mark.parametrize("depth", [1, 127, 128, 129, 1024, 1025, 2000, 100_000])
@pytest.mark.parametrize("opener", [b"[", b'{"a":'], ids=["arrays", "objects"])
def test_nesting_of_any_depth(depth: int, opener: bytes) -> None:
    around, inside = b'{"x":', depth - 1
    closer = b"]" if opener == b"[" else b"}"
    nested = opener * inside + b"0" + closer * inside
    places = found(around + nested + b"," + GOOD.strip()[1:])
    if depth > CONFIG.max_depth:
        assert places[0 if depth > DECODER_NESTING else 1 :] == [
            ("nesting-too-deep", 2, len(around) + (CONFIG.max_depth - 1) * len(opener))
        ]
    else:
        assert places == [("unknown-key", 2, 1)]


def test_many_escaped_backslashes_and_one_that_is_not() -> None:
    raw = GOOD.strip().replace(b'"Hello"', b'"' + b"\\" * 200_001 + b'"')
    assert found(raw) == [("invalid-json", 2, len(raw))]


def test_thousands_of_findings_in_one_line() -> None:
    """Where the time grew with the square of the line, this took minutes."""
    places = found(b"{" + '"狐":1,'.encode() * 5_000 + GOOD.strip()[1:])
    assert Counter(rule for rule, _, _ in places) == {"duplicate-key": 4_999, "unknown-key": 1}
    call = {"id": "abcdefghi", "type": "function", "function": {"name": "f", "arguments": "{}"}}
    calling = {"role": "assistant", "tool_calls": [call] * 1_500}
    report = lint_bytes(line({"messages": [*[{}] * 1_500, calling]}))
    assert report.counts["missing-role", Severity.ERROR] == 1_500
    assert report.counts["tool-call-id-duplicate", Severity.ERROR] == 1_499
