"""The command line as a shell sees it; in a process of its own where that makes a difference."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

import pytest
from programs import INVALID, VALID, call, ends_with_its_reader, environment, lint, run

from jsonl_lint import __version__
from jsonl_lint.cli.progress import is_wanted

if TYPE_CHECKING:
    from programs import Result

GOOD = VALID.read_bytes()
BAD = b'{"messages": [{"role": "human", "content": "Hi"}, {"role": "assistant", "content": "?"}]}\n'
WARNED = GOOD + b"\n"
COMMAND = (sys.executable, "-m", "jsonl_lint")

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals and files")


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with a good, a bad and a doubtful file, and no configuration anywhere above."""
    (tmp_path / "good.jsonl").write_bytes(GOOD)
    (tmp_path / "bad.jsonl").write_bytes(GOOD + BAD)
    (tmp_path / "warned.jsonl").write_bytes(WARNED)
    return tmp_path


def rules(done: Result) -> list[str]:
    return [finding["rule"] for finding in json.loads(done.stdout)["findings"]]


def names(done: Result) -> list[str]:
    files = json.loads(done.stdout)["files"]
    return [file["name"].replace("\\", "/") for file in files]


def check_json(here: Path, *args: str) -> Result:
    return call("check", *args, "-f", "json", cwd=here)


# exit codes


@pytest.mark.parametrize(("args", "code"), [
    ("good.jsonl", 0),
    ("warned.jsonl", 0),
    ("bad.jsonl", 1),
    ("bad.jsonl --exit-zero", 0),
    ("warned.jsonl --fail-on warning", 1),
    ("bad.jsonl --severity unknown-role=warning", 0),
    ("bad.jsonl --severity unknown-role=off", 0),
    ("bad.jsonl --ignore shape", 0),
    ("bad.jsonl --select lines", 0),
    ("bad.jsonl --select lines,shape", 1),
    ("good.jsonl bad.jsonl", 1),
    ("", 2),
    ("good.jsonl --no-such-option", 2),
    ("good.jsonl --target no-such-target", 2),
    ("good.jsonl --select no-such-rule", 2),
    ("good.jsonl --severity crlf=fatal", 2),
    ("good.jsonl --fail-on fatal", 2),
    ("good.jsonl --max-per-rule 0", 2),
    ("good.jsonl --max-line-bytes 99999999999999999999", 2),
    ("warned.jsonl --min-severity error --fail-on warning", 2),
    ("bad.jsonl --severity ALL=warning --severity unknown-role=error", 1),
    ("bad.jsonl --severity unknown-role=error --severity ALL=warning", 1),
    ("good.jsonl -f json --report concise=-", 2),
    ("good.jsonl --report json=r.txt --report text=./r.txt", 2),
    ("wide.jsonl", 1),
    ("wide.jsonl --select roles", 3),
    ("wide.jsonl --ignore files", 3),
    ("list.jsonl", 1),
    ("list.jsonl --select roles", 3),
    ("broken.jsonl", 1),
    ("broken.jsonl --select roles", 3),
    ("broken.jsonl --select lines", 1),
    ("good.jsonl --max-line-bytes 1.5MB", 2),
    ("good.jsonl --format no-such-format", 2),
    ("good.jsonl --report json", 2),
    ("good.jsonl --config no-such-file.toml", 2),
    ("missing.jsonl", 3),
    ("good.jsonl missing.jsonl", 3),
    ("bad.jsonl missing.jsonl", 3),
    ("bad.jsonl missing.jsonl --exit-zero", 3),
    ("empty", 3),
    ("good.jsonl --max-line-bytes 50", 3),
    ("good.jsonl -o no-such-folder/report", 4),
    ("missing.jsonl bad.jsonl --report json=no-such-folder/report", 4),
    ("good.jsonl -o empty", 4),
])  # fmt: skip
def test_exit_codes(here: Path, args: str, code: int) -> None:
    (here / "wide.jsonl").write_bytes(GOOD.decode().encode("utf-16"))
    (here / "list.jsonl").write_bytes(GOOD + b"[]\n")
    (here / "broken.jsonl").write_bytes(GOOD + b'{"messages": [,]}\n')
    (here / "empty").mkdir()
    done = call("check", *args.split(), cwd=here)
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert "internal error" not in done.stderr
    if code in {2, 4}:
        assert done.stderr


