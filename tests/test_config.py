"""Configuration: which keys there are, which file holds for which data, and what is refused."""

from __future__ import annotations

import json
import os
import socket
import stat
import threading
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from jsonl_lint import Config, ConfigError, Severity
from jsonl_lint.api import make_linter
from jsonl_lint.config import FILE_NAME, PYPROJECT, discover, merge
from jsonl_lint.keys import MAX_PATTERN_CHARACTERS, MAX_PATTERNS
from jsonl_lint.reading.toml import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable

EVERY_KEY = """
target = "mistral-pretrain"
select = ["lines", "no-user"]
ignore = ["crlf"]
min-severity = "info"
fail-on = "warning"
validation = ["held-out/*.jsonl"]
max-line-bytes = 1000
max-depth = 64
max-decompressed-bytes = 2000

[severity]
blank-line = "error"
utf8-bom = "off"

[per-file-ignores]
"old/*" = ["lines"]
"""
READ = Config(
    target="mistral-pretrain",
    select=("lines", "no-user"),
    ignore=("crlf",),
    severity={"blank-line": Severity.ERROR, "utf8-bom": None},
    min_severity=Severity.INFO,
    fail_on=Severity.WARNING,
    validation=("held-out/*.jsonl",),
    per_file_ignores={"old/*": ("lines",)},
    max_line_bytes=1000,
    max_depth=64,
    max_decompressed_bytes=2000,
)


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def in_pyproject(text: str) -> str:
    return "[tool.jsonl-lint]\n" + text.replace("[", "[tool.jsonl-lint.").replace(
        "= [tool.jsonl-lint.", "= ["
    )


def refusal(folder: Path, text: str, name: str = FILE_NAME) -> str:
    """Give the words in which a text is refused, without the file's path in front of them."""
    path = write(folder / name, text)
    with pytest.raises(ConfigError) as caught:
        Config.load(path)
    prefix = f"{path}: "
    assert str(caught.value).startswith(prefix)
    return str(caught.value).removeprefix(prefix)


def test_the_sample_has_every_key() -> None:
    for field in fields(Config):
        if field.name not in {"root", "file"}:
            assert getattr(READ, field.name) != getattr(Config(), field.name)


def test_every_key_is_read(tmp_path: Path) -> None:
    path = write(tmp_path / FILE_NAME, EVERY_KEY)
    assert Config.load(path) == merge(READ, root=tmp_path)


def test_every_key_is_read_from_pyproject(tmp_path: Path) -> None:
    path = write(tmp_path / PYPROJECT, in_pyproject(EVERY_KEY))
    assert Config.load(path) == merge(READ, root=tmp_path)


def test_a_configuration_knows_the_file_it_was_read_from(tmp_path: Path) -> None:
    path = write(tmp_path / PYPROJECT, in_pyproject(EVERY_KEY))
    assert Config.load(str(path)).file == path
    assert discover(str(tmp_path / "data" / "train.jsonl")).file == path
    assert merge(Config.load(path), target="mistral").file == path
    assert Config().file is None


def test_an_empty_file_is_the_default(tmp_path: Path) -> None:
    assert Config.load(str(write(tmp_path / FILE_NAME, ""))) == Config(root=tmp_path)


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("taget", "target"),
        ("selects", "select"),
        ("Ignore", "ignore"),
        ("severities", "severity"),
        ("min_severity", "min-severity"),
        ("fail_on", "fail-on"),
        ("validations", "validation"),
        ("per_file_ignores", "per-file-ignores"),
        ("max_line_bytes", "max-line-bytes"),
        ("max-dept", "max-depth"),
    ],
)
def test_a_misspelt_key_is_refused_with_the_right_one(tmp_path: Path, key: str, meant: str) -> None:
    assert refusal(tmp_path, f"{key} = 1") == f'unknown key "{key}"; did you mean "{meant}"?'


