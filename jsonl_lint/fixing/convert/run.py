"""Convert an input from its first record to its last, and keep count of what that loses."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from jsonl_lint.fixing.convert import convert, plan
from jsonl_lint.fixing.convert.losses import RefusedError
from jsonl_lint.pointer import shape
from jsonl_lint.reading.decode import loads
from jsonl_lint.reading.first import first_fault
from jsonl_lint.records.formats import name_format
from jsonl_lint.words import type_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from jsonl_lint.finding import Path
    from jsonl_lint.fixing.convert import Options, Step
    from jsonl_lint.fixing.convert.losses import Loss
    from jsonl_lint.fixing.convert.source import Source

SHOWN = 3
"""How many places of a loss, or refused records, are kept for the report."""
_SHAPES = 100
"""How many kinds of place are told apart; keys come from the data, so there may be any number."""
_ELSEWHERE = "other places"


@dataclass(slots=True)
class Lost:
    """Losses of one kind at one kind of place: how many records have any, and the first of them."""

    records: int = 0
    numbers: list[int] = field(default_factory=list)

    def add(self, number: int) -> None:
        """Count a record."""
        self.records += 1
        if len(self.numbers) < SHOWN:
            self.numbers.append(number)


@dataclass(slots=True)
class Refusal:
    """Why a record was refused; ``number`` is ``None`` where the text says which one it is."""

    number: int | None
    reason: str
    path: Path


@dataclass(slots=True)
class Report:
    """What became of an input."""

    unit: str
    """What numbers count: "line" or "record"."""
    format: str
    """The format of the records, where it had to be known."""
    allow_loss: bool
    records: int = 0
    lost: dict[tuple[str, str], Lost] = field(default_factory=dict)
    """By kind and by the pointer that fits all places, with ``*`` for each index."""
    refused: int = 0
    refusals: list[Refusal] = field(default_factory=list)

    def refuse(self, number: int | None, error: RefusedError) -> None:
        """Count a record that cannot be converted."""
        self.refused += 1
        if len(self.refusals) < SHOWN:
            self.refusals.append(Refusal(number, str(error), error.path))

    def lose(self, number: int, losses: list[Loss]) -> None:
        """Count the losses of a record; each kind at each kind of place counts once."""
        for key in {(loss.kind, shape(loss.path)) for loss in losses}:
            known = key in self.lost or len(self.lost) < _SHAPES
            self.lost.setdefault(key if known else (key[0], _ELSEWHERE), Lost()).add(number)

    @property
    def may_be_written(self) -> bool:
        """Whether what was made of the records may be written."""
        return not self.refused and (self.allow_loss or not self.lost)


class _HopelessError(RefusedError):
    """No record of the input can be converted."""


class Conversion:
    """Converts the records of one source; each result goes to ``write``.

    ``given`` is the format that the user says the records have; without it the first record
    decides, and each other one must have the keys of the same format.
    """

    def __init__(self, options: Options, given: str, *, allow_loss: bool) -> None:
        self._options = options
        self._given = given
        self._allow_loss = allow_loss
        self._steps: list[Step] | None = None

    def run(self, source: Source, write: Callable[[bytes], None]) -> Report:
        """Convert all records; nothing more is written once it is clear that nothing may be.

        Raises ReadError where the source cannot be read to its end.
        """
        report = Report(source.unit, self._given, self._allow_loss)
        try:
            for number, raw in source.records():
                report.records += 1
                losses: list[Loss] = []
                try:
                    made = self._converted(raw, report, losses)
                except _HopelessError as error:
                    report.refuse(number, error)
                    break
                except RefusedError as error:
                    report.refuse(number, error)
                    continue
                report.lose(number, losses)
                if report.may_be_written:
                    write(made + b"\n")
        except RefusedError as error:  # of the source: what follows cannot be told apart
            report.refuse(None, error)
        return report

    def _converted(self, raw: bytes, report: Report, losses: list[Loss]) -> bytes:
        value = _decode(raw)
        if self._steps is None:
            self._steps = self._plan(value, report)
        if report.format and not self._given:
            found = name_format(value)
            if found != report.format:
                message = f"its keys are those of the format {found}, not of {report.format}"
                raise RefusedError(message)
        return convert(raw, value, self._steps, losses)

    def _plan(self, value: dict[str, Any], report: Report) -> list[Step]:
        if self._options.needs_format and not report.format:
            report.format = name_format(value)
        try:
            return plan(report.format, self._options)
        except RefusedError as error:
            raise _HopelessError(str(error)) from error


def _decode(raw: bytes) -> dict[str, Any]:
    try:
        value = loads(raw)
    except ValueError as error:
        raise RefusedError(first_fault(raw).message) from error
    if not isinstance(value, dict):
        message = f"the record is {type_name(value)}, expected an object"
        raise RefusedError(message)
    return value
