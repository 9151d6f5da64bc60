"""Convert records from one format or dialect to another, and say what that loses.

A record goes through a list of steps, each a function of its line and its decoded value, which
gives the new line. What a step cannot carry over it notes as a loss; a record that it cannot take
at all it refuses.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jsonl_lint.fixing.convert import (
    alpaca,
    arguments,
    names,
    prompt_completion,
    sharegpt,
    tools,
)
from jsonl_lint.fixing.convert.losses import RefusedError
from jsonl_lint.fixing.convert.mistral import to_mistral
from jsonl_lint.fixing.convert.openai import to_openai
from jsonl_lint.reading.decode import DECODER_NESTING, loads
from jsonl_lint.words import listing

if TYPE_CHECKING:
    from jsonl_lint.fixing.convert.losses import Loss

__all__ = ["ARGUMENTS", "DIALECTS", "FORMATS", "TOOLS", "Options", "Step", "convert", "plan"]

Step = Callable[[bytes, dict[str, Any], "list[Loss]"], bytes]
MESSAGES = "messages"

_TO_MESSAGES: dict[str, Step] = {
    "sharegpt": sharegpt.to_messages,
    "alpaca": alpaca.to_messages,
    "prompt-completion": prompt_completion.to_messages,
}
_FROM_MESSAGES: dict[str, Step] = {
    "sharegpt": sharegpt.from_messages,
    "alpaca": alpaca.from_messages,
    "prompt-completion": prompt_completion.from_messages,
}
FORMATS = (MESSAGES, *_FROM_MESSAGES)
ARGUMENTS: dict[str, Step] = {"string": arguments.to_string, "object": arguments.to_object}
TOOLS: dict[str, Step] = {"list": tools.to_list, "string": tools.to_string}
DIALECTS: dict[str, Step] = {"mistral": to_mistral, "openai": to_openai}


@dataclass(frozen=True, slots=True)
class Options:
    """What is wanted, each a key of the tables above; empty where nothing is."""

    to: str = ""
    arguments: str = ""
    tools: str = ""
    dialect: str = ""

    @property
    def needs_format(self) -> bool:
        """Whether the format of the records has to be known."""
        return bool(self.to or self.arguments or self.dialect)


def plan(source: str, options: Options) -> list[Step]:
    """List the steps for records of the format ``source``; raises RefusedError if there are none.

    A dialect and the form of arguments concern messages, so they are seen to while a record is in
    that form.
    """
    if source not in FORMATS and options.needs_format:
        message = f"the format is {source}, expected {listing(FORMATS)}; --from overrules this"
        raise RefusedError(message)
    target = options.to or source
    steps: list[Step] = []
    if source not in (target, MESSAGES):
        steps.append(_TO_MESSAGES[source])
    if options.arguments or options.dialect:
        if MESSAGES not in (source, target):
            message = f"these are records of the format {source}; add --to messages"
            raise RefusedError(message)
        steps += _message_steps(options)
    if target not in (source, MESSAGES):
        steps += [names.to_current] if source == MESSAGES and not options.dialect else []
        steps.append(_FROM_MESSAGES[target])
    return [*steps, TOOLS[options.tools]] if options.tools else steps


def _message_steps(options: Options) -> list[Step]:
    steps: list[Step] = []
    if options.dialect:
        steps += [names.to_current, tools.to_list, DIALECTS[options.dialect]]
    if options.arguments or options.dialect:
        steps.append(ARGUMENTS[options.arguments or "string"])
    return steps


def convert(raw: bytes, value: dict[str, Any], steps: list[Step], losses: list[Loss]) -> bytes:
    """Take a record through all steps; raises RefusedError where one cannot take it.

    ``raw`` is the line without white space around it, ``value`` what it decodes to. Losses are
    added to ``losses``; their paths are those in the form that the step was given.
    """
    for step in steps:
        made = step(raw, value, losses)
        if made is not raw:
            raw, value = made, _decoded(made)
    return raw


def _decoded(raw: bytes) -> dict[str, Any]:
    try:
        value: dict[str, Any] = loads(raw)
    except ValueError as error:  # of all that a step can add, only levels can be too much
        message = f"the converted record would nest deeper than {DECODER_NESTING:,} levels"
        raise RefusedError(message) from error
    return value
