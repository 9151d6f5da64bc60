"""Each command where memory is not enough for a line: that file ends there, and the run goes on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from programs import call
from samples import line

from jsonl_lint import fix_bytes, lint_bytes
from jsonl_lint.linting.explaining import named_by
from jsonl_lint.plugins import load_rules
from jsonl_lint.reading.decode import loads
from jsonl_lint.reading.errors import Code

if TYPE_CHECKING:
    from pathlib import Path

LINE = b'{"messages": [{"role": "user", "content": "%d"}, {"role": "assistant", "content": "."}]}\n'
BAD = LINE.replace(b"user", b"human") % 0
DATA = BAD + b"".join(LINE % number for number in range(1, 20))
SCHEMA = {"type": "object", "properties": {"of_memory": {"multipleOf": 1}}}
CALLING = {
    "messages": [
        {"role": "user", "content": "Hi"},
        {"role": "assistant", "tool_calls": [
            {"id": "abcdefghi", "type": "function",
             "function": {"name": "f", "arguments": '{"of_memory": 1}'}},
        ]},
        {"role": "tool", "tool_call_id": "abcdefghi", "content": "1"},
        {"role": "assistant", "content": "1"},
    ],
    "tools": [{"type": "function",
               "function": {"name": "f", "description": "It counts.", "parameters": SCHEMA}}],
}  # fmt: skip
DECODING = "jsonl_lint.linting.file_check.loads"
COMMANDS = {
    "check": (DECODING, ("check", "-q")),
    "fix": (DECODING, ("fix",)),
    "fix, proposing": ("jsonl_lint.fixing.proposals.asked", ("fix",)),
    "fix, editing": ("jsonl_lint.fixing.proposals.edits", ("fix",)),
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


def test_a_schema_that_takes_too_much_is_none_that_cannot_be_used(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "calls.jsonl").write_bytes(line(CALLING))
    monkeypatch.setattr("jsonl_lint.schema.parameters.compile_untrusted", no_memory)
    done = call("check", "-f", "concise", "calls.jsonl", cwd=here)
    assert (done.returncode, done.stdout.count("\n")) == (3, 1), done.stdout
    assert done.stdout.startswith("calls.jsonl: content-too-large: it takes more memory than")


def test_a_report_that_takes_too_much_is_not_written_and_the_others_are(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All was checked: the code is that of the report, as on a full disk."""
    monkeypatch.setattr("jsonl_lint.linting.fixes.asked", no_memory)
    reports = ("-f", "json", "--report", "concise=out.txt")
    done = call("check", "first.jsonl", *reports, cwd=here)
    assert done.returncode == 4, done.stderr
    why = "the report could not be written: it takes more memory than there is; "
    assert done.stderr.startswith(f"jsonl-lint: standard output: {why}")
    assert "unknown-role" in (here / "out.txt").read_text("utf-8")


def test_findings_given_to_a_program_end_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jsonl_lint.linting.fixes.asked", no_memory)
    report = lint_bytes(BAD)
    assert report.findings == ()
    assert (report.complete, report.result.error_code) == (False, Code.CONTENT_TOO_LARGE)
    data = BAD + b'{"prompt": "Hi"}\n'
    done = fix_bytes(data)
    assert (done.data, done.changes.written, done.report.complete) == (data, False, False)


def test_bytes_in_memory_are_read_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DECODING, no_memory)
    report = lint_bytes(DATA)
    assert not report.complete
    assert report.result.error_code is Code.CONTENT_TOO_LARGE