@pytest.mark.parametrize("format_", ["text", "concise", "json", "jsonl", "sarif", "github"])
@pytest.mark.parametrize(("name", "code"), [("good.jsonl", 0), ("bad.jsonl", 1), ("none.jsonl", 3)])
def test_exit_codes_are_the_same_for_every_format(
    here: Path, format_: str, name: str, code: int
) -> None:
    assert call("check", name, "-f", format_, cwd=here).returncode == code


def test_a_missing_file_does_not_keep_the_others_from_being_checked(here: Path) -> None:
    done = check_json(here, "missing.jsonl", "bad.jsonl")
    assert rules(done) == ["unknown-role"]
    missing, bad = json.loads(done.stdout)["files"]
    assert (missing["name"], missing["complete"]) == ("missing.jsonl", False)
    assert "no such file" in missing["error"]
    assert (bad["name"], bad["complete"]) == ("bad.jsonl", True)


def test_a_name_that_no_system_takes_is_a_file_that_cannot_be_read(here: Path) -> None:
    done = check_json(here, "x" * 5000, "bad.jsonl")
    assert done.returncode == 3
    assert rules(done) == ["unknown-role"]


# standard input and output


def test_standard_input(here: Path) -> None:
    done = lint("check", "-", "-f", "concise", cwd=here, stdin=GOOD + BAD)
    assert done.returncode == 1
    assert done.stdout.startswith("-:13:24: error unknown-role ")


def test_standard_input_goes_by_its_name(here: Path) -> None:
    (here / "data").mkdir()
    settings = '[per-file-ignores]\n"train.jsonl" = ["shape"]\n'
    (here / "data" / "jsonl-lint.toml").write_text(settings, encoding="utf-8")
    stdin = GOOD + BAD + b"[]\n"
    args = ("check", "-", "-f", "concise", "--stdin-filename")
    done = lint(*args, "data/train.jsonl", cwd=here, stdin=stdin)
    assert [line.split(" ")[:3] for line in done.stdout.splitlines()] == [
        ["data/train.jsonl:14:1:", "error", "top-level-not-object"]
    ]
    done = lint(*args, "data/other.jsonl", cwd=here, stdin=stdin)
    assert done.stdout.startswith("data/other.jsonl:13:24: error unknown-role ")


@posix
@pytest.mark.parametrize("args", [
    "check - -f concise", "check - -f json", "rules", "targets", "--version", "--help", "-h",
    "check -h", "fix --help", "split -h", "convert -h", "stats -h", "rules -h",
])  # fmt: skip
def test_a_closed_pipe_ends_it_without_a_word(here: Path, args: str) -> None:
    assert ends_with_its_reader(args, here, BAD * 5000) == (141, b"")


@posix
@pytest.mark.parametrize("args", ["check bad.jsonl", "check bad.jsonl -f json"])
@pytest.mark.parametrize("target", ["> /dev/full", ">&-"])
def test_a_report_that_is_not_taken_is_a_failure(here: Path, args: str, target: str) -> None:
    if "full" in target and not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    command = f'"{sys.executable}" -m jsonl_lint {args} {target}'
    done = subprocess.run(  # noqa: S602
        command, shell=True, cwd=here, env=environment(), capture_output=True, check=False
    )
    assert done.returncode == 4
    assert b"standard output: the report could not be written: " in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(("encoding", "shown"), [
    ("ascii", "bad-m\\xfcnchen-\\u5317.jsonl"),
    ("cp1252", "bad-münchen-\\u5317.jsonl"),
    ("utf-8", "bad-münchen-北.jsonl"),
])  # fmt: skip
def test_no_encoding_of_the_console_is_too_narrow(here: Path, encoding: str, shown: str) -> None:
    name = "bad-münchen-北.jsonl"
    (here / name).write_bytes(GOOD + BAD)
    env = environment(PYTHONIOENCODING=encoding)
    for args in (("check", name), ("check", name, "-f", "concise")):
        done = run(*COMMAND, *args, cwd=here, env=env, encoding=encoding)
        assert done.returncode == 1, done.stderr
        assert f"{shown}:13:24: " in done.stdout


