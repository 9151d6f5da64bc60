"""Find the faults of a record of very many values piece by piece.

jsonschema-rs collects all faults before it gives one, and each takes kilobytes: of a million they
would take gigabytes. A piece is the record with its lists cut to some of their elements. What is
wrong outside of the elements is told once, of a frame that has one element in each list.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from jsonl_lint.finding import Problem
from jsonl_lint.records.shallow import canonical
from jsonl_lint.schema.explain import PIECE, faults_of, told
from jsonl_lint.words import Spelling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jsonl_lint.finding import Named, Path
    from jsonl_lint.schema.fault import Fault, Validator

MAX_EXPLAINED = 100_000
"""Values of what cannot be cut and whose faults are looked for.

By a shipped schema it has few faults then; by a plugin's they might take a gigabyte.
"""

MAX_WORK = 1 << 29
"""Bytes of all frames together: each piece has its own, which takes its time too."""
_VALUE_BYTES = 64

_STAND_IN = 20
"""Values of an element that may stand for others: what is wrong in it shows with each piece."""


@dataclass(frozen=True, slots=True)
class Beyond:
    """The place of what may have faults, and has too many values for them to be looked for."""

    path: Path


class _Part(NamedTuple):
    """What is explained: the record, or an element of a list in it.

    ``place`` is where it stands in the record, ``inside`` where in what ``around`` puts around it.
    """

    value: Any
    place: Path = ()
    inside: Path = ()
    around: Callable[[Any], Any] = lambda value: value


def explain_in_pieces(validator: Validator, record: dict[str, Any], levels: int) -> Iterator[Named]:
    """Yield rule name and problem as ``explain`` does, with few of the faults held at once.

    What has too many values and cannot be cut is named in place of its faults.
    """
    seen: set[tuple[Any, ...]] = set()
    spelling = Spelling()
    for found in faults_in_pieces(validator, record, levels):
        if isinstance(found, Beyond):
            what = "this part of the record" if found.path else "the record"
            message = (
                f"{what} has more than {MAX_EXPLAINED:,} values; its faults are not looked for"
            )
            yield "line-too-complex", Problem(found.path, message, "make it smaller")
        else:
            yield from told(found, record, seen, spelling)


def faults_in_pieces(
    validator: Validator, record: dict[str, Any], levels: int
) -> Iterator[list[Fault] | Beyond]:
    """Yield the faults of a record as the engine gives them for all of it, some at a time.

    ``levels`` is how many levels of lists may be cut by the schema (see ``elementwise``).
    """
    return _faults(validator, _Part(record), levels)


def _faults(validator: Validator, part: _Part, levels: int) -> Iterator[list[Fault] | Beyond]:
    # NOTE: to ask first whether a piece has faults would take as long as to look for them.
    frame, lists = _frame(part) if levels else ({}, {})
    if not lists:
        yield _uncut(validator, part)
        return
    found = _below(part, faults_of(validator, part.around(frame)))
    yield [_at(part, rest, fault) for rest, fault in found if not (rest[1:] and rest[0] in lists)]
    for cuts, size in _cuts(lists):
        if size > PIECE:
            ((key, cut),) = cuts.items()
            yield from _faults(validator, _element(part, frame, key, cut.start), levels - 1)
            continue
        piece = part.around(frame | {key: lists[key][cut] for key, cut in cuts.items()})
        found = _below(part, faults_of(validator, piece))
        yield [
            _at(part, (rest[0], cuts[rest[0]].start + rest[1], *rest[2:]), fault)
            for rest, fault in found
            if rest[1:] and rest[0] in cuts
        ]


def _uncut(validator: Validator, part: _Part) -> list[Fault] | Beyond:
    piece = part.around(part.value)
    if _size(part.value) <= MAX_EXPLAINED:
        found = _below(part, faults_of(validator, piece))
        return [_at(part, rest, fault) for rest, fault in found]
    return [] if _fits(validator, piece) else Beyond(part.place)


def _fits(validator: Validator, value: object) -> bool:
    try:
        return validator.is_valid(value)
    except (ValueError, RecursionError):  # it nests deeper than the engine goes
        return False


def _frame(part: _Part) -> tuple[dict[str, Any], dict[str, list[Any]]]:
    """Give an object with one element in each list, and its lists; none where it is not to be cut.

    It is not where its frames would take too much work: there is one in each piece.
    """
    value = part.value
    members = value.values() if isinstance(value, dict) else ()
    size = sum(sum(map(_size, each)) if isinstance(each, list) else _size(each) for each in members)
    most = MAX_WORK // (size // PIECE + 1)
    if not members or _VALUE_BYTES * len(members) > most:
        return {}, {}
    lists = {key: found for key, found in value.items() if isinstance(found, list) and found}
    frame = value | {key: _stand_in(found) for key, found in lists.items()}
    whole = part.around(frame)
    takes = len(canonical(whole)) + _VALUE_BYTES * _size(whole)
    return (frame, lists) if takes <= most else ({}, {})


def _stand_in(elements: list[Any]) -> list[Any]:
    """Choose the element that stands for all of a list, as far as what is around it is concerned.

    One of them is likely to be sound, and another piece is then sound too that has it with it.
    """
    small = (item for item in islice(elements, _STAND_IN) if _size(item) <= _STAND_IN)
    return [next(small, None)]


def _element(part: _Part, frame: dict[str, Any], key: str, index: int) -> _Part:
    """Give an element that is a piece by itself."""
    return _Part(
        part.value[key][index],
        (*part.place, key, index),
        (*part.inside, key, 0),
        lambda value: part.around(frame | {key: [value]}),
    )


def _cuts(lists: dict[str, list[Any]]) -> Iterator[tuple[dict[str, slice], int]]:
    """Yield for each piece which elements of which lists are in it, and how many values they have.

    They have more than ``PIECE`` only where it is a single element.
    """
    cuts: dict[str, slice] = {}
    held = 0
    for key, elements in lists.items():
        start = 0
        for index, element in enumerate(elements):
            size = _size(element)
            if held and held + size > PIECE:
                yield (cuts | {key: slice(start, index)} if index > start else cuts), held
                cuts, held, start = {}, 0, index
            held += size
        cuts[key] = slice(start, len(elements))
    if held:
        yield cuts, held


def _size(value: object) -> int:
    """Count a value and all that is in it."""
    if not isinstance(value, dict | list):
        return 1
    pending: list[Any] = [value]
    for item in pending:  # which grows meanwhile
        if type(item) is dict:
            pending += item.values()
        elif type(item) is list:
            pending += item
    return len(pending)


def _below(part: _Part, faults: list[Fault]) -> Iterator[tuple[Any, Fault]]:
    """Yield the faults in a part, with what their paths have behind its own."""
    depth = len(part.inside)
    for fault in faults:
        if fault.path[:depth] == part.inside:
            yield fault.path[depth:], fault


def _at(part: _Part, rest: Path, fault: Fault) -> Fault:
    return fault._replace(path=(*part.place, *rest))
