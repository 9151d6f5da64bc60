"""Plugins that do what no plugin should: each costs its own finding, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from types import FunctionType
from typing import TYPE_CHECKING, Any

import pytest
from plugin_packages import Install, clear
from programs import call
from samples import chat, human, jsonl

import jsonl_lint
from jsonl_lint.linting import foreign

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = """
import sys
from jsonl_lint import Problem, Severity
from jsonl_lint.change import Edit, Put, Safety
SEVERITY = Severity.ERROR
"""
CRASH = 'the rule "hostile" crashed with '
OTHER = [("unknown-role", 2, "/messages/0/role")]
"""What the shipped rules find in ``DATA``."""
DATA = jsonl(chat(), human())


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    folder = tmp_path / "installed"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "train.jsonl").write_bytes(DATA)
    yield Install(folder)
    clear()


def report(install: Install, *args: str, code: int) -> Any:
    """Check the data, and give the report that stands alone on standard output."""
    folder = install.folder.parent / "data"
    done = call("check", "train.jsonl", "--isolated", "-f", "json", *args, cwd=folder)
    assert done.returncode == code, done.stdout + done.stderr
    return json.loads(done.stdout)


def crashes(document: Any) -> list[str]:
    """Give the crashes, and see that what others found is as it would be without."""
    found = [(one["rule"], one["line"], one["pointer"]) for one in document["findings"]]
    assert [one for one in found if one[0] not in {"hostile", "rule-crashed"}] == OTHER
    return [one["message"] for one in document["findings"] if one["rule"] == "rule-crashed"]


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ("raise ValueError(record.messages[0].value)", "ValueError"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("raise GeneratorExit", "GeneratorExit"),
        ("raise MemoryError", "MemoryError"),
        ("raise BaseException", "BaseException"),
        ("raise StopIteration", "StopIteration"),
        ("raise BrokenPipeError", "BrokenPipeError"),
        ("raise type('\\x1b[31m' + 'x' * 99, (BaseException,), {})", "\\x1b[31m" + "x" * 59),
        ("sys.exit(0)", "SystemExit"),
        ("return check(record)", "RecursionError"),
        ("return None", "TypeError"),
        ("return 'text'", "TypeError"),
        ("return [Problem(('messages', 0.5), '')]", "TypeError"),
        ("return [Problem(('messages', True), '')]", "TypeError"),
        ("return [Problem(('messages', -1), '')]", "ValueError"),
        ("return [Problem(('messages', 10 ** 5000), '')]", "ValueError"),
        ("return [Problem(['messages'], '')]", "TypeError"),
        ("return [Problem((), b'')]", "TypeError"),
        ("return [Problem((), type('S', (str,), {})())]", "TypeError"),
        ("return [Problem((), '', 5)]", "TypeError"),
        ("return [Problem((), '', part='both')]", "ValueError"),
        ("return [Problem((), '', part=[])]", "TypeError"),
        ("return [Problem((), '', minor='no')]", "TypeError"),
        ("return [Problem((), '', span=5)]", "TypeError"),
        ("return [Problem((), '', span=(0, 10 ** 9))]", "ValueError"),
        ("return [Problem((), '', span=(-1, 0))]", "ValueError"),
        ("return [Problem((), '', span=(2, 1))]", "ValueError"),
        ("return [Problem((), '', span=(0, 1.5))]", "TypeError"),
        ("return [Problem.__new__(Problem)]", "AttributeError"),
        (
            "return [type('P', (Problem,), {'message': property(lambda s: 1 / 0)})((), '')]",
            "AttributeError",
        ),
    ],
)
def test_a_rule_costs_its_own_finding(install: Install, body: str, error: str) -> None:
    install("rules", "hostile = %", f"{HEAD}def check(record):\n    {body}\n")
    assert crashes(report(install, code=5)) == [CRASH + error] * 10


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("return [Problem((), '', line=-1)]", "ValueError"),
        ("return [Problem((), '', line=12)]", "ValueError"),
        ("return [Problem((), '', line='1')]", "TypeError"),
        ("return [Problem((), '', span=(0, 10 ** 9))]", "ValueError"),
    ],
)
def test_a_rule_for_files_costs_its_own_finding(install: Install, body: str, error: str) -> None:
    install("rules", "hostile = %", f"{HEAD}def check_file(facts, limits):\n    {body}\n")
    assert crashes(report(install, code=5)) == [CRASH + error]


def test_what_a_rule_is_given_is_its_own(install: Install) -> None:
    """A second rule, and the fingerprints, see the record as it is."""
    source = f"""{HEAD}