# reports


def test_several_reports_in_one_pass(here: Path) -> None:
    reports = [f"--report={name}={name}.out" for name in ("json", "sarif", "github", "concise")]
    done = call("check", "bad.jsonl", *reports, cwd=here)
    assert done.returncode == 1
    assert "unknown-role" in done.stdout
    for name in ("json", "sarif", "github", "concise"):
        assert "unknown-role" in (here / f"{name}.out").read_text(encoding="utf-8")
    assert json.loads((here / "json.out").read_bytes())["complete"] is True


def test_the_report_into_a_file_leaves_standard_output_empty(here: Path) -> None:
    done = call("check", "bad.jsonl", "-f", "concise", "-o", "out.txt", cwd=here)
    assert (done.returncode, done.stdout) == (1, "")
    assert (here / "out.txt").read_bytes().startswith(b"bad.jsonl:13:24: error unknown-role ")
    assert b"\r" not in (here / "out.txt").read_bytes()


@pytest.mark.parametrize("option", ["-o", "--report=json="])
def test_a_report_never_overwrites_the_data(here: Path, option: str) -> None:
    target = here / "bad.jsonl"
    where = (f"{option}{target}",) if option.endswith("=") else (option, str(target))
    done = call("check", ".", *where, cwd=here)
    assert done.returncode == 2
    assert "would overwrite" in done.stderr
    assert target.read_bytes() == GOOD + BAD


@posix
def test_a_report_never_overwrites_what_standard_input_reads(here: Path) -> None:
    command = [*COMMAND, "check", "-", "-o", "good.jsonl"]
    with (here / "good.jsonl").open("rb") as data:
        done = subprocess.run(command, stdin=data, cwd=here, env=environment(), check=False)  # noqa: S603 - our own command
    assert done.returncode == 2
    assert (here / "good.jsonl").read_bytes() == GOOD


def test_a_line_with_many_faults_gets_one_finding_a_kind(here: Path) -> None:
    message = {"role": "user", "content": 'It\'s "noon"', "name": None}
    line = repr({"messages": [message] * 20}).encode()
    (here / "repr.jsonl").write_bytes(line + b"\n" + GOOD)
    none = line.index(b"None") + 1
    done = call("check", "repr.jsonl", "-f", "concise", cwd=here)
    assert done.returncode == 1
    quotes, literals = done.stdout.splitlines()
    assert quotes.startswith("repr.jsonl:1:2: error invalid-json string in single quotes")
    assert quotes.endswith(", the first of 101 single-quotes faults")
    assert literals.startswith(f"repr.jsonl:1:{none}: error invalid-json None is not JSON")
    assert literals.endswith(", the first of 20 python-literal faults")


def test_max_per_rule_caps_what_is_shown_and_not_what_is_counted(here: Path) -> None:
    (here / "many.jsonl").write_bytes(BAD * 30)
    done = check_json(here, "many.jsonl", "--max-per-rule", "2")
    report = json.loads(done.stdout)
    assert len(report["findings"]) == 2
    assert report["truncated"] is True
    assert report["statistics"][0]["count"] == 30
    assert rules(check_json(here, "many.jsonl", "--max-per-rule", "none")) == ["unknown-role"] * 30
    shown = call("check", "many.jsonl", "--max-per-rule", "2", cwd=here).stdout
    assert shown.count("many.jsonl:") == 2
    assert "28" in shown


@pytest.mark.parametrize(("env", "args", "colored"), [
    ({}, (), False),
    ({"FORCE_COLOR": "1"}, (), True),
    ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, (), False),
    ({"NO_COLOR": "1"}, ("--color", "always"), True),
    ({"FORCE_COLOR": "1"}, ("--color", "never"), False),
])  # fmt: skip
def test_color(here: Path, env: dict[str, str], args: tuple[str, ...], *, colored: bool) -> None:
    done = call("check", "bad.jsonl", *args, cwd=here, **env)
    assert ("\x1b[" in done.stdout) is colored


