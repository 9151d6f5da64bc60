"""What is fuzzed: six functions that take any bytes, and raise where the project breaks its word.

Some take the bytes as data, the others as the choices of a Hypothesis property. ``run.py`` has
atheris call one of them; ``test_corpus.py`` calls each with what earlier runs found worth keeping.
"""

from __future__ import annotations

import json
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from actions_runner import commands
from ci_agents import agent_commands, service_messages
from hostile_files import LINTER, UNREADABLE, fix_of
from reporting_runs import found, options, summed, written
from test_gates import test_reference_output_is_the_normal_output as same_by_reference
from test_poisoned_tools import test_poisoned_tools_are_judged_alike as judged_alike

from jsonl_lint import Config, ConfigError
from jsonl_lint.api import make_linter
from jsonl_lint.finding import Severity
from jsonl_lint.linting.summary import Summary
from jsonl_lint.reading.source import open_bytes
from jsonl_lint.reporting import FORMATS
from jsonl_lint.rules import CRASHED, load

if TYPE_CHECKING:
    from collections.abc import Callable

    from jsonl_lint import Finding
    from jsonl_lint.linting.engine import Linter
    from jsonl_lint.linting.summary import FileResult

_BETWEEN = b"\xfe"
"""Parts the texts that a finding is made of; it stands in none of them, for it is not UTF-8."""

_OF_FILES = {name for name, rule in load().items() if rule.family == "files"}
"""A record that is mended may show what its file is like: of two formats, say."""

_SCRATCH = TemporaryDirectory()
_EVERYTHING = make_linter(Config(select=("ALL",), max_line_bytes=4096))


def _checked(data: bytes, linter: Linter) -> tuple[list[Finding], FileResult]:
    check = linter.check("<bytes>")
    with open_bytes(data) as stream:
        findings = list(check.findings(stream))
    return findings, check.result


def _draw(test: Any, data: bytes) -> None:
    """Run a Hypothesis test once, with what it draws taken from data."""
    test.hypothesis.fuzz_one_input(data)


def reader(data: bytes) -> None:
    """Check: all is read, findings stand in order and inside the data, the report is JSON."""
    findings, result = _checked(data, _EVERYTHING)
    assert result.bytes_read == len(data)
    assert not result.error
    assert result.complete or result.unchecked_lines or not result.lines
    for finding in findings:
        place = finding.place
        assert finding.rule != CRASHED
        assert 1 <= place.column <= place.end_column
        assert 0 <= place.byte_offset <= place.byte_offset + place.byte_length <= len(data)
    in_lines = [finding for finding in findings if finding.record is not None]
    assert all(first.line <= second.line for first, second in pairwise(in_lines))
    report = json.loads(written("json", findings, Summary([result]), options()))
    assert len(report["findings"]) == len(findings)


def record(data: bytes) -> None:
    """Check records: with and without gates, the findings are the same."""
    _draw(same_by_reference, data)


def tools(data: bytes) -> None:
    """Check calls whose tools carry poisoned schemas."""
    _draw(judged_alike, data)


def fix(data: bytes) -> None:
    """Fix: the second time there is nothing to do, and no record has a warning that it had not."""
    for unsafe in (False, True):
        once, mended = fix_of(data, unsafe=unsafe)
        assert fix_of(once, unsafe=unsafe) == (once, set())
        if not mended & UNREADABLE:
            before, after = (_rules(each) for each in (data, once))
            assert after <= before


def _rules(data: bytes) -> set[str]:
    findings, _ = _checked(data, LINTER)
    return {
        finding.rule
        for finding in findings
        if finding.severity > Severity.INFO and finding.rule not in _OF_FILES
    }


def config(data: bytes) -> None:
    """Read a configuration: it is used, or refused with one sentence."""
    path = Path(_SCRATCH.name, "jsonl-lint.toml")
    path.write_bytes(data)
    with suppress(ConfigError):
        loaded = Config.load(path)
        make_linter(loaded)
        loaded.ignored_in("a/b.jsonl")
        loaded.is_validation("a/b.jsonl")


def reporters(data: bytes) -> None:
    """Report a finding made of hostile text, in one of the formats."""
    parts = data[1:].split(_BETWEEN)
    raw, message, hint, file, rule, *path = parts + [b"x"] * (5 - len(parts))
    finding = found(
        raw,
        tuple(map(_text, path)),
        rule=_text(rule) or "rule",
        file=_text(file),
        message=_text(message),
        hint=_text(hint),
    )
    form = FORMATS[data[0] % len(FORMATS)] if data else "text"
    report = written(form, [finding], summed([finding]), options())
    assert report.replace("\n", "").isprintable()
    assert report == "" or report.endswith("\n")
    assert commands(report) == (["error"] if form == "github" else [])
    assert agent_commands(report) == service_messages(report) == []
    if form in {"json", "sarif"}:
        json.loads(report)


def _text(part: bytes) -> str:
    return part.decode("utf-8", "surrogateescape")


TARGETS: dict[str, Callable[[bytes], None]] = {
    target.__name__: target for target in (reader, record, tools, fix, config, reporters)
}
