"""What README says is true: its examples run, and what it names is there."""

from __future__ import annotations

import contextlib
import io
import re
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from jsonl_lint import Config
from jsonl_lint.cli import COMMANDS, exit_codes, jsonl_lint
from jsonl_lint.reporting import FORMATS
from jsonl_lint.rules import load
from jsonl_lint.schema import find

CONTEXT = click.Context(jsonl_lint)
ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def section(title: str) -> str:
    found = re.search(
        rf"^##+ {re.escape(title)}\n(.*?)(?=^##|\Z)", README, re.DOTALL | re.MULTILINE
    )
    assert found, title
    return found[1]


def fences(language: str, text: str = README) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def first_cells(title: str) -> list[str]:
    rows = re.findall(r"^\| (.*?) \|", section(title), re.MULTILINE)
    return [row for row in rows if row != "---"]


def options(*names: str) -> set[str]:
    """Give the options of commands, by their names."""
    commands = [command for name in names if (command := jsonl_lint.get_command(CONTEXT, name))]
    return options_of(*commands)


def options_of(*commands: click.Command) -> set[str]:
    return {name for command in commands for option in command.params
            if isinstance(option, click.Option)
            for name in (*option.opts, *option.secondary_opts)}  # fmt: skip


def yaml_of(title: str) -> Any:
    (text,) = fences("yaml", section(title))
    return yaml.safe_load(text)


def test_the_quick_start_has_two_commands_of_one_line() -> None:
    commands = fences("sh", section("Quick start"))
    assert len(commands) == 2
    assert all(command.count("\n") == 1 for command in commands)


def test_the_library_example_prints_what_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    (code,) = fences("python", section("Library"))
    (expected,) = fences("text", section("Library"))
    monkeypatch.chdir(ROOT)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "README.md", "exec"), {})  # noqa: S102 - our own example
    assert printed.getvalue() == expected


def test_every_option_that_is_named_exists() -> None:
    text = README.replace(section("Quick start"), "")
    named = set(re.findall(r"(?<![-\w])--[a-z][a-z-]*|(?<=`)-[a-z](?=`)", text))
    assert len(named) > 10
    assert named <= options(*COMMANDS) | options_of(jsonl_lint)


def test_every_option_of_check_is_in_its_tables() -> None:
    named = set(re.findall(r"-{1,2}[a-z][a-z-]*", section("Options and configuration")))
    assert options("check") <= named


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_is_named(command: str) -> None:
    assert options(command) <= set(re.findall(r"-{1,2}[a-z][a-z-]*", README))


def test_the_exit_codes_are_those_of_the_command() -> None:
    codes = {value for name, value in vars(exit_codes).items() if name.isupper() and name[0] != "_"
             and isinstance(value, int)}  # fmt: skip
    assert {int(cell) for cell in first_cells("Exit codes") if cell != "Code"} == codes


def test_the_order_of_exit_codes_is_the_true_one() -> None:
    order = re.search(r"in this order: ([\d,\s]+)\.", section("Exit codes"))
    assert order
    listed = [int(code) for code in order[1].split(",")]
    for index, code in enumerate(listed):
        assert exit_codes.worst({*listed[index:], exit_codes.CLEAN}) == code


def test_the_configuration_keys_are_those_that_are_read() -> None:
    keys = {field.name.replace("_", "-") for field in fields(Config)} - {"root", "file"}
    table = section("Options and configuration").split("Patterns are")[0]
    assert set(re.findall(r"^\| `([a-z-]+)` \|", table, re.MULTILINE)) == keys


def test_the_default_of_the_longest_line_is_the_true_one() -> None:
    assert f"| {Config().max_line_bytes} |" in section("Options and configuration")


def test_the_configuration_examples_can_be_read(tmp_path: Path) -> None:
    for text in fences("toml"):
        name = text.splitlines()[0].removeprefix("# ")
        (tmp_path / name).write_text(text, "utf-8")
        table = tomllib.loads(text)
        loaded = Config.load(tmp_path / name)
        assert loaded != Config(root=tmp_path)
        named = {*loaded.select, *loaded.ignore, *loaded.severity}
        named.update(rule for ignored in loaded.per_file_ignores.values() for rule in ignored)
        assert named - {"ALL"} <= load().keys()
        assert table


def test_the_formats_of_reports_are_those_that_exist() -> None:
    cells = first_cells("Reports")
    assert tuple(cell.strip("`") for cell in cells if cell != "Format") == FORMATS


def test_every_rule_that_is_named_exists() -> None:
    differences = re.findall(
        r"`([a-z0-9]+(?:-[a-z0-9]+)+)`", section("Known differences from mistral-common")
    )
    assert len(differences) > 10
    assert {name for name in differences if name != "mistral-common"} <= load().keys()


def test_the_hook_and_the_action_are_there() -> None:
    (repository,) = yaml_of("pre-commit")["repos"]
    manifest = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert {hook["id"] for hook in repository["hooks"]} <= {hook["id"] for hook in manifest}
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    used = yaml_of("GitHub Action")["steps"][-1]["with"]
    assert used.keys() <= action["inputs"].keys()


def test_the_files_and_schemas_that_are_named_exist() -> None:
    for path in re.findall(r"(?:fixtures|schemas|jsonl_lint)/[\w./-]+\w", README):
        assert (ROOT / path).exists(), path
    assert set(re.findall(r"jsonl-lint schema ([a-z-]+)", README)) <= set(find.names())


def test_it_names_no_network_address() -> None:
    assert "://" not in README
