"""Read the YAML of a mistral-finetune run: its data with their weights, and how it is trained.

Keys and defaults are those of ``TrainArgs`` and ``DataArgs`` in mistral-finetune. What they do not
say is passed over.
"""

from __future__ import annotations

import math
import os
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from jsonl_lint.reading.small import read_small
from jsonl_lint.words import SHOWN_LENGTH, install_command, quote, scalar, type_name

SEQ_LEN = 2048
BATCH_SIZE = 1
MAX_STEPS = 100
MAX_BYTES = 1 << 16
"""Bytes of a file; that of Mistral's own example has about a thousand."""
MAX_BRACKETS = 200
"""Brackets that open; PyYAML looks at all that are open with each word that it reads."""
MAX_MEMBERS = 10_000
"""Members of all mappings, those that merge keys bring included."""
NO_NUMBER = 1 << 62
PRETRAIN, INSTRUCT = "pretrain", "instruct"


class TrainYamlError(ValueError):
    """The file cannot be used; the text says why and what to do, for the user."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file or folder of the data: ``share`` is its weight of the sum of all weights."""

    path: Path
    kind: str
    share: float

    def files(self) -> list[Path]:
        """Give its files: of a folder all whose name ends in ``jsonl``, at any depth, sorted."""
        return sorted(self.path.rglob("*jsonl")) if self.path.is_dir() else [self.path]


@dataclass(frozen=True, slots=True)
class TrainYaml:
    """What a run is made of; ``model`` is a name or the path of a folder."""

    train: tuple[Source, ...]
    evaluation: tuple[Source, ...]
    seq_len: int
    batch_size: int
    max_steps: int
    model: str


def read_train_yaml(path: str | Path) -> TrainYaml:
    """Read a YAML file; raises TrainYamlError.

    A relative path of the data counts from the current folder, as it does for mistral-finetune, or
    else from the folder of the file.
    """
    content = _load(Path(path))
    data = content.get("data")
    if not isinstance(data, dict):
        message = f'"data" is {type_name(data)}; expected an object with "instruct_data"'
        raise TrainYamlError(message)
    folder = Path(path).parent
    train = _sources(
        [(PRETRAIN, _text(data, "data")), (INSTRUCT, _text(data, "instruct_data"))], folder
    )
    if not train:
        message = 'it names no training data; put files into "data.instruct_data"'
        raise TrainYamlError(message)
    return TrainYaml(
        train=train,
        evaluation=_sources([(INSTRUCT, _text(data, "eval_instruct_data"))], folder),
        seq_len=_number(content, "seq_len", SEQ_LEN),
        batch_size=_number(content, "batch_size", BATCH_SIZE),
        max_steps=_number(content, "max_steps", MAX_STEPS),
        model=_text(content, "model_id_or_path"),
    )


def split_source(text: str) -> tuple[str, float]:
    """Split ``path:weight`` into both; without a weight it is 1.

    Only a number behind the last colon is a weight, so that ``E:/x.jsonl`` is a path. Raises
    TrainYamlError for a weight that is not above 0.
    """
    path, colon, weight = text.rpartition(":")
    if not colon:
        return text, 1.0
    try:
        number = float(weight)
    except ValueError:
        return text, 1.0
    if not 0 < number < math.inf:
        shown = weight[:SHOWN_LENGTH]
        message = f"the weight of {quote(path)} is {shown}; expected a number above 0"
        raise TrainYamlError(message)
    return path, number


def _load(path: Path) -> dict[str, Any]:
    if find_spec("yaml") is None:
        message = f"a YAML file needs PyYAML; install it with {install_command('mistral')}"
        raise TrainYamlError(message)
    yaml = import_module("yaml")
    text = _text_of(path)
    try:
        content = yaml.load(text, _loader(yaml))
    except Exception as error:  # whatever a wrong value brings: PyYAML lets all of it through
        mark = getattr(error, "problem_mark", None)
        place = f" at line {mark.line + 1}" if mark else ""
        message = f"not valid YAML{place}"
        raise TrainYamlError(message) from error
    if not isinstance(content, dict):
        message = f"it holds {type_name(content)}; expected an object"
        raise TrainYamlError(message)
    return content


def _text_of(path: Path) -> bytes:
    try:
        text = read_small(str(path), MAX_BYTES, "training configuration")
    except ValueError as error:
        raise TrainYamlError(str(error)) from error
    brackets = text.count(b"[") + text.count(b"{")
    if brackets > MAX_BRACKETS:
        message = f"it has {brackets:,} brackets, which no training configuration has"
        raise TrainYamlError(message)
    return text


def _loader(yaml: Any) -> Any:  # noqa: ANN401 - PyYAML is not there for all
    """Make a SafeLoader for which merge keys cannot multiply what they merge."""

    class Loader(yaml.SafeLoader):  # type: ignore[misc] # which is imported when it is needed
        members = 0

        def flatten_mapping(self, node: Any) -> None:  # noqa: ANN401 - see above
            super().flatten_mapping(node)
            self.members += len(node.value)
            if self.members > MAX_MEMBERS:
                raise OverflowError

    return Loader


def _sources(named: list[tuple[str, str]], folder: Path) -> tuple[Source, ...]:
    found: dict[str, tuple[str, float]] = {}
    for kind, text in named:
        for part in filter(None, map(str.strip, text.split(","))):
            path, weight = split_source(part)
            if path in found:
                message = f"{quote(path)} is named twice; name it once, with the sum of weights"
                raise TrainYamlError(message)
            found[path] = (kind, weight)
    whole = sum(weight for _, weight in found.values())
    return tuple(
        Source(_existing(path, folder), kind, weight / whole)
        for path, (kind, weight) in found.items()
    )


def _existing(text: str, folder: Path) -> Path:
    places = (Path(text), folder / text)
    path = next((path for path in places if os.path.exists(path)), None)  # noqa: PTH110 - never raises
    if path is None:
        message = f"there is no file or folder {quote(text)}"
        raise TrainYamlError(message)
    if path.is_dir() and not any(path.rglob("*jsonl")):
        message = f"the folder {quote(text)} has no .jsonl files"
        raise TrainYamlError(message)
    return path


def _text(table: dict[str, Any], key: str) -> str:
    value = table.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        message = f"{quote(key)} is {type_name(value)}; expected a string"
        raise TrainYamlError(message)
    return value


def _number(table: dict[str, Any], key: str, default: int) -> int:
    value = table.get(key, default)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < NO_NUMBER:
        shown = type_name(value) if _is_endless(value) else scalar(value)
        message = f"{quote(key)} is {shown}; expected a whole number above 0"
        raise TrainYamlError(message)
    return value


def _is_endless(value: object) -> bool:
    """Tell whether a number has more digits than Python or anybody reads."""
    return isinstance(value, int) and abs(value) >= NO_NUMBER
