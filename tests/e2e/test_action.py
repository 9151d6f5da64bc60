"""The shell steps of action.yml, run by bash with the variables that a GitHub runner sets."""

from __future__ import annotations

import json
import re
import shutil
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from actions_runner import commands
from packaging.utils import canonicalize_name
from programs import INVALID, ROOT, VALID, Result, environment, require_package_index, run

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
INSTALL, CHECK, UPLOAD, VERDICT = ACTION["runs"]["steps"]
DEFAULTS = {name: given.get("default", "") for name, given in ACTION["inputs"].items()}
EXPRESSION = re.compile(r"\$\{\{ (.*?) \}\}")
HEAD = "github.event.pull_request.head.repo.full_name"
BAD = INVALID.read_bytes().splitlines(keepends=True)[0]

bash = pytest.mark.skipif(
    sys.platform == "win32" or not shutil.which("bash"),
    reason="which bash is meant is not clear here; the workflow runs the action on every system",
)


@dataclass
class Runner:
    """What a runner gives to the steps of a job, and what they give back."""

    temp: Path
    workspace: Path
    contexts: dict[str, str] = field(default_factory=dict)

    def run(self, step: Mapping[str, Any], **more: str) -> Result:
        """Run a step; its outputs are ``steps.<id>.outputs.<name>`` of the following ones."""
        output, summary = self.temp / "output", self.temp / "summary"
        output.write_text("", encoding="utf-8")
        script = self.temp / "script.sh"
        script.write_text(step["run"], encoding="utf-8")
        given = {name: self._value(text) for name, text in step.get("env", {}).items()}
        runner = {
            "RUNNER_TEMP": str(self.temp),
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_WORKSPACE": str(self.workspace),
            "GITHUB_REPOSITORY": "owner/data",
            "GITHUB_OUTPUT": str(output),
            "GITHUB_STEP_SUMMARY": str(summary),
            "GITHUB_ACTIONS": "true",
            "CI": "true",
        }
        command = ("bash", "--noprofile", "--norc", "-eo", "pipefail", script)
        done = run(*command, cwd=self.workspace, env=environment(**runner, **given, **more))
        for line in output.read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition("=")
            self.contexts[f"steps.{step['id']}.outputs.{name}"] = value
        return done

    def output(self, name: str) -> str:
        return self.contexts.get(f"steps.check.outputs.{name}", "")

    def report(self, kind: str) -> Any:
        path = self.temp / f"report.{kind}"
        assert self.output(f"{kind}-file") == str(path)
        return json.loads(path.read_bytes())

    @property
    def summary(self) -> str:
        return (self.temp / "summary").read_text(encoding="utf-8")

    def _value(self, text: str) -> str:
        return EXPRESSION.sub(lambda found: self.contexts[found[1]], text)


