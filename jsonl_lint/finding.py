"""What every stage speaks: severities, problems, places and findings.

A rule yields a :class:`Problem`. Linting stamps rule, severity and file on it, which makes a
:class:`Finding`; its place in the file is computed only when somebody asks for it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

if TYPE_CHECKING:
    from jsonl_lint.change import Safety

Path = tuple[str | int, ...]
"""Keys and indices from the root of a record; ``()`` is the record itself."""

Part = Literal["value", "key"]
"""Which part of an object member a problem points at."""


class Severity(IntEnum):
    """How bad a finding is; ordered, so that ``max`` and ``>=`` mean what they say."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        """Give the lower-case name that options, configuration and reports use."""
        return self.name.lower()


class Problem:
    """One fault, as a rule sees it: where in the record, what is wrong, what to do.

    ``path`` points into the record; ``part`` chooses the member's key or its value. ``span``
    (start and end, bytes within the line) takes the place of the path where there is no record.
    ``minor`` marks the mild form of a fault: it is reported as a warning at most. ``line`` (from 1)
    is set by file rules only, where the fault has a line of its own. ``meant`` is the word that
    should stand there, where the fault is a misspelt or foreign one.
    """

    __slots__ = ("hint", "line", "meant", "message", "minor", "part", "path", "span")

    def __init__(  # noqa: PLR0913 - all but two are rare and named
        self,
        path: Path,
        message: str,
        hint: str = "",
        *,
        part: Part = "value",
        span: tuple[int, int] | None = None,
        minor: bool = False,
        line: int | None = None,
        meant: str = "",
    ) -> None:
        self.path = path
        self.message = message
        self.hint = hint
        self.part = part
        self.span = span
        self.minor = minor
        self.line = line
        self.meant = meant


Named = tuple[str, Problem]
"""A problem and the rule that it is reported under."""


class Place(NamedTuple):
    """Where a finding is, in the units that people and machines need."""

    column: int
    """First column, from 1, in code points; a byte order mark does not count."""
    end_column: int
    """Column after the last one."""
    byte_offset: int
    """Bytes before the finding, from the start of the (decompressed) file."""
    byte_length: int
    """Bytes that the finding covers."""


class Line(NamedTuple):
    """A physical line for an excerpt: its bytes, its offset, and whether it could be decoded."""

    raw: bytes
    byte_offset: int
    decoded: bool


NO_LINE = Line(b"", 0, decoded=False)


class Context(Protocol):
    """What a finding needs to compute its place and fingerprint late."""

    def place(self, problem: Problem) -> Place:
        """Locate the problem in the file."""
        ...

    def fingerprint(self, rule: str, problem: Problem) -> str:
        """Name the problem so that the name survives edits elsewhere in the file."""
        ...

    def line(self) -> Line:
        """Give the line around the problem, for an excerpt."""
        ...

    def safety(self, rule: str, problem: Problem) -> Safety | None:
        """Say how safe the fix of the problem is, if there is one."""
        ...


class Settled(NamedTuple):
    """A context whose answers are known, so that the line's bytes can be let go."""

    at: Place
    name: str
    fix: Safety | None

    def place(self, _problem: Problem) -> Place:
        """Give the place computed before."""
        return self.at

    def fingerprint(self, _rule: str, _problem: Problem) -> str:
        """Give the fingerprint computed before."""
        return self.name

    def line(self) -> Line:
        """Give no line: its bytes were let go."""
        return NO_LINE

    def safety(self, _rule: str, _problem: Problem) -> Safety | None:
        """Give the answer found before."""
        return self.fix


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem with its rule, severity and file.

    ``line`` counts physical lines from 1. ``record`` counts the file's non-blank lines from 0 and
    is ``None`` for a finding about a blank line or the file as a whole.
    """

    rule: str
    severity: Severity
    file: str
    line: int
    record: int | None
    problem: Problem
    context: Context

    @property
    def message(self) -> str:
        """What is wrong: one sentence, lower case, without a full stop."""
        return self.problem.message

    @property
    def hint(self) -> str:
        """What to do about it, or the empty string."""
        return self.problem.hint

    @property
    def place(self) -> Place:
        """Columns and byte span; computed at each call."""
        return self.context.place(self.problem)

    @property
    def fingerprint(self) -> str:
        """A name that survives lines inserted above; computed at each call."""
        return self.context.fingerprint(self.rule, self.problem)

    @property
    def fix(self) -> Safety | None:
        """How safe the fix is that the rule proposes, if it has one; asked at each call."""
        return self.context.safety(self.rule, self.problem)

    def settle(self) -> Finding:
        """Compute place, fingerprint and fix now and let go of the line's bytes."""
        return replace(self, context=Settled(self.place, self.fingerprint, self.fix))
