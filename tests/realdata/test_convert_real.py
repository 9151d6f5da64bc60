"""Datasets that other people wrote, converted: what that loses, and that the result is accepted."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import jsonl_lint
from jsonl_lint import Config
from jsonl_lint.cli.convert import convert

REAL = Path(__file__).parents[3] / "shared" / "data" / "real"
pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the real datasets are not here")
CONFIG = Config(ignore=("too-few-examples",))


def run(source: Path, output: Path, *options: str) -> list[str]:
    """Convert, and give the lines about what was lost."""
    args = [str(source), "-o", str(output), "--allow-loss", *options]
    done = CliRunner().invoke(convert, args)
    assert done.exit_code == 0, done.stderr
    return [line.strip() for line in done.stderr.split("\n")[1:] if line]


def rules(path: Path) -> Counter[str]:
    report = jsonl_lint.lint_file(path, config=CONFIG)
    assert report.complete
    return Counter(finding.rule for finding in report.findings)


def records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().split(b"\n") if line]


CONVERTED = [
    ("LLaMA-Factory/alpaca_en_demo.json", 999, {"input-border": 412}, {}),
    ("LLaMA-Factory/identity.json", 91, {}, {}),
    ("LLaMA-Factory/glaive_toolcall_en_demo.json", 300, {}, {"arguments-schema-mismatch": 1}),
    ("FastChat/dummy_conversation.json", 500, {"extra-key": 500}, {}),
    ("MedicalGPT/medical_sft_1K_format.jsonl", 1000, {}, {}),
    ("TabooGPT-4o/training_data.jsonl", 1629, {"plain-text": 1629}, {}),
    ("azureml-examples/train.jsonl", 408, {"plain-text": 408}, {}),
    ("axolotl/conversation.json", 1, {}, {}),
    ("fms-hf-tuning/multi_turn_chat_conversations.jsonl", 10, {"extra-key": 10}, {}),
    ("torchtune/alpaca_tiny.json", 100, {"extra-key": 100, "input-border": 46}, {}),
]


@pytest.mark.parametrize(("name", "count", "lost", "found"), CONVERTED)
def test_all_records_become_messages(
    name: str, count: int, lost: dict[str, int], found: dict[str, int], tmp_path: Path
) -> None:
    output = tmp_path / "out.jsonl"
    told = run(REAL / name, output, "--to", "messages")
    assert len(records(output)) == count
    kinds = [line.split()[1] for line in told]
    numbers = [line.split("; in ")[1].split()[0].replace(",", "") for line in told]
    assert dict(zip(kinds, map(int, numbers), strict=True)) == lost
    assert rules(output) == found


def test_turns_with_tools_come_back_as_they_were(tmp_path: Path) -> None:
    source = REAL / "LLaMA-Factory" / "glaive_toolcall_en_demo.json"
    run(source, tmp_path / "messages.jsonl", "--to", "messages")
    run(tmp_path / "messages.jsonl", tmp_path / "back.jsonl", "--to", "sharegpt")
    assert records(tmp_path / "back.jsonl") == json.loads(source.read_bytes())


def test_records_for_openai_become_records_for_mistral(tmp_path: Path) -> None:
    """All 103 ids are ``call_id``; the tools have no descriptions, which is for their author."""
    source = REAL / "openai-cookbook" / "drone_training.jsonl"
    output = tmp_path / "out.jsonl"
    told = run(source, output, "--dialect", "mistral")
    assert len(told) == 1
    assert told[0].startswith("lost: foreign-key at /parallel_tool_calls: ")
    assert set(rules(source)) == {"tool-call-id-format", "unknown-key", "tool-missing-description"}
    assert set(rules(output)) == {"tool-missing-description"}
    for before, after in zip(records(source), records(output), strict=True):
        call = after["messages"][-1]["tool_calls"][0]
        call["id"] = "call_id"
        assert after == {key: before[key] for key in ("messages", "tools")}


def test_preferences_are_refused() -> None:
    done = CliRunner().invoke(
        convert, [str(REAL / "LLaMA-Factory" / "dpo_en_demo.json"), "--to", "messages"]
    )
    assert (done.exit_code, done.stdout) == (1, "")
    assert "the format is preference, expected" in done.stderr