def heard(log: str) -> list[str]:
    """The commands that a runner carries out: those outside of where the log stops them."""
    lines, token = [], ""
    for line in log.splitlines():
        text = line.strip()
        if token:
            token = "" if text == f"::{token}::" else token
        elif text.startswith("::stop-commands::"):
            token = text.removeprefix("::stop-commands::")
        else:
            lines.append(line)
    assert not token, "commands stay stopped"
    return commands("\n".join(lines))


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The Python that the first step makes, in a workspace whose files nobody has reviewed."""
    require_package_index()
    runner = Runner(tmp_path_factory.mktemp("temp"), tmp_path_factory.mktemp("workspace"))
    for module in ("venv", "pip", "json", "secrets", "orjson", "jsonl_lint"):
        code = "open('imported', 'w').close()"
        runner.workspace.joinpath(f"{module}.py").write_text(code, encoding="utf-8")
    done = runner.run(INSTALL)
    assert done.returncode == 0, done.stdout + done.stderr
    runner.contexts |= {f"inputs.{name}": value for name, value in DEFAULTS.items()} | {HEAD: ""}
    done = runner.run(CHECK)
    assert runner.output("exit-code") == "3", done.stdout + done.stderr  # nothing to check
    assert not (runner.workspace / "imported").exists()
    return runner.contexts["steps.install.outputs.python"]


@pytest.fixture
def runner(installed: str, tmp_path: Path) -> Runner:
    temp, workspace = tmp_path / "temp dir", tmp_path / "work space"
    temp.mkdir()
    workspace.mkdir()
    install = {"steps.install.outputs.folder": str(temp), "steps.install.outputs.python": installed}
    return Runner(temp, workspace, {**install, HEAD: ""})


def check(runner: Runner, **inputs: str) -> Result:
    given = DEFAULTS | {name.replace("_", "-"): value for name, value in inputs.items()}
    runner.contexts |= {f"inputs.{name}": value for name, value in given.items()}
    return runner.run(CHECK)


def verdict(runner: Runner) -> int:
    return runner.run({**VERDICT, "id": "verdict"}).returncode


def write(runner: Runner, *names: str, content: bytes = BAD) -> None:
    for name in names:
        path = runner.workspace / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)


def files(runner: Runner) -> list[str]:
    return [file["name"] for file in runner.report("json")["files"]]


@bash
def test_good_data_pass(runner: Runner) -> None:
    write(runner, "data/train.jsonl", content=VALID.read_bytes())
    done = check(runner, paths="data/train.jsonl")
    assert done.returncode == 0, done.stdout + done.stderr
    assert runner.output("exit-code") == "0"
    assert [runner.output(name) for name in ("findings", "errors", "warnings")] == ["0", "0", "0"]
    assert runner.report("json")["complete"]
    assert runner.report("sarif")["version"] == "2.1.0"
    assert heard(done.stdout) == []
    assert "jsonl-lint: 0 errors, 0 warnings" in runner.summary
    assert verdict(runner) == 0


@bash
def test_bad_data_fail_in_the_last_step_with_every_report_written(runner: Runner) -> None:
    write(runner, "data/train.jsonl", content=VALID.read_bytes() + BAD)
    done = check(runner)
    assert done.returncode == 0, done.stdout + done.stderr
    assert runner.output("exit-code") == "1"
    assert [runner.output(name) for name in ("findings", "errors", "warnings")] == ["1", "1", "0"]
    assert [finding["rule"] for finding in runner.report("json")["findings"]] == ["invalid-json"]
    assert len(runner.report("sarif")["runs"][0]["results"]) == 1
    assert runner.output("upload") == "true"
    assert "data/train.jsonl:13:51" in done.stdout
    assert heard(done.stdout) == ["error"]
    assert "| 1 | error | invalid-json |" in runner.summary
    assert verdict(runner) == 1


@bash
def test_the_data_come_to_nobodys_ear(runner: Runner) -> None:
    write(runner, "x.jsonl", content=b'{"messages": [{"role": "shown", "content": "canary"}]}\n')
    done = check(runner)
    assert "shown" in done.stdout
    assert "canary" not in done.stdout + runner.summary


@bash
def test_paths_are_taken_as_they_are_one_a_line(runner: Runner) -> None:
    names = [
        "with space.jsonl",
        " leading and trailing ",
        "$(touch injected).jsonl",
        "`touch injected`.jsonl",
        "; touch injected #.jsonl",
        "' touch injected '.jsonl",
        '" && touch injected && ".jsonl',
        "*.jsonl",
        "--exit-zero",
        "::error::injected.jsonl",
        "##[error]injected.jsonl",
        "$HOME.jsonl",
        "back\\slash.jsonl",
        "münchen-北京.jsonl",
    ]
    write(runner, *names, "not named.jsonl")
    done = check(runner, paths="\n\n".join(names))
    assert runner.output("exit-code") == "1", done.stdout + done.stderr
    assert files(runner) == names
    assert set(heard(done.stdout)) == {"error", "warning", "notice"}
    assert not list(runner.workspace.rglob("injected"))


@bash
def test_names_in_a_folder_give_no_commands(runner: Runner) -> None:
    names = ("a\n::error::injected.jsonl", "\x1b[31m.jsonl", "\r##[error].jsonl")
    write(runner, *(f"data/{name}" for name in names))
    done = check(runner)
    assert runner.output("exit-code") == "1"
    assert set(heard(done.stdout)) <= {"error", "warning", "notice"}
    assert "\x1b[31m.jsonl" not in done.stdout
    assert "\n::error::injected" not in done.stdout


@bash
def test_a_dash_reads_nothing_from_the_runner(runner: Runner) -> None:
    done = check(runner, paths="-")
    assert runner.output("exit-code") == "1", done.stdout + done.stderr
    assert runner.report("json")["files"][0]["bytes"] == 0


@bash
@pytest.mark.parametrize("name", ["target", "config", "fail_on", "args"])
def test_what_cannot_be_used_ends_with_2(runner: Runner, name: str) -> None:
    write(runner, "a.jsonl")
    done = check(runner, **{name: "--$(touch injected)'; touch injected; \"\n::error::injected"})
    assert runner.output("exit-code") == "2", done.stdout + done.stderr
    assert runner.output("json-file") == ""
    assert runner.output("upload") == ""
    assert heard(done.stdout) == []
    assert not (runner.workspace / "injected").exists()
    assert verdict(runner) == 2


@bash
@pytest.mark.parametrize("name", ["sarif", "annotations"])
def test_an_unknown_mode_is_refused_without_being_repeated(runner: Runner, name: str) -> None:
    done = check(runner, **{name: "on\n::error::injected $(touch injected)"})
    assert done.returncode == 2
    assert heard(done.stdout) == ["error"]
    assert "injected" not in done.stdout
    assert not (runner.workspace / "injected").exists()


@bash
def test_options_reach_the_command(runner: Runner) -> None:
    write(runner, "a.jsonl", content=VALID.read_bytes() + b"\n")
    write(runner, "v.jsonl", content=VALID.read_bytes())
    write(runner, "lenient.toml", content=b'severity = { validation-too-large = "warning" }\n')
    given = {"paths": "a.jsonl", "validation": "v.jsonl", "config": "lenient.toml"}
    check(runner, fail_on="warning", args="--ignore=crlf\n--ignore=utf8-bom", **given)
    assert runner.output("exit-code") == "1"
    rules = {found["rule"]: found["severity"] for found in runner.report("json")["findings"]}
    assert rules == {"blank-line": "warning", "validation-too-large": "warning"}
    check(runner, args="--ignore=blank-line\n--severity=validation-too-large=off", **given)
    assert runner.output("exit-code") == "0"
    assert runner.report("json")["findings"] == []


@bash
def test_the_target_reaches_the_command(runner: Runner) -> None:
    write(runner, "a.jsonl", content=VALID.read_bytes())
    check(runner, target="mistral-pretrain")
    assert {found["rule"] for found in runner.report("json")["findings"]} >= {"text-missing"}


@bash
def test_annotations_can_be_turned_off(runner: Runner) -> None:
    write(runner, "a.jsonl")
    done = check(runner, annotations="false")
    assert runner.output("exit-code") == "1"
    assert heard(done.stdout) == []


@bash
@pytest.mark.parametrize(("sarif", "head", "written", "uploaded"), [
    ("auto", "", True, True),
    ("auto", "owner/data", True, True),
    ("auto", "fork/data", True, False),
    ("upload", "fork/data", True, True),
    ("file", "", True, False),
    ("off", "", False, False),
])  # fmt: skip
def test_what_becomes_of_the_sarif_report(
    runner: Runner, sarif: str, head: str, *, written: bool, uploaded: bool
) -> None:
    write(runner, "a.jsonl")
    runner.contexts[HEAD] = head
    check(runner, sarif=sarif)
    assert bool(runner.output("sarif-file")) is written
    assert (runner.temp / "report.sarif").exists() is written
    assert (runner.output("upload") == "true") is uploaded


@bash
def test_a_python_that_is_too_old_is_refused_with_advice(tmp_path: Path) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("python3", "python"):
        program = programs / name
        program.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
        program.chmod(0o755)
    path = f"{programs}:{environment()['PATH']}"
    done = Runner(tmp_path, tmp_path).run(INSTALL, PATH=path)
    assert done.returncode == 1
    assert done.stdout.startswith("::error::jsonl-lint needs Python 3.11 or later")


@bash
def test_what_is_installed_is_what_is_locked(installed: str, tmp_path: Path) -> None:
    listed = run(installed, "-I", "-m", "pip", "list", "--format=json", cwd=tmp_path).stdout
    versions = {canonicalize_name(one["name"]): one["version"] for one in json.loads(listed)}
    text = (ROOT / ".ci" / "action.txt").read_text(encoding="utf-8")
    locked = re.findall(r"^(\S+)==(\S+) (?!;)", text, re.MULTILINE)
    assert len(locked) > 10
    assert {(name, versions[name]) for name, _ in locked} == set(locked)


def test_the_install_takes_nothing_without_a_hash() -> None:
    installs = [line.strip() for line in INSTALL["run"].splitlines() if "pip " in line]
    assert [line.split()[1] for line in installs[1:]] == ["--require-hashes", "--no-index"]


def test_no_step_pastes_an_input_into_its_script() -> None:
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step.get("run", "")


def test_the_upload_comes_before_the_verdict_and_does_not_hinder_it() -> None:
    assert UPLOAD["if"] == "steps.check.outputs.upload == 'true'"
    assert VERDICT["if"] == "${{ !cancelled() && steps.check.outputs.exit-code != '' }}"


def test_every_action_is_pinned_to_a_commit() -> None:
    for path in (ROOT / "action.yml", *(ROOT / ".github" / "workflows").glob("*.yml")):
        used = re.findall(r"uses: (?!\./)(\S+)", path.read_text(encoding="utf-8"))
        assert used
        for name in used:
            assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", name), name
