"""The part of the statistics that plans a training run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.measuring.plan import EPOCHS
from jsonl_lint.reporting.columns import aligned, percent
from jsonl_lint.reporting.safe import cut, inert, leading
from jsonl_lint.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.measuring.measured import Training
    from jsonl_lint.measuring.plan import Plan, Run
    from jsonl_lint.measuring.train_data import Overlap

_HOUR = 3600
_LONGEST_PATH = 36
PLACES = 3
"""Places of records in training and evaluation data that are shown; all are counted."""


def plan_lines(plan: Plan) -> tuple[str, list[str]]:
    """Give the heading, which says what a step is, and the lines below it."""
    return f"plan: {_step(plan)}", list(_lines(plan))


def training_lines(training: Training, *, glyphs: bool) -> tuple[str, list[str]]:
    """Give the plan of a training YAML, its datasets, and what is evaluated with trained data."""
    name = cut(leading(training.name, glyphs=glyphs), _LONGEST_PATH)
    heading = f"{name}: {_step(training.plan.plan)}"
    lines = list(_lines(training.plan.plan))
    rows = [("dataset", "share", "tokens", "to train", "epochs")]
    for part in training.plan.parts:
        path = cut(leading(part.path, glyphs=glyphs), _LONGEST_PATH)
        figures = f"{part.data_tokens:,}", f"{round(part.train_tokens):,}", f"{part.epochs:,.2f}"
        rows.append((path, percent(part.share, 1), *figures))
    lines += aligned(rows)
    return heading, lines + list(_overlap(training.data.overlap, glyphs=glyphs))


def _overlap(overlap: Overlap, *, glyphs: bool) -> Iterator[str]:
    for file in overlap.shared_files:
        yield f"  warning: in training and evaluation: {inert(file, glyphs=glyphs)}"
    if overlap.records:
        records = count(overlap.records, "training record")
        yield f"  warning: {records} also evaluated, first at"
        for file, line in overlap.places[:PLACES]:
            yield f"    {leading(file, glyphs=glyphs)}:{line}"
    if overlap.incomplete:
        yield "  the evaluation data are too many to compare all of them"


def _step(plan: Plan) -> str:
    machine = plan.machine
    parts = f"{machine.batch_size:,} x {machine.seq_len:,} tokens x {machine.gpus:,} GPUs"
    return f"a step takes {machine.step_tokens:,} tokens ({parts})"


def _lines(plan: Plan) -> Iterator[str]:
    runs = [run for run in (plan.expected, plan.recommended) if run]
    if not runs:
        yield "  no tokens, no plan"
        return
    rows = [_cells(run) for run in runs]
    yield from aligned([("steps", "epochs", "by size", "tokens", "learned", "time", "cost"), *rows])
    if plan.recommended:
        yield f"  {EPOCHS} epochs by tokens take {count(plan.recommended.max_steps, 'step')}"
    steps = count(plan.recommended_steps_by_size, "step")
    yield f"  {EPOCHS} epochs by size, 1 MB a step as the guide has it, take {steps}"
    if any(run.disagree for run in runs):
        yield "  the two ways to count epochs disagree: go by tokens"


def _cells(run: Run) -> tuple[str, ...]:
    return (
        f"{run.max_steps:,}",
        f"{run.epochs:,.2f}",
        f"{run.epochs_by_size:,.2f}",
        f"{run.train_tokens:,}",
        f"{run.learned_tokens:,}",
        "" if run.seconds is None else _time(run.seconds),
        "" if run.cost is None else f"{run.cost:,.2f}",
    )


def _time(seconds: float) -> str:
    hours, rest = divmod(round(seconds), _HOUR)
    return f"{hours:,} h {rest // 60:02} min"