def check(record):
    assert record.value["messages"] and record.messages
    for message in record.value["messages"]:
        message.clear()
    record.value.clear()
    record.messages.clear()
    return []
def check_file(facts, limits):
    assert facts.formats == {{"messages": (1, 0)}} and facts.lines == 10
    facts.formats.clear()
    facts.lines = 0
    return []
"""
    plain = report(install, code=1)
    install("rules", "a-clearing = %\nb-clearing = %", source)
    assert report(install, code=1) == plain


def test_what_a_rule_gave_it_cannot_take_back(install: Install) -> None:
    source = f"""{HEAD}
given = []
def check(record):
    for problem in given:
        problem.message = problem.path = None
    given.append(Problem((), "as it was"))
    return given[-1:]
"""
    install("rules", "hostile = %", source)
    found = report(install, code=1)["findings"]
    assert [one["message"] for one in found if one["rule"] == "hostile"] == ["as it was"] * 10


def test_what_plugins_print_does_not_stand_in_a_report(install: Install) -> None:
    source = f"print('imported'){HEAD}def check(record):\n    print('asked')\n    return []\n"
    install("rules", "hostile = %", source)
    folder = install.folder.parent / "data"
    done = call("check", "train.jsonl", "--isolated", "-f", "json", cwd=folder)
    assert crashes(json.loads(done.stdout)) == []
    assert done.stderr.splitlines() == ["imported", *["asked"] * 10]


@pytest.mark.parametrize("form", ["text", "concise", "github", "jsonl", "sarif"])
def test_hostile_texts_are_written_harmlessly(install: Install, form: str) -> None:
    source = f"""'''Sum\x1b[31mmary\u202e
::error::doc'''
{HEAD}
def check(record):
    text = "\\n::error::x\\x1b[31m##[group]\\u202e\\ud800\\r"
    return [Problem((text, 5), text, text, meant=text)]
"""
    install("rules", "hostile = %", source)
    folder = install.folder.parent / "data"
    done = call("check", "train.jsonl", "--isolated", "-f", form, cwd=folder)
    assert done.returncode == 1, done.stderr
    assert all(char.isprintable() or char == "\n" for char in done.stdout)
    own = [line for line in done.stdout.splitlines() if line.startswith("::error")]
    assert "##[" not in done.stdout
    assert all("title=" in line for line in own)


FIXING = """
FIX = Safety.SAFE
def check(record):
    for message in record.messages:
        if message.role == "assistant":
            yield Problem((*message.path, "content"), "an assistant speaks")
