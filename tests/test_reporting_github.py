"""Annotations: escaped, capped, and one of each kind first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from actions_runner import commands, properties
from reporting_runs import found, options, summed, written

from jsonl_lint.finding import Severity
from jsonl_lint.linting.summary import FileResult, Summary

if TYPE_CHECKING:
    from jsonl_lint.finding import Finding

RAW = b'{"messages": [{"role": "human", "content": "secret"}]}'
ROLE = ("messages", 0, "role")


def commands_for(
    findings: list[Finding],
    summary: Summary | None = None,
    **settings: Any,
) -> list[str]:
    text = written("github", findings, summary or summed(findings), options(**settings))
    return text.splitlines()


def test_a_finding_is_an_annotation_at_its_place() -> None:
    finding = found(RAW, ROLE, line=3, message="it is 100% wrong", hint="fix it")
    (line,) = commands_for([finding])
    assert line == (
        "::error file=a.jsonl,line=3,endLine=3,col=24,endColumn=31,title=unknown-role::"
        "it is 100%25 wrong (fix it)"
    )


def test_names_and_messages_survive_the_escapes() -> None:
    finding = found(RAW, ROLE, file="a,b:c%d.jsonl", message="x::y,%0A z", rule="p::q")
    (line,) = commands_for([finding])
    given, text = properties(line)
    assert commands(line) == ["error"]
    assert (given["file"], given["title"]) == ("a,b:c%d.jsonl", "p::q")
    assert text == "x::y,%0A z"


def test_levels_are_capped_and_the_rest_is_counted() -> None:
    findings = [found(RAW, ROLE, line=number + 1) for number in range(50)]
    findings += [found(RAW, ROLE, severity=Severity.WARNING, rule="crlf")] * 30
    findings += [found(RAW, ROLE, severity=Severity.INFO, rule="unused-tool")] * 20
    lines = commands_for(findings)
    assert commands("\n".join(lines)) == ["error"] * 10 + ["warning"] * 10 + ["notice"] * 10
    assert lines[-1] == (
        "::notice title=jsonl-lint::without an annotation: 40 unknown-role, 20 crlf, "
        "11 unused-tool; the full report has all"
    )


def test_each_file_and_rule_comes_first() -> None:
    findings = [found(RAW, ROLE, line=number + 1) for number in range(50)]
    findings += [found(RAW, ROLE, rule="missing-role", line=60)]
    findings += [found(RAW, ROLE, file="b.jsonl", line=1)]
    given = [properties(line)[0] for line in commands_for(findings)[:-1]]
    assert len(given) == 10
    assert {(one["file"], one["title"]) for one in given} == {
        ("a.jsonl", "unknown-role"),
        ("a.jsonl", "missing-role"),
        ("b.jsonl", "unknown-role"),
    }
    assert [one["line"] for one in given[:8]] == [str(number) for number in range(1, 9)]


def test_a_cap_is_obeyed() -> None:
    findings = [found(RAW, ROLE, line=number + 1) for number in range(5)]
    lines = commands_for(findings, max_per_rule=2)
    assert commands("\n".join(lines)) == ["error", "error", "notice"]


def test_files_that_were_not_checked_are_errors() -> None:
    results = [FileResult(f"{number}.jsonl", error="gone") for number in range(8)]
    lines = commands_for([], Summary(results))
    assert lines[0] == "::error file=0.jsonl,title=io-error::gone"
    assert len(lines) == 6
    assert lines[-1] == (
        "::notice title=jsonl-lint::without an annotation: 3 more files not checked; "
        "the full report has all"
    )


def test_a_clean_run_writes_nothing() -> None:
    assert commands_for([], Summary([FileResult("a.jsonl", 10, 1, 1)])) == []
