"""Every rule: its cases in fixtures/rules, its manual's samples, and what its metadata promise."""

from __future__ import annotations

import copy
import importlib
import json
from dataclasses import replace
from typing import Any

import pytest
from cases import FIXTURES, case_file, cases, content

from jsonl_lint import Config, Finding, Report, Severity, targets
from jsonl_lint.api import make_linter
from jsonl_lint.linting.run import read
from jsonl_lint.pointer import to_pointer
from jsonl_lint.reading.facts import FileFacts
from jsonl_lint.reading.source import open_bytes
from jsonl_lint.records import view
from jsonl_lint.rules import CRASHED, Rule, families, load
from jsonl_lint.rules.manual import parse, sample_bytes
from jsonl_lint.schema.explain import OTHER_KEYWORDS_RULE, rule_names

RULES = load()
CASES = "rules"
FEW = "too-few-examples"
ELSEWHERE = {CRASHED, OTHER_KEYWORDS_RULE, "line-too-complex"}
"""Rules that no small data can fire: test_linting.py, test_schema.py and test_lines.py do."""

LIMITS = ["max_line_bytes", "max_depth"]
"""Settings that a case may have."""

NO_SAMPLE = "("
"""A Bad section that begins so describes in words what is too large or too odd to be shown."""


def all_cases() -> list[Any]:
    return [
        pytest.param(rule, case, id=f"{rule.name}: {case['case']}")
        for rule in RULES.values()
        if case_file(CASES, rule).is_file()
        for case in cases(CASES, rule)
    ]


def lint(data: bytes, target: str, limits: dict[str, Any] | None = None, **facts: Any) -> Report:
    config = Config(target=target, select=("ALL",), **limits or {})
    check = make_linter(config).check("case.jsonl", **facts)
    findings = tuple(f.settle() for f in read(open_bytes(data), check.result, check.findings))
    return Report(findings, check.result)


def target_of(rule: Rule, case: dict[str, Any]) -> str:
    return str(case.get("target", sample_target(rule)))


def sample_target(rule: Rule) -> str:
    module = importlib.import_module(
        f"jsonl_lint.rules.{rule.family.replace('-', '_')}.{rule.name.replace('-', '_')}"
    )
    return str(getattr(module, "TARGET", targets.DEFAULT))


def seen(finding: Finding, expected: dict[str, Any]) -> dict[str, Any]:
    shown = {
        "line": finding.line,
        "column": finding.place.column,
        "end_column": finding.place.end_column,
        "pointer": to_pointer(finding.problem.path),
        "severity": str(finding.severity),
        "message": finding.message,
    }
    if "message" in expected and expected["message"] in finding.message:
        shown["message"] = expected["message"]
    return {key: shown[key] for key in expected}


@pytest.mark.parametrize(("rule", "case"), all_cases())
def test_case(rule: Rule, case: dict[str, Any]) -> None:
    if "facts" in case:
        check_facts(rule, case)
        return
    facts = {"is_validation": case.get("validation", False),
             "training_bytes": case.get("training_bytes")}  # fmt: skip
    limits = {name: case[name] for name in LIMITS if name in case}
    report = lint(content(case), target_of(rule, case), limits, **facts)
    own = [finding for finding in report.findings if finding.rule == rule.name]
    assert [seen(f, e) for f, e in zip(own, case["expect"], strict=False)] == case["expect"]
    assert len(own) == len(case["expect"]), [f.message for f in own]
    others = {f.rule for f in report.findings if f.severity > Severity.INFO}
    assert others - {rule.name, FEW} == set(case.get("also", [])) - {rule.name}


def check_facts(rule: Rule, case: dict[str, Any]) -> None:
    assert rule.check_file
    facts = replace(FileFacts(), **case["facts"])
    problems = list(rule.check_file(facts, targets.load(target_of(rule, case)).limits))
    assert len(problems) == len(case["expect"])
    for problem, expected in zip(problems, case["expect"], strict=True):
        assert (problem.line or 1) == expected["line"]
        assert expected.get("message", "") in problem.message
        mild = expected.get("severity") == "warning" and rule.severity is Severity.ERROR
        assert problem.minor == mild


@pytest.mark.parametrize("name", sorted(RULES.keys() - ELSEWHERE))
def test_has_cases_that_fire_and_that_do_not(name: str) -> None:
    fire = [bool(case["expect"]) for case in cases(CASES, RULES[name])]
    assert True in fire
    assert False in fire


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_manual(rule: Rule) -> None:
    manual = parse(rule.doc)
    assert manual.summary.endswith(".")
    assert len(manual.summary) <= 88
    assert all(manual), "an empty section"


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_samples(rule: Rule) -> None:
    manual, target = parse(rule.doc), sample_target(rule)
    if not manual.bad.startswith(NO_SAMPLE):
        found = {finding.rule for finding in lint(sample_bytes(manual.bad), target).findings}
        assert rule.name in found
    if not manual.good.startswith(NO_SAMPLE):
        report = lint(sample_bytes(manual.good), target)
        found = {f.rule for f in report.findings if f.severity > Severity.INFO}
        assert found <= {FEW} - {rule.name}
        assert rule.name not in {finding.rule for finding in report.findings}


@pytest.mark.parametrize("rule", [r for r in RULES.values() if r.check], ids=lambda r: r.name)
def test_does_not_mutate_the_record(rule: Rule) -> None:
    assert rule.check
    for case in cases(CASES, rule):
        for line in content(case).splitlines():
            try:
                value = json.loads(line)
            except ValueError:
                continue
            if isinstance(value, dict):
                before = copy.deepcopy(value)
                list(rule.check(view(value, ["messages", "text"])))
                assert value == before


def test_every_rule_of_a_schema_has_a_file() -> None:
    named = set.union(*(rule_names(targets.load(name).schema) for name in targets.names()))
    assert named <= RULES.keys()


def test_every_rule_of_the_shape_family_is_named_by_a_schema() -> None:
    named = set.union(*(rule_names(targets.load(name).schema) for name in targets.names()))
    assert {rule.name for rule in RULES.values() if rule.family == "shape"} <= named


def test_every_case_file_belongs_to_a_rule() -> None:
    wanted = {case_file(CASES, RULES[name]) for name in RULES.keys() - ELSEWHERE}
    assert set((FIXTURES / CASES).glob("*/*")) == wanted


def test_no_rule_is_named_like_a_family() -> None:
    assert not RULES.keys() & set(families())