"""


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("sys.exit(0)", "SystemExit"),
        ("return fix(record, problem)", "RecursionError"),
        ("return None", "TypeError"),
        ("return iter(lambda: Put(problem.path, ''), None)", "OverflowError"),
    ],
)
def test_a_fix_costs_itself(install: Install, body: str, error: str) -> None:
    source = f"{HEAD}{FIXING}\ndef fix(record, problem):\n    print('x')\n    {body}\n"
    install("rules", "hostile = %", source)
    folder = install.folder.parent / "data"
    done = call("fix", "-", "--isolated", cwd=folder)
    assert done.stdout == ""
    done = call("fix", "train.jsonl", "--isolated", cwd=folder)
    assert done.returncode == 5, done.stderr
    assert f"  hostile in lines 1-10: the fix crashed with {error}" in done.stdout
    assert (folder / "train.jsonl").read_bytes() == DATA.replace(b"human", b"user")
    assert {one["rule"] for one in report(install, code=1)["findings"]} == {"hostile"}


@pytest.mark.parametrize(
    "body",
    [
        "problem.path = None\n    record.value.clear()\n    return []",
        "return [5, None]",
        "return [Put(None, '')]",
        "return [Put((), object())]",
        "return [Put(problem.path, float('nan'))]",
        "return [Put(('messages', 10 ** 30), '')]",
        "return [Edit(0, 5, b'')]",
    ],
)
def test_a_fix_that_gives_nonsense_changes_nothing(install: Install, body: str) -> None:
    source = f"{HEAD}{FIXING}\ndef fix(record, problem):\n    {body}\n"
    install("rules", "hostile = %", source)
    folder = install.folder.parent / "data"
    done = call("fix", "train.jsonl", "--isolated", cwd=folder)
    assert done.returncode == 1, done.stderr
    assert (folder / "train.jsonl").read_bytes() == DATA.replace(b"human", b"user")


@pytest.mark.parametrize(
    "body",
    [
        "return [Edit(-5, 3, b'')]",
        "return [Edit(5, 3, b'')]",
        "return [Edit(0, 10 ** 30, b'{}')]",
        "return [Edit('0', 3, b'')]",
        "return [Edit(0, 3, 'text')]",
        "return [(0, 1)]",
        "return [Edit(0, 4, b''), Edit(2, 5, b'')]",
    ],
)
def test_edits_that_are_nonsense_change_nothing(install: Install, body: str) -> None:
    source = f"{HEAD}{FIXING}\ndef fix_line(raw, problem):\n    {body}\n"
    install("rules", "hostile = %", source)
    folder = install.folder.parent / "data"
    done = call("fix", "train.jsonl", "--isolated", cwd=folder)
    assert done.returncode == 1, done.stderr
    assert (folder / "train.jsonl").read_bytes() == DATA.replace(b"human", b"user")


REPORTER = f"""{HEAD}
def report(write, options):
    print("printed")
    options.rules.clear()
    while True:
        item = yield
        BODY
"""
FINDING = "if hasattr(item, 'problem'):\n            "


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ("raise ValueError", "ValueError"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("sys.exit(0)", "SystemExit"),
        ("return", "StopIteration"),
        ("write(5)", "TypeError"),
        ("item.problem.message = None; write(None)", "TypeError"),
    ],
)
def test_a_reporter_costs_its_own_report(install: Install, body: str, error: str) -> None:
    install("reporters", "acme = %:report", REPORTER.replace("BODY", FINDING + body))
    folder = install.folder.parent / "data"
    args = ("check", "train.jsonl", "--isolated", "-f", "acme", "--report")
    done = call(*args, "json=whole.json", cwd=folder)
    assert done.returncode == 5
    assert done.stdout == ""
    why = f"the report could not be written: the reporter crashed with {error}"
    assert done.stderr.splitlines() == ["printed", f"jsonl-lint: standard output: {why}"]
    assert crashes(json.loads((folder / "whole.json").read_bytes())) == []


@pytest.mark.parametrize("body", ["item.files[:] = []; 1 / 0", "raise GeneratorExit"])
def test_a_reporter_may_break_at_the_summary(install: Install, body: str) -> None:
    source = REPORTER.replace("BODY", f"if hasattr(item, 'files'):\n            {body}")
    install("reporters", "acme = %:report", source)
    folder = install.folder.parent / "data"
    args = ("check", "train.jsonl", "--isolated", "-f", "acme", "--report")
    done = call(*args, "json=whole.json", cwd=folder)
    assert done.returncode == 5, done.stderr
    document = json.loads((folder / "whole.json").read_bytes())
    assert [file["name"] for file in document["files"]] == ["train.jsonl"]


@pytest.mark.parametrize("source", ["def report(write, options): return 5", "report = dict"])
def test_what_is_no_reporter_costs_its_own_report(install: Install, source: str) -> None:
    install("reporters", "acme = %:report", source)
    folder = install.folder.parent / "data"
    done = call("check", "train.jsonl", "--isolated", "-f", "acme", cwd=folder)
    assert done.returncode == 5
    assert done.stderr.startswith("jsonl-lint: standard output: the report could not be written")


TARGET = """
from jsonl_lint import Severity
from jsonl_lint.targets import Limits, Target
fields = dict(name="x", title="X", schema={}, formats=("text",), severity={},
              limits=Limits(10**6, 10**6, 10**6, 5, 1), role_grammar=None)