@pytest.mark.parametrize("key", ["root", "file", "exclude"])
def test_an_unknown_key_is_refused_without_a_guess(tmp_path: Path, key: str) -> None:
    assert refusal(tmp_path, f"{key} = 1") == f'unknown key "{key}"'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("target = 1", '"target": expected a string, found a number'),
        ('select = "roles"', '"select": expected an array of strings, found "roles"'),
        ("select = [1]", '"select": expected a string, found a number'),
        ("ignore = true", '"ignore": expected an array of strings, found a boolean'),
        ('severity = "error"', '"severity": expected a table, found "error"'),
        (
            'severity.crlf = "fatal"',
            '"severity.crlf": expected info, warning, error or off, found "fatal"',
        ),
        (
            "severity.crlf = 2",
            '"severity.crlf": expected info, warning, error or off, found a number',
        ),
        ('min-severity = "off"', '"min-severity": expected info, warning or error, found "off"'),
        ('fail-on = "Error"', '"fail-on": expected info, warning or error, found "Error"'),
        ("validation = 1979-05-27", '"validation": expected an array of strings, found a value'),
        ("per-file-ignores = []", '"per-file-ignores": expected a table, found an array'),
        (
            'per-file-ignores."a*" = "crlf"',
            '"per-file-ignores.a*": expected an array of strings, found "crlf"',
        ),
        (
            "max-line-bytes = 0",
            '"max-line-bytes": expected a positive number of bytes, found a number',
        ),
        (
            "max-depth = 1025",
            '"max-depth": expected a number of levels from 1 to 1,024, found a number',
        ),
        (
            "max-depth = true",
            '"max-depth": expected a number of levels from 1 to 1,024, found a boolean',
        ),
        (
            "max-line-bytes = true",
            '"max-line-bytes": expected a positive number of bytes, found a boolean',
        ),
        (
            'max-line-bytes = "1MB"',
            '"max-line-bytes": expected a positive number of bytes, found "1MB"',
        ),
    ],
)
def test_a_wrong_value_is_refused(tmp_path: Path, text: str, words: str) -> None:
    assert refusal(tmp_path, text) == words
    assert refusal(tmp_path, "[tool.jsonl-lint]\n" + text, PYPROJECT) == words


@pytest.mark.parametrize(
    "pattern",
    [
        "../valid.jsonl",
        "../../x",
        "data/../../x",
        "..",
        "..\\x",
        "/etc/*",
        "\\\\server\\share",
        "~/x",
        "~",
        "C:/x",
        "c:\\x",
        "https://example.org/x",
        "file:///etc/*",
    ],
)
@pytest.mark.parametrize("key", ["validation", "per-file-ignores"])
def test_a_pattern_that_leads_out_of_the_folder_is_refused(
    tmp_path: Path, key: str, pattern: str
) -> None:
    given = f"[{json.dumps(pattern)}]" if key == "validation" else f"{{{json.dumps(pattern)} = []}}"
    words = f'"{key}": "{pattern}" leads out of the folder of the configuration'
    assert refusal(tmp_path, f"{key} = {given}") == words


@pytest.mark.parametrize("pattern", ["..x/*", "a..b", "x~", "a:b.jsonl", "*", ""])
def test_a_pattern_that_stays_inside_is_taken(tmp_path: Path, pattern: str) -> None:
    path = write(tmp_path / FILE_NAME, f"validation = [{json.dumps(pattern)}]")
    assert Config.load(path).validation == (pattern,)


