"""A training YAML that somebody else wrote: refused in words and soon, whatever is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jsonl_lint.measuring.train_yaml import MAX_BYTES, TrainYamlError, read_train_yaml

if TYPE_CHECKING:
    from pathlib import Path

NINE = ", ".join
LAUGHS = "a0: &a0 [x]\n" + "".join(
    f"a{n}: &a{n} [{NINE([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 40)
)
MERGED = "a0: &a0 {x: 1}\n" + "".join(
    f"a{n}: &a{n} {{<<: [{NINE([f'*a{n - 1}'] * 9)}]}}\n" for n in range(1, 20)
)
TOO_LARGE = "it is larger than 65,536 bytes, which no training configuration is"
NO_LENGTH = '"seq_len" is a number; expected a whole number above 0'
FILE = "data: {instruct_data: train.jsonl}\n"


def refusal(folder: Path, content: str | bytes) -> str:
    path = folder / "7B.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (folder / "train.jsonl").touch()
    with pytest.raises(TrainYamlError) as caught:
        read_train_yaml(path)
    return str(caught.value)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (LAUGHS + "data: {instruct_data: *a39}", '"instruct_data" is an array; expected a string'),
        ("data: &d {instruct_data: *d}", '"instruct_data" is an object; expected a string'),
        ("a: " + "[{" * 500, "it has 1,000 brackets, which no training configuration has"),
        (
            "a: 1\n" * MAX_BYTES,
            TOO_LARGE,
        ),
        ("a: " + "9" * 5000, "not valid YAML"),
        ("a: " + "1:" * 9000 + "1.0", "not valid YAML"),
        (
            f"{FILE}seq_len: 0x{'f' * 9000}",
            NO_LENGTH,
        ),
        (
            f"{FILE}seq_len: -0x{'f' * 9000}",
            NO_LENGTH,
        ),
        ("a: 9999-99-99", "not valid YAML"),
        ("a: !!int ''", "not valid YAML"),
        ("a: !!bool x", "not valid YAML"),
        ("a: !!timestamp x", "not valid YAML"),
        ("a: \0", "not valid YAML"),
        (b"a: \xff", "not valid YAML"),
        ("{[1]: 2}", "not valid YAML at line 1"),
        ("!!set {a, b}", "it holds a value; expected an object"),
        (f"data: {{instruct_data: {'x' * 5000}}}", f'there is no file or folder "{"x" * 64}..."'),
        ('data: {instruct_data: "a\\0b"}', 'there is no file or folder "a\0b"'),
        ('data: {instruct_data: "\\ud800"}', 'there is no file or folder "\ud800"'),
        ("data: {instruct_data: 'x:nan'}", 'the weight of "x" is nan; expected a number above 0'),
    ],
    ids=len,
)
def test_what_cannot_be_used_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | bytes, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert refusal(tmp_path, content) == words


def test_merge_keys_that_multiply_are_refused(tmp_path: Path) -> None:
    # PyYAML 6.0.4 merges each key once, so that nothing multiplies and the file just has no data.
    no_data = '"data" is null; expected an object with "instruct_data"'
    assert refusal(tmp_path, MERGED) in {"not valid YAML", no_data}


@pytest.mark.parametrize(
    "tag",
    [
        "!!python/object/apply:os.mkdir [called]",
        "!!python/object/new:os.mkdir [called]",
        "!!python/name:os.mkdir",
        "!!python/module:antigravity",
    ],
)
def test_no_code_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tag: str) -> None:
    monkeypatch.chdir(tmp_path)
    assert refusal(tmp_path, f"a: {tag}") == "not valid YAML at line 1"
    assert not (tmp_path / "called").exists()


def test_merge_keys_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "train.jsonl").touch()
    (tmp_path / "7B.yaml").write_text(f"a: &a {{seq_len: 7}}\n<<: *a\n{FILE}", encoding="utf-8")
    assert read_train_yaml("7B.yaml").seq_len == 7


def test_a_name_that_no_file_has_is_refused() -> None:
    with pytest.raises(TrainYamlError, match="no file can have this name"):
        read_train_yaml("a\0b.yaml")
