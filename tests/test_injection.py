"""Ten thousand hostile texts through every report: none of them gets out of its line, or commands.

``actions_runner`` reads the output as GitHub's runner reads a log, ``ci_agents`` as Azure's agent
and TeamCity do.
"""

from __future__ import annotations

from array import array
from collections import Counter
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import orjson
import pytest
from actions_runner import commands
from ci_agents import agent_commands, service_messages
from hostile_texts import batched, encodable, texts
from reporting_runs import found, options, summed, written

from jsonl_lint.cli.complaint import complain, complain_of_usage
from jsonl_lint.fixing.result import FixResult
from jsonl_lint.linting.summary import FileResult, Summary
from jsonl_lint.measuring.facts import Facts
from jsonl_lint.measuring.measured import Measured, Total, Training
from jsonl_lint.measuring.plan import Data, Machine, make_plan
from jsonl_lint.measuring.spread import Spread
from jsonl_lint.measuring.token_report import TokenReport
from jsonl_lint.measuring.train_data import Dataset, Overlap, TrainData
from jsonl_lint.measuring.train_plan import Part, TrainPlan
from jsonl_lint.measuring.train_yaml import Source
from jsonl_lint.reporting import fixed, stats_json, stats_text
from jsonl_lint.reporting.tools_text import SHOWN, name_list, tool_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.finding import Finding

TEXTS = texts()
A_REPORT = 1000
"""Texts that go into one report: four to a finding."""
A_PLAN = 50
PLAN = make_plan(Data(10**7, 10**7, 10**6), Machine(price=9.5, words_per_second=9), 100)
TEXT_STARTS = ("error ", "warning ", "info ", "  ", "checked ", "nothing ", "jsonl-lint fix ")


def finding(name: str, rule: str, told: str, known: str = "") -> Finding:
    """Put four texts wherever text from data, plugins or the system stands in a finding."""
    name, rule = name or "a", rule or "a"
    key, role = encodable(told), encodable(known)
    call = {"id": role, "function": {"name": key, "arguments": role}}
    message = {"role": role, key: 1, "tool_call_id": key, "tool_calls": [call]}
    raw = orjson.dumps({"messages": [message], key: role})
    path = ("messages", 0, key)
    return found(raw, path, rule=rule, file=name, message=told, hint=known)


def reports(every: int = 1) -> Iterator[tuple[list[Finding], Summary]]:
    for some in batched(TEXTS[::every], A_REPORT):
        findings = [finding(*four) for four in batched(some, 4)]
        summary = summed(findings)
        for file, error in zip(summary.files, some, strict=False):
            file.error = encodable(error)
        yield findings, summary


def assert_harmless(text: str) -> None:
    assert commands(text) == []
    assert_harmless_but_for_github(text)


def assert_harmless_but_for_github(text: str) -> None:
    assert text.replace("\n", "").isprintable()
    assert agent_commands(text) == []
    assert service_messages(text) == []


def test_the_text_is_as_many_lines_as_meant() -> None:
    for findings, summary in reports():
        text = written("text", findings, summary, options())
        assert_harmless(text)
        gaps = sum(1 for file in summary.files if file.error)
        lines = text.splitlines()[: -gaps - 1]  # gaps begin with the name of a file
        assert all(not line or line.startswith((*TEXT_STARTS, *"123456789")) for line in lines)


def test_each_finding_is_one_concise_line() -> None:
    for findings, summary in reports():
        text = written("concise", findings, summary, options())
        assert_harmless(text)
        gaps = sum(1 for file in summary.files if file.error)
        assert len(text.splitlines()) == len(findings) + gaps


@pytest.mark.parametrize("form", ["json", "jsonl", "sarif"])
def test_a_document_is_no_command(form: str) -> None:
    for findings, summary in reports(every=5):
        assert_harmless(written(form, findings, summary, options()))


@pytest.mark.parametrize("form", ["text", "concise"])
def test_a_report_without_glyphs_is_no_command(form: str) -> None:
    for findings, summary in reports(every=5):
        text = written(form, findings, summary, options(glyphs=False))
        assert text.isascii()
        assert_harmless(text)


def test_annotations_are_ours_alone() -> None:
    shown = 0
    for ten in batched((finding(*four) for four in batched(TEXTS, 4)), 10):
        text = written("github", ten, summed(ten), options())
        assert commands(text) == ["error"] * 10
        assert_harmless_but_for_github(text)
        shown += len(text.splitlines())
    assert shown == len(TEXTS) // 4


def test_annotations_of_what_was_not_read() -> None:
    for names in batched(TEXTS, 5):
        files = [FileResult(name, error=encodable(name) or "a") for name in names]
        text = written("github", [], Summary(files), options())
        assert commands(text) == ["error"] * 5
        assert_harmless_but_for_github(text)


