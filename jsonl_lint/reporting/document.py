"""The parts that the formats for programs share; schemas/report.schema.json describes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from jsonl_lint.pointer import shown_pointer
from jsonl_lint.reporting.safe import inert_json, safe
from jsonl_lint.reporting.tally import file_gaps, tally

if TYPE_CHECKING:
    from jsonl_lint.finding import Finding
    from jsonl_lint.linting.summary import FileResult, Summary

TOOL = "jsonl-lint"
VERSION = 1
"""Of the document's form; it rises when a reader of the old form would break."""


def dumps(value: object) -> str:
    """Write JSON on one line; every text in it must have passed ``safe``."""
    return inert_json(orjson.dumps(value).decode())


def header(version: str) -> dict[str, Any]:
    """Say which form this is, and what wrote it."""
    return {"version": VERSION, "tool": {"name": TOOL, "version": safe(version)}}


def pointer(finding: Finding) -> str | None:
    """Give the finding's JSON Pointer; ``None`` where it is in no record, but in bytes."""
    path = finding.problem.path
    if finding.record is None or (finding.problem.span is not None and not path):
        return None
    return safe(shown_pointer(path))


def finding_entry(finding: Finding, fingerprint: str) -> dict[str, Any]:
    """Give a finding as the report's schema has it."""
    place = finding.place
    fix = finding.fix
    return {
        "rule": safe(finding.rule),
        "severity": str(finding.severity),
        "message": safe(finding.message),
        "hint": safe(finding.hint),
        "file": safe(finding.file),
        "line": finding.line,
        "column": place.column,
        "end_column": place.end_column,
        "byte_offset": place.byte_offset,
        "byte_length": place.byte_length,
        "pointer": pointer(finding),
        "record": finding.record,
        "fixable": fix is not None,
        "fix_safety": fix.value if fix else None,
        "fingerprint": fingerprint,
    }


def ending(summary: Summary, *, truncated: bool) -> dict[str, Any]:
    """Give what is known at the end; ``truncated`` says that findings were left out."""
    return {
        "complete": summary.complete,
        "interrupted": summary.interrupted,
        "truncated": truncated,
        "files": [_file_entry(file) for file in summary.files],
        "statistics": [
            {
                "rule": safe(row.rule),
                "severity": str(row.severity),
                "count": row.findings,
                "files": row.files,
                "lines": row.lines,
            }
            for row in tally(summary)
        ],
    }


def _file_entry(file: FileResult) -> dict[str, Any]:
    return {
        "name": safe(file.name),
        "size": file.size,
        "bytes": file.bytes_read,
        "lines": file.lines,
        "records": file.records,
        "complete": file.complete,
        "error": safe(file.error) or None,
        "error_code": next((gap.code for gap in file_gaps(file)), None),
        "unchecked_lines": file.unchecked_lines,
        "findings": file.counts.total(),
    }
