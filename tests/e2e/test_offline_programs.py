"""The commands use no network: where there is none, and where it is refused."""

from __future__ import annotations

import json
import shutil
import sys
from functools import cache
from pathlib import Path

import pytest
from programs import ROOT, environment, run
from samples import jsonl

REACH = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)"
REMOTE = {"$schema": "https://example.org/s", "$ref": "https://example.org/x", "type": "object"}
RECORD = {
    "messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}],
    "tools": [{"type": "function", "function": {"name": "f", "parameters": REMOTE}}],
}
APART = ("unshare", "--map-root-user", "--net")


@cache
def can_be_set_apart() -> bool:
    """Whether this system lets us run a program without any network."""
    if not shutil.which("unshare"):
        return False
    done = run(*APART, sys.executable, "-c", REACH, cwd=Path("/"), env=environment(PYTHONPATH=""))
    return done.returncode == 1 and "unreachable" in done.stderr


def test_programs_that_tests_start_refuse_the_network(tmp_path: Path) -> None:
    done = run(sys.executable, "-c", REACH, cwd=tmp_path)
    assert done.returncode == 1
    assert "a test must not use the network: socket." in done.stderr


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ("check data.jsonl --isolated -f json", 1),
        ("fix data.jsonl --isolated", 1),
        ("stats data.jsonl", 0),
    ],
)
def test_commands_work_where_there_is_no_network(tmp_path: Path, args: str, code: int) -> None:
    if not can_be_set_apart():
        pytest.skip("unshare cannot take the network away here")
    (tmp_path / "data.jsonl").write_bytes(jsonl(RECORD))
    env = environment(PYTHONPATH=str(ROOT))
    done = run(*APART, sys.executable, "-m", "jsonl_lint", *args.split(), cwd=tmp_path, env=env)
    assert done.returncode == code, done.stdout + done.stderr
    assert done.stderr == ""
    if args.endswith("json"):
        assert json.loads(done.stdout)["complete"]
