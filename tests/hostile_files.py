"""The files of ``fixtures/files``, which no writer meant well, and what a check says of each.

``NAME.expected.json`` beside a file holds its outcome. ``tests/bless.py`` writes all of them again:
look at each that changed, for the outcome has to be the right one, not only the present one.
"""

from __future__ import annotations

import io
import json
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cases import FIXTURES

from jsonl_lint import Config
from jsonl_lint.api import make_linter
from jsonl_lint.finding import Severity
from jsonl_lint.fixes import make_repairer
from jsonl_lint.fixing.fixer import fixed
from jsonl_lint.fixing.output import Passed
from jsonl_lint.fixing.result import FixResult
from jsonl_lint.linting.run import read
from jsonl_lint.pointer import to_pointer
from jsonl_lint.reading.compressed import decompress
from jsonl_lint.reading.filled import Filled
from jsonl_lint.reading.source import Stream, open_bytes, open_path
from jsonl_lint.rules import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint import Finding
    from jsonl_lint.linting.engine import Linter

FOLDER = FIXTURES / "files"
EXPECTED = ".expected.json"
_BESIDE_THE_POINT = ("too-few-examples", "exact-duplicate", "only-last-trained")
CONFIG = Config(ignore=_BESIDE_THE_POINT, min_severity=Severity.INFO)
"""Every rule but those that speak of nearly all of these files, and not of what is odd in them."""

LINTER = make_linter(CONFIG)
REFERENCE = make_linter(CONFIG, reference=True)
REPAIRERS = {unsafe: make_repairer(CONFIG, unsafe=unsafe) for unsafe in (False, True)}
UNREADABLE = {name for name, rule in load().items() if rule.family in {"lines", "files"}}
"""Rules that see what no record can be read from; where that is mended, other rules come first."""


Outcome = dict[str, Any]


def hostile_files() -> list[Path]:
    """Give the files, in the same order everywhere."""
    every = (path for path in FOLDER.rglob("*") if path.is_file())
    return sorted(path for path in every if not path.name.endswith(EXPECTED))


def name_of(path: Path) -> str:
    return path.relative_to(FOLDER).as_posix()


def expected_file(path: Path) -> Path:
    return path.with_name(path.name + EXPECTED)


def outcome(path: Path, linter: Linter = LINTER) -> Outcome:
    """Check a file as the command does."""
    return _outcome(open_path(str(path)), name_of(path), linter)


def outcome_of(data: bytes, name: str = "x.jsonl", block: int = 1 << 16) -> Outcome:
    """Check data that come in blocks of at most so many bytes, as those of a pipe do."""
    return _outcome(_in_blocks(data, Path(name).suffix.lower(), block), name, LINTER)


@contextmanager
def _in_blocks(data: bytes, suffix: str, block: int) -> Iterator[Stream]:
    source = io.BytesIO(data)
    filled = Filled(lambda buffer: source.readinto(buffer[:block]))
    plain: io.BufferedReader = io.BufferedReader(filled, 1 << 16)
    yield Stream(decompress(plain, suffix) or plain)


def _outcome(opening: AbstractContextManager[Stream], name: str, linter: Linter) -> Outcome:
    check = linter.check(name)
    findings = list(read(opening, check.result, check.findings))
    result = check.result
    return {
        "complete": result.complete,
        "error_code": str(result.error_code) if result.error else "",
        "unchecked_lines": result.unchecked_lines,
        "lines": result.lines,
        "records": result.records,
        "findings": [_entry(finding) for finding in findings],
    }


def fix_of(data: bytes, *, unsafe: bool) -> tuple[bytes, set[str]]:
    """Fix data, and give what they are then and the rules whose faults were mended."""
    lines: list[bytes] = []
    output = Passed(lines.append, lambda: None, lambda: None)
    opened = partial(open_bytes, data)
    repairer, result = REPAIRERS[unsafe], FixResult("<bytes>")
    check = LINTER.check("<bytes>")
    for _ in fixed(
        opened(), check, repairer, again=opened, output_for=lambda _: output, result=result
    ):
        pass
    assert not check.result.error
    return b"".join(lines) if result.written else data, set(result.fixed)


def _entry(finding: Finding) -> Outcome:
    place = finding.place
    return {
        "rule": finding.rule,
        "severity": str(finding.severity),
        "line": finding.line,
        "column": place.column,
        "byte_offset": place.byte_offset,
        "byte_length": place.byte_length,
        "pointer": to_pointer(finding.problem.path),
    }


def expectations() -> dict[Path, str]:
    """Give the outcome of each file as text, one finding a line."""
    return {expected_file(path): _text(outcome(path)) for path in hostile_files()}


def _text(found: Outcome) -> str:
    counts = ",\n".join(f'"{key}": {json.dumps(found[key])}' for key in list(found)[:-1])
    findings = ",\n".join(map(json.dumps, found["findings"]))
    return f'{{\n{counts},\n"findings": [\n{findings}\n]\n}}\n'
