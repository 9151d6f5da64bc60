"""The texts of the project that are made from its code and from real runs.

A generated part of a page stands between ``<!-- generated: NAME -->`` and ``<!-- /generated -->``;
``PARTS`` says who makes the part of each name. ``tests/bless.py`` writes all texts again.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from reporting_runs import BLESSED, REPORTS, blessed
from stats_runs import blessed as blessed_stats

from jsonl_lint import keys, rules, targets
from jsonl_lint.finding import Severity
from jsonl_lint.fixing.proposals import MAX_CHANGES
from jsonl_lint.linting import explaining
from jsonl_lint.measuring import train_yaml
from jsonl_lint.reading import fault, toml
from jsonl_lint.reading.compressed import MAX_DECOMPRESSED_BYTES
from jsonl_lint.reading.decode import DECODER_NESTING, MAX_NESTING
from jsonl_lint.reading.errors import MEANINGS
from jsonl_lint.reading.lines import MAX_LINE_BYTES, MAX_NODES
from jsonl_lint.reading.seen import MAX_REMEMBERED
from jsonl_lint.reporting import github, grouping, ordinals, sarif
from jsonl_lint.schema import listing, parameters, pieces, sound_patterns, soundness, unique

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

ROOT = Path(__file__).parent.parent
PAGES = ("README.md", "SECURITY.md")
BAD = "fixtures/reports/readme.jsonl"
GOOD = "fixtures/targets/mistral/valid.jsonl"
ALPACA = "fixtures/convert/alpaca.json"
WHOLE = "fixtures/split/train.jsonl"
MEASURED = "fixtures/stats/train.jsonl"

_PART = re.compile(r"(<!-- generated: ([a-z-]+) -->\n).*?(<!-- /generated -->\n)", re.DOTALL)


def texts() -> dict[Path, str]:
    """Give every generated file, and every page with generated parts, as it has to be."""
    reports = {REPORTS / BLESSED[form]: text for form, text in blessed().items()}
    pages = {ROOT / name: _page((ROOT / name).read_text("utf-8")) for name in PAGES}
    return reports | blessed_stats() | pages


def _page(text: str) -> str:
    return _PART.sub(lambda part: f"{part[1]}{PARTS[part[2]]()}{part[3]}", text)


def _terminal(*commands: str) -> str:
    """Run commands beside the fixtures, in a folder of their own; show them and their output."""
    with TemporaryDirectory() as folder:
        Path(folder, "fixtures").symlink_to(ROOT / "fixtures")
        shown = [line for command in commands for line in _session(command, folder)]
    return "\n".join(["```console", *shown, "```", ""])


def _session(command: str, folder: str) -> Iterator[str]:
    """Run a command in a folder; give it, its output and its exit code."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("JSONL_LINT")}
    env = kept | {"NO_COLOR": "1", "PYTHONUTF8": "1"}
    args = [sys.executable, "-m", "jsonl_lint", *command.split()[1:]]
    done = subprocess.run(  # noqa: S603 - our own command
        args, cwd=folder, env=env, capture_output=True, encoding="utf-8", check=False
    )
    yield f"$ {command}"
    yield from done.stdout.splitlines()
    yield from done.stderr.splitlines()
    yield "$ echo $?"
    yield str(done.returncode)


def _plan() -> str:
    """Show the end of a page that plans a run; what comes before is in the page above."""
    plan = "--model open-mistral-nemo --max-steps 10 --price 4"
    text = _terminal(f"jsonl-lint stats {MEASURED} --tokenizer estimate {plan}")
    start, rest = text.index("\n", len("```console\n")) + 1, text.index("\nplan: ") + 1
    return text[:start] + "...\n" + text[rest:]


