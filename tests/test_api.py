"""The library: every way in, what comes back, and that nothing else happens."""

from __future__ import annotations

import doctest
import os
import sys
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pytest
from samples import CLEAN, MIN_RECORDS, chat, human, jsonl

import jsonl_lint
from jsonl_lint import (
    Config,
    ConfigError,
    Finding,
    FindingsError,
    Severity,
    iter_findings,
    lint_bytes,
    lint_file,
    lint_records,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ONE_ERROR = jsonl(chat(), human())
FEW = jsonl(chat(), fill=False)
WARNED = jsonl(*[chat()] * (MIN_RECORDS - 1)) + b"\n" + jsonl(chat(), fill=False)


def seen(finding: Finding) -> tuple[str, int, str, str]:
    return finding.rule, finding.line, finding.file, finding.fingerprint


def test_the_example_in_the_documentation_is_true() -> None:
    assert doctest.testmod(jsonl_lint) == doctest.TestResults(failed=0, attempted=5)


def test_a_file_is_checked(tmp_path: Path) -> None:
    path = tmp_path / "train.jsonl"
    path.write_bytes(ONE_ERROR)
    report = lint_file(path)
    (finding,) = report.findings
    assert (finding.rule, finding.severity) == ("unknown-role", Severity.ERROR)
    assert (finding.line, finding.record, finding.file) == (2, 1, str(path))
    assert finding.message == '"human" is not one of "system", "user", "assistant" or "tool"'
    assert finding.hint == 'did you mean "user"?'
    at = ONE_ERROR.index(b'"human"')
    assert finding.place == (24, 31, at, len(b'"human"'))
    assert report.counts == {("unknown-role", Severity.ERROR): 1}
    assert (report.result.lines, report.result.records) == (MIN_RECORDS, MIN_RECORDS)
    assert report.result.bytes_read == len(ONE_ERROR)


def test_a_path_may_be_text_or_an_object(tmp_path: Path) -> None:
    path = tmp_path / "train.jsonl"
    path.write_bytes(ONE_ERROR)
    assert list(map(seen, lint_file(str(path)).findings)) == list(
        map(seen, lint_file(path).findings)
    )


def test_bytes_give_the_findings_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "train.jsonl"
    path.write_bytes(ONE_ERROR)
    from_bytes = lint_bytes(ONE_ERROR, filename=str(path)).findings
    assert list(map(seen, from_bytes)) == list(map(seen, lint_file(path).findings))


def test_bytes_have_a_name_of_their_own() -> None:
    assert {finding.file for finding in lint_bytes(ONE_ERROR).findings} == {"<bytes>"}


def test_records_are_judged_as_their_compact_lines() -> None:
    report = lint_records(iter([chat(), human(), *[chat()] * 8]))
    (finding,) = report.findings
    assert (finding.rule, finding.line, finding.record) == ("unknown-role", 2, 1)
    assert finding.file == "<records>"
    compact = '{"messages":[{"role":'
    assert finding.place.column == len(compact) + 1
    assert report.complete
    assert report.result.records == MIN_RECORDS


def test_records_may_be_any_mapping() -> None:
    records = [MappingProxyType(chat()), *[chat()] * 9]
    assert lint_records(records, name="mine").findings == ()


def test_records_that_are_no_object_are_findings() -> None:
    records: Any = [[1], None, *[chat()] * 8]
    found = [(finding.rule, finding.line) for finding in lint_records(records).findings]
    assert found == [("top-level-not-object", 1), ("top-level-not-object", 2)]


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_numbers_that_json_lacks_are_findings(number: float) -> None:
    record = chat(extra=[None, {"ключ": (number,)}])
    (finding,) = lint_records([record, *[chat()] * 9]).findings
    assert (finding.rule, finding.line) == ("non-finite-number", 1)
    assert finding.message == "JSON has neither NaN nor infinity"


@pytest.mark.parametrize("value", [object(), {1: "a"}, b"text", "\ud800"])
def test_what_json_cannot_hold_raises(value: object) -> None:
    with pytest.raises(TypeError):
        lint_records([chat(extra=value)])


def test_what_an_iterable_raises_is_not_kept_back() -> None:
    def records() -> Iterator[dict[str, Any]]:
        yield chat()
        message = "gone"
        raise OSError(message)

    with pytest.raises(OSError, match="gone"):
        lint_records(records())


def test_clean_data_is_ok() -> None:
    report = lint_bytes(CLEAN)
    assert report.findings == ()
    assert report.ok(Severity.INFO)
    report.raise_for_findings()
    assert report.verdict == "<bytes>: 0 findings, 0 errors among them"


def test_warnings_are_ok_unless_asked_otherwise() -> None:
    report = lint_bytes(WARNED)
    assert [str(finding.severity) for finding in report.findings] == ["warning"]
    assert report.ok()
    assert not report.ok(Severity.WARNING)
    report.raise_for_findings()
    with pytest.raises(FindingsError):
        report.raise_for_findings(Severity.WARNING)


def test_the_configuration_says_what_is_ok() -> None:
    assert not lint_bytes(WARNED, config=Config(fail_on=Severity.WARNING)).ok()
    assert lint_bytes(WARNED, config=Config(fail_on=Severity.WARNING)).ok(Severity.ERROR)


def test_findings_raise_with_their_report() -> None:
    report = lint_bytes(ONE_ERROR + b"\n", filename="train.jsonl")
    with pytest.raises(FindingsError, match=r"^train\.jsonl: 2 findings, 1 error among them$") as e:
        report.raise_for_findings()
    assert e.value.report is report


def test_a_file_that_is_not_there_is_reported_and_does_not_raise(tmp_path: Path) -> None:
    path = tmp_path / "nowhere.jsonl"
    report = lint_file(path)
    assert report.findings == ()
    assert not report.complete
    assert not report.ok()
    assert report.result.error == "no such file or directory"
    with pytest.raises(
        FindingsError, match=r"nowhere\.jsonl: not-found: no such file or directory$"
    ):
        report.raise_for_findings()


@pytest.mark.parametrize("name", ["", ".", "a\0b"])
def test_no_name_raises(name: str) -> None:
    report = lint_file(name)
    assert report.result.error
    assert not report.complete


def test_lines_beyond_the_limit_leave_the_check_incomplete() -> None:
    report = lint_bytes(CLEAN + b'"' + b"x" * 200 + b'"\n', config=Config(max_line_bytes=150))
    assert [finding.rule for finding in report.findings] == ["line-too-long"]
    assert not report.complete
    assert not report.ok()
    assert report.verdict == "<bytes>: 1 finding, 1 error among them; 1 line not checked"


def test_findings_are_given_as_they_are_found(tmp_path: Path) -> None:
    path = tmp_path / "train.jsonl"
    path.write_bytes(ONE_ERROR)
    assert list(map(seen, iter_findings(path))) == list(map(seen, lint_file(path).findings))


def test_findings_raise_at_the_end_if_not_all_was_checked(tmp_path: Path) -> None:
    path = tmp_path / "train.jsonl"
    path.write_bytes(CLEAN + b'"' + b"x" * 200 + b'"\n')
    findings = iter_findings(path, config=Config(max_line_bytes=150))
    assert next(findings).rule == "line-too-long"
    with pytest.raises(FindingsError, match="1 line not checked"):
        next(findings)
    with pytest.raises(FindingsError, match="no such file"):
        list(iter_findings(tmp_path / "nowhere.jsonl"))


def test_a_walk_over_findings_that_is_left_closes_the_file(tmp_path: Path) -> None:
    path = tmp_path / "train.jsonl"
    path.write_bytes(jsonl(human(), human()))
    findings = iter_findings(path)
    next(findings)
    findings.close()  # type: ignore[attr-defined] # NOTE: a ResourceWarning would fail the test
    path.unlink()


def test_a_settled_finding_lets_go_of_its_line(tmp_path: Path) -> None:
    path = tmp_path / "train.jsonl"
    path.write_bytes(ONE_ERROR)
    (finding,) = iter_findings(path)
    settled = finding.settle()
    raw = finding.context.line().raw
    assert raw in ONE_ERROR
    assert seen(settled) == seen(finding)
    assert settled.place == finding.place
    assert settled.context.line().raw == b""
    count = sys.getrefcount(raw)
    del finding
    assert sys.getrefcount(raw) < count


def test_reports_hold_no_lines() -> None:
    (finding,) = lint_bytes(ONE_ERROR).findings
    assert finding.context.line().raw == b""


def test_per_file_ignores_hold_for_the_name(tmp_path: Path) -> None:
    config = Config(per_file_ignores={"old/*": ("unknown-role",)}, root=tmp_path)
    old, new = str(tmp_path / "old" / "a.jsonl"), str(tmp_path / "new.jsonl")
    assert lint_bytes(ONE_ERROR, filename=old, config=config).ok()
    assert not lint_bytes(ONE_ERROR, filename=new, config=config).ok()
    assert lint_records([human()], name=old, config=config).ok()


def test_validation_patterns_hold_for_the_name(tmp_path: Path) -> None:
    config = Config(validation=("val.jsonl",), root=tmp_path)
    data = jsonl(chat("x" * 1_000_000))
    name = str(tmp_path / "val.jsonl")
    found = [finding.rule for finding in lint_bytes(data, filename=name, config=config).findings]
    assert found == ["validation-too-large"]
    assert lint_bytes(data, config=config).findings == ()


@pytest.mark.parametrize(
    "config", [Config(target="none"), Config(select=("none",)), Config(severity={"none": None})]
)
def test_a_wrong_configuration_raises(config: Config, tmp_path: Path) -> None:
    for check in (
        lambda: lint_bytes(b"", config=config),
        lambda: lint_records([], config=config),
        lambda: lint_file(tmp_path, config=config),
        lambda: list(iter_findings(tmp_path, config=config)),
    ):
        with pytest.raises(ConfigError, match='"none"'):
            check()


def test_no_configuration_file_is_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "jsonl-lint.toml").write_text('ignore = ["ALL"]', encoding="utf-8")
    (tmp_path / "train.jsonl").write_bytes(ONE_ERROR)
    monkeypatch.chdir(tmp_path)
    assert not lint_file("train.jsonl").ok()


def test_nothing_is_printed_and_nothing_else_changes(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "train.jsonl"
    path.write_bytes(ONE_ERROR + b'{"broken\n\xff\n')
    before = dict(os.environ), os.getcwd(), sys.getrecursionlimit(), list(sys.path)  # noqa: PTH109
    for report in (lint_file(path), lint_bytes(b"\x1f\x8b"), lint_records([human(), {}])):
        assert not report.ok()
    assert list(iter_findings(path))
    lint_file(tmp_path / "nowhere")
    after = dict(os.environ), os.getcwd(), sys.getrecursionlimit(), list(sys.path)  # noqa: PTH109
    assert after == before
    assert capfd.readouterr() == ("", "")
    assert sorted(tmp_path.iterdir()) == [path]


def test_empty_data_is_not_clean() -> None:
    assert [finding.rule for finding in lint_bytes(b"").findings] == ["empty-file"]
    assert [finding.rule for finding in lint_records([]).findings] == ["empty-file"]


def test_few_records_are_worth_a_warning() -> None:
    assert [finding.rule for finding in lint_bytes(FEW).findings] == ["too-few-examples"]
