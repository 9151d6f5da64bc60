"""A token in every text of a corpus appears in nothing that a command says: content is not shown.

Roles, ids, names of tools and keys are structure: they stay as they are. All else gets the token:
contents, arguments, descriptions, constants of schemas, values of unknown keys; and so do the lines
that are not JSON.
"""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from cases import FIXTURES, content
from programs import call

if TYPE_CHECKING:
    from pathlib import Path

    from programs import Result


CANARY = "qZ7xCANARYx7Zq"
STRUCTURE = frozenset({
    "role", "from", "id", "tool_call_id", "name", "type", "required", "$ref", "$schema", "$id",
})  # fmt: skip
"""Members whose texts are names: of roles, calls, tools, types, parameters and schemas."""
FREE = frozenset({"arguments", "content", "text", "value", "reasoning", "source", "meta"})
"""Members within which any other may stand, so that no name is known."""
SILENT = frozenset({
    "utf16-or-utf32", "empty-file", "blank-line", "wrong-file-kind", "nul-bytes",
    "top-level-not-object",
})  # fmt: skip
"""Rules with cases that have no text to put the token into."""
_IN_BROKEN_LINE = re.compile(r'("(?:content|text|arguments|value|output|completion)"\s*:\s*")')


def marked(value: Any, key: str = "", *, free: bool = False) -> Any:
    """Put the token into each text that is not structure."""
    if isinstance(value, dict):
        free = free or key in FREE
        return {name: marked(item, name, free=free) for name, item in value.items()}
    if isinstance(value, list):
        return [marked(item, key, free=free) for item in value]
    if not isinstance(value, str) or (key in STRUCTURE and not free):
        return value
    try:
        inner = json.loads(value) if key == "arguments" else None
    except (ValueError, RecursionError):
        inner = None
    if isinstance(inner, dict):
        return json.dumps(marked(inner, "arguments", free=True))
    return f"{CANARY} {value}"


def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Give an object; raises ValueError for one that has a key twice."""
    value = dict(pairs)
    if len(value) < len(pairs):
        raise ValueError
    return value


def marked_line(line: str) -> str:
    try:
        value = json.loads(line, object_pairs_hook=unique)
        if isinstance(value, dict):
            return json.dumps(marked(value))
    except (ValueError, RecursionError):
        pass
    return _IN_BROKEN_LINE.sub(rf"\g<1>{CANARY} ", line)


def marked_text(text: str) -> str:
    return "\n".join(marked_line(line) for line in text.split("\n"))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the cases of each rule as one file, and a few files more."""
    folder = tmp_path_factory.mktemp("corpus")
    for path in sorted(FIXTURES.glob("rules/*/*.jsonl")):
        told = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        for at, case in enumerate(one for one in told if "facts" not in one):
            data = marked_text(content(case).decode("utf-8", "surrogateescape"))
            name = path.name if "lines" in case else f"{path.stem}-{at}.jsonl"
            with (folder / name).open("ab") as file:
                file.write(data.encode("utf-8", "surrogateescape") + b"\n")
    for name in ("mistral", "mistral-pretrain"):
        text = (FIXTURES / "targets" / name / "invalid.jsonl").read_text(encoding="utf-8")
        (folder / f"invalid-{name}.jsonl").write_text(marked_text(text), encoding="utf-8")
    (folder / "array.jsonl").write_text(f'[{{"text": "{CANARY}"}},\n]', encoding="utf-8")
    words = f"{CANARY}\n'{CANARY}'\n{{'{CANARY}': 1}}\n"
    (folder / "words.jsonl").write_text(words, encoding="utf-8")
    return folder


@pytest.fixture
def here(corpus: Path, tmp_path: Path) -> Path:
    return shutil.copytree(corpus, tmp_path / "data")


def assert_silent(text: str) -> None:
    """See that no part of the token is said that is long enough to be told."""
    for part in (CANARY, CANARY[:8], CANARY[-8:]):
        at = text.find(part)
        assert at < 0, text[max(0, at - 300) : at + 50]


def assert_all_silent(done: Result, *reports: Path) -> None:
    assert_silent(done.stdout)
    assert_silent(done.stderr)
    for report in reports:
        assert_silent(report.read_text(encoding="utf-8"))


