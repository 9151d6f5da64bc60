"""Count the data of a training YAML as validate_data.py does, and find what is evaluated too."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import orjson

from jsonl_lint.linting.summary import FileResult
from jsonl_lint.measuring.facts import Facts
from jsonl_lint.measuring.run import measure
from jsonl_lint.measuring.sampling import SAMPLE, TokenTotals
from jsonl_lint.measuring.token_report import TokenReport, combine
from jsonl_lint.reading.errors import ReadError
from jsonl_lint.reading.seen import MAX_REMEMBERED, Seen
from jsonl_lint.reading.source import Found

if TYPE_CHECKING:
    from collections.abc import Callable

    from jsonl_lint.measuring.counts import Tokenizer
    from jsonl_lint.measuring.train_yaml import Source, TrainYaml

    See = Callable[[dict[str, Any], str, int], None]

PLACES_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Dataset:
    """A source of the data: bytes of its files and tokens of its records."""

    source: Source
    bytes: int
    report: TokenReport


@dataclass(slots=True)
class Overlap:
    """Records that stand in the training data and in the evaluation data.

    ``shared_files`` are in both lists. ``records`` training records are also evaluated, the first
    of them at ``places``; a record is the same whatever its spaces, escapes and order of keys.
    ``incomplete`` says that there are more than ``MAX_REMEMBERED`` evaluation records, of which the
    later ones were not compared.
    """

    shared_files: list[str] = field(default_factory=list)
    records: int = 0
    places: list[tuple[str, int]] = field(default_factory=list)
    incomplete: bool = False


@dataclass(frozen=True, slots=True)
class TrainData:
    """All data of a run."""

    train: tuple[Dataset, ...]
    evaluation: tuple[Dataset, ...]
    overlap: Overlap


def measure_train_data(
    yaml: TrainYaml, tokenizer: Tokenizer, *, sample: int | None = SAMPLE
) -> TrainData:
    """Read and count all files of a run, the evaluation data first, whose digests are kept.

    Raises ReadError, with the name of the file, where one cannot be read to its end.
    """
    watch = _Watch(Overlap(shared_files=_shared_files(yaml)))

    def count(source: Source, see: See) -> Dataset:
        size, reports = 0, []
        named = Found if source.path.is_dir() else str
        for file in source.files():
            totals = TokenTotals(tokenizer, sample=sample, limit=yaml.seq_len)
            size += _read(named(file), totals, see)
            reports.append(totals.finish())
        return Dataset(source, size, combine(reports))

    evaluation = tuple([count(source, watch.remember) for source in yaml.evaluation])
    train = tuple([count(source, watch.compare) for source in yaml.train])
    return TrainData(train, evaluation, watch.overlap)


def canonical(value: dict[str, Any]) -> bytes:
    """Write a record so that it is the same whatever its spaces, escapes and order of keys."""
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError:  # it nests deeper than orjson writes
        return repr(value).encode()


class _Watch:
    """Sees the evaluation records, then the training records, and notes those that come again."""

    def __init__(self, overlap: Overlap) -> None:
        self.overlap = overlap
        self._evaluated = Seen(MAX_REMEMBERED)

    def remember(self, value: dict[str, Any], _name: str, _line: int) -> None:
        if not self._evaluated.add(canonical(value), 1):
            self.overlap.incomplete = True

    def compare(self, value: dict[str, Any], name: str, line: int) -> None:
        if self._evaluated.first(canonical(value)):
            self.overlap.records += 1
            if len(self.overlap.places) < PLACES_SHOWN:
                self.overlap.places.append((name, line))


def _read(name: str, totals: TokenTotals, see: See) -> int:
    """Feed the records of a file to both; give the file's bytes."""
    result = FileResult(name)

    def feed(value: dict[str, Any], size: int) -> None:
        totals.feed(value, size, result.lines)
        see(value, name, result.lines)

    measure(result, Facts(), feed)
    if result.error:
        message = f"{name}: {result.error_code}: {result.error}"
        raise ReadError(message, result.error_code)
    return result.bytes_read


def _shared_files(yaml: TrainYaml) -> list[str]:
    evaluated = {file.resolve() for source in yaml.evaluation for file in source.files()}
    trained = {file for source in yaml.train for file in source.files()}
    return sorted(str(file) for file in trained if file.resolve() in evaluated)
