"""Datasets that other people wrote, fixed: nothing is lost, and a second fix has nothing to do."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import jsonl_lint
from jsonl_lint.reading.decode import loads

REAL = Path(__file__).parents[3] / "shared" / "data" / "real"
FILES = sorted(REAL.rglob("*.jsonl"))
NAMES = [path.relative_to(REAL).as_posix() for path in FILES]
needs_real_data = pytest.mark.skipif(not FILES, reason="the real datasets are not here")
DRONE = REAL / "openai-cookbook" / "drone_training.jsonl"
LINES = 100
"""As many of each file as do not take long; what is faulty in one line is faulty in most."""


@cache
def fixed(path: Path) -> jsonl_lint.Fixed:
    return jsonl_lint.fix_bytes(path.read_bytes())


def decoded(data: bytes) -> list[Any]:
    found = []
    for line in data.split(b"\n"):
        try:
            found.append(loads(line))
        except ValueError:
            continue
    return found


def without_ids(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_ids(inner) for key, inner in value.items() if key != "id"}
    return [without_ids(inner) for inner in value] if isinstance(value, list) else value


@needs_real_data
def test_the_drone_data_have_no_errors_and_other_ids() -> None:
    done = fixed(DRONE)
    assert done.report.ok()
    assert done.changes.fixed == {"tool-call-id-format": 103}
    assert done.changes.withheld == {}
    before, after = decoded(DRONE.read_bytes()), decoded(done.data)
    assert len(before) == len(after) == 103
    for old, new in zip(before, after, strict=True):
        assert old != new
        assert without_ids(old) == without_ids(new)


@needs_real_data
def test_the_drone_data_keep_every_byte_but_those_of_the_ids() -> None:
    before, after = DRONE.read_bytes().splitlines(), fixed(DRONE).data.splitlines()
    for old, new in zip(before, after, strict=True):
        old_id, new_id = (loads(raw)["messages"][-1]["tool_calls"][0]["id"] for raw in (old, new))
        assert old.replace(b'"%b"' % old_id.encode(), b'"%b"' % new_id.encode()) == new


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_nothing_is_lost_and_a_second_fix_changes_nothing(path: Path) -> None:
    data = b"".join(path.read_bytes().splitlines(keepends=True)[:LINES])
    once = jsonl_lint.fix_bytes(data)
    assert once.changes.dropped == []
    assert len(decoded(once.data)) >= len(decoded(data))
    again = jsonl_lint.fix_bytes(once.data)
    assert again.data == once.data
    assert not again.changes.changed


@needs_real_data
@pytest.mark.parametrize("name", ["stock_toolcall_training", "stock_toolcall_validation"])
def test_data_for_function_calling_have_no_errors(name: str) -> None:
    path = REAL / "fine-tuning" / f"{name}.jsonl"
    assert not jsonl_lint.lint_file(path).ok()
    assert fixed(path).report.ok()


@needs_real_data
def test_an_array_that_somebody_called_json_lines_becomes_lines() -> None:
    path = REAL / "data-juicer" / "demo-dataset.jsonl"
    done = fixed(path)
    assert done.changes.fixed == {"looks-like-json-array": 1}
    assert decoded(done.data) == json.loads(path.read_bytes())