def test_the_corpus_holds_the_token_everywhere(corpus: Path) -> None:
    texts = [path.read_bytes() for path in corpus.iterdir()]
    assert sum(text.count(CANARY.encode()) for text in texts) > 2000
    silent = {path.stem for path in corpus.iterdir() if CANARY.encode() not in path.read_bytes()}
    rules = {re.sub(r"-\d+$", "", name) for name in silent}
    assert rules <= SILENT


def test_check(corpus: Path, tmp_path: Path) -> None:
    names = ("concise", "json", "jsonl", "sarif", "github")
    reports = [tmp_path / f"{name}.out" for name in names]
    wanted = [f"--report={name}={path}" for name, path in zip(names, reports, strict=True)]
    args = ("--select", "ALL", "--max-per-rule", "none", *wanted)
    done = call("check", ".", *args, cwd=corpus)
    assert_all_silent(done, *reports)
    found = json.loads(reports[1].read_bytes())["findings"]
    assert len({finding["rule"] for finding in found}) > 90


def test_check_for_plain_text(corpus: Path) -> None:
    names = ("invalid-mistral-pretrain.jsonl", "words.jsonl", "unknown-key.jsonl")
    assert_all_silent(call("check", *names, "--target", "mistral-pretrain", cwd=corpus))


def test_fix(here: Path) -> None:
    assert_all_silent(call("fix", ".", "--unsafe-fixes", "--drop-invalid", cwd=here))


@pytest.mark.parametrize("form", ["text", "json"])
def test_stats(corpus: Path, form: str) -> None:
    args = ("-f", form, "--tokenizer", "estimate", "--model", "open-mistral-7b")
    assert_all_silent(call("stats", ".", *args, cwd=corpus))


def test_convert(corpus: Path, tmp_path: Path) -> None:
    refused = 0
    for at, path in enumerate(sorted(corpus.iterdir())[::2]):
        way = (("--to", "sharegpt"), ("--to", "alpaca"), ("--dialect", "mistral"))[at % 3]
        done = call("convert", str(path), *way, "-o", "x", "--overwrite", cwd=tmp_path)
        assert_all_silent(done)
        refused += done.returncode
    assert refused > 30


def test_split(corpus: Path, tmp_path: Path) -> None:
    for path in sorted(corpus.iterdir())[::4]:
        done = call("split", str(path), "--validation", "-o", tmp_path / path.stem, cwd=tmp_path)
        assert_all_silent(done)
        for manifest in tmp_path.glob(f"{path.stem}/*.json"):
            assert_silent(manifest.read_text(encoding="utf-8"))


def test_keys_are_cut_and_what_they_hide_is_not_told(tmp_path: Path) -> None:
    long = "k" * 64 + CANARY
    message = {"role": "user" + long, "content": "Hi", long: {long: 1}}
    call_ = {"id": "i" + long, "function": {"name": "n" + long, "arguments": json.dumps({long: 1})}}
    tool = {"type": "function", "function": {"name": "t" + long, long: 1}}
    records = [
        {"messages": [message, {"role": "assistant", "tool_calls": [call_]}], "tools": [tool]},
        {"messages": [{"role": "tool", "tool_call_id": long, "name": long, "content": "x"}]},
        {"messages": [], long: 1},
    ]
    text = "".join(json.dumps(record) + "\n" for record in records)
    (tmp_path / "a.jsonl").write_text(text + text.replace(": 1}", f': 1, "{long}": 2}}'), "utf-8")
    for form in ("text", "concise", "json", "jsonl", "sarif", "github"):
        args = ("--select", "ALL", "--max-per-rule", "none", "-f", form)
        done = call("check", "a.jsonl", *args, cwd=tmp_path)
        assert done.stdout.count("k" * 64) + done.stdout.count("k" * 60) > 3
        assert_all_silent(done)
    assert_all_silent(call("stats", "a.jsonl", "--tokenizer", "estimate", cwd=tmp_path))
    assert_all_silent(call("fix", "a.jsonl", "--dry-run", "--unsafe-fixes", cwd=tmp_path))
    assert_all_silent(call("convert", "a.jsonl", "--to", "sharegpt", "-o", "x", cwd=tmp_path))