def test_color_does_not_go_into_files(here: Path) -> None:
    call("check", "bad.jsonl", "--color", "always", "-o", "out.txt", cwd=here)
    assert b"\x1b" not in (here / "out.txt").read_bytes()


def test_quiet_leaves_the_summary_out(here: Path) -> None:
    assert call("check", "good.jsonl", "-q", cwd=here).stdout == ""
    assert call("check", "good.jsonl", cwd=here).stdout.startswith("checked 1 file, 12 records")


# configuration and environment


def settings(folder: Path, text: str, name: str = "jsonl-lint.toml") -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def test_configuration_is_found_upwards_from_each_file(here: Path) -> None:
    for folder in ("a", "a/deep", "b", "c"):
        (here / folder).mkdir()
        (here / folder / "x.jsonl").write_bytes(GOOD + BAD)
    settings(here, '[tool.jsonl-lint]\nignore = ["unknown-role"]\n', "pyproject.toml")
    settings(here / "a", "")
    settings(here / "b", "[tool.other]\n", "pyproject.toml")
    done = check_json(here, "a", "b", "c")
    found = [finding["file"].replace("\\", "/") for finding in json.loads(done.stdout)["findings"]]
    assert found == ["a/x.jsonl", "a/deep/x.jsonl"]
    assert call("check", "b", cwd=here).returncode == 0


def test_configuration_of_a_neighbour_is_not_taken(here: Path) -> None:
    settings(here / "mine", 'ignore = ["ALL"]\n')
    done = call("check", "../bad.jsonl", cwd=here / "mine")
    assert done.returncode == 1


def test_isolated_and_config(here: Path) -> None:
    settings(here, 'ignore = ["shape"]\n')
    settings(here / "other", 'fail-on = "warning"\n', "strict.toml")
    assert call("check", "bad.jsonl", cwd=here).returncode == 0
    assert call("check", "bad.jsonl", "--isolated", cwd=here).returncode == 1
    assert call("check", "warned.jsonl", "--config", "other/strict.toml", cwd=here).returncode == 1


@pytest.mark.parametrize(("text", "said"), [
    ('taget = "mistral"', 'unknown key "taget"; did you mean "target"?'),
    ('fail_on = "error"', 'unknown key "fail_on"; did you mean "fail-on"?'),
    ('fail-on = "fatal"', '"fail-on": expected info, warning or error'),
    ('select = "crlf"', '"select": expected an array of strings'),
    ('select = ["clrf"]', 'did you mean "crlf"?'),
    ("[severity]\ncrlf = true", '"severity.crlf": expected info, warning, error or off'),
    ("target =", "not valid TOML"),
])  # fmt: skip
def test_a_wrong_configuration_is_refused_with_advice(here: Path, text: str, said: str) -> None:
    settings(here, text + "\n")
    done = call("check", "good.jsonl", cwd=here)
    assert done.returncode == 2
    assert said in done.stderr


def test_per_file_ignores(here: Path) -> None:
    settings(here, '[per-file-ignores]\n"raw/*" = ["unknown-role"]\n"w*.jsonl" = ["lines"]\n')
    (here / "raw").mkdir()
    (here / "raw" / "x.jsonl").write_bytes(GOOD + BAD)
    done = check_json(here, ".")
    found = [finding["file"] for finding in json.loads(done.stdout)["findings"]]
    assert found == ["bad.jsonl"]


