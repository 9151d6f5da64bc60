"""Our SARIF against the official schema of version 2.1.0."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest
from jsonschema import Draft4Validator
from reporting_runs import blessed, checked, found, options, summed, written

from jsonl_lint.linting.summary import FileResult, Summary
from jsonl_lint.reporting import sarif
from jsonl_lint.rules import load

SHARED = Path(__file__).parents[3] / "shared" / "data" / "suites"
SCHEMA = SHARED / "sarif" / "sarif-schema-2.1.0.json"

pytestmark = pytest.mark.skipif(not SCHEMA.is_file(), reason="the SARIF schema is not there")


@pytest.fixture(scope="module")
def validator() -> Draft4Validator:
    return Draft4Validator(
        orjson.loads(SCHEMA.read_bytes()), format_checker=Draft4Validator.FORMAT_CHECKER
    )


def errors(validator: Draft4Validator, text: str) -> list[str]:
    document: Any = orjson.loads(text)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(document)]


def test_the_blessed_report_is_valid(validator: Draft4Validator) -> None:
    assert errors(validator, blessed()["sarif"]) == []


def test_a_report_with_every_rule_is_valid(validator: Draft4Validator) -> None:
    findings, summary = checked({"a.jsonl": b"[1]\n\n{}"})
    assert errors(validator, written("sarif", findings, summary, options(load()))) == []


def test_a_report_of_nothing_is_valid(validator: Draft4Validator) -> None:
    assert errors(validator, written("sarif", [], Summary(), options())) == []


def test_notifications_are_valid(
    validator: Draft4Validator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sarif, "MAX_RESULTS", 3)
    findings = [found(b'{"a": 1}', ("a",), file="\udcff:a.jsonl")] * 5
    summary = summed(findings)
    summary.files.append(FileResult("b c.jsonl", error="no such file or directory"))
    assert errors(validator, written("sarif", findings, summary, options())) == []
