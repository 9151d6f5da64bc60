"""Annotations for GitHub: workflow commands, as few as GitHub shows.

GitHub shows ten annotations of each level a step, so each level keeps its first ten, with one of
each file and rule first; a notice counts the rest.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from jsonl_lint.finding import Finding, Severity
from jsonl_lint.reporting.cap import Cap
from jsonl_lint.reporting.safe import inert
from jsonl_lint.reporting.tally import gaps, totals
from jsonl_lint.reporting.uri import relative
from jsonl_lint.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.linting.summary import Summary
    from jsonl_lint.reporting import Items, Options, Write

SHOWN = 10
"""Annotations of one level that GitHub shows a step."""

MAX_GAPS = 5
"""Files not checked that take an error annotation each."""

_NAMED_RULES = 10
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


class _Annotation(NamedTuple):
    sequence: int
    rule: str
    command: str


class _Level:
    """The annotations of one level: the first of each file and rule, and the first others."""

    def __init__(self) -> None:
        self._firsts: dict[tuple[str, str], _Annotation] = {}
        self._others: list[_Annotation] = []

    def add(self, finding: Finding, sequence: int) -> None:
        """Keep what may be shown in the end."""
        key = (finding.file, finding.rule)
        if key not in self._firsts and len(self._firsts) < SHOWN:
            self._firsts[key] = _Annotation(sequence, finding.rule, _command(finding))
        elif key in self._firsts and len(self._others) < SHOWN:
            self._others.append(_Annotation(sequence, finding.rule, _command(finding)))

    def chosen(self, room: int, per_rule: int | None) -> list[_Annotation]:
        """Give as many as there is room for, in the order in which they were found."""
        cap = Cap(per_rule)
        kept = [*self._firsts.values(), *self._others]
        return sorted([one for one in kept if cap.admits(one.rule)][:room])


def report(write: Write, options: Options) -> Items:
    """Collect what GitHub will show, and write it at the end."""
    levels = {severity: _Level() for severity in sorted(_LEVELS, reverse=True)}
    sequence = 0
    while isinstance(item := (yield), Finding):
        sequence += 1
        levels[item.severity].add(item, sequence)
    unread = list(_gap_commands(item))
    room = {
        Severity.ERROR: SHOWN - len(unread[:MAX_GAPS]),
        Severity.WARNING: SHOWN,
        Severity.INFO: SHOWN - 1,  # the notice about the rest takes one
    }
    shown = [
        one
        for severity, level in levels.items()
        for one in level.chosen(room[severity], options.max_per_rule)
    ]
    for command in [*unread[:MAX_GAPS], *[one.command for one in shown]]:
        write(command + "\n")
    rest = _rest(item, Counter(one.rule for one in shown), len(unread[MAX_GAPS:]))
    if rest:
        write(f"::notice title=jsonl-lint::{_data(rest)}\n")


def _command(finding: Finding) -> str:
    place = finding.place
    properties = {
        "file": relative(finding.file),
        "line": finding.line,
        "endLine": finding.line,
        "col": place.column,
        "endColumn": place.end_column,
        "title": finding.rule,
    }
    text = f"{finding.message} ({finding.hint})" if finding.hint else finding.message
    return _written(_LEVELS[finding.severity], properties, text)


def _gap_commands(summary: Summary) -> Iterator[str]:
    for gap in gaps(summary):
        where = {"file": relative(gap.file)} if gap.file else {}
        yield _written("error", {**where, "title": gap.code}, gap.reason)


def _written(command: str, properties: dict[str, object], text: str) -> str:
    listed = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{command} {listed}::{_data(text)}"


def _data(text: str) -> str:
    escaped = inert(text).replace("%", "%25")
    return escaped.replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _rest(summary: Summary, shown: Counter[str], unread: int) -> str:
    """Count by rule what has no annotation; the empty string where nothing is left."""
    found = totals(summary).items()
    parts = [f"{number - shown[rule]:,} {rule}" for rule, number in found if number > shown[rule]]
    words = ", ".join(parts[:_NAMED_RULES])
    if len(parts) > _NAMED_RULES:
        words += f" and those of {count(len(parts) - _NAMED_RULES, 'other rule')}"
    if unread:
        words += f"{'; ' if words else ''}{count(unread, 'more file')} not checked"
    return f"without an annotation: {words}; the full report has all" if words else ""
