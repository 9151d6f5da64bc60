"""What validate_data.py says of a training YAML: the whole plan, and each dataset's part of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jsonl_lint.measuring.models import find_model
from jsonl_lint.measuring.plan import Data, Machine, Plan, make_plan
from jsonl_lint.reading.small import read_small
from jsonl_lint.reading.source import Found

if TYPE_CHECKING:
    from jsonl_lint.measuring.train_data import TrainData
    from jsonl_lint.measuring.train_yaml import TrainYaml


_BY_SIZE = {
    (4096, False): "open-mistral-7b",
    (4096, True): "open-mixtral-8x7b",
    (5120, False): "open-mistral-nemo",
    (6144, False): "mistral-small",
    (6144, True): "open-mixtral-8x22b",
    (12288, False): "mistral-large-2407",
}
"""Models by ``dim`` and ``moe`` of their params.json; validate_data.py knows three of them."""
_PARAMS_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Part:
    """A dataset's part: by its weight, so many tokens are taken from it, so many times over."""

    path: str
    share: float
    data_tokens: int
    train_tokens: float
    epochs: float
    """0 where the dataset has no tokens."""


@dataclass(frozen=True, slots=True)
class TrainPlan:
    """The plan of a run, and the parts of its datasets in the order of the YAML."""

    plan: Plan
    parts: tuple[Part, ...]


def make_train_plan(yaml: TrainYaml, measured: TrainData, machine: Machine) -> TrainPlan:
    """Plan the run of a YAML over its measured data.

    Train tokens of a dataset are its share of all, epochs these by its own tokens, as
    ``get_train_stats`` in validate_data.py has it.
    """
    data = Data(
        bytes=sum(dataset.bytes for dataset in measured.train),
        tokens=sum(dataset.report.total for dataset in measured.train),
        trained=sum(dataset.report.trained for dataset in measured.train),
    )
    train_tokens = yaml.max_steps * machine.step_tokens
    parts = []
    for dataset in measured.train:
        tokens, taken = dataset.report.total, train_tokens * dataset.source.share
        epochs = taken / tokens if tokens else 0.0
        path = str(dataset.source.path)
        parts.append(Part(path, dataset.source.share, tokens, taken, epochs))
    return TrainPlan(make_plan(data, machine, yaml.max_steps), tuple(parts))


def model_name(text: str) -> str:
    """Give the model that ``model_id_or_path`` means, by its name or its folder, or nothing."""
    if find_model(text):
        return text
    try:
        path = Found(Path(text) / "params.json")
        params = json.loads(read_small(path, _PARAMS_BYTES, "list of parameters"))
        return _BY_SIZE.get((params["dim"], params.get("moe") is not None), "")
    except (ValueError, KeyError, TypeError, AttributeError):
        return ""
