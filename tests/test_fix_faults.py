"""A fix on a system that fails at any of its calls: the file is the old one or the new, whole."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

import pytest
from faulty_system import ERRORS, Fault, FaultySystem

from jsonl_lint import Fixed, fix_file
from jsonl_lint.fixing import output
from jsonl_lint.fixing.atomic import AtomicFile

if TYPE_CHECKING:
    from pathlib import Path

OLD = b'{"text": "a"}\n{"text": "b",}\n' * 3
NEW = OLD.replace(b",}", b"}")


def fix_on(system: FaultySystem, path: Path, monkeypatch: pytest.MonkeyPatch) -> Fixed:
    path.write_bytes(OLD)
    monkeypatch.setattr(output, "AtomicFile", partial(AtomicFile, system=system.system))
    return fix_file(path, backup=True)


def calls(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Give the calls of a fix that succeeds: each name with its number among its like."""
    system = FaultySystem()
    assert fix_on(system, folder / "ok.jsonl", monkeypatch).changes.written
    seen: Counter[str] = Counter()
    numbered = []
    for name in system.log:
        seen[name] += 1
        numbered.append((name, seen[name]))
    return numbered


@pytest.mark.parametrize("what", ERRORS)
def test_any_call_that_fails(what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ok").mkdir()
    failed = 0
    for number, (name, nth) in enumerate(calls(tmp_path / "ok", monkeypatch)):
        folder = tmp_path / str(number)
        folder.mkdir()
        path = folder / "train.jsonl"
        fixed = fix_on(FaultySystem([Fault(name, nth, what)]), path, monkeypatch)
        assert fixed.changes.written == (not fixed.changes.error)
        assert path.read_bytes() == (NEW if fixed.changes.written else OLD)
        left = {found.name for found in folder.iterdir()} - {"train.jsonl", "train.jsonl.bak"}
        assert not left or name == "unlink"
        failed += not fixed.changes.written
    assert failed > 3