"""


@pytest.mark.parametrize(
    "field",
    [
        "schema=5",
        "schema={'type': 5}",
        "schema={'$ref': '#/nowhere'}",
        "formats=5",
        "formats=('text', 'nothing')",
        "limits=None",
        "limits=Limits(*'abcde')",
        "severity=5",
        "severity={'crlf': 'error'}",
        "role_grammar=5",
        "role_grammar='('",
        "title=None",
    ],
)
def test_a_target_with_wrong_fields_is_refused(install: Install, field: str) -> None:
    install("targets", "acme = %:target", f"{TARGET}target = Target(**(fields | dict({field})))")
    folder = install.folder.parent / "data"
    done = call("check", "train.jsonl", "--isolated", "--target", "acme", cwd=folder)
    assert done.returncode == 2, done.stdout
    assert done.stderr == "jsonl-lint: the plugin acme gives no target as acme\n"


@pytest.mark.parametrize(
    ("points", "package"),
    [
        ("sho\x1b[31muting = %", "acme"),
        ("a,b = %", "acme"),
        ("a b = %", "acme"),
        (f"{'x' * 65} = %", "acme"),
        ("shouting = %", "acme\x1b[31m"),
        ("shouting = %", "::error::acme"),
        ("shouting = %", "a" * 65),
    ],
)
def test_names_that_could_be_something_else_are_refused(
    install: Install, points: str, package: str
) -> None:
    install("rules", points, HEAD, package)
    folder = install.folder.parent / "data"
    done = call("check", "train.jsonl", "--isolated", cwd=folder)
    assert done.returncode == 2
    assert done.stderr.startswith('jsonl-lint: the plugin "')
    assert "names have up to 64 letters" in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stderr[:-1].isprintable()


@pytest.mark.parametrize(
    "source",
    [
        "raise KeyboardInterrupt",
        "class E(Exception):\n    def __str__(self): raise SystemExit\nraise E",
        "raise ValueError('\\x1b[31m\\n::error::' + 'x' * 10 ** 6)",
        "def __getattr__(name): raise KeyboardInterrupt",
        "from jsonl_lint import Severity\nSEVERITY = Severity.ERROR\nFIX = 'safe'",
        "from jsonl_lint import Severity\nSEVERITY = Severity.ERROR\n__doc__ = 5",
    ],
)
def test_a_plugin_that_cannot_be_loaded_ends_the_run(install: Install, source: str) -> None:
    install("rules", "hostile = %", source)
    folder = install.folder.parent / "data"
    done = call("check", "train.jsonl", "--isolated", cwd=folder)
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert done.stderr[:-1].isprintable()
    assert len(done.stderr) < 400


def test_without_plugins_none_is_loaded(install: Install) -> None:
    install("rules", "hostile = %", "raise SystemExit(0)")
    folder = install.folder.parent / "data"
    options = ("check", "train.jsonl", "--isolated")
    assert call(*options, cwd=folder).returncode == 2
    assert call("--no-plugins", *options, cwd=folder).returncode == 1
    assert call(*options, cwd=folder, JSONL_LINT_NO_PLUGINS="1").returncode == 1
    assert call(*options, cwd=folder).returncode == 2


def test_the_version_tells_which_plugins_are_installed(install: Install) -> None:
    install("rules", "hostile = %", "raise SystemExit(0)")
    install("reporters", "acme = %", "", package="bmce")
    folder = install.folder.parent
    done = call("--version", cwd=folder)
    assert done.stdout.splitlines()[1:] == ["plugin acme 1.0", "plugin bmce 1.0"]
    assert call("--no-plugins", "--version", cwd=folder).stdout.count("\n") == 1


@pytest.mark.parametrize("swallows", [False, True])
def test_a_signal_ends_the_run_while_a_plugin_is_at_work(
    install: Install, *, swallows: bool
) -> None:
    """A plugin that catches everything holds it up until something is found."""
    body = "signal.raise_signal(signal.SIGINT)"
    if swallows:
        body = f"try: {body}\n    except BaseException: pass"
    source = f"import signal{HEAD}def check(record):\n    {body}\n    return []\n"
    install("rules", "hostile = %", source)
    document = report(install, code=130)
    assert not document["complete"]
    assert [one["rule"] for one in document["findings"]] == ["unknown-role"] * swallows


def test_a_package_whose_name_begins_like_ours_is_not_ours() -> None:
    path = f"{Path(jsonl_lint.__file__).parent}_more/rule.py"
    with pytest.raises(foreign.CrashError, match="SystemExit"):
        foreign.call(FunctionType(compile("raise SystemExit", path, "exec"), {}))
