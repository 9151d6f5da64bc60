"""A configuration that a stranger put beside the data, through the real command."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from programs import call
from samples import human, jsonl

if TYPE_CHECKING:
    from pathlib import Path


def check(folder: Path, text: str, *args: str) -> tuple[int, str]:
    folder.joinpath("train.jsonl").write_bytes(jsonl(human()))
    folder.joinpath("jsonl-lint.toml").write_text(text, encoding="utf-8")
    done = call("check", "train.jsonl", *args, cwd=folder)
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    "text",
    [
        '"\\u001b[31m\\n::error::\\u202e##[group]" = 1',
        'target = "\\u001b[31m\\n::error::\\u202e##[group]"',
        'select = ["\\u001b[31m\\n::error::\\u202e##[group]"]',
        '[severity]\n"\\u001b[31m\\n::error::\\u202e##[group]" = "fatal"',
        '[per-file-ignores]\n"../\\u001b[31m\\n::error::\\u202e##[group]" = []',
        'min-severity = "\\u001b[31m\\n::error::\\u202e##[group]"',
    ],
)
def test_what_is_wrong_in_it_is_named_harmlessly(tmp_path: Path, text: str) -> None:
    code, said = check(tmp_path, text)
    assert code == 2
    assert said.startswith("jsonl-lint: ")
    assert said.endswith("\n")
    assert said[:-1].isprintable()
    assert "\\x1b[31m\\x0a::error::\\u202e##\\x5bgroup]" in said


@pytest.mark.parametrize(
    ("text", "args", "culprits"),
    [
        ('ignore = ["ALL"]', "", '"ignore" in {}'),
        ('severity = { ALL = "off" }', "", '"severity" in {}'),
        ('select = ["crlf"]\nignore = ["lines"]', "", '"select" and "ignore" in {}'),
        ('per-file-ignores = { "*" = ["ALL"] }', "", '"per-file-ignores" in {}'),
        ('per-file-ignores = { "*" = ["ALL"] }', "--select ALL", '"per-file-ignores" in {}'),
        ('select = ["crlf"]', "--ignore lines", '--ignore and "select" in {}'),
        ('select = ["crlf"]', "--severity lines=off", '--severity and "select" in {}'),
        ('severity = { ALL = "off" }', "--severity crlf=off", '"severity" in {}'),
        ('select = ["shape"]', "--ignore ALL", "--ignore"),
        ('ignore = ["ALL"]', "--select crlf --ignore lines", "--select and --ignore"),
        ('fail-on = "info"', "--select crlf --min-severity error --fail-on error",
         "--select and --min-severity"),
    ],
)  # fmt: skip
def test_what_leaves_no_rule_is_refused_and_named(
    tmp_path: Path, text: str, args: str, culprits: str
) -> None:
    named = culprits.format(tmp_path / "jsonl-lint.toml")
    said = f"every rule is off for train.jsonl, by {named}; leave the file out instead"
    assert check(tmp_path, text, *args.split()) == (2, f"jsonl-lint: {said}\n")


@pytest.mark.parametrize(
    "text",
    [
        "validation = [" + ", ".join(f'"{number}"' for number in range(55_000)) + "]",
        'validation = ["' + "*a" * 218_000 + '"]',
    ],
    ids=["many", "long"],
)
def test_patterns_that_cost_are_refused(tmp_path: Path, text: str) -> None:
    code, said = check(tmp_path, text)
    assert code == 2
    assert said.count("\n") == 1
    assert 'jsonl-lint.toml: "validation" and "per-file-ignores" have ' in said


def test_the_user_decides_whether_it_counts(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "own.toml").write_text("", encoding="utf-8")
    text = 'ignore = ["shape"]'
    for args, code in (((), 0), (("--isolated",), 1), ((f"--config={mine / 'own.toml'}",), 1)):
        assert check(tmp_path, text, *args) == (code, "")


@pytest.mark.parametrize("name", ["jsonl-lint.toml", "pyproject.toml"])
@pytest.mark.parametrize("command", ["check", "fix", "split -o parts"])
def test_a_pipe_in_its_place_is_refused_and_not_waited_for(
    tmp_path: Path, command: str, name: str
) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("there are no named pipes here")
    os.mkfifo(tmp_path / name)
    tmp_path.joinpath("train.jsonl").write_bytes(jsonl(human()))
    done = call(*command.split(), "train.jsonl", cwd=tmp_path)
    assert done.returncode == 2
    assert f"{name}: it is a named pipe, not a regular file; " in done.stderr
    done = call(*command.split(), "train.jsonl", "--isolated", cwd=tmp_path)
    assert done.returncode == (command == "check")
