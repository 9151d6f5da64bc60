"""Each command where memory is not enough for a line: that file ends there, and the run goes on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from programs import call

from jsonl_lint import lint_bytes
from jsonl_lint.linting.explaining import named_by
from jsonl_lint.plugins import load_rules
from jsonl_lint.reading.decode import loads
from jsonl_lint.reading.errors import Code

if TYPE_CHECKING:
    from pathlib import Path

LINE = b'{"messages": [{"role": "user", "content": "%d"}, {"role": "assistant", "content": "."}]}\n'
BAD = LINE.replace(b"user", b"human") % 0
DATA = BAD + b"".join(LINE % number for number in range(1, 20))
DECODING = "jsonl_lint.linting.file_check.loads"
COMMANDS = {
    "check": (DECODING, ("check", "-q")),
    "fix": (DECODING, ("fix",)),
    "stats": ("jsonl_lint.measuring.counting.RecordCounter.add", ("stats",)),
    "split": ("jsonl_lint.fixing.split.prompts.loads",
              ("split", "-o", "parts", "--validation")),
    "convert": ("jsonl_lint.fixing.convert.run.loads",
                ("convert", "--arguments", "string", "-o", "converted.jsonl")),
}  # fmt: skip


def no_memory(*_args: Any, **_more: Any) -> Any:
    raise MemoryError


@pytest.fixture
def here(tmp_path: Path) -> Path:
    for name in ("first.jsonl", "second.jsonl"):
        (tmp_path / name).write_bytes(DATA)
    return tmp_path


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_so(here: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    place, command = COMMANDS[name]
    monkeypatch.setattr(place, no_memory)
    done = call(*command, "first.jsonl", cwd=here)
    assert done.returncode == 3, done.stdout + done.stderr
    assert "it takes more memory than there is" in done.stdout + done.stderr
    assert sorted(path.name for path in here.iterdir()) == ["first.jsonl", "second.jsonl"]
    assert (here / "first.jsonl").read_bytes() == DATA


def test_findings_before_it_are_kept_and_the_next_file_is_checked(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = 0

    def short_of_memory(raw: bytes) -> Any:
        nonlocal lines
        lines += 1
        if lines == 3:
            raise MemoryError
        return loads(raw)

    monkeypatch.setattr(DECODING, short_of_memory)
    done = call("check", "first.jsonl", "second.jsonl", "-f", "json", cwd=here)
    assert done.returncode == 3, done.stdout + done.stderr
    document = json.loads(done.stdout)
    first, second = document["files"]
    assert (first["error_code"], first["lines"]) == (Code.CONTENT_TOO_LARGE, 2)
    assert (second["error"], second["lines"]) == (None, 20)
    found = [(one["file"], one["rule"]) for one in document["findings"] if one["line"] == 1]
    assert ("first.jsonl", "unknown-role") in found
    assert ("second.jsonl", "unknown-role") in found


def test_it_is_no_crash_of_a_rule() -> None:
    rule = load_rules()["no-user"]
    with pytest.raises(MemoryError):
        list(named_by([(rule, no_memory)]))


def test_bytes_in_memory_are_read_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DECODING, no_memory)
    report = lint_bytes(DATA)
    assert not report.complete
    assert report.result.error_code is Code.CONTENT_TOO_LARGE