@pytest.mark.parametrize(("env", "code"), [
    ({}, 0),
    ({"JSONL_LINT_TARGET": "mistral-pretrain"}, 1),
    ({"JSONL_LINT_FAIL_ON": "warning"}, 1),
    ({"JSONL_LINT_CONFIG": "strict.toml"}, 1),
    ({"JSONL_LINT_CONFIG": "strict.toml", "JSONL_LINT_IGNORE": "blank-line"}, 0),
    ({"JSONL_LINT_FORMAT": "no-such-format"}, 2),
])  # fmt: skip
def test_environment_variables(here: Path, env: dict[str, str], code: int) -> None:
    settings(here, 'fail-on = "warning"\n', "strict.toml")
    assert call("check", "warned.jsonl", cwd=here, **env).returncode == code


# which files are checked, and as what


def test_folders_are_walked(here: Path) -> None:
    for name in ("b.ndjson", "a.JSONL", ".git/x.jsonl", "notes.txt", "c/d.jsonl"):
        path = here / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(GOOD)
    (here / "data" / "z.jsonl.gz").write_bytes(gzip.compress(GOOD))
    found = names(check_json(here, "data"))
    assert sorted(found) == ["data/a.JSONL", "data/b.ndjson", "data/c/d.jsonl", "data/z.jsonl.gz"]
    more = names(check_json(here, "data", "data/b.ndjson", "data/notes.txt"))
    assert more == [*found, "data/notes.txt"]


@posix
def test_what_a_folder_holds_and_does_not_show_is_not_passed_over(here: Path) -> None:
    (here / "data").mkdir()
    (here / "data" / "good.jsonl").write_bytes(GOOD)
    (here / "data" / "link.jsonl").symlink_to("nowhere")
    done = check_json(here, "data")
    assert done.returncode == 3
    assert names(done) == ["data/good.jsonl", "data/link.jsonl"]


@posix
@pytest.mark.skipif(getattr(os, "geteuid", int)() == 0, reason="nothing is closed to root")
def test_a_closed_folder_is_not_passed_over(here: Path) -> None:
    closed = here / "data" / "closed"
    closed.mkdir(parents=True, mode=0)
    try:
        done = check_json(here, "data", "good.jsonl")
    finally:
        closed.chmod(0o700)
    assert done.returncode == 3
    assert names(done) == ["data/closed", "good.jsonl"]


def test_validation_data_are_checked_as_such_and_once(here: Path) -> None:
    (here / "data").mkdir()
    (here / "data" / "t.jsonl").write_bytes(GOOD)
    (here / "data" / "v.jsonl").write_bytes(GOOD)
    for validation in ("data/v.jsonl", "./data/v.jsonl", str(here / "data" / "v.jsonl")):
        done = check_json(here, "data", "--validation", validation)
        report = json.loads(done.stdout)
        assert len(report["files"]) == 2
        assert rules(done) == ["validation-too-large"]
        assert report["findings"][0]["file"] == validation
    settings(here / "data", 'validation = ["v.*"]\n', "patterns.toml")
    done = check_json(here, "data", "--config", "data/patterns.toml")
    assert rules(done) == ["validation-too-large"]


def test_reference_mode_finds_the_same(here: Path) -> None:
    normal = check_json(here, str(INVALID))
    assert normal.stdout == check_json(here, str(INVALID), "--reference").stdout
    assert len(rules(normal)) > 50


# the other commands


def test_version_and_help(here: Path) -> None:
    assert lint("--version", cwd=here).stdout == f"jsonl-lint {__version__}\n"
    for args in (("--help",), ("check", "--help"), ("-h",)):
        done = lint(*args, cwd=here)
        assert done.returncode == 0
        assert done.stdout.startswith("Usage: jsonl-lint ")


def test_a_path_in_the_place_of_a_command(here: Path) -> None:
    done = lint("bad.jsonl", cwd=here)
    assert done.returncode == 2
    assert "did you mean: jsonl-lint check bad.jsonl" in done.stderr


def test_explain(here: Path) -> None:
    done = call("explain", "unknown-role", cwd=here)
    assert done.returncode == 0
    assert done.stdout.startswith("unknown-role (error, shape, safe fix)\n")
    done = call("explain", "unkown-role", cwd=here)
    assert done.returncode == 2
    assert 'unknown rule "unkown-role"; did you mean "unknown-role"?' in done.stderr


