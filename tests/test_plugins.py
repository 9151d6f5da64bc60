"""What installed packages bring along: rules, targets and reporters, good ones and broken ones."""

from __future__ import annotations

import signal
import sys
from typing import TYPE_CHECKING, Any

import pytest
from plugin_packages import Install, clear
from samples import CLEAN, chat, human, jsonl

from jsonl_lint import Config, Finding, PluginError, Severity, lint_bytes, plugins
from jsonl_lint.linting.explaining import MAX_PROBLEMS
from jsonl_lint.linting.selection import ALL
from jsonl_lint.reporting import FORMATS, Options
from jsonl_lint.rules import CRASHED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GOOD = '''
"""An assistant shouts."""
from jsonl_lint import Problem, Severity
SEVERITY = Severity.WARNING
def check(record):
    for message in record.messages:
        if message.role == "assistant" and message.value["content"].isupper():
            yield Problem((*message.path, "content"), "the assistant shouts")
'''
RAISING = """
from jsonl_lint import Problem, Severity
SEVERITY = Severity.INFO
def check(record):
    yield Problem((), "before")
    raise ValueError("the secret content")
"""


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    monkeypatch.syspath_prepend(str(tmp_path))
    yield Install(tmp_path)
    clear()


def found(data: bytes, **config: object) -> list[tuple[str, int]]:
    report = lint_bytes(data, config=Config(**config))  # type: ignore[arg-type] # fields by name
    return [(finding.rule, finding.line) for finding in report.findings]


def test_there_is_none_without_an_entry_point(tmp_path: Path) -> None:
    clear()
    assert not plugins._any_plugin()  # noqa: SLF001 - our own commands are no plugin
    assert not list(tmp_path.iterdir())


def test_a_rule_looks_at_every_record(install: Install) -> None:
    install("rules", "shouting = %", GOOD)
    assert found(jsonl(chat(), chat("NO"), chat())) == [("shouting", 2)]
    assert found(jsonl(human(), chat("NO"))) == [("unknown-role", 1), ("shouting", 2)]


def test_a_rule_looks_at_every_record_by_reference_too(install: Install) -> None:
    from jsonl_lint.api import make_linter

    install("rules", "shouting = %", GOOD)
    check = make_linter(Config(), reference=True).check("x")
    lines = jsonl(chat("NO"), human()).splitlines(keepends=True)
    found = [(finding.rule, finding.line) for finding in check.line_findings(lines)]
    assert found == [("shouting", 1), ("unknown-role", 2)]


def test_a_rule_is_listed_with_its_package_as_family(install: Install) -> None:
    install("rules", "shouting = %", GOOD)
    rule = plugins.load_rules()["shouting"]
    assert (rule.family, rule.severity, rule.summary) == (
        "acme",
        Severity.WARNING,
        "An assistant shouts.",
    )


def test_a_rule_is_selected_and_ignored_like_any_other(install: Install) -> None:
    install("rules", "shouting = %", GOOD)
    data = jsonl(chat("NO"), human())
    assert found(data, select=("acme",)) == [("shouting", 1)]
    assert found(data, ignore=("shouting",)) == [("unknown-role", 2)]
    report = lint_bytes(data, config=Config(severity={"acme": Severity.ERROR}))
    assert report.counts["shouting", Severity.ERROR] == 1


def test_a_rule_of_severity_info_runs_when_asked_for(install: Install) -> None:
    install("rules", "shouting = %", GOOD.replace("WARNING", "INFO"))
    data = jsonl(chat("NO"))
    assert found(data) == []
    assert found(data, select=("shouting",)) == [("shouting", 1)]


def test_a_rule_that_raises_is_a_finding_and_the_others_go_on(install: Install) -> None:
    install("rules", "raising = %\nshouting = %", RAISING.replace("INFO", "ERROR"))
    report = lint_bytes(jsonl(human(), fill=False), config=Config(ignore=("too-few-examples",)))
    assert [finding.rule for finding in report.findings] == [
        "raising",
        "rule-crashed",
        "rule-crashed",
        "shouting",
        "unknown-role",
    ]
    crash = report.findings[1]
    assert crash.message == 'the rule "raising" crashed with ValueError'
    assert crash.severity is Severity.ERROR
    assert (crash.line, crash.record) == (1, 0)
    assert not report.ok()


def test_what_a_rule_raises_is_not_shown_since_it_may_hold_data(install: Install) -> None:
    install("rules", "raising = %", RAISING)
    report = lint_bytes(CLEAN, config=Config(select=("raising",)))
    words = [finding.message + finding.hint for finding in report.findings]
    assert words
    assert not any("secret" in text for text in words)


