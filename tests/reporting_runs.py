"""Run a reporter over files, or over findings made by hand."""

from __future__ import annotations

from codecs import BOM_UTF8
from contextlib import suppress
from pathlib import Path as File
from typing import TYPE_CHECKING, Any

from jsonl_lint import targets
from jsonl_lint.finding import Finding, Problem, Severity
from jsonl_lint.linting.context import LineContext
from jsonl_lint.linting.engine import Linter
from jsonl_lint.linting.selection import Choice, choose
from jsonl_lint.linting.summary import FileResult, Summary
from jsonl_lint.reading.decode import loads
from jsonl_lint.reading.source import open_bytes
from jsonl_lint.reporting import FORMATS, Options, load
from jsonl_lint.rules import load as load_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jsonl_lint.finding import Path

REPORTS = File(__file__).parent.parent / "fixtures" / "reports"
BLESSED = {
    "text": "text.txt",
    "concise": "concise.txt",
    "json": "report.json",
    "jsonl": "report.jsonl",
    "sarif": "report.sarif",
    "github": "github.txt",
}
RULES = (
    "blank-line",
    "content-null",
    "crlf",
    "duplicate-key",
    "empty-content",
    "invalid-json",
    "invalid-utf8",
    "last-not-assistant",
    "tool-call-id-unknown",
    "truncated-last-line",
    "unknown-key",
    "unknown-role",
    "weight-not-0-or-1",
)
"""The rules of the blessed reports, so that a new rule leaves these as they are."""


def found(  # noqa: PLR0913 - a finding has as many parts
    raw: bytes,
    path: Path = (),
    *,
    rule: str = "unknown-role",
    severity: Severity = Severity.ERROR,
    file: str = "a.jsonl",
    line: int = 1,
    record: int | None = 0,
    message: str = "it is wrong",
    hint: str = "",
    span: tuple[int, int] | None = None,
) -> Finding:
    """Make a finding in a line, which may be any bytes; it starts at byte 100 of its file."""
    try:
        value = loads(raw.removeprefix(BOM_UTF8))
    except ValueError:
        value = None
    problem = Problem(path, message, hint, span=span)
    return Finding(rule, severity, file, line, record, problem, LineContext(raw, 100, value))


def options(names: Iterable[str] = (), **settings: Any) -> Options:
    """Give the options of a run of some rules, by default of none that is known."""
    rules = load_rules() if names else {}
    return Options("1.2.3", {name: rules[name] for name in names}, **settings)


def checked(files: Mapping[str, bytes]) -> tuple[list[Finding], Summary]:
    """Check files in memory with the rules of the blessed reports."""
    target = targets.load("mistral")
    rules = load_rules()
    linter = Linter(target, rules, choose(rules, target, Choice(select=RULES)))
    findings = []
    summary = Summary()
    for name, data in files.items():
        check = linter.check(name)
        with open_bytes(data) as stream:
            findings += list(check.findings(stream))
        summary.files.append(check.result)
    return findings, summary


def summed(findings: Iterable[Finding]) -> Summary:
    """Count findings made by hand."""
    results: dict[str, FileResult] = {}
    for finding in findings:
        results.setdefault(finding.file, FileResult(finding.file, 10, 1, 1)).note([finding])
    return Summary(list(results.values()))


def written(form: str, findings: Iterable[Finding], summary: Summary, chosen: Options) -> str:
    """Give what a reporter writes."""
    parts: list[str] = []
    items = load(form)(parts.append, chosen)
    next(items)
    for finding in findings:
        items.send(finding)
    with suppress(StopIteration):
        items.send(summary)
    return "".join(parts)


def blessed() -> dict[str, str]:
    """Make the report of fixtures/reports/train.jsonl in each format."""
    findings, summary = checked({"train.jsonl": (REPORTS / "train.jsonl").read_bytes()})
    return {form: written(form, findings, summary, options(RULES)) for form in FORMATS}
