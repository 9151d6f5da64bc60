"""Statistics as one JSON document, whose form schemas/stats.schema.json describes."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from jsonl_lint.measuring.facts import SPEAKERS, TEXT
from jsonl_lint.measuring.measured import Measured, Total, Training
from jsonl_lint.reporting.document import dumps, header
from jsonl_lint.reporting.safe import safe

if TYPE_CHECKING:
    from jsonl_lint.measuring.facts import Facts
    from jsonl_lint.measuring.names import Names
    from jsonl_lint.measuring.spread import Spread
    from jsonl_lint.measuring.token_report import TokenReport
    from jsonl_lint.measuring.train_data import Dataset

NAMES = 100
"""Tools and roles that are named, the most frequent first; all are counted."""
BUCKETS = 24
"""Of a histogram, at most."""

Items = Generator[None, Measured | Total, None]


def report(write: Callable[[str], object], version: str) -> Items:
    """Write each file as it comes, and the whole at last."""
    write(dumps(header(version))[:-1] + ',"files":[')
    parted = ""
    while isinstance(item := (yield), Measured):
        write(f"{parted}\n{dumps(_file(item))}")
        parted = ","
    write("\n]," + dumps(_total(item))[1:] + "\n")


def _file(item: Measured) -> dict[str, Any]:
    result = item.result
    return {
        "name": safe(result.name),
        "complete": not result.error,
        "error": safe(result.error) or None,
        "error_code": result.error_code if result.error else None,
        "facts": _facts(item.facts),
        "tokens": _tokens(item.tokens),
    }


def _total(item: Total) -> dict[str, Any]:
    return {
        "complete": item.complete,
        "total": {
            "facts": _facts(item.facts),
            "tokens": _tokens(item.tokens) if item.tokens else None,
        },
        "plan": asdict(item.plan) if item.plan else None,
        "training": _training(item.training) if item.training else None,
    }


def _facts(facts: Facts) -> dict[str, Any]:
    return {
        "bytes": facts.bytes,
        "lines": facts.lines,
        "blank_lines": facts.blank_lines,
        "lines_without_record": facts.lines_without_record,
        "records": facts.records,
        "formats": dict(sorted(facts.formats.items())),
        "record_bytes": _spread(facts.record_bytes),
        "messages": facts.all_messages,
        "turns": facts.turns,
        "messages_a_record": _spread(facts.messages_a_record),
        "roles": {role: _role(facts, role) for role in SPEAKERS},
        "other_roles": _names(facts.other_roles),
        "text": {
            "bytes": facts.content_bytes(TEXT),
            "characters": _spread(facts.content_characters[TEXT]),
        },
        "training": {
            "assistant_share": facts.assistant_share,
            "learned_messages": facts.learned_messages,
            "learned_share": facts.learned_share,
            "weight_0_records": facts.weight_0_records,
        },
        "tools": _tools(facts),
    }


def _role(facts: Facts, role: str) -> dict[str, Any]:
    return {
        "messages": facts.messages(role),
        "without_content": facts.without_content[role],
        "bytes": facts.content_bytes(role),
        "characters": _spread(facts.content_characters[role]),
    }


def _tools(facts: Facts) -> dict[str, Any]:
    never = facts.never_called
    return {
        "records": facts.records_with_tools,
        "calls": facts.calls_a_record.sum,
        "calls_a_record": _spread(facts.calls_a_record),
        "argument_characters": facts.argument_characters,
        "declared": _names(facts.declared),
        "called": _names(facts.called),
        "never_called": None if never is None else len(never),
        "never_called_names": [safe(name) for name in (never or ())[:NAMES]],
    }


def _names(names: Names) -> dict[str, Any]:
    return {
        "names": len(names.counts),
        "whole": names.whole,
        "counts": [{"name": safe(name), "count": count} for name, count in names.top(NAMES)],
    }


def _spread(spread: Spread) -> dict[str, Any]:
    p5, median, p95, p99 = spread.quantiles(5, 50, 95, 99)
    return {
        "count": spread.count,
        "sum": spread.sum,
        "mean": spread.mean,
        "min": spread.min,
        "p5": p5,
        "median": median,
        "p95": p95,
        "p99": p99,
        "max": spread.max,
        "exact": spread.exact,
        "histogram": [
            {"low": bucket.low, "high": bucket.high, "count": bucket.number}
            for bucket in spread.histogram(BUCKETS)
        ],
    }


def _tokens(tokens: TokenReport) -> dict[str, Any]:
    return {
        "tokenizer": safe(tokens.tokenizer),
        "exact": tokens.exact,
        "records": tokens.records,
        "counted": tokens.counted,
        "refused": tokens.refused,
        "refusals": [
            {"reason": safe(reason), "count": count}
            for reason, count in sorted(tokens.refusals.items(), key=lambda one: (-one[1], one[0]))
        ],
        "total": tokens.total,
        "total_interval": tokens.total_interval,
        "trained": tokens.trained,
        "trained_interval": tokens.trained_interval,
        "tokens_a_record": _spread(tokens.tokens),
        "limit": tokens.limit,
        "over_limit": tokens.over_limit,
        "over_limit_lines": tokens.over_limit_lines,
        "unchecked": tokens.unchecked,
    }


def _training(training: Training) -> dict[str, Any]:
    data, overlap = training.data, training.data.overlap
    parts = training.plan.parts
    return {
        "name": safe(training.name),
        "plan": asdict(training.plan.plan),
        "train": [
            _dataset(dataset) | {"train_tokens": part.train_tokens, "epochs": part.epochs}
            for dataset, part in zip(data.train, parts, strict=True)
        ],
        "evaluation": [_dataset(dataset) for dataset in data.evaluation],
        "overlap": {
            "files": [safe(file) for file in overlap.shared_files],
            "records": overlap.records,
            "places": [{"file": safe(file), "line": line} for file, line in overlap.places],
            "complete": not overlap.incomplete,
        },
    }


def _dataset(dataset: Dataset) -> dict[str, Any]:
    return {
        "path": safe(str(dataset.source.path)),
        "kind": dataset.source.kind,
        "share": dataset.source.share,
        "bytes": dataset.bytes,
        "tokens": _tokens(dataset.report),
    }
