"""A finding stands at the same place in every report, and that is where its bytes are.

Columns count code points, offsets UTF-8 bytes; a byte order mark is no column, and a byte that is
not UTF-8 is one. All cases of the rules that hold such characters, escapes or line ends are read.
"""

from __future__ import annotations

import json
import re
from codecs import BOM_UTF8
from typing import TYPE_CHECKING, Any

import pytest
from actions_runner import properties
from cases import FIXTURES, content
from reporting_runs import options, written

from jsonl_lint import Config, lint_bytes
from jsonl_lint.linting.summary import Summary

if TYPE_CHECKING:
    from jsonl_lint import Report

NAME = "a.jsonl"
ASTRAL = (
    '{"messages": [{"role": "user", "content": "😀é東"}, {"rôle😀": 1, "role": "\\u0068uman😀"}]}'
)
BUILT = {
    "astral, LF": f"{ASTRAL}\n{ASTRAL}\n".encode(),
    "astral, CRLF": f"{ASTRAL}\r\n{ASTRAL}\r\n".encode(),
    "astral, byte order mark": BOM_UTF8 + f"{ASTRAL}\n{ASTRAL},\n".encode(),
    "astral, broken": f"{ASTRAL[:-1]}\n😀{ASTRAL}\n".encode(),
    "no UTF-8": ASTRAL.encode().replace("é".encode(), b"\xe9\xff") + b"\n",
}


def cases() -> dict[str, bytes]:
    found = dict(BUILT)
    for path in sorted(FIXTURES.glob("rules/*/*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            data = b"" if "facts" in case else content(case)
            if not data.isascii() or b"\\u" in data or b"\r" in data:
                found[f"{path.stem}: {case['case']}"] = data
    return found


CASES = cases()


def in_form(form: str, report: Report) -> str:
    return written(form, report.findings, Summary([report.result]), options(max_per_rule=10**6))


def columns_in_text(form: str, report: Report) -> list[tuple[int, int]]:
    found = re.findall(rf"^ *{NAME}:(\d+):(\d+)", in_form(form, report), re.MULTILINE)
    return [(int(line), int(column)) for line, column in found]


def in_annotation(finding: Any, report: Report) -> tuple[int, int, int]:
    text = written("github", [finding], Summary([report.result]), options())
    own = next(line for line in text.splitlines() if ",line=" in line)
    given, _ = properties(own)
    return int(given["line"]), int(given["col"]), int(given["endColumn"])


def region(result: Any) -> dict[str, int]:
    found: dict[str, int] = result["locations"][0]["physicalLocation"]["region"]
    return found


def columns_of(data: bytes, entry: dict[str, Any]) -> tuple[int, int]:
    """Count columns by the byte offsets alone."""
    before = data.split(b"\n")[: entry["line"] - 1]
    line = sum(len(one) + 1 for one in before)
    line += len(BOM_UTF8) if data.startswith(BOM_UTF8, line) else 0
    start = max(line, entry["byte_offset"])
    end = max(line, entry["byte_offset"] + entry["byte_length"])
    left, inside = (data[at:to].decode("utf-8", "surrogateescape") for at, to in
                    ((line, start), (start, end)))  # fmt: skip
    return 1 + len(left), 1 + len(left) + len(inside)


@pytest.mark.parametrize("name", CASES)
def test_all_reports_agree(name: str) -> None:
    data = CASES[name]
    report = lint_bytes(data, filename=NAME, config=Config(select=("ALL",)))
    entries = json.loads(in_form("json", report))["findings"]
    starts = [(entry["line"], entry["column"]) for entry in entries]
    assert columns_in_text("concise", report) == starts
    assert sorted(columns_in_text("text", report)) == sorted(starts)
    lines = [json.loads(line) for line in in_form("jsonl", report).splitlines()[1:-1]]
    assert [{key: line[key] for key in line if key != "type"} for line in lines] == entries
    (run,) = json.loads(in_form("sarif", report))["runs"]
    regions = {tuple(region(result).values()) for result in run["results"]}
    ends = [(entry["line"], entry["end_column"]) for entry in entries]
    spans = [(entry["byte_offset"], entry["byte_length"]) for entry in entries]
    assert regions == {(*a, *b, *c) for a, b, c in zip(starts, ends, spans, strict=True)}
    for finding, entry in zip(report.findings, entries, strict=True):
        place = entry["line"], entry["column"], entry["end_column"]
        assert in_annotation(finding, report) == place
        if entry["record"] is not None:
            assert columns_of(data, entry) == place[1:], entry


def test_there_are_many_such_cases() -> None:
    assert len(CASES) > 80
