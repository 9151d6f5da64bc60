"""The options of ``stats``, and what they say together with a training YAML: they overrule it."""

from __future__ import annotations

from dataclasses import replace
from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from jsonl_lint.cli.options import progress_option, with_options
from jsonl_lint.measuring.counts import TokenizerError
from jsonl_lint.measuring.estimate import ESTIMATE
from jsonl_lint.measuring.models import MODELS, find_model
from jsonl_lint.measuring.plan import GPUS, Machine
from jsonl_lint.measuring.sampling import SAMPLE
from jsonl_lint.measuring.tokens import load_tokenizer
from jsonl_lint.measuring.train_plan import model_name
from jsonl_lint.measuring.train_yaml import TrainYaml, TrainYamlError, read_train_yaml
from jsonl_lint.words import quote, suggestion

if TYPE_CHECKING:
    from collections.abc import Callable

    from jsonl_lint.measuring.counts import Tokenizer
    from jsonl_lint.measuring.models import Model

_POSITIVE = click.IntRange(min=1)


def _price(text: str) -> float:
    """Read a price: a number of at least 0."""
    try:
        price = float(text)
    except ValueError:
        price = inf
    if not 0 <= price < inf:  # which no NaN is
        message = f"{text!r} is not a number of at least 0"
        raise click.BadParameter(message)
    return price


_OPTIONS = (
    click.option("-f", "--format", type=click.Choice(["text", "json"]), default="text",
                 show_default=True, help="For people or for programs."),
    click.option("-o", "--output-file", default="-", metavar="PATH",
                 help="Write there instead of standard output."),
    click.option("--tokenizer", metavar="NAME|PATH",
                 help="Count the tokens of a model, a tokenizer or its file, or: estimate  "
                 "[default: Mistral's v3 where mistral-common is installed, else estimate]."),
    click.option("--exact", is_flag=True,
                 help=f"Count the tokens of all records, not of {SAMPLE:,} drawn from a file."),
    click.option("--model", metavar="NAME",
                 help="Plan for this model: its tokenizer, context and speed."),
    click.option("--max-steps", type=_POSITIVE, metavar="N", help="Plan a run of N steps."),
    click.option("--seq-len", type=_POSITIVE, metavar="N",
                 help="Tokens of a sequence; records with more are counted."),
    click.option("--batch-size", type=_POSITIVE, metavar="N",
                 help="Sequences that a GPU takes in a step."),
    click.option("--gpus", type=_POSITIVE, metavar="N",
                 help=f"GPUs that train  [default: {GPUS}]."),
    click.option("--price", type=_price, metavar="PRICE",
                 help="What a million tokens trained costs, in any currency."),
    click.option("--train-yaml", metavar="FILE",
                 help="Plan the run of a mistral-finetune YAML, over the data it names."),
    progress_option,
)  # fmt: skip
_ABOUT_PLANS = ("model", "max_steps", "seq_len", "batch_size", "gpus", "price")


def stats_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options to a command, in the order in which help lists them."""
    return with_options(_OPTIONS, command)


class Settings(NamedTuple):
    """What to measure with; ``yaml`` is ``None`` where none was given."""

    options: dict[str, Any]
    model: Model | None
    tokenizer: Tokenizer
    yaml: TrainYaml | None

    @property
    def sample(self) -> int | None:
        """Records of a file whose tokens are counted; ``None`` stands for all."""
        return None if self.options["exact"] else SAMPLE

    @property
    def limit(self) -> int | None:
        """Tokens that no record should exceed, where something says so."""
        context = self.model.context if self.model else None
        return self.options["seq_len"] or context

    @property
    def wants_plan(self) -> bool:
        """Whether an option asks for the plan of a run over the files."""
        return any(self.options[name] is not None for name in _ABOUT_PLANS)

    def machine(self, **known: int) -> Machine:
        """Say how it is trained; an option goes before what is known from elsewhere."""
        names = ("seq_len", "batch_size", "gpus", "price")
        given = {name: self.options[name] for name in names if self.options[name] is not None}
        speed = self.model.words_per_second if self.model else None
        return Machine(**(known | given | {"words_per_second": speed}))


def read_settings(options: dict[str, Any]) -> Settings:
    """Read what the options name; raises click.UsageError."""
    path = options["train_yaml"]
    try:
        yaml = _overruled(read_train_yaml(path), options) if path else None
        name = options["model"] or (model_name(yaml.model) if yaml else "")
        model = _model(name) if name else None
        return Settings(options, model, _tokenizer(options["tokenizer"], model), yaml)
    except TrainYamlError as error:
        message = f"{path}: {error}"
        raise click.UsageError(message) from error
    except TokenizerError as error:
        raise click.UsageError(str(error)) from error


def _overruled(yaml: TrainYaml, options: dict[str, Any]) -> TrainYaml:
    names = ("seq_len", "batch_size", "max_steps")
    return replace(yaml, **{name: options[name] for name in names if options[name] is not None})


def _model(name: str) -> Model:
    model = find_model(name)
    if model is None:
        message = f"unknown model {quote(name)}; {suggestion(name, MODELS)}"
        raise click.UsageError(message)
    return model


def _tokenizer(name: str | None, model: Model | None) -> Tokenizer:
    """Load the tokenizer that is named; that of the model only if it is installed."""
    if name or not model:
        return load_tokenizer(name)
    try:
        return load_tokenizer(model.tokenizer)
    except TokenizerError:
        return load_tokenizer(ESTIMATE)
