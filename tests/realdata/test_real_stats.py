"""Facts of datasets that other people wrote, against counting them in the plainest way."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from pathlib import Path
from statistics import median_low
from typing import Any

import pytest
from stats_runs import counted, measured, shown

from jsonl_lint.measuring.facts import ROLES

REAL = Path(__file__).parents[3] / "shared" / "data" / "real"
FILES = sorted([*REAL.rglob("*.jsonl"), *REAL.rglob("*.jsonl.gz")])
ARRAYS = sorted(REAL.rglob("*.json"))
NAMES = [path.relative_to(REAL).as_posix() for path in FILES]
pytestmark = pytest.mark.skipif(not FILES, reason="the real datasets are not here")


def lines(path: Path) -> list[bytes]:
    data = path.read_bytes()
    return (gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data).split(b"\n")


def decoded(path: Path) -> list[Any]:
    values = []
    for line in lines(path):
        try:
            values.append(json.loads(line))
        except ValueError:
            values.append(None)
    return [value for value in values if isinstance(value, dict)]


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_facts_are_those_of_plain_counting(path: Path) -> None:
    result, facts = measured(path)
    if result.error:
        assert not decoded(path)
        return
    records = decoded(path)
    assert facts.records == len(records)
    assert facts.bytes == len(b"\n".join(lines(path)))
    assert facts.lines == facts.records + facts.blank_lines + facts.lines_without_record
    chats = [value["messages"] for value in records if isinstance(value.get("messages"), list)]
    if not records or len(chats) < len(records) or "rejected" in records[0]:
        return
    messages = [message for chat in chats for message in chat]
    roles = Counter(message.get("role") for message in messages)
    texts = [(m["role"], m["content"]) for m in messages if isinstance(m.get("content"), str)]
    assert {role: facts.messages(role) for role in ROLES} == {role: roles[role] for role in ROLES}
    if not any(isinstance(message.get("content"), list) for message in messages):
        for role in ROLES:
            sizes = sorted(len(text) for found, text in texts if found == role)
            spread = facts.content_characters[role]
            assert (spread.count, spread.sum) == (len(sizes), sum(sizes))
            assert not sizes or spread.quantiles(50, 100) == [median_low(sizes), sizes[-1]]
    calls = sum(len(message.get("tool_calls") or ()) for message in messages)
    assert facts.calls_a_record.sum == calls


def test_a_file_is_the_sum_of_its_records() -> None:
    for path in FILES:
        result, facts = measured(path)
        if not result.error:
            total = counted([])
            for value in decoded(path):
                total.merge(counted([value]))
            parts = ("formats", "content_characters", "wide_bytes", "declared", "called", "turns")
            for name in parts:
                assert shown(getattr(total, name)) == shown(getattr(facts, name)), path


@pytest.mark.parametrize(("name", "roles", "tools"), [
    ("openai-cookbook/drone_training.jsonl", {"system": 103, "user": 103, "assistant": 103}, 103),
])  # fmt: skip
def test_known_figures(name: str, roles: dict[str, int], tools: int) -> None:
    _, facts = measured(REAL / name)
    assert {role: facts.messages(role) for role in ROLES if facts.messages(role)} == roles
    assert facts.records_with_tools == tools
    assert facts.calls_a_record.sum == 103
    assert facts.learned_messages == 103


def test_arrays_are_left_to_convert() -> None:
    errors = Counter(measured(path)[0].error.partition(";")[2] for path in ARRAYS)
    assert errors[" jsonl-lint convert lays it out as lines"] > 20