def test_what_is_not_toml_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, "target =").startswith("not valid TOML: ")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("#" + " " * MAX_BYTES, "it is larger than 524,288 bytes, which no configuration is"),
        ("a = " + "[" * 100_000, "not valid TOML: it nests too deeply"),
        ("a = " + "{a = " * 50_000, "not valid TOML: it nests too deeply"),
        ("a" + ".a" * 100_000 + " = 1", "has 100,000 dots, which is too many"),
        ("a = {a" + ".a" * 100_000 + " = 1}", "has 100,000 dots, which is too many"),
        ("[a" + ".a" * 600 + "]\n" + "b.c = 1\n" * 2000, "has 600 dots, which is too many"),
        ("max-line-bytes = " + "9" * 5000, "not valid TOML: Exceeds the limit"),
        ("a = 1\n\0", "not valid TOML: "),
        ("\ufeffa = 1", "not valid TOML: "),
        ('"\x1b[31m" = 1', "not valid TOML: Illegal character"),
        ('"\\u001b[31m::error::\\u202e" = 1', 'unknown key "\x1b[31m::error::\u202e"'),
        (f'"{"x" * 99}" = 1', f'unknown key "{"x" * 64}..."'),
    ],
    ids=len,
)
def test_a_hostile_file_is_refused_soon(tmp_path: Path, text: str, words: str) -> None:
    assert words in refusal(tmp_path, text)


NO_FILES: dict[str, Callable[[Path], object]] = {
    "a directory": Path.mkdir,
    "a named pipe": os.mkfifo if hasattr(os, "mkfifo") else Path,
    "a socket": lambda path: socket.socket(socket.AF_UNIX).bind(str(path)),
    "a link to nothing": lambda path: path.symlink_to("nowhere.toml"),
    "a device": lambda path: path.symlink_to("/dev/zero"),
}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
@pytest.mark.filterwarnings("ignore::ResourceWarning")  # the socket, whose name is all we want
@pytest.mark.parametrize("kind", NO_FILES)
@pytest.mark.parametrize("name", [FILE_NAME, PYPROJECT])
def test_what_has_the_name_and_is_no_file_is_refused_and_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, kind: str
) -> None:
    monkeypatch.chdir(tmp_path)  # the name of a socket has to be short
    NO_FILES[kind](Path(name))
    with pytest.raises(ConfigError) as caught:
        discover("data/train.jsonl")
    why = kind if "link" in kind else f"{kind}, not a regular file"
    hint = "remove it, or put a configuration in its place"
    assert str(caught.value) == f"{tmp_path / name}: it is {why}; {hint}"


