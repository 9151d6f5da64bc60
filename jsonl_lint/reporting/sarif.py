"""SARIF 2.1.0, as GitHub code scanning takes it: one run, at most 5,000 results."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonl_lint.finding import Finding
from jsonl_lint.reading.errors import MEANINGS
from jsonl_lint.reporting.descriptors import LEVELS, descriptor
from jsonl_lint.reporting.document import TOOL, dumps, pointer
from jsonl_lint.reporting.ordinals import Ordinals
from jsonl_lint.reporting.safe import safe
from jsonl_lint.reporting.sampling import Sample
from jsonl_lint.reporting.tally import gaps, totals
from jsonl_lint.reporting.uri import ROOT, artifact
from jsonl_lint.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.linting.summary import Summary
    from jsonl_lint.reporting import Items, Options, Write

MAX_RESULTS = 5000
"""GitHub shows so many of a run."""

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def report(write: Write, options: Options) -> Items:
    """Keep a sample of the findings, and write the document at the end."""
    sample = Sample(MAX_RESULTS, options.max_per_rule)
    while isinstance(item := (yield), Finding):
        sample.add(item)
    run = _run(item, sample, options)
    write(dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}) + "\n")


def _run(summary: Summary, sample: Sample, options: Options) -> dict[str, Any]:
    found = totals(summary)
    left_out = sample.left_out(found)
    names = sorted({*options.rules, *found})
    return {
        "tool": {
            "driver": {
                "name": TOOL,
                "version": safe(options.version),
                "semanticVersion": safe(options.version),
                "rules": [descriptor(name, options.rules.get(name)) for name in names],
                "notifications": _notifications(summary),
            }
        },
        "invocations": [
            {
                "executionSuccessful": summary.complete,
                "toolExecutionNotifications": [*_unread(summary), *_omitted(left_out)],
            }
        ],
        "automationDetails": {"id": f"{TOOL}/"},
        "originalUriBaseIds": {ROOT: {"description": {"text": "the folder of the run"}}},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\n"],
        "defaultEncoding": "utf-8",
        "results": list(_results(sample.taken(), {name: at for at, name in enumerate(names)})),
        "properties": {"findings": {safe(rule): found[rule] for rule in sorted(found)}},
    }


def _unread(summary: Summary) -> Iterator[dict[str, Any]]:
    for gap in gaps(summary):
        where = {"physicalLocation": {"artifactLocation": artifact(gap.file)}}
        text = f"{safe(gap.file)}: {safe(gap.reason)}" if gap.file else safe(gap.reason)
        yield {
            "descriptor": {"id": gap.code},
            "level": "error",
            "message": {"text": text},
            "locations": [where] if gap.file else [],
        }


def _notifications(summary: Summary) -> list[dict[str, Any]]:
    """Describe the codes that the run's notifications have."""
    codes = sorted({gap.code for gap in gaps(summary)})
    return [{"id": code, "shortDescription": {"text": MEANINGS[code]}} for code in codes]


def _omitted(left_out: dict[str, int]) -> Iterator[dict[str, Any]]:
    if left_out:
        most = sorted(left_out.items(), key=lambda one: (-one[1], one[0]))
        listed = ", ".join(f"{number:,} {safe(rule)}" for rule, number in most)
        total = count(sum(left_out.values()), "finding")
        text = f"{total} not among the results, which are {MAX_RESULTS:,} at most: {listed}"
        yield {"level": "note", "message": {"text": text}}


def _results(findings: list[Finding], index: dict[str, int]) -> Iterator[dict[str, Any]]:
    ordinals = Ordinals()
    files = {name: artifact(name) for name in {finding.file for finding in findings}}
    for finding in findings:
        name = ordinals.named(finding)
        yield {
            "ruleId": safe(finding.rule),
            "ruleIndex": index[finding.rule],
            "level": LEVELS[finding.severity],
            "message": {"text": _sentences(finding)},
            "locations": [_location(finding, files[finding.file])],
            "partialFingerprints": {"primaryLocationLineHash": name, "jsonlLint/v1": name},
        }


def _sentences(finding: Finding) -> str:
    """Give message and hint as two sentences; SARIF refuses an empty text."""
    hint = f" {_sentence(finding.hint)}" if finding.hint else ""
    return f"{_sentence(finding.message or finding.rule)}{hint}"


def _sentence(text: str) -> str:
    shown = safe(text)
    is_word = shown.partition(" ")[0].isalpha()  # an identifier keeps its letters as they are
    start = shown[:1].upper() if is_word else shown[:1]
    return start + shown[1:] + ("" if shown.endswith((".", "?")) else ".")


def _location(finding: Finding, where: dict[str, Any]) -> dict[str, Any]:
    place = finding.place
    physical = {
        "artifactLocation": where,
        "region": {
            "startLine": finding.line,
            "startColumn": place.column,
            "endLine": finding.line,
            "endColumn": place.end_column,
            "byteOffset": place.byte_offset,
            "byteLength": place.byte_length,
        },
    }
    within = pointer(finding)
    if not within:
        return {"physicalLocation": physical}
    kind = "property" if isinstance(finding.problem.path[-1], str) else "value"
    logical = {"fullyQualifiedName": within, "kind": kind}
    return {"physicalLocation": physical, "logicalLocations": [logical]}
