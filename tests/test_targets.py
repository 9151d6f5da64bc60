"""Each target accepts its valid records without a word and finds a fault in each invalid one."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from jsonl_lint import Config, Severity, lint_file, targets

FIXTURES = Path(__file__).parents[1] / "fixtures" / "targets"
ENOUGH = 10
"""Records of a valid file, so that it is not too short to be accepted."""


def test_every_target_has_fixtures_and_the_other_way_round() -> None:
    assert {path.name for path in FIXTURES.iterdir()} == set(targets.names())


@pytest.mark.parametrize("target", targets.names())
def test_valid_records_have_no_findings(target: str) -> None:
    report = lint_file(FIXTURES / target / "valid.jsonl", config=Config(target=target))
    assert report.findings == ()
    assert report.complete
    assert report.result.records >= ENOUGH


@pytest.mark.parametrize("target", targets.names())
def test_each_invalid_record_has_a_fault_that_no_other_has(target: str) -> None:
    report = lint_file(FIXTURES / target / "invalid.jsonl", config=Config(target=target))
    found: dict[int, set[str]] = defaultdict(set)
    for finding in report.findings:
        if finding.record is not None:
            assert finding.severity >= Severity.WARNING
            found[finding.line].add(finding.rule)
    assert sorted(found) == list(range(1, report.result.lines + 1))
    combinations = {frozenset(rules) for rules in found.values()}
    assert len(combinations) == report.result.lines
