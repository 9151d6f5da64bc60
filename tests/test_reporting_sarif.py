"""SARIF: what code scanning needs, and the bound on results."""

from __future__ import annotations

import gc
import weakref
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from reporting_runs import RULES, found, options, summed, written

from jsonl_lint.finding import Severity
from jsonl_lint.linting.context import LineContext
from jsonl_lint.linting.summary import FileResult, Summary
from jsonl_lint.reading.errors import Code, ReadError
from jsonl_lint.reporting import load
from jsonl_lint.reporting.sarif import MAX_RESULTS
from jsonl_lint.rules import Rule

if TYPE_CHECKING:
    from pathlib import Path

    from jsonl_lint.finding import Finding

RAW = b'{"messages": [{"role": "human", "content": "secret"}]}'
ROLE = ("messages", 0, "role")


def run(findings: list[Finding], summary: Summary | None = None, **settings: Any) -> Any:
    text = written("sarif", findings, summary or summed(findings), options(**settings))
    assert text.count("\n") == 1
    return orjson.loads(text)["runs"][0]


def test_a_result_has_its_place_in_text_and_bytes() -> None:
    (result,) = run([found(RAW, ROLE, line=7, message="the role is wrong", hint="fix it")])[
        "results"
    ]
    name = result["partialFingerprints"]["primaryLocationLineHash"]
    assert name.endswith(":1")
    assert result == {
        "ruleId": "unknown-role",
        "ruleIndex": 0,
        "level": "error",
        "message": {"text": "The role is wrong. Fix it."},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "a.jsonl", "uriBaseId": "SRCROOT"},
                    "region": {
                        "startLine": 7,
                        "startColumn": 24,
                        "endLine": 7,
                        "endColumn": 31,
                        "byteOffset": 123,
                        "byteLength": 7,
                    },
                },
                "logicalLocations": [
                    {"fullyQualifiedName": "/messages/0/role", "kind": "property"}
                ],
            }
        ],
        "partialFingerprints": {"primaryLocationLineHash": name, "jsonlLint/v1": name},
    }


@pytest.mark.parametrize(
    ("message", "hint", "text"),
    [
        ('tool_call_id "x" is new', "", 'tool_call_id "x" is new.'),
        ("it is so", 'did you mean "y"?', 'It is so. Did you mean "y"?'),
        ("", "", "unknown-role."),
    ],
)
def test_message_and_hint_are_sentences(message: str, hint: str, text: str) -> None:
    assert run([found(RAW, ROLE, message=message, hint=hint)])["results"][0]["message"] == {
        "text": text
    }


def test_equal_fingerprints_are_told_apart_by_their_order() -> None:
    findings = [found(RAW, ROLE), found(RAW, ROLE, line=5), found(RAW, ROLE, file="b.jsonl")]
    names = [
        result["partialFingerprints"]["jsonlLint/v1"].split(":")
        for result in run(findings)["results"]
    ]
    assert [number for _, number in names] == ["1", "2", "1"]
    assert len({fingerprint for fingerprint, _ in names}) == 1


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("data/\udcff café#1%.jsonl", "data/%FF%20caf%C3%A9%231%25.jsonl"),
        ("./a:b.jsonl", "a%3Ab.jsonl"),
        ("../a.jsonl", "../a.jsonl"),
        ("\ud800", "%ED%A0%80"),
        ("-", "-"),
    ],
)
def test_file_names_become_relative_uris(name: str, uri: str) -> None:
    (result,) = run([found(RAW, ROLE, file=name)])["results"]
    artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact == {"uri": uri, "uriBaseId": "SRCROOT"}


