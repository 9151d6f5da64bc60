"""What comes of measuring: of one file, of all files together, of a training run's data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jsonl_lint.linting.summary import FileResult
    from jsonl_lint.measuring.facts import Facts
    from jsonl_lint.measuring.plan import Plan
    from jsonl_lint.measuring.token_report import TokenReport
    from jsonl_lint.measuring.train_data import TrainData
    from jsonl_lint.measuring.train_plan import TrainPlan


@dataclass(frozen=True, slots=True)
class Measured:
    """A file's facts and tokens; ``result`` says how far it was read, and why no further."""

    result: FileResult
    facts: Facts
    tokens: TokenReport


@dataclass(frozen=True, slots=True)
class Training:
    """The data of a training run, and the plan for it; ``name`` is that of its YAML file."""

    name: str
    data: TrainData
    plan: TrainPlan


@dataclass(frozen=True, slots=True)
class Total:
    """The facts and tokens of all files together, and the plans that were asked for.

    ``complete`` says that there was something to measure, and all of it was read to its end.
    ``tokens`` is ``None`` where there was no file.
    """

    facts: Facts
    tokens: TokenReport | None
    complete: bool
    plan: Plan | None
    training: Training | None
