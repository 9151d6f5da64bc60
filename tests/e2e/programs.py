"""Run programs the way a user does, and see what comes out of them."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

import pytest

from jsonl_lint.cli import main
from jsonl_lint.cli.signals import CODES

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[2]
OFFLINE = Path(__file__).with_name("offline")
VALID = ROOT / "fixtures" / "targets" / "mistral" / "valid.jsonl"
INVALID = VALID.with_name("invalid.jsonl")

Result = subprocess.CompletedProcess[str]

_OURS = "JSONL_LINT_"
_FOREIGN = ("NO_COLOR", "FORCE_COLOR", "CI", "PRE_COMMIT", "TERM", "GIT_DIR", "GIT_WORK_TREE",
            "GIT_INDEX_FILE", "PYTHONUTF8")  # fmt: skip


def environment(**more: str) -> dict[str, str]:
    """The environment without what would change the outcome, and with what a test adds.

    Every Python refuses the network in it, unless the test says ``PYTHONPATH=""``.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in _FOREIGN and not name.startswith(_OURS)
    }
    return kept | {"PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(OFFLINE)} | more


def run(
    *command: str | Path,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    stdin: bytes = b"",
    encoding: str = "utf-8",
) -> Result:
    """Run a program to its end; ``encoding`` is what its outputs are read as."""
    done = subprocess.run(  # noqa: S603 - the tests say what runs
        [str(part) for part in command],
        cwd=cwd,
        env=environment() if env is None else env,
        input=stdin,
        capture_output=True,
        check=False,
        timeout=300,
    )
    texts = (text.decode(encoding).replace("\r\n", "\n") for text in (done.stdout, done.stderr))
    return Result(done.args, done.returncode, *texts)


def ends_with_its_reader(args: str, cwd: Path, stdin: bytes) -> tuple[int, bytes]:
    """Run ``python -m jsonl_lint`` while nobody reads its output; give exit code and errors."""
    program = subprocess.Popen(  # noqa: S603 - our own command
        (sys.executable, "-m", "jsonl_lint", *args.split()), cwd=cwd, env=environment(),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert program.stdout
    program.stdout.close()
    program.stdout = None
    _, errors = program.communicate(stdin)
    return program.returncode, errors


def lint(*args: str | Path, cwd: Path, stdin: bytes = b"", **env: str) -> Result:
    """Run ``python -m jsonl_lint`` in a folder."""
    command = (sys.executable, "-m", "jsonl_lint", *args)
    return run(*command, cwd=cwd, stdin=stdin, env=environment(**env))


def call(*args: str | Path, cwd: Path, **env: str) -> Result:
    """Do the same as ``lint`` in this process, which takes a tenth of the time.

    What it found out about a folder's configuration and the plugins stays known.
    """
    command = [str(arg) for arg in args]
    output, errors = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="\n") for _ in range(2))
    handlers = {number: signal.getsignal(number) for number in CODES}
    with (
        contextlib.chdir(cwd),
        contextlib.redirect_stdout(output),
        contextlib.redirect_stderr(errors),
        mock.patch.dict(os.environ, environment(**env), clear=True),
        pytest.raises(SystemExit) as ended,
    ):
        main(command)
    for number, handler in handlers.items():
        signal.signal(number, handler)
    assert isinstance(ended.value.code, int)
    return Result(command, ended.value.code, _text(output), _text(errors))


def _text(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


@cache
def _reaches_package_index() -> bool:
    with tempfile.TemporaryDirectory() as folder:
        pip = (sys.executable, "-m", "pip", "--retries", "0", "--timeout", "15")
        given = (*pip, "download", "--no-deps", "--dest", folder, "hatchling")
        done = run(*given, cwd=Path(folder), env=environment(PYTHONPATH=""))
    return done.returncode == 0


def require_package_index() -> None:
    """Skip a test that installs the project where pip reaches no package index."""
    if not _reaches_package_index():
        pytest.skip("pip reaches no package index from here")