def test_what_becomes_a_pipe_before_it_is_opened_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("there are no named pipes here")
    write(tmp_path / FILE_NAME, EVERY_KEY)
    real = os.open

    def swapped(path: str, flags: int) -> int:
        Path(path).unlink()
        os.mkfifo(path)
        return real(path, flags)

    monkeypatch.setattr(os, "open", swapped)
    with pytest.raises(ConfigError, match="it is a named pipe, not a regular file"):
        discover(str(tmp_path / "train.jsonl"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
@pytest.mark.parametrize("name", ["mine.toml", FILE_NAME])
def test_a_pipe_that_is_given_is_read(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)
    feeder = threading.Thread(target=(tmp_path / name).write_text, args=(EVERY_KEY,))
    feeder.start()
    assert Config.load(tmp_path / name) == merge(READ, root=tmp_path)
    feeder.join()


@pytest.mark.parametrize("name", [FILE_NAME, PYPROJECT])
def test_a_link_to_a_file_is_followed(tmp_path: Path, name: str) -> None:
    text = in_pyproject(EVERY_KEY) if name == PYPROJECT else EVERY_KEY
    kept = write(tmp_path / "kept" / "common.toml", text)
    (tmp_path / "data").mkdir()
    try:
        (tmp_path / "data" / name).symlink_to(kept)
    except OSError:
        pytest.skip("links cannot be made here")
    found = discover(str(tmp_path / "data" / "train.jsonl"))
    assert found == merge(READ, root=tmp_path / "data")


def test_a_file_that_is_not_read_whole_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / FILE_NAME, 'ignore = ["crlf"]\nselect = ["lines"]\n')
    whole = path.stat()
    path.write_text('ignore = ["crlf"]\n', encoding="utf-8")
    monkeypatch.setattr(os, "fstat", lambda _: whole)
    with pytest.raises(ConfigError, match=f"only 18 of {whole.st_size} bytes could be read"):
        Config.load(path)


def test_a_file_without_end_is_refused() -> None:
    if not Path("/dev/zero").exists():
        pytest.skip("there is no /dev/zero here")
    with pytest.raises(ConfigError, match="/dev/zero: it is larger than 524,288 bytes"):
        Config.load("/dev/zero")


def test_a_name_that_no_file_has_is_refused() -> None:
    with pytest.raises(ConfigError, match="no file can have this name"):
        Config.load("a\0b.toml")


def test_a_pyproject_that_does_not_name_us_is_not_looked_into(tmp_path: Path) -> None:
    write(tmp_path / PYPROJECT, "[tool.other")
    assert discover(str(tmp_path / "train.jsonl")) == Config()


def dangling(path: Path) -> None:
    path.symlink_to("nowhere")


@pytest.mark.parametrize("make", [Path.mkdir, Path.touch, dangling])
def test_the_search_ends_at_the_root_of_the_repository(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    """In a worktree and in a submodule .git is a file, which may be a link."""
    write(tmp_path / FILE_NAME, 'ignore = ["crlf"]')
    data = tmp_path / "repository" / "data" / "train.jsonl"
    data.parent.mkdir(parents=True)
    try:
        make(tmp_path / "repository" / ".git")
    except OSError:
        pytest.skip("links cannot be made here")
    assert discover(str(data)) == Config()
    assert discover(str(tmp_path / "train.jsonl")).ignore == ("crlf",)


def test_the_root_of_the_repository_is_looked_at_too(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    write(tmp_path / FILE_NAME, 'ignore = ["crlf"]')
    assert discover(str(tmp_path / "data" / "train.jsonl")).ignore == ("crlf",)


def test_what_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    path.write_bytes(b'target = "\xff"')
    with pytest.raises(ConfigError, match="not valid TOML: 'utf-8' codec"):
        Config.load(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nowhere\.toml: no such file or directory"):
        Config.load(tmp_path / "nowhere.toml")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"is a directory|permission denied"):
        Config.load(tmp_path)


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="this user may read every file"
)
def test_a_file_that_is_closed_to_us_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / FILE_NAME, EVERY_KEY)
    path.chmod(0)
    try:
        with pytest.raises(ConfigError, match="permission denied"):
            discover(str(tmp_path / "train.jsonl"))
    finally:
        path.chmod(stat.S_IRUSR | stat.S_IWUSR)


@pytest.mark.parametrize("text", ["", "[tool]", "[tool.other]\nkey = 1", "tool = 1"])
def test_a_pyproject_without_our_table_cannot_be_loaded(tmp_path: Path, text: str) -> None:
    assert refusal(tmp_path, text, PYPROJECT) == "no table [tool.jsonl-lint]"


def test_a_pyproject_whose_table_is_none_is_refused(tmp_path: Path) -> None:
    words = '"tool.jsonl-lint": expected a table, found a number'
    assert refusal(tmp_path, "tool.jsonl-lint = 1", PYPROJECT) == words


def test_the_nearest_folder_wins(tmp_path: Path) -> None:
    write(tmp_path / FILE_NAME, 'ignore = ["crlf"]')
    write(tmp_path / "a" / PYPROJECT, '[tool.jsonl-lint]\nignore = ["no-user"]')
    (tmp_path / "a" / "b").mkdir()
    assert discover(str(tmp_path / "train.jsonl")).ignore == ("crlf",)
    assert discover(str(tmp_path / "a" / "train.jsonl")).ignore == ("no-user",)
    assert discover(str(tmp_path / "a" / "b" / "train.jsonl")).root == tmp_path / "a"


def test_our_own_file_wins_over_pyproject_beside_it(tmp_path: Path) -> None:
    write(tmp_path / PYPROJECT, '[tool.jsonl-lint]\nignore = ["no-user"]')
    write(tmp_path / FILE_NAME, 'ignore = ["crlf"]')
    assert discover(str(tmp_path / "train.jsonl")).ignore == ("crlf",)


def test_beside_our_own_file_nobody_asks_what_pyproject_is(tmp_path: Path) -> None:
    (tmp_path / PYPROJECT).mkdir()
    write(tmp_path / FILE_NAME, 'ignore = ["crlf"]')
    assert discover(str(tmp_path / "train.jsonl")).ignore == ("crlf",)


@pytest.mark.parametrize("text", ["", "tool = 1", "[project]\nname = 'x'"])
def test_a_pyproject_without_our_table_is_passed_over(tmp_path: Path, text: str) -> None:
    write(tmp_path / FILE_NAME, 'ignore = ["crlf"]')
    write(tmp_path / "a" / PYPROJECT, text)
    assert discover(str(tmp_path / "a" / "train.jsonl")).ignore == ("crlf",)


def test_without_a_file_the_default_holds(tmp_path: Path) -> None:
    assert discover(str(tmp_path / "train.jsonl")) == Config()


def test_a_broken_file_is_refused_where_it_would_hold(tmp_path: Path) -> None:
    write(tmp_path / "a" / PYPROJECT, "[tool.jsonl-lint")
    assert discover(str(tmp_path / "train.jsonl")) == Config()
    with pytest.raises(ConfigError, match="not valid TOML"):
        discover(str(tmp_path / "a" / "train.jsonl"))


def test_standard_input_is_data_of_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / FILE_NAME, 'ignore = ["crlf"]')
    monkeypatch.chdir(tmp_path)
    assert discover("-").ignore == ("crlf",)