def _table(header: str, rows: Iterable[Iterable[str]]) -> str:
    columns = header.split(" | ")
    lines = [columns, ["---"] * len(columns), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _rules() -> str:
    rows = []
    for family, members in groupby(rules.load().values(), key=lambda rule: rule.family):
        rows.append((f"**{family}**", "", "", ""))
        for rule in members:
            fix = rule.safety.value if rule.safety else ""
            rows.append((f"`{rule.name}`", str(rule.severity), fix, rule.summary))
    return _table("Rule | Severity | Fix | Fault", rows)


def _targets() -> str:
    rows = []
    for name in targets.names():
        target = targets.load(name)
        formats = ", ".join(f"`{format_}`" for format_ in target.formats)
        default = " (default)" if name == targets.DEFAULT else ""
        rows.append((f"`{name}`{default}", target.title, formats))
    return _table("Target | Consumer | Formats", rows)


def _limits() -> str:
    limits = targets.load(targets.DEFAULT).limits
    doubtful, most = limits.file_bytes_doubtful, limits.file_bytes
    held_out = f"{limits.validation_bytes:,} bytes or {limits.validation_percent} % of the training"
    patterns = f"{keys.MAX_PATTERNS:,}, of {keys.MAX_PATTERN_CHARACTERS:,} characters in all"
    schema = f"{soundness.MAX_TEXT:,} bytes, {soundness.MAX_DEPTH} levels"
    rows = (
        ("a line", f"{MAX_LINE_BYTES:,} bytes", "`line-too-long`; `--max-line-bytes`"),
        ("values of a line, or of arguments", f"{MAX_NODES:,}",
         "`line-too-complex`; they are not decoded"),
        ("values of a message or tool without its lists", f"{pieces.MAX_EXPLAINED:,}",
         "`line-too-complex` where it is refused; the rest of the record is checked"),
        ("faults of a record", f"{explaining.MAX_FAULTS:,}", "`line-too-complex`"),
        ("faults of a line that is no JSON", f"{fault.MAX_NAMED:,}", "`line-too-complex`"),
        ("nesting of JSON", f"{MAX_NESTING} levels",
         f"`nesting-too-deep`; `--max-depth`, {DECODER_NESTING:,} at most"),
        ("what comes out of a compressed file", f"{MAX_DECOMPRESSED_BYTES:,} bytes",
         "`content-too-large`; `--max-decompressed-bytes`"),
        ("the parameters of a tool", schema, "`schema-too-complex`"),
        ("patterns in them", f"{sound_patterns.MAX_PATTERN:,} characters each",
         "`schema-too-complex`"),
        ("work of comparing one call", f"{parameters.MAX_WORK:,} steps", "`schema-too-complex`"),
        ("telling unique items apart", f"{unique.MAX_APART:,} steps", "`schema-too-complex`"),
        ("naming what does not fit", f"{listing.MAX_LISTED:,} steps",
         "`arguments-schema-mismatch`, without the place"),
        ("a training file", f"{doubtful:,} bytes, {most:,} at most",
         "`file-too-large`, above the first a warning"),
        ("a validation file", f"{held_out} data, the smaller", "`validation-too-large`"),
        ("records of a file", f"at least {limits.examples}", "`too-few-examples`"),
        ("findings of a plugin's rule in one record", f"{explaining.MAX_PROBLEMS:,}",
         "`rule-crashed`"),
        ("changes by a plugin's fix for one finding", f"{MAX_CHANGES:,}",
         "the fix is not applied; exit code 5"),
        ("a configuration file", f"{toml.MAX_BYTES:,} bytes", "exit code 2"),
        ("patterns of files in it", patterns, "exit code 2"),
        ("a training YAML", f"{train_yaml.MAX_BYTES:,} bytes", "exit code 2"),
        ("findings that `text` shows of a group", f"{grouping.EXAMPLES}",
         "all are counted; `--max-per-rule`"),
        ("records that `exact-duplicate` remembers", f"{MAX_REMEMBERED:,} different ones",
         "a finding says so; later ones are compared with these"),
        ("fingerprints that are numbered", f"{ordinals.MAX_REMEMBERED:,} different ones of a file",
         "numbers begin anew"),
        ("results in `sarif`", f"{sarif.MAX_RESULTS:,}", "from every rule some; all are counted"),
        ("annotations in `github`", f"{github.SHOWN} of each level", "a notice counts the others"),
    )  # fmt: skip
    return _table("What | Limit | Beyond it", rows)


def _codes() -> str:
    return _table("Code | Meaning", [(f"`{code}`", text) for code, text in MEANINGS.items()])


def _severities() -> str:
    counts = dict.fromkeys(reversed(Severity), 0)
    for rule in rules.load().values():
        counts[rule.severity] += 1
    listed = ", ".join(f"{count} {level}" for level, count in counts.items())
    return f"{sum(counts.values())} rules: {listed}.\n"


PARTS: dict[str, Callable[[], str]] = {
    "bad-data": lambda: _terminal(f"jsonl-lint check {BAD}"),
    "good-data": lambda: _terminal(f"jsonl-lint check {GOOD}"),
    "fix": lambda: _terminal(f"jsonl-lint fix {BAD} -o fixed.jsonl"),
    "convert": lambda: _terminal(f"jsonl-lint convert {ALPACA} --to messages -o train.jsonl"),
    "convert-loss": lambda: _terminal(f"jsonl-lint convert {ALPACA} --to messages --allow-loss"),
    "split": lambda: _terminal(f"jsonl-lint split {WHOLE} -o parts --parts 3"),
    "stats": lambda: _terminal(f"jsonl-lint stats {MEASURED} --tokenizer estimate"),
    "plan": _plan,
    "codes": _codes,
    "limits": _limits,
    "rule-counts": _severities,
    "rules": _rules,
    "targets": _targets,
}
"""Each kind of generated part, and the function that writes it."""