def test_rules(here: Path) -> None:
    listed = json.loads(call("rules", "-f", "json", cwd=here).stdout)
    assert {"name", "family", "severity", "summary"} <= listed[0].keys()
    text = call("rules", cwd=here).stdout
    assert all(rule["name"] in text for rule in listed)


def test_targets_and_schema(here: Path) -> None:
    assert [line.split(":")[0] for line in call("targets", cwd=here).stdout.splitlines()] == [
        "mistral",
        "mistral-pretrain",
    ]
    assert json.loads(call("schema", "mistral", cwd=here).stdout)["$id"].endswith(":mistral")
    done = call("schema", "mistal", cwd=here)
    assert done.returncode == 2
    assert 'unknown schema "mistal"; did you mean "mistral"?' in done.stderr


# plugins

PLUGIN = '''"""Looks odd."""
from jsonl_lint import Problem, Severity
SEVERITY = Severity.ERROR
def check(record):
    {}
'''


@pytest.mark.parametrize(("body", "code", "rule"), [
    ("yield Problem((), 'odd')", 1, "odd-rule"),
    ("yield from ()", 0, None),
    ("raise ValueError('odd')", 5, "rule-crashed"),
    ("return check(record)", 5, "rule-crashed"),
    ("yield 'odd'", 5, "rule-crashed"),
    ("import sys; sys.exit(0)", 5, "rule-crashed"),
])  # fmt: skip
def test_a_plugin_cannot_bring_the_check_down(here: Path, body: str, code: int, rule: str) -> None:
    site = here / "site"
    info = site / "odd-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: odd\nVersion: 1.0\n", "utf-8")
    (info / "entry_points.txt").write_text("[jsonl_lint.rules]\nodd-rule = odd\n", "utf-8")
    (site / "odd.py").write_text(PLUGIN.format(body), encoding="utf-8")
    args = ("check", "bad.jsonl", "--ignore", "unknown-role", "-f", "json")
    done = lint(*args, cwd=here, PYTHONPATH=str(site))
    assert done.returncode == code, done.stderr
    assert rules(done) == ([rule] * 13 if rule else [])


@pytest.mark.parametrize("code", ["1 / 0", "raise SystemExit(0)", "SEVERITY = missing"])
def test_a_plugin_that_cannot_be_loaded_is_named(here: Path, code: str) -> None:
    info = here / "site" / "odd-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: odd\nVersion: 1.0\n", "utf-8")
    (info / "entry_points.txt").write_text("[jsonl_lint.rules]\nodd-rule = odd\n", "utf-8")
    (here / "site" / "odd.py").write_text(code, encoding="utf-8")
    done = lint("check", "good.jsonl", cwd=here, PYTHONPATH=str(here / "site"))
    assert done.returncode == 2
    assert "the plugin odd cannot be loaded" in done.stderr


def test_an_internal_error_shows_no_traceback_unless_asked_for(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        message = "canary"
        raise LookupError(message)

    monkeypatch.setattr(import_module("jsonl_lint.cli.check"), "Run", broken)
    done = call("check", "good.jsonl", cwd=here)
    assert done.returncode == 5
    assert "internal error: LookupError; please report it" in done.stderr
    assert "canary" not in done.stderr
    with pytest.raises(LookupError, match="canary"):
        call("check", "good.jsonl", cwd=here, JSONL_LINT_DEBUG="1")
    assert call("check", "good.jsonl", cwd=here, JSONL_LINT_DEBUG="0").stderr == done.stderr


@pytest.mark.parametrize("value", ["", "0", "false", "FALSE", "no", "off", " 0 "])
def test_a_variable_that_says_no_is_not_set(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", mock.Mock(isatty=lambda: True))
    for name in ("CI", "PRE_COMMIT"):
        monkeypatch.delenv(name, raising=False)
    assert is_wanted(None)
    for name in ("CI", "PRE_COMMIT"):
        monkeypatch.setenv(name, value)
        assert is_wanted(None)
        monkeypatch.setenv(name, "1")
        assert not is_wanted(None)
        assert is_wanted(choice=True)
        monkeypatch.delenv(name)