def test_a_linked_file_belongs_where_the_link_is(tmp_path: Path) -> None:
    write(tmp_path / "a" / FILE_NAME, 'ignore = ["crlf"]')
    write(tmp_path / "b" / "train.jsonl", "")
    try:
        (tmp_path / "a" / "link.jsonl").symlink_to(tmp_path / "b" / "train.jsonl")
    except OSError:
        pytest.skip("links cannot be made here")
    assert discover(str(tmp_path / "a" / "link.jsonl")).ignore == ("crlf",)
    assert discover(str(tmp_path / "b" / "train.jsonl")) == Config()


@pytest.mark.parametrize("name", ["a\0b.jsonl", "x" * 5000, "../" * 100 + "train.jsonl"])
def test_any_name_has_a_configuration(name: str) -> None:
    assert isinstance(discover(name), Config)


def test_per_file_ignores_are_relative_to_the_folder_of_the_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = Config.load(write(tmp_path / FILE_NAME, EVERY_KEY))
    (tmp_path / "old").mkdir()
    monkeypatch.chdir(tmp_path / "old")
    assert config.ignored_in("a.jsonl") == ("lines",)
    assert config.ignored_in(str(tmp_path / "old" / "a.jsonl")) == ("lines",)
    assert config.ignored_in("../new/../old/a.jsonl") == ("lines",)
    assert config.ignored_in("../a.jsonl") == ()
    assert config.ignored_in("old/a.jsonl") == ("lines",)  # * takes further folders in
    assert config.ignored_in("../../old/a.jsonl") == ()


def test_per_file_ignores_of_several_patterns_add_up(tmp_path: Path) -> None:
    ignores = {"*.jsonl": ("crlf",), "a*": ("no-user", "roles"), "b*": ("lines",)}
    config = Config(per_file_ignores=ignores, root=tmp_path)
    assert config.ignored_in(str(tmp_path / "a.jsonl")) == ("crlf", "no-user", "roles")


def test_a_configuration_made_in_python_is_relative_to_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    config = Config(per_file_ignores={"a.jsonl": ("crlf",)})
    assert config.ignored_in(str(tmp_path / "a.jsonl")) == ("crlf",)
    assert config.ignored_in("A.jsonl") == ()


def test_validation_files_are_told_by_patterns(tmp_path: Path) -> None:
    config = Config(validation=("held-out/*", "*.val.jsonl"), root=tmp_path)
    assert config.is_validation(str(tmp_path / "held-out" / "x.jsonl"))
    assert config.is_validation(str(tmp_path / "a" / "x.val.jsonl"))
    assert not config.is_validation(str(tmp_path / "x.jsonl"))
    assert not config.is_validation(str(tmp_path.parent / "x.val.jsonl"))
    assert not Config(root=tmp_path).is_validation(str(tmp_path / "x.val.jsonl"))