def test_absolute_names_are_made_relative_where_they_can_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = tmp_path / "work"
    inside.mkdir()
    monkeypatch.chdir(inside)
    names = [str(inside / "data" / "a.jsonl"), str(tmp_path / "b.jsonl")]
    first, second = run([found(RAW, ROLE, file=name) for name in names])["results"]
    place = first["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": "data/a.jsonl", "uriBaseId": "SRCROOT"}
    place = second["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place["uri"].startswith("file:///")
    assert "uriBaseId" not in place


def test_every_rule_that_ran_is_described_from_its_manual() -> None:
    driver = run([], Summary(), names=RULES)["tool"]["driver"]
    assert [rule["id"] for rule in driver["rules"]] == sorted(RULES)
    assert (driver["version"], driver["semanticVersion"]) == ("1.2.3", "1.2.3")
    assert "informationUri" not in driver
    for rule in driver["rules"]:
        assert rule["name"][0].isupper()
        assert rule["shortDescription"]["text"].endswith(".")
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert "## Why it matters" in rule["help"]["markdown"]
        assert "Why it matters\n" in rule["help"]["text"]
        assert rule["defaultConfiguration"]["level"] in {"error", "warning", "note"}


def test_a_rule_without_a_proper_manual_is_described_by_what_there_is() -> None:
    plugin = Rule("my-rule", "mine", Severity.INFO, "Says\x1b something.")
    finding = found(RAW, ROLE, rule="unheard-of")
    text = written("sarif", [finding], summed([finding]), type(options())("1", {"my-rule": plugin}))
    known, unheard = orjson.loads(text)["runs"][0]["tool"]["driver"]["rules"]
    assert known["shortDescription"] == {"text": "Says\\x1b something."}
    assert known["defaultConfiguration"] == {"level": "note"}
    assert unheard == {"id": "unheard-of"}


def test_results_are_bounded_and_every_rule_is_among_them() -> None:
    findings = [found(RAW, ROLE, line=number + 1) for number in range(6000)]
    findings += [found(RAW, ROLE, rule="rare-rule", line=7000)] * 3
    findings += [found(RAW, ROLE, rule="other-rule", line=8000)] * 4000
    data = run(findings)
    rules = [result["ruleId"] for result in data["results"]]
    assert len(rules) == MAX_RESULTS
    assert rules.count("rare-rule") == 3
    assert abs(rules.count("other-rule") - rules.count("unknown-role")) <= 1
    lines = [result["locations"][0]["physicalLocation"]["region"]["startLine"]
             for result in data["results"]]  # fmt: skip
    assert lines == sorted(lines)
    (note,) = data["invocations"][0]["toolExecutionNotifications"]
    assert note["level"] == "note"
    assert note["message"]["text"].startswith("5,003 findings not among the results")
    assert data["properties"]["findings"] == {
        "other-rule": 4000,
        "rare-rule": 3,
        "unknown-role": 6000,
    }


def test_a_cap_is_obeyed() -> None:
    data = run([found(RAW, ROLE)] * 5, max_per_rule=2)
    assert len(data["results"]) == 2
    assert data["properties"]["findings"] == {"unknown-role": 5}


def test_unread_files_are_notifications() -> None:
    result = FileResult("a b.jsonl")
    result.fail(ReadError("no such file or directory", Code.NOT_FOUND))
    summary = Summary([result])
    (invocation,) = run([], summary)["invocations"]
    assert not invocation["executionSuccessful"]
    (notification,) = invocation["toolExecutionNotifications"]
    assert notification["level"] == "error"
    assert notification["descriptor"] == {"id": "not-found"}
    assert notification["message"]["text"] == "a b.jsonl: no such file or directory"
    place = notification["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place["uri"] == "a%20b.jsonl"


class Watched(LineContext):
    """A context that can be watched for being let go."""

    __slots__ = ("__weakref__",)


@pytest.mark.parametrize("form", ["text", "sarif", "github"])
def test_no_reporter_keeps_the_bytes_of_lines(form: str) -> None:
    items = load(form)(lambda _: None, options())
    next(items)
    finding = found(RAW, ROLE)
    context = Watched(RAW, 0, orjson.loads(RAW))
    items.send(
        type(finding)(*(finding.rule, finding.severity, "a", 1, 0), finding.problem, context)
    )
    items.send(finding)
    watched = weakref.ref(context)
    del context
    gc.collect()
    assert watched() is None
