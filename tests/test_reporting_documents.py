"""The formats for programs, against their published schema."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from jsonschema import Draft202012Validator
from reporting_runs import BLESSED, REPORTS, RULES, checked, found, options, summed, written

from jsonl_lint.linting.context import FileContext
from jsonl_lint.linting.summary import FileResult, Summary
from jsonl_lint.reading.errors import Code
from jsonl_lint.reporting import load, ordinals
from jsonl_lint.schema import find

if TYPE_CHECKING:
    from jsonl_lint.finding import Finding

RAW = b'{"messages": [{"role": "human", "content": "secret"}]}'
ROLE = ("messages", 0, "role")


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return find.load("report")


def document(findings: list[Finding], **settings: Any) -> dict[str, Any]:
    text = written("json", findings, summed(findings), options(**settings))
    parsed: dict[str, Any] = orjson.loads(text)
    return parsed


def line_validator(schema: dict[str, Any]) -> Draft202012Validator:
    return Draft202012Validator({"$ref": "#/$defs/line", "$defs": schema["$defs"]})


def test_the_schema_is_one(schema: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(schema)


def test_the_blessed_documents_fit_the_schema(schema: dict[str, Any]) -> None:
    report = orjson.loads((REPORTS / BLESSED["json"]).read_bytes())
    Draft202012Validator(schema).validate(report)
    lines = (REPORTS / BLESSED["jsonl"]).read_bytes().splitlines()
    for line in lines:
        line_validator(schema).validate(orjson.loads(line))


@pytest.mark.parametrize("change", [{"extra": 1}, {"line": 0}, {"severity": "fatal"}])
def test_the_schema_refuses_other_findings(
    schema: dict[str, Any], change: dict[str, object]
) -> None:
    report = document([found(RAW, ROLE)])
    assert Draft202012Validator(schema).is_valid(report)
    report["findings"][0] |= change
    assert not Draft202012Validator(schema).is_valid(report)
    line = {"type": "finding", **report["findings"][0]}
    assert not line_validator(schema).is_valid(line)


def test_both_formats_hold_the_same() -> None:
    findings, summary = checked({"a.jsonl": RAW + b"\n[1]", "b.jsonl": b"\n"})
    report = orjson.loads(written("json", findings, summary, options()))
    text = written("jsonl", findings, summary, options())
    first, *middle, last = map(orjson.loads, text.splitlines())
    assert first.pop("type") == "header"
    assert last.pop("type") == "summary"
    assert {entry.pop("type") for entry in middle} == {"finding"}
    assert report == {**first, "findings": middle, **last}


def test_a_run_without_findings_is_a_document_too(schema: dict[str, Any]) -> None:
    report = orjson.loads(written("json", [], Summary(), options()))
    Draft202012Validator(schema).validate(report)
    assert report["findings"] == report["files"] == report["statistics"] == []
    assert not report["complete"]


def test_a_finding_has_its_place_and_its_pointer() -> None:
    entry = document([found(RAW, ROLE, line=3, record=2)])["findings"][0]
    fingerprint, _, number = entry.pop("fingerprint").partition(":")
    assert (len(fingerprint), number) == (32, "1")
    assert entry == {
        "rule": "unknown-role",
        "severity": "error",
        "message": "it is wrong",
        "hint": "",
        "file": "a.jsonl",
        "line": 3,
        "column": 24,
        "end_column": 31,
        "byte_offset": 123,
        "byte_length": 7,
        "pointer": "/messages/0/role",
        "record": 2,
        "fixable": False,
        "fix_safety": None,
    }


@pytest.mark.parametrize("form", ["json", "jsonl", "sarif"])
def test_findings_of_a_file_that_share_a_fingerprint_are_numbered(form: str) -> None:
    """Those of a broken line, those at equal paths, and those of lines that say the same."""
    broken, again = b'{"a": , "b": 1,}\n', b'{"text": "x", "text": "y", "text": "z"}\n'
    data = broken + again + broken
    findings, summary = checked({"a.jsonl": data, "b.jsonl": data})
    text = written(form, findings, summary, options(RULES))
    names = re.findall(r'"(?:fingerprint|jsonlLint/v1)":"([0-9a-f]+):([0-9]+)"', text)
    assert [number for _, number in names] == ["1", "2", "1", "2", "3", "4"] * 2
    assert len(set(names)) == 6
    assert len({name for name, _ in names}) == 2
    assert names[:6] == names[6:]


def test_what_is_remembered_to_number_them_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ordinals, "MAX_REMEMBERED", 3)
    lines = [b'{"messages": [{"role": "%d"}]}' % number for number in (1, 2, 1, 3, 1)]
    entries = document([found(raw, ROLE) for raw in lines])["findings"]
    assert [entry["fingerprint"][-2:] for entry in entries] == [":1", ":1", ":2", ":1", ":1"]


def test_the_pointer_is_empty_for_a_record_and_null_where_there_is_none() -> None:
    findings = [
        found(RAW),
        found(RAW, span=(0, 1)),
        found(RAW, ROLE, span=(3, 4)),
        found(RAW, record=None),
    ]
    pointers = [entry["pointer"] for entry in document(findings)["findings"]]
    assert pointers == ["", None, "/messages/0/role", None]


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_findings_are_written_as_they_come(form: str) -> None:
    parts: list[str] = []
    items = load(form)(parts.append, options())
    next(items)
    for number in range(3):
        before = len(parts)
        items.send(found(RAW, ROLE, line=number + 1))
        assert len(parts) == before + 1


def test_a_cap_is_for_each_rule_and_counts_stay_whole() -> None:
    findings = [*[found(RAW, ROLE)] * 5, found(RAW, ROLE, rule="missing-role")]
    report = document(findings, max_per_rule=2)
    assert [entry["rule"] for entry in report["findings"]] == [
        "unknown-role",
        "unknown-role",
        "missing-role",
    ]
    assert report["truncated"]
    assert report["statistics"][0]["count"] == 5
    assert report["files"][0]["findings"] == 6
    assert not document(findings, max_per_rule=5)["truncated"]
    assert not document(findings)["truncated"]


def test_statistics_count_files_and_lines() -> None:
    data = RAW + b"\n" + b'{"messages": [{"role": "x"}, {"role": "y"}]}\n'
    findings, summary = checked({"a.jsonl": data, "b.jsonl": RAW})
    report = orjson.loads(written("json", findings, summary, options()))
    row = next(row for row in report["statistics"] if row["rule"] == "unknown-role")
    assert row == {"rule": "unknown-role", "severity": "error", "count": 4, "files": 2, "lines": 3}


def test_files_say_why_they_are_incomplete() -> None:
    summary = Summary([
        FileResult("\udcff.jsonl", error="no such file or directory", error_code=Code.NOT_FOUND),
        FileResult("b.jsonl", 30, 2, 2, unchecked_lines=1, size=40),
        FileResult("c.jsonl", 30, 2, 2),
    ])  # fmt: skip
    report = orjson.loads(written("json", [], summary, options()))
    assert not report["complete"]
    assert report["files"][0] == {
        "name": "\\udcff.jsonl",
        "size": None,
        "bytes": 0,
        "lines": 0,
        "records": 0,
        "complete": False,
        "error": "no such file or directory",
        "error_code": "not-found",
        "unchecked_lines": 0,
        "findings": 0,
    }
    assert [
        (file["complete"], file["error_code"], file["unchecked_lines"], file["size"])
        for file in report["files"][1:]
    ] == [(False, "lines-not-checked", 1, 40), (True, None, 0, None)]
    assert report["files"][1]["error"] is None


def test_a_finding_about_a_file_stands_at_its_start() -> None:
    finding = found(RAW, record=None)
    about_file = type(finding)(
        *(finding.rule, finding.severity, finding.file, 1, None),
        finding.problem,
        FileContext("a.jsonl"),
    )
    entry = document([about_file])["findings"][0]
    assert (entry["column"], entry["end_column"], entry["byte_length"]) == (1, 1, 0)
