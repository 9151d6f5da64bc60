"""Sweeps: a file cut at each of its bytes, read in blocks of each size, under other hash seeds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hostile_files import FOLDER, Outcome, expected_file, hostile_files, name_of, outcome_of

from jsonl_lint.rules import CRASHED

if TYPE_CHECKING:
    from pathlib import Path

ODD = FOLDER / "records" / "crlf-bom-astral.jsonl"
TOOLS = FOLDER / "records" / "tools.jsonl"
PACKED = FOLDER / "archives" / "whole.jsonl.gz"
CUT_SHORT = {"truncated-last-line", "missing-final-newline", "empty-file"}
SEEDS = ("0", "1", "4294967295")


@pytest.mark.parametrize("path", [ODD, TOOLS], ids=name_of)
def test_a_file_cut_at_any_byte_is_found_out(path: Path) -> None:
    data = path.read_bytes()
    whole = {(f["rule"], f["line"], f["byte_offset"]) for f in outcome_of(data)["findings"]}
    for end in range(len(data)):
        cut = outcome_of(data[:end])
        assert not cut["error_code"]
        rules = {finding["rule"] for finding in cut["findings"]}
        assert CRASHED not in rules
        if data[:end].endswith(b"\n"):
            places = {(f["rule"], f["line"], f["byte_offset"]) for f in cut["findings"]}
            assert places <= whole
        else:
            assert rules & CUT_SHORT


def test_a_compressed_file_cut_at_any_byte_is_incomplete() -> None:
    data = PACKED.read_bytes()
    assert outcome_of(data, PACKED.name)["complete"]
    for end in range(len(b"\x1f\x8b"), len(data)):
        cut = outcome_of(data[:end], PACKED.name)
        assert (cut["complete"], cut["error_code"]) == (False, "archive-truncated")


@pytest.mark.parametrize("path", [ODD, TOOLS, PACKED], ids=name_of)
def test_blocks_of_any_size_give_the_same_findings(path: Path) -> None:
    for block in range(1, 65):
        assert outcome_of(path.read_bytes(), path.name, block) == expected(path)


def test_no_file_is_read_otherwise_in_small_blocks() -> None:
    for number, path in enumerate(hostile_files()):
        for block in (1, 2 + number % 63):
            found = outcome_of(path.read_bytes(), path.name, block)
            assert found == expected(path), (name_of(path), block)


def expected(path: Path) -> Outcome:
    found: Outcome = json.loads(expected_file(path).read_text("utf-8"))
    return found


def test_the_report_is_the_same_under_any_hash_seed() -> None:
    command = [sys.executable, "-m", "jsonl_lint", "check", "--isolated", "--format", "json"]
    runs = [
        subprocess.Popen(  # noqa: S603 - our own command
            [*command, FOLDER / "structure"],
            env={**os.environ, "PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
        )
        for seed in SEEDS
    ]
    first, *others = [run.communicate()[0] for run in runs]
    assert json.loads(first)["findings"]
    assert others == [first] * len(others)
