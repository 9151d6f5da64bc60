"""What fixing did to a file: for reports, and for the exit code."""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass, field

SHOWN_LINES = 10
"""Lines that are kept of each reason why a fix was not applied; all are counted."""


@dataclass(slots=True)
class Withheld:
    """Fixes of a rule that were not applied for the same reason; ``lines`` are the first ones."""

    count: int = 0
    lines: list[int] = field(default_factory=list)


@dataclass(slots=True)
class FixResult:
    """What fixing did to one file; lines are those of the file as it was, from 1."""

    name: str
    fixed: Counter[str] = field(default_factory=Counter)
    """Findings that are gone, by rule."""
    lines: int = 0
    """Lines that are other lines now; those that were left out are among them."""
    left_out: dict[str, array[int]] = field(default_factory=dict)
    """The lines of the records that were left out, in order, by the rule for which they were."""
    withheld: dict[tuple[str, str], Withheld] = field(default_factory=dict)
    """Fixes that were not applied, by rule and reason."""
    crashed: bool = False
    """Whether the fix of a plugin raised something."""
    written: bool = False
    error: str = ""
    """Why the fixed file could not be written, if so."""

    @property
    def changed(self) -> bool:
        """Whether the fixed file differs from the file."""
        return self.written and bool(self.lines)

    @property
    def dropped(self) -> list[tuple[int, str]]:
        """The line of each record that was left out, and the rule for which it was, in order."""
        return sorted((line, rule) for rule, lines in self.left_out.items() for line in lines)

    def fail(self, why: str) -> None:
        """Note that the fixed file could not be written, so that nothing was done to it."""
        self.error = why
        self.lines = 0
        self.fixed.clear()
        self.left_out.clear()

    def drop(self, rule: str, line: int) -> None:
        """Note a record that is left out."""
        self.left_out.setdefault(rule, array("Q")).append(line)

    def withhold(self, rule: str, reason: str, line: int) -> None:
        """Count a fix that was not applied."""
        entry = self.withheld.setdefault((rule, reason), Withheld())
        entry.count += 1
        if len(entry.lines) < SHOWN_LINES:
            entry.lines.append(line)
