"""What the fixes of the rules propose for a line, as edits of it."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from copy import copy
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from jsonl_lint.change import Change, DropRecord, Edit, Put, Rename
from jsonl_lint.fixing.edits import ClashError, apply, edits, places
from jsonl_lint.fixing.outcome import outcome
from jsonl_lint.linting import foreign
from jsonl_lint.linting.explaining import is_shipped
from jsonl_lint.linting.fixes import asked
from jsonl_lint.pointer import finder
from jsonl_lint.reading.decode import loads
from jsonl_lint.records import view

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from jsonl_lint.finding import Named, Path, Problem
    from jsonl_lint.fixing.edits import Find
    from jsonl_lint.records import Record
    from jsonl_lint.rules import Rule


MAX_CHANGES = 10_000
"""Changes or edits that a plugin's fix may yield for one problem; it might never end."""

_SORTED = orjson.OPT_SORT_KEYS


class Proposal(NamedTuple):
    """What the fix of one rule would do about one problem.

    ``changes`` is empty where the fix works on the text of the line. ``drops`` says that the record
    is to be left out, ``crash`` what a plugin's fix raised.
    """

    rule: str
    edits: tuple[Edit, ...] = ()
    changes: tuple[Change, ...] = ()
    drops: bool = False
    crash: str = ""


class Draft(NamedTuple):
    """A line as it would be, and how many problems of each rule that is meant to remove."""

    raw: bytes
    removes: Counter[str]


class _Line(NamedTuple):
    """A line that rules are asked about; ``places`` are those that their edits will ask for."""

    raw: bytes
    formats: tuple[str, ...]
    record: Record | None
    places: set[Path]


def proposals(
    raw: bytes, named: Iterable[Named], rules: Mapping[str, Rule], formats: Iterable[str]
) -> list[Proposal]:
    """Give what the fixes of ``rules`` propose for the problems of a line."""
    fixable = [(rules[name], problem) for name, problem in named if name in rules]
    record = _record(raw, formats) if fixable else None
    line = _Line(raw, tuple(formats), record, set())
    proposed = [_proposal(line, rule, problem) for rule, problem in fixable]
    find = finder(raw, line.places)
    found = [_with_edits(raw, proposal, find) for proposal in proposed]
    wanted = Counter(_new_keys(found))
    return [
        proposal
        for proposal in found
        if proposal.crash
        or ((proposal.edits or proposal.drops) and not _is_in_doubt(proposal, wanted))
    ]


def _new_keys(found: Iterable[Proposal]) -> Iterator[Path]:
    """Yield the path that each renamed member would have."""
    for proposal in found:
        for change in proposal.changes:
            if isinstance(change, Rename):
                yield (*change.path[:-1], change.key)


def _is_in_doubt(proposal: Proposal, wanted: Counter[Path]) -> bool:
    """Tell whether two members would get the same key, or one is made up that another has."""
    makes = (change.path for change in proposal.changes if isinstance(change, Put))
    return any(wanted[path] > 1 for path in _new_keys([proposal])) or any(map(wanted.get, makes))


def _record(raw: bytes, formats: Iterable[str]) -> Record | None:
    try:
        value = loads(raw)
    except ValueError:
        return None
    return view(value, formats) if isinstance(value, dict) else None


def _proposal(line: _Line, rule: Rule, problem: Problem) -> Proposal:
    """Ask one rule; a fix that raises, or that does not fit the line, proposes nothing."""
    try:
        if is_shipped(rule):
            proposed = list(asked(rule, problem, line.raw, line.record))
        else:
            proposed = foreign.call(lambda: _asked_apart(rule, problem, line))
        if rule.fix_line:
            found = tuple(proposed)
            return Proposal(rule.name, found, drops=bool(found) and not apply(line.raw, found))
        changes = tuple(change for change in proposed if not isinstance(change, DropRecord))
        if len(changes) < len(proposed):
            return Proposal(rule.name, drops=True)
        line.places.update(places(changes))
        return Proposal(rule.name, changes=changes)
    except foreign.CrashError as error:
        return Proposal(rule.name, crash=str(error))
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - a fix may give anything; it must not cost the run
        return Proposal(rule.name)


def _with_edits(raw: bytes, proposal: Proposal, find: Find) -> Proposal:
    """Write the changes that a rule proposes as edits; where they do not fit, it proposes none."""
    if not proposal.changes:
        return proposal
    try:
        return proposal._replace(edits=tuple(edits(raw, proposal.changes, find)))
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - see above
        return Proposal(proposal.rule)


def _asked_apart(rule: Rule, problem: Problem, line: _Line) -> list[Any]:
    """Ask the fix of a plugin, which gets a problem and a record of its own."""
    found = asked(rule, copy(problem), line.raw, _record(line.raw, line.formats))
    proposed = list(islice(found, MAX_CHANGES + 1))
    if len(proposed) > MAX_CHANGES:
        raise OverflowError
    return proposed


def draft(raw: bytes, proposed: Iterable[Proposal]) -> Draft | None:
    """Put proposals into effect together; of two that clash the later one waits.

    ``None`` where the text that this gives does not say what the changes say.
    """
    removes: Counter[str] = Counter()
    taken: dict[Edit, None] = {}
    spans: list[tuple[int, int]] = []
    changes: dict[str, Change] = {}
    for proposal in proposed:
        edits = dict.fromkeys(edit for edit in proposal.edits if edit not in taken)
        if not any(_clashes(edit, spans) for edit in edits):
            removes[proposal.rule] += 1
            taken |= edits
            for edit in edits:
                insort(spans, edit[:2])
            changes |= {repr(change): change for change in proposal.changes}
    try:
        text = apply(raw, taken)
        if changes and not _says(text, raw, changes.values()):
            return None
    except (ClashError, LookupError, RecursionError, TypeError, ValueError):
        return None
    return Draft(text, removes)


def _clashes(edit: Edit, spans: list[tuple[int, int]]) -> bool:
    """Tell whether an edit overlaps one of those taken: their spans are sorted and part."""
    at = bisect_left(spans, (edit.start, edit.start))
    before = spans[at - 1][1] if at else 0
    behind = (span for span in islice(spans, at, None) if span[1] > edit.start)
    return before > edit.start or next(behind, (edit.end,))[0] < edit.end


def _says(text: bytes, raw: bytes, changes: Iterable[Change]) -> bool:
    """Tell whether the new text decodes to what the changes make of the record."""
    # NOTE: one tree after the other: each may take hundreds of megabytes.
    meant = orjson.dumps(outcome(raw, changes), option=_SORTED)
    return orjson.dumps(loads(text), option=_SORTED) == meant