def fix_results(some: tuple[str, ...]) -> tuple[list[FixResult], Summary]:
    results, files = [], []
    for name, rule, why, error in batched(some, 4):
        result = FixResult(name or "a", written=True, lines=2)
        result.fixed[rule or "a"] = 2
        result.left_out[why or "a"] = array("Q", [1])
        result.withhold(rule, why, 7)
        refused = FixResult(rule or "a", error=error or "a")
        results += [result, refused, FixResult(why or "a")]
        unread = FileResult(why, error=error or "a")
        files += [FileResult(name or "a"), FileResult(rule), unread]
    return results, Summary(files)


def test_what_was_fixed() -> None:
    for some in batched(TEXTS, A_REPORT):
        results, summary = fix_results(some)
        lines = list(fixed.report(results, summary, unsafe=(), dry=False, glyphs=True))
        assert len(lines) == A_REPORT // 4 * 8 + 1
        assert_harmless("\n".join(lines))


def facts(some: tuple[str, ...]) -> Facts:
    found = Facts(bytes=9, lines=1, records_with_tools=5)
    found.messages_a_record.pending.append(5)
    found.formats.update(messages=2)
    found.other_roles.add(some)
    found.called.add(some)
    found.declared.add([text + "?" for text in some])
    return found


def statistics(some: tuple[str, ...]) -> list[Measured | Total]:
    """Put texts wherever text stands in statistics and plans, but for the names of tools."""
    a, b, c, d, *_ = some
    tokens = TokenReport(
        tokenizer=a, exact=False, records=9, counted=5, refusals=Counter({b: 2, c: 1}), total=9,
        trained=5, tokens=Spread([1, 10]), limit=4,
    )  # fmt: skip
    sources = [Source(Path(text.replace("\0", "")), "instruct", 1.0) for text in some]
    overlap = Overlap(list(some), 4, [(b, 1), (c, 2), (d, 3)], incomplete=True)
    datasets = tuple(Dataset(source, 9, tokens) for source in sources)
    data = TrainData(datasets, datasets[:1], overlap)
    parts = tuple(Part(text, 1.0, 9, 9.0, 1.0) for text in some)
    training = Training(d, data, TrainPlan(PLAN, parts))
    known = facts(some[:5])
    files = [FileResult(name, 9, 1, error=error or "a") for name, error in batched(some, 2)]
    total = Total(known, tokens, complete=False, plan=PLAN, training=training)
    return [*(Measured(file, known, tokens) for file in files), total]


def shown(report: Any, *look: Any, items: list[Measured | Total]) -> str:
    parts: list[str] = []
    reporter = report(parts.append, *look)
    next(reporter)
    for item in islice(items, len(items) - 1):
        reporter.send(item)
    with pytest.raises(StopIteration):
        reporter.send(items[-1])
    return "".join(parts)


def test_statistics_and_plans() -> None:
    usual = shown(
        stats_text.report, stats_text.Look(), items=statistics(tuple(map(str, range(A_PLAN))))
    )
    for some in batched(TEXTS, A_PLAN):
        text = shown(stats_text.report, stats_text.Look(), items=statistics(some))
        assert len(text.splitlines()) == len(usual.splitlines())
        assert_harmless(text)


def test_names_of_roles_and_tools() -> None:
    for some in batched(TEXTS, SHOWN):
        known = facts(some)
        roles = f"  other roles: {name_list(known.other_roles, glyphs=True)}"
        lines = [*tool_lines(known, glyphs=True), roles]
        assert len(lines) == SHOWN + 5
        assert_harmless("\n".join(lines))


def test_statistics_for_programs() -> None:
    for some in islice(batched(TEXTS, A_PLAN), 0, None, 10):
        items = statistics(tuple(map(encodable, some)))
        assert_harmless(shown(stats_json.report, "1.0", items=items))


def test_complaints(capsys: pytest.CaptureFixture[str]) -> None:
    for text in TEXTS:
        complain(text, 4)
    assert_complained(capsys, "jsonl-lint: ", len(TEXTS))


def test_complaints_of_usage(capsys: pytest.CaptureFixture[str]) -> None:
    some = TEXTS[::10]
    for text in some:
        complain_of_usage(click.BadParameter(text, param_hint=text))
    assert_complained(capsys, "Error: ", len(some))


def assert_complained(capsys: pytest.CaptureFixture[str], start: str, number: int) -> None:
    said = capsys.readouterr()
    assert said.out == ""
    assert_harmless(said.err)
    lines = said.err.splitlines()
    assert len(lines) == number
    assert all(line.startswith(start) for line in lines)


def test_the_texts_are_as_many_and_commands_by_themselves() -> None:
    assert len(set(TEXTS)) == 10_000
    assert len(commands("\n".join(TEXTS))) > 2500
    assert len(agent_commands("\n".join(TEXTS))) > 800
    assert len(service_messages("\n".join(TEXTS))) > 200
    assert set(chain(*TEXTS)) > set("\x1b\r\n\x9b\u202e\u2028")
