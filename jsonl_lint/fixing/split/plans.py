"""The three ways to split: by the bytes of a part, into so many parts, by held-out records."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from jsonl_lint.fixing.split.cuts import cut, evenly, full_at, is_record, measure, refuse_longer
from jsonl_lint.fixing.split.holdout import Holdout, validation_limit
from jsonl_lint.fixing.split.job import Plan
from jsonl_lint.fixing.split.names import part_names, side_names
from jsonl_lint.fixing.split.parts import write_runs, write_sides
from jsonl_lint.fixing.split.prompts import group_key
from jsonl_lint.fixing.split.refused import RefusedError
from jsonl_lint.reading.errors import require_record
from jsonl_lint.reading.lines import OversizedLine
from jsonl_lint.reading.source import CHUNK_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jsonl_lint.fixing.split.cuts import Run
    from jsonl_lint.fixing.split.parts import Written
    from jsonl_lint.fixing.split.source import Source
    from jsonl_lint.targets import Limits


def by_bytes(source: Source, stem: str, *, limit: int) -> Plan:
    """Fill one part after the other with at most ``limit`` bytes."""
    lines = refuse_longer(source.lines(CHUNK_BYTES), limit)
    runs = list(cut(lines, full_at(limit)))
    return _in_order(source, stem, runs, {"mode": "max-bytes", "max_bytes": limit})


def into_parts(source: Source, stem: str, *, parts: int) -> Plan:
    """Make so many parts of about as many bytes."""
    whole = measure(source.lines(CHUNK_BYTES))
    require_record(whole.records, "split")
    runs = list(cut(source.lines(CHUNK_BYTES), evenly(parts, whole)))
    return _in_order(source, stem, runs, {"mode": "parts", "parts": parts})


def hold_out(source: Source, stem: str, *, limits: Limits, seed: int, max_line_bytes: int) -> Plan:
    """Hold out as much validation data as the limits of a target allow.

    Records are chosen by ``seed``, a number from 0 below 2^64. A line of more than
    ``max_line_bytes`` is refused: to know what it belongs to takes too much memory.
    """
    limit = validation_limit(source.size, limits.validation_bytes, limits.validation_percent)
    holdout = Holdout(limit)
    records = 0
    for number, line in enumerate(_whole_lines(source, max_line_bytes), 1):
        if is_record(line, number):
            records += 1
            holdout.add(group_key(line, seed), len(line))
    require_record(records, "split")
    chosen = holdout.chosen()
    if not chosen:
        raise _nothing_fits(limit, limits)

    def held(line: bytes) -> bool:
        return group_key(line, seed) in chosen

    def write(folder: Path) -> Written:
        lines = _whole_lines(source, max_line_bytes)
        written = write_sides(lines, held, side_names(stem), folder)
        if not written.parts[0].run.records:
            message = "no record would remain for training; add records"
            raise RefusedError(message)
        return written

    return Plan(side_names(stem), {"mode": "validation", "max_bytes": limit, "seed": seed}, write)


def _nothing_fits(limit: int, limits: Limits) -> RefusedError:
    share = f", {limits.validation_percent} % of the training data,"
    allowed = f"{limit:,} bytes{share if limit < limits.validation_bytes else ''}"
    why = "no record, together with those of the same first prompt, is that small"
    return RefusedError(f"validation data may have {allowed} and {why}; add records")


def _in_order(source: Source, stem: str, runs: list[Run], mode: dict[str, Any]) -> Plan:
    require_record(sum(run.records for run in runs), "split")
    names = part_names(stem, len(runs))
    return Plan(names, mode, partial(write_runs, source, runs, names))


def _whole_lines(source: Source, limit: int) -> Iterator[bytes]:
    for number, line in enumerate(source.lines(limit), 1):
        if isinstance(line, OversizedLine):
            size = f"line {number:,} has {len(line):,} bytes"
            message = f"{size}; a record may have {limit:,} to be compared with the others"
            raise RefusedError(message)
        yield line