@pytest.mark.parametrize(
    ("statement", "error"),
    [
        ('yield "a text"', "TypeError"),
        ("yield None", "TypeError"),
        ("from jsonl_lint import Problem; yield Problem(None, 'x')", "TypeError"),
        ("from jsonl_lint import Problem; yield Problem((0.5,), 'x')", "TypeError"),
        ("from jsonl_lint import Problem; yield Problem((), None)", "TypeError"),
        ("return 1", "TypeError"),
        ("raise SystemExit", "SystemExit"),
        ("yield from check(record)", "RecursionError"),
        ("yield record.nothing", "AttributeError"),
    ],
)
def test_a_rule_that_breaks_is_a_finding_of_each_record(
    install: Install, statement: str, error: str
) -> None:
    source = (
        f"from jsonl_lint import Severity as S\nSEVERITY = S.ERROR\ndef check(record): {statement}"
    )
    install("rules", "broken = %", source)
    report = lint_bytes(CLEAN)
    assert {finding.message for finding in report.findings} == {
        f'the rule "broken" crashed with {error}'
    }
    assert [finding.line for finding in report.findings] == list(range(1, 11))


def test_a_keyboard_interrupt_may_be_the_users(
    install: Install, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python's own handler of Ctrl-C, where in charge, raises it in whatever is at work."""
    monkeypatch.setattr(signal, "getsignal", lambda _: signal.default_int_handler)
    source = RAISING.replace('ValueError("the secret content")', "KeyboardInterrupt")
    install("rules", "breaking-off = %", source.replace("INFO", "ERROR"))
    with pytest.raises(KeyboardInterrupt):
        lint_bytes(CLEAN)


def test_a_rule_for_files_sees_the_facts(install: Install) -> None:
    source = """
from jsonl_lint import Problem, Severity
SEVERITY = Severity.ERROR
def check_file(facts, limits):
    yield Problem((), f"{facts.lines} of {limits.examples}", line=3)
"""
    install("rules", "counting = %", source)
    (finding,) = lint_bytes(CLEAN).findings
    assert (finding.rule, finding.line, finding.record) == ("counting", 3, None)
    assert finding.message == "10 of 10"


@pytest.mark.parametrize(
    ("statement", "error"), [("raise SystemExit(0)", "SystemExit"), ('yield "text"', "TypeError")]
)
def test_a_rule_for_files_that_breaks_is_a_finding(
    install: Install, statement: str, error: str
) -> None:
    source = f"""
from jsonl_lint import Severity
SEVERITY = Severity.ERROR
def check_file(facts, limits):
    {statement}
"""
    install("rules", "leaving = %", source)
    (finding,) = lint_bytes(CLEAN).findings
    assert finding.message == f'the rule "leaving" crashed with {error}'


def test_a_rule_without_end_is_cut(install: Install) -> None:
    source = """
from jsonl_lint import Problem, Severity
SEVERITY = Severity.ERROR
def check(record):
    while True:
        yield Problem((), "again")
"""
    install("rules", "endless = %", source)
    report = lint_bytes(jsonl(chat(), chat(), fill=False))
    assert report.counts["endless", Severity.ERROR] == 2 * MAX_PROBLEMS
    said = [finding.message for finding in report.findings if finding.rule == CRASHED]
    assert said == ['the rule "endless" found more than 1,000 faults at once'] * 2


@pytest.mark.parametrize(
    ("points", "source", "words"),
    [
        ("no-user = %", GOOD, "the plugin acme redefines the rule no-user"),
        ("roles = %", GOOD, "the rule roles of the plugin acme has the name of a family of rules"),
        ("ALL = %", GOOD, "the rule ALL of the plugin acme has the name of a family of rules"),
        ("x = %", "", "the rule x of the plugin acme cannot be used: .* no attribute 'SEVERITY'"),
        (
            "x = %",
            'SEVERITY = "error"',
            "the rule x of the plugin acme cannot be used: SEVERITY is no Severity",
        ),
        ("x = %", "import nothing_at_all", "the plugin acme cannot be loaded: ModuleNotFoundError"),
        ("x = %", "1 / 0", "the plugin acme cannot be loaded: ZeroDivisionError"),
        ("x = %", "raise SystemExit", "the plugin acme cannot be loaded: SystemExit"),
        ("x = %", "(", "the plugin acme cannot be loaded: SyntaxError"),
        ("x = %:nothing", GOOD, "the plugin acme cannot be loaded: AttributeError"),
    ],
)
def test_a_rule_that_cannot_be_used_is_refused(
    install: Install, points: str, source: str, words: str
) -> None:
    install("rules", points, source)
    with pytest.raises(PluginError, match=words):
        lint_bytes(CLEAN)


def test_a_package_with_the_name_of_a_family_is_refused(install: Install) -> None:
    """Its rules would count as gated, and not see the records that the gates prove clean."""
    install("rules", "shouting = %", GOOD, package="roles")
    with pytest.raises(PluginError, match="has the name of a family"):
        plugins.load_rules()


def test_two_packages_with_one_rule_are_refused(install: Install) -> None:
    install("rules", "shouting = %", GOOD)
    install("rules", "shouting = %", GOOD, package="bmce")
    with pytest.raises(PluginError, match="redefines the rule shouting"):
        plugins.load_rules()


TARGET = """
from jsonl_lint.targets import Limits, Target
target = Target(
    name="acme",
    title="Acme",
    schema={"type": "object", "properties": {"text": {"maxLength": 3}}},
    formats=("text",),
    limits=Limits(10**6, 10**6, 10**6, 5, 1),
    severity={},
)
"""


def test_a_target_brings_its_own_demands(install: Install) -> None:
    install("targets", "acme = %:target", TARGET)
    assert plugins.target_names()[-1] == "acme"
    data = jsonl({"text": "abc"}, {"text": "abcd"}, fill=False)
    assert found(data, target="acme") == [("wrong-value", 2)]


def test_a_target_judges_plain_chats_too(install: Install) -> None:
    limited = TARGET.replace('("text",)', '("messages",)').replace("text", "messages")
    install("targets", "acme = %:target", limited.replace("maxLength", "maxItems"))
    question, answer = chat()["messages"]
    data = jsonl(chat(), {"messages": [question, answer, question, answer]}, fill=False)
    assert found(data, target="acme") == [("wrong-value", 2)]


def test_a_target_may_take_anything(install: Install) -> None:
    open_to_all = TARGET.replace('("text",)', '("messages",)').replace('"maxLength": 3', "")
    install("targets", "acme = %:target", open_to_all)
    call: dict[str, Any] = {"role": "assistant", "tool_calls": [{}]}
    data = jsonl(human(), chat(tools=[{"function": {}}]), {"messages": [call]}, fill=False)
    assert ("single-message", 3) in found(data, target="acme")


def test_a_target_may_be_named_in_a_configuration_file(install: Install, tmp_path: Path) -> None:
    install("targets", "acme = %:target", TARGET)
    path = tmp_path / "jsonl-lint.toml"
    path.write_text('target = "acme"', encoding="utf-8")
    report = lint_bytes(jsonl({"text": "abcd"}, fill=False), config=Config.load(path))
    assert [finding.rule for finding in report.findings] == ["wrong-value"]


@pytest.mark.parametrize(
    ("points", "words"),
    [
        ("mistral = %:target", "the plugin acme redefines the target mistral"),
        ("other = %:Limits", "the plugin acme gives no target as other"),
    ],
)
def test_a_target_that_cannot_be_used_is_refused(install: Install, points: str, words: str) -> None:
    install("targets", points, TARGET)
    with pytest.raises(PluginError, match=words):
        plugins.target_names()


REPORTER = """
def report(write, options):
    write(options.version)
    while True:
        item = yield
        if not hasattr(item, "rule"):
            return
        write(item.rule)
"""


def test_a_reporter_is_sent_findings(install: Install) -> None:
    install("reporters", "acme = %:report", REPORTER)
    assert plugins.reporter_names() == [*FORMATS, "acme"]
    written: list[str] = []
    items = plugins.load_reporter("acme")(written.append, Options("1.0", {}))
    next(items)
    finding: Finding = lint_bytes(jsonl(human())).findings[0]
    items.send(finding)
    assert written == ["1.0", "unknown-role"]


@pytest.mark.parametrize(
    ("points", "words"),
    [
        ("text = %:report", "the plugin acme redefines the reporter text"),
        ("acme = %:number", "the plugin acme gives no reporter as acme"),
    ],
)
def test_a_reporter_that_cannot_be_used_is_refused(
    install: Install, points: str, words: str
) -> None:
    install("reporters", points, REPORTER + "number = 1")
    with pytest.raises(PluginError, match=words):
        plugins.load_reporter("other")


def test_unknown_names_are_key_errors() -> None:
    clear()
    with pytest.raises(KeyError):
        plugins.load_target("none")
    with pytest.raises(KeyError):
        plugins.load_reporter("none")


def test_folders_of_the_path_that_are_none_are_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.zip").write_bytes(b"")
    (tmp_path / "b-1.0.dist-info" / "entry_points.txt").mkdir(parents=True)
    odd = [str(tmp_path / "a.zip"), str(tmp_path / "nowhere"), str(tmp_path), ""]
    monkeypatch.setattr(sys, "path", [*odd, *sys.path])
    monkeypatch.chdir(tmp_path)
    clear()
    assert not plugins._any_plugin()  # noqa: SLF001
    clear()


def test_nothing_beside_the_data_is_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("jsonl_lint_plugin", "conftest", "sitecustomize"):
        text = f"raise SystemExit({ALL!r})"
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    clear()
    assert lint_bytes(CLEAN, filename=str(tmp_path / "train.jsonl")).ok()