MANY = "of at most {0:,}; say it with fewer and shorter ones"
WHERE = '"validation" and "per-file-ignores" have '


def test_patterns_are_few(tmp_path: Path) -> None:
    listed = ", ".join(f'"{number}"' for number in range(MAX_PATTERNS - 1))
    text = f"validation = [{listed}]\n[per-file-ignores]\na = []\n"
    config = Config.load(write(tmp_path / FILE_NAME, text))
    assert (len(config.validation), len(config.per_file_ignores)) == (MAX_PATTERNS - 1, 1)
    words = f"{WHERE}1,001 patterns, {MANY.format(MAX_PATTERNS)}"
    assert refusal(tmp_path, text + "b = []\n") == words


@pytest.mark.parametrize("form", ['validation = ["{0}"]', '[per-file-ignores]\n"{0}" = []'])
def test_patterns_are_short(tmp_path: Path, form: str) -> None:
    longest = "*a" * (MAX_PATTERN_CHARACTERS // 2)
    config = Config.load(write(tmp_path / FILE_NAME, form.format(longest)))
    assert longest in {*config.validation, *config.per_file_ignores}
    words = f"{WHERE}50,001 characters of patterns, {MANY.format(MAX_PATTERN_CHARACTERS)}"
    assert refusal(tmp_path, form.format(longest + "b")) == words


def test_names_count_once_however_often_they_are_said(tmp_path: Path) -> None:
    names = '["crlf", "lines", "crlf", "lines"]'
    patterns = f'[per-file-ignores]\n"*" = {names}\n"a*" = {names}\n'
    text = f'select = {names}\nignore = {names}\nvalidation = ["x", "x"]\n{patterns}'
    config = Config.load(write(tmp_path / FILE_NAME, text))
    assert config.select == config.ignore == ("crlf", "lines")
    assert config.validation == ("x",)
    assert config.ignored_in(str(tmp_path / "a.jsonl")) == ("crlf", "lines")


def test_the_folder_of_a_file_is_looked_for_once_and_not_for_each_pattern(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = Config(validation=tuple(map(str, range(9))), root=tmp_path)
    asked: list[str | Path] = []

    def noted(name: str | Path) -> Path:
        asked.append(name)
        return Path(name)

    monkeypatch.setattr("jsonl_lint.config.absolute", noted)
    assert not config.is_validation(str(tmp_path / "a.jsonl"))
    assert asked == [str(tmp_path / "a.jsonl"), tmp_path]


def test_what_is_given_takes_the_place_of_what_is_configured() -> None:
    merged = merge(READ, target="mistral", ignore=None, fail_on=Severity.ERROR)
    assert merged.target == "mistral"
    assert merged.fail_on is Severity.ERROR
    assert merged.ignore == READ.ignore


@pytest.mark.parametrize(
    ("config", "words"),
    [
        (Config(target="mistrel"), 'unknown target "mistrel"; did you mean "mistral"?'),
        (Config(target="x"), 'unknown target "x"; known are mistral, mistral-pretrain'),
        (Config(select=("crfl",)), 'unknown rule or family "crfl"; did you mean "crlf"?'),
        (Config(ignore=("rolls",)), 'unknown rule or family "rolls"; did you mean "roles"?'),
        (Config(severity={"crl": None}), 'unknown rule or family "crl"; did you mean "crlf"?'),
        (
            Config(per_file_ignores={"nowhere/*": ("crfl",)}),
            'unknown rule or family "crfl"; did you mean "crlf"?',
        ),
    ],
)
def test_unknown_names_are_refused_with_the_nearest(config: Config, words: str) -> None:
    with pytest.raises(ConfigError) as caught:
        make_linter(config)
    assert str(caught.value) == words
