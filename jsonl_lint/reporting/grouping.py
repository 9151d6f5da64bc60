"""Findings of one file put together by rule and by the shape of their path."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from jsonl_lint.pointer import shape, shown_pointer

if TYPE_CHECKING:
    from jsonl_lint.finding import Finding, Severity
    from jsonl_lint.reporting.excerpt import Excerpt

EXAMPLES = 5
"""Examples that a group shows unless the user says otherwise."""

MORE_LINES = 3
"""Lines that are named of what a group does not show."""

MAX_SHAPES = 5
"""Groups of one rule in one file; unknown keys, say, may be different on each line."""

Key = tuple[str, "Severity", str | None]


class Example(NamedTuple):
    """A finding, reduced to what is printed of it."""

    line: int
    column: int
    message: str
    hint: str


@dataclass(slots=True)
class Group:
    """Findings alike. ``where`` is the pointer they share, or ``None`` for several.

    ``excerpt`` is that of the first example. Nothing here holds a line's bytes.
    """

    rule: str
    severity: Severity
    where: str | None
    count: int = 0
    examples: list[Example] = field(default_factory=list)
    excerpt: Excerpt | None = None
    more_lines: list[int] = field(default_factory=list)
    """The first lines that no example shows, one more than are named."""

    def add(self, finding: Finding, limit: int, *, glyphs: bool) -> None:
        """Count a finding, and keep it as an example if there is room."""
        self.count += 1
        if len(self.examples) < limit:
            if not self.examples:
                from jsonl_lint.reporting.excerpt import excerpt  # noqa: PLC0415 - only if needed

                self.excerpt = excerpt(finding, glyphs=glyphs)
            column = finding.place.column
            self.examples.append(Example(finding.line, column, finding.message, finding.hint))
        elif len(self.more_lines) <= MORE_LINES and finding.line not in self.more_lines:
            self.more_lines.append(finding.line)


class Groups:
    """The groups of one file."""

    def __init__(self, file: str, limit: int, *, glyphs: bool) -> None:
        """Begin without a group; each will keep ``limit`` examples."""
        self.file = file
        self._limit = limit
        self._glyphs = glyphs
        self._groups: dict[Key, Group] = {}

    def add(self, finding: Finding) -> None:
        """Put a finding into its group."""
        path = finding.problem.path
        key: Key = (finding.rule, finding.severity, shape(path))
        group = self._groups.get(key) or self._opened(key, shown_pointer(path))
        group.add(finding, self._limit, glyphs=self._glyphs)
        if group.count > 1 and group.where is not None:
            group.where = key[2]

    def take(self) -> list[Group]:
        """Give the groups, the most severe first, else in the order in which they appeared."""
        return sorted(self._groups.values(), key=lambda group: -group.severity)

    def _opened(self, key: Key, pointer: str) -> Group:
        rule, severity, _ = key
        alike = [known for known in self._groups if known[:2] == (rule, severity)]
        if len(alike) < MAX_SHAPES:
            return self._groups.setdefault(key, Group(rule, severity, pointer))
        return self._groups.setdefault((rule, severity, None), Group(rule, severity, None))
