"""Measure ``jsonl_lint check`` against a bare orjson loop over the same file.

Whole processes, start-up included; CPU time (user and system) and peak memory as the system counts
them for that child; the two take turns, and the medians count. Absolute times drift with the
machine: only the ratios mean something. Modules are compiled before, as pip does at installation.
"""

# ruff: noqa: T201  # a table on standard output is what this script is for

from __future__ import annotations

import argparse
import os
import platform
import shlex
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

GENERATE = Path(__file__).with_name("generate.py")
BARE = """
import sys, orjson
for line in open(sys.argv[1], "rb", buffering=1 << 20): orjson.loads(line)
"""
IMPORTS = "import click, orjson, jsonschema_rs"
CHECK = f"{shlex.quote(sys.executable)} -m jsonl_lint check"
MEBIBYTE = 1 << 20
PEAK_BUDGET = 60
"""MiB a process, at any file size."""
COMPILED = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
"""The environment of what is measured: it may keep what it compiled."""


class Case(NamedTuple):
    """One file, and what checking it may cost."""

    name: str
    kind: str
    bad: float = 0.0
    budget: float | None = None
    """Times the bare loop or, where ``clean`` names a case, times that case."""
    clean: str | None = None


class Usage(NamedTuple):
    """What a process took."""

    seconds: float
    peak: float
    """MiB."""


CASES = (
    Case("chat", "chat", budget=1.8),
    Case("tools", "tools", budget=3.0),
    Case("tools-unique", "tools-unique", budget=6.0),
    Case("chat, 1 % bad", "chat", 0.01),
    Case("tools, 1 % bad", "tools", 0.01),
    Case("chat, 20 % bad", "chat", 0.2, budget=3.0, clean="chat"),
    Case("tools, 20 % bad", "tools", 0.2, budget=3.0, clean="tools"),
    Case("chat, all bad", "chat", 1.0, budget=12.0),
    Case("tools, all bad", "tools", 1.0, budget=12.0),
)
START_UP = Case("start-up, one record", "chat", budget=2.2)


def run(command: list[str], *, accepted: tuple[int, ...] = (0,)) -> Usage:
    """Run a command to its end, read all that it prints, and give what it took."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=COMPILED) as process:  # noqa: S603  # our own
        assert process.stdout is not None
        while process.stdout.read(MEBIBYTE):
            pass
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in accepted:
        message = f"{shlex.join(command)} ended with {process.returncode}"
        raise SystemExit(message)
    unit = 1 if sys.platform == "darwin" else 1024
    return Usage(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / MEBIBYTE)


def generate(path: Path, case: Case, size: int) -> None:
    """Write the case's file; in a child, whose memory does not count for the ones measured."""
    command = [sys.executable, str(GENERATE), case.kind, str(size), str(path)]
    run([*command, "--bad", str(case.bad)])


def median(usages: list[Usage]) -> Usage:
    """Give the median time and the highest peak."""
    return Usage(statistics.median([one.seconds for one in usages]), max(u.peak for u in usages))


def measure(cases: tuple[Case, ...], size: int, repeat: int, check: list[str]) -> None:
    """Measure all the cases in turn, ``repeat`` times, and print a row for each."""
    with tempfile.TemporaryDirectory() as folder:
        files = {case: Path(folder, f"{number}.jsonl") for number, case in enumerate(cases)}
        for case, path in files.items():
            generate(path, case, size)
        for path in files.values():  # compiles what is not compiled yet
            run([*check, str(path)], accepted=(0, 1))
        bare: dict[Case, list[Usage]] = {case: [] for case in cases}
        checked: dict[Case, list[Usage]] = {case: [] for case in cases}
        for _ in range(repeat):
            for case, path in files.items():
                base = ["-c", IMPORTS] if case is START_UP else ["-c", BARE, str(path)]
                bare[case].append(run([sys.executable, *base]))
                checked[case].append(run([*check, str(path)], accepted=(0, 1)))
    results = {case.name: (median(bare[case]), median(checked[case])) for case in cases}
    for case in cases:
        print_row(case, size, results)


def print_row(case: Case, size: int, results: dict[str, tuple[Usage, Usage]]) -> None:
    """Print one row; what is over its budget is bold."""
    bare, check = results[case.name]
    reference, unit = (results[case.clean][1], " x clean") if case.clean else (bare, "")
    ratio = check.seconds / reference.seconds
    shown = bold(f"{ratio:.2f}{unit}", over=case.budget is not None and ratio > case.budget)
    budget = f"{case.budget:.1f}{unit}" if case.budget else ""
    peak = bold(f"{check.peak:.0f}", over=check.peak > PEAK_BUDGET)
    extent = f"{size / 10**6:.0f} MB" if case is not START_UP else ""
    times = f"{bare.seconds:.3f} | {check.seconds:.3f}"
    print(f"| {case.name} | {extent} | {times} | {shown} | {budget} | {peak} |", flush=True)


def bold(text: str, *, over: bool) -> str:
    """Make the text bold where it is over its budget."""
    return f"**{text}**" if over else text


def machine() -> str:
    """Name the machine, but no path on it."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text("utf-8").splitlines() if info.exists() else []
    model = next(
        (line.split(":")[1].strip() for line in lines if line.startswith("model name")), ""
    )
    processor = model or platform.processor() or platform.machine()
    version = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{platform.system()} {platform.machine()}, {processor} x {os.cpu_count()}, {version}"


def main() -> None:
    """Read the command line, measure, print a Markdown table."""
    parser = argparse.ArgumentParser(description="measure jsonl_lint check")
    parser.add_argument("--size", type=int, default=50, help="MB a file (default 50)")
    parser.add_argument("--repeat", type=int, default=5, help="runs a case (default 5)")
    parser.add_argument("--quick", action="store_true", help="5 MB a file, three runs")
    parser.add_argument("--large", action="store_true", help="add files of 500 MB, run once")
    parser.add_argument("--command", default=CHECK, help="what to measure in place of the check")
    options = parser.parse_args()
    size, repeat = (5, 3) if options.quick else (options.size, options.repeat)
    check = shlex.split(options.command)
    print(machine(), end="\n\n")
    print(f"| case | size | bare s | check s | ratio | budget | peak MiB (at most {PEAK_BUDGET}) |")
    print("|---|---|---|---|---|---|---|")
    measure((START_UP,), 1, max(repeat, 5), check)
    measure(CASES, size * 10**6, repeat, check)
    if options.large:
        for case in CASES[:2]:
            measure((case,), 500 * 10**6, 1, check)


if __name__ == "__main__":
    main()
