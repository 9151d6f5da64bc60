"""A configuration that names what there is not: the error says who brought it, file or user."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from programs import call
from samples import CLEAN

if TYPE_CHECKING:
    from pathlib import Path

TARGET = 'unknown target "mistrel"; did you mean "mistral"?'
RULE = 'unknown rule or family "crfl"; did you mean "crlf"?'
FAMILY = 'unknown rule or family "rolls"; did you mean "roles"?'
CLASH = "fail-on info is below min-severity error: it could never fail"
LOW, HIGH = 'fail-on = "info"', 'min-severity = "error"'

OF_FILE = [
    ('target = "mistrel"', "", TARGET),
    ('target = "mistrel"', "--ignore crlf --fail-on warning", TARGET),
    ('select = ["crfl"]', "", RULE),
    ('select = ["crfl"]', "--target mistral --ignore roles --severity crlf=off", RULE),
    ('ignore = ["crfl"]', "--select ALL", RULE),
    ('severity = { crfl = "off" }', "--severity crlf=off", RULE),
    ('severity = { crfl = "off" }', "--severity rolls=off", RULE),
    ('severity = { crfl = "off" }', "--select rolls", RULE),
    ('per-file-ignores = { "*" = ["crfl"] }', "--ignore crlf", RULE),
    ('per-file-ignores = { "nowhere/*" = ["crfl"] }', "", RULE),
    (f"{LOW}\n{HIGH}", "", CLASH),
    (f"{LOW}\n{HIGH}", "--select ALL", CLASH),
]
OF_USER = [
    ("", "--target mistrel", TARGET),
    ('target = "another"', "--target mistrel", TARGET),
    ('ignore = ["crlf"]', "--select crfl", RULE),
    ('ignore = ["rolls"]', "--ignore crfl", RULE),
    ('severity = { crlf = "off" }', "--severity crfl=off", RULE),
    ('select = ["rolls"]', "--severity crfl=off", RULE),
    ('min-severity = "warning"', "--fail-on info --min-severity error", CLASH),
]
OF_BOTH = [
    (HIGH, "--fail-on info", f"{CLASH}; min-severity stands in "),
    (LOW, "--min-severity error", f"{CLASH}; fail-on stands in "),
    (f'{HIGH}\nfail-on = "warning"', "--fail-on info", f"{CLASH}; min-severity stands in "),
]
OVERRULED = [
    ('target = "mistrel"', "--target mistral"),
    ('select = ["crfl"]\nignore = ["rolls"]', "--select ALL --ignore crlf"),
    (f"{LOW}\n{HIGH}", "--fail-on error"),
    ('target = "mistrel"\nselect = ["crfl"]', "--isolated"),
]


def said(folder: Path, text: str, args: str, command: str = "check") -> tuple[int, str, str]:
    """Give exit code and error of a command, and the name of its configuration file."""
    file = folder / "jsonl-lint.toml"
    file.write_text(text, encoding="utf-8")
    folder.joinpath("train.jsonl").write_bytes(CLEAN)
    done = call(*command.split(), "train.jsonl", *args.split(), cwd=folder)
    return done.returncode, done.stderr, str(file)


@pytest.mark.parametrize("command", ["check", "fix"])
@pytest.mark.parametrize(("text", "args", "words"), OF_FILE)
def test_what_the_file_brought_is_told_with_its_name(
    tmp_path: Path, text: str, args: str, words: str, command: str
) -> None:
    code, error, file = said(tmp_path, text, args, command)
    assert (code, error) == (2, f"jsonl-lint: {file}: {words}\n")


@pytest.mark.parametrize("command", ["check", "fix"])
@pytest.mark.parametrize(("text", "args", "words"), OF_USER)
def test_what_the_user_said_is_told_without_it(
    tmp_path: Path, text: str, args: str, words: str, command: str
) -> None:
    code, error, _ = said(tmp_path, text, args, command)
    assert (code, error) == (2, f"jsonl-lint: {words}\n")


@pytest.mark.parametrize(("text", "args", "words"), OF_BOTH)
def test_of_two_that_clash_it_is_told_which_the_file_brought(
    tmp_path: Path, text: str, args: str, words: str
) -> None:
    code, error, file = said(tmp_path, text, args)
    assert (code, error) == (2, f"jsonl-lint: {words}{file}\n")


@pytest.mark.parametrize(("text", "args"), OVERRULED)
def test_what_the_user_overrules_is_nobodys_fault(tmp_path: Path, text: str, args: str) -> None:
    assert said(tmp_path, text, args)[:2] == (0, "")


def test_a_variable_of_the_environment_is_the_users(tmp_path: Path) -> None:
    tmp_path.joinpath("jsonl-lint.toml").write_text('ignore = ["crlf"]', encoding="utf-8")
    tmp_path.joinpath("train.jsonl").write_bytes(CLEAN)
    done = call("check", "train.jsonl", cwd=tmp_path, JSONL_LINT_TARGET="mistrel")
    assert (done.returncode, done.stderr) == (2, f"jsonl-lint: {TARGET}\n")


def test_a_file_that_was_given_is_named_as_it_was_given(tmp_path: Path) -> None:
    tmp_path.joinpath("mine.toml").write_text('target = "mistrel"', encoding="utf-8")
    code, error, _ = said(tmp_path, "", "--config mine.toml")
    assert (code, error) == (2, f"jsonl-lint: mine.toml: {TARGET}\n")


def test_pyproject_is_named(tmp_path: Path) -> None:
    file = tmp_path / "pyproject.toml"
    file.write_text('[tool.jsonl-lint]\nignore = ["crfl"]', encoding="utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "train.jsonl").write_bytes(CLEAN)
    done = call("check", "data", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (2, f"jsonl-lint: {file}: {RULE}\n")


def test_split_names_the_file_of_a_wrong_target(tmp_path: Path) -> None:
    split = "split -q -o parts"
    code, error, file = said(tmp_path, 'target = "mistrel"', "", split)
    assert (code, error) == (2, f"jsonl-lint: {file}: {TARGET}\n")
    again = said(tmp_path, 'target = "mistrel"', "--target mistrl", split)
    assert again[:2] == (2, f"jsonl-lint: {TARGET.replace('mistrel', 'mistrl')}\n")
    assert said(tmp_path, 'target = "mistrel"', "--target mistral", split)[:2] == (0, "")
