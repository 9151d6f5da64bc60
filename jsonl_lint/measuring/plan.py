"""The plan of a training run: epochs, steps, time and cost, by both rules that Mistral gives.

The guide: epochs = max_steps / megabytes of the training files. validate_data.py of
mistral-finetune: a step takes ``batch_size * seq_len`` tokens on each of 8 GPUs, epochs = tokens
trained / tokens of the data, three are recommended, and the time is tokens / (GPUs * tokens a
second) + 5 minutes. The two agree where a step takes a megabyte, which is 262,144 tokens of 4
bytes: 8 GPUs of 32,768.
"""

from __future__ import annotations

from dataclasses import dataclass

GPUS = 8
SEQ_LEN = 32_768
BATCH_SIZE = 1
EPOCHS = 3
"""What validate_data.py recommends."""
STARTUP_SECONDS = 300
"""Loading, start, checkpoints and evaluation, as validate_data.py allows for them."""
MEGABYTE = 1_000_000
FACTOR = 2
"""From here on the two rules are said to disagree."""


@dataclass(frozen=True, slots=True)
class Data:
    """What is trained on: bytes of the files, their tokens, and those of them that are learned."""

    bytes: int
    tokens: int
    trained: int


@dataclass(frozen=True, slots=True)
class Machine:
    """How it is trained.

    ``words_per_second`` is tokens a second of one GPU, ``price`` that of a million tokens trained;
    ``None``: not known.
    """

    seq_len: int = SEQ_LEN
    batch_size: int = BATCH_SIZE
    gpus: int = GPUS
    words_per_second: int | None = None
    price: float | None = None

    @property
    def step_tokens(self) -> int:
        """Tokens that a step takes."""
        return self.batch_size * self.seq_len * self.gpus


@dataclass(frozen=True, slots=True)
class Run:
    """A run of so many steps; ``seconds`` and ``cost`` are ``None`` where they are not known."""

    max_steps: int
    train_tokens: int
    epochs: float
    """By tokens."""
    epochs_by_size: float
    """By megabytes, as the guide has it."""
    learned_tokens: int
    """Tokens of ``train_tokens`` that the loss is computed on, at the share of the data."""
    seconds: float | None
    cost: float | None

    @property
    def disagree(self) -> bool:
        """Whether one rule gives more than ``FACTOR`` times the epochs of the other."""
        low, high = sorted((self.epochs, self.epochs_by_size))
        return high > FACTOR * low


@dataclass(frozen=True, slots=True)
class Plan:
    """The run that was asked for, and the one of three epochs; ``None`` where there is no token."""

    machine: Machine
    expected: Run | None
    recommended: Run | None
    recommended_steps_by_size: int
    """Steps for three epochs as the guide has it."""


def make_plan(data: Data, machine: Machine, max_steps: int | None = None) -> Plan:
    """Plan a run of ``max_steps`` steps, and one of three epochs, over the data."""
    steps = int(data.tokens / machine.step_tokens * EPOCHS)  # rounded down, as there
    return Plan(
        machine=machine,
        expected=_run(data, machine, max_steps) if max_steps else None,
        recommended=_run(data, machine, max(1, steps)),
        recommended_steps_by_size=max(1, round(EPOCHS * data.bytes / MEGABYTE)),
    )


def _run(data: Data, machine: Machine, max_steps: int) -> Run | None:
    if not data.tokens or not data.bytes:
        return None
    tokens = max_steps * machine.step_tokens
    seconds = None
    if machine.words_per_second:
        seconds = tokens / machine.gpus / machine.words_per_second + STARTUP_SECONDS
    return Run(
        max_steps=max_steps,
        train_tokens=tokens,
        epochs=tokens / data.tokens,
        epochs_by_size=max_steps / (data.bytes / MEGABYTE),
        learned_tokens=round(tokens * data.trained / data.tokens),
        seconds=seconds,
        cost=None if machine.price is None else tokens / 1_000_000 * machine.price,
    )
