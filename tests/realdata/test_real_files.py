"""Datasets that other people wrote, as they are: what is said of them, and that all is read."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import jsonl_lint
from jsonl_lint.api import make_linter
from jsonl_lint.linting.run import read
from jsonl_lint.reading.source import open_path

if TYPE_CHECKING:
    from jsonl_lint.linting.engine import Linter
    from jsonl_lint.linting.summary import FileResult

REAL = Path(__file__).parents[3] / "shared" / "data" / "real"
FILES = sorted([*REAL.rglob("*.jsonl"), *REAL.rglob("*.jsonl.gz")])
NAMES = [path.relative_to(REAL).as_posix() for path in FILES]
POINTERS = [path for path in FILES if b"git-lfs" in path.read_bytes()[:64]]
"""What Git LFS leaves in a checkout that did not fetch the file."""
needs_real_data = pytest.mark.skipif(not FILES, reason="the real datasets are not here")

CHAT = {
    "messages": [
        {"role": "user", "content": "Which river runs through Lyon?"},
        {"role": "assistant", "content": "Two do: the Rhône and the Saône."},
        {"role": "user", "content": "Where do they meet?"},
        {"role": "assistant", "content": "At the southern tip of the Presqu'île."},
    ]
}
"""In the structure of the guide's first example."""


def call(call_id: str, number: str) -> dict[str, Any]:
    function = {"name": "to_roman", "arguments": f'{{"number": {number}}}'}
    calls = [{"id": call_id, "type": "function", "function": function}]
    return {"role": "assistant", "tool_calls": calls}


CALLING = {
    "messages": [
        {"role": "system", "content": "Convert numbers with the tool at hand."},
        {"role": "user", "content": "How did the Romans write 14?"},
        call("Qm4tZ81xk", "14"),
        {"role": "tool", "content": '{"roman": "XIV"}', "tool_call_id": "Qm4tZ81xk"},
        {"role": "assistant", "content": "They wrote XIV."},
        {"role": "user", "content": "And 90?"},
        call("b7Yp0LwDs", "90"),
    ],
    "tools": [
        {
            "type": "function",
            "function": {
                "name": "to_roman",
                "description": "Write a number in Roman numerals",
                "parameters": {
                    "type": "object",
                    "properties": {"number": {"type": "integer", "description": "1 to 3999"}},
                    "required": ["number"],
                },
            },
        }
    ],
}
"""In the structure of the guide's second example, which ends on a call."""


@cache
def linter(*, reference: bool) -> Linter:
    return make_linter(jsonl_lint.Config(), reference=reference)


def checked(path: Path, *, reference: bool = False) -> tuple[list[jsonl_lint.Finding], FileResult]:
    check = linter(reference=reference).check(str(path))
    findings = [f.settle() for f in read(open_path(str(path)), check.result, check.findings)]
    return findings, check.result


def rules(name: str) -> Counter[tuple[str, str]]:
    return Counter((f.rule, str(f.severity)) for f in checked(REAL / name)[0])


@pytest.mark.parametrize("record", [CHAT, CALLING], ids=["chat", "function calling"])
def test_the_structures_of_the_guide_are_clean(record: dict[str, Any]) -> None:
    report = jsonl_lint.lint_records([record] * 10)
    assert [finding.rule for finding in report.findings] == []


@needs_real_data
def test_mistrals_own_training_file_has_no_errors() -> None:
    assert rules("client-python/ft_training_file.jsonl") == {}


@needs_real_data
def test_mistrals_own_validation_file_has_a_blank_line_and_one_example() -> None:
    findings, _ = checked(REAL / "client-python/ft_validation_file.jsonl")
    assert [(f.rule, str(f.severity), f.line) for f in findings] == [
        ("blank-line", "warning", 2),
        ("too-few-examples", "warning", 1),
    ]


@needs_real_data
def test_each_drone_record_has_an_id_of_another_form_and_no_other_error() -> None:
    findings, result = checked(REAL / "openai-cookbook/drone_training.jsonl")
    errors = [f for f in findings if f.severity is jsonl_lint.Severity.ERROR]
    assert {f.rule for f in errors} == {"tool-call-id-format"}
    assert [f.record for f in errors] == list(range(103))
    assert result.records == 103


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_every_file_is_read_to_its_end(path: Path) -> None:
    _, result = checked(path)
    assert result.complete, result.error
    if path.suffix == ".jsonl":
        assert result.bytes_read == path.stat().st_size


@pytest.mark.parametrize("path", POINTERS, ids=lambda path: path.parent.name)
def test_a_git_lfs_pointer_is_one_finding(path: Path) -> None:
    findings, _ = checked(path)
    assert [f.rule for f in findings] == ["wrong-file-kind"]


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_reference_mode_finds_the_same(path: Path) -> None:
    assert said(path, reference=True) == said(path, reference=False)


def said(path: Path, *, reference: bool) -> list[tuple[object, ...]]:
    findings, _ = checked(path, reference=reference)
    return [
        (f.rule, f.severity, f.line, f.record, f.problem.path, f.message, f.hint, f.place)
        for f in findings
    ]
