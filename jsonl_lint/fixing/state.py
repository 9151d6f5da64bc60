"""A line while it is repaired: as it is at some point, with all that the rules say of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from jsonl_lint.linting.judging import judge
from jsonl_lint.words import listing

if TYPE_CHECKING:
    from jsonl_lint.finding import Named
    from jsonl_lint.fixing.proposals import Proposal
    from jsonl_lint.linting.engine import Linter


class Refusal(NamedTuple):
    """A fix that was not applied, and why."""

    rule: str
    reason: str
    crashed: bool = False
    """Whether the fix of a plugin raised something."""


class State:
    """A line as it is at some point, with its problems; it may have become several lines."""

    __slots__ = (
        "applied",
        "counts",
        "crashes",
        "first",
        "lines",
        "named",
        "proposals",
        "raw",
        "readable",
    )

    def __init__(self, linter: Linter, raw: bytes, *, first: bool) -> None:
        """Judge the line; ``first`` says that it begins the file."""
        self.raw = raw
        self.first = first
        self.lines = [line + b"\n" for line in raw.removesuffix(b"\n").split(b"\n")]
        if not raw.endswith(b"\n"):
            self.lines[-1] = self.lines[-1][:-1]
        self.named: list[Named] = []
        self.readable = True
        for number, line in enumerate(self.lines):
            judged = judge(linter, line, first=first and not number)
            self.named += judged.named
            self.readable &= judged.is_record
        self.counts = Counter(rule for rule, _ in self.named)
        self.applied: Counter[str] = Counter()
        """Problems that fixes have removed on the way here, by rule."""
        self.crashes: list[Refusal] = []
        """Fixes that crashed when they were asked."""
        self.proposals: list[Proposal] | None = None
        """What the rules propose for it, once they were asked."""


def is_better(after: State, before: State) -> bool:
    """Tell whether no rule has more problems than before, and some have fewer.

    What a line says that could not be read was hidden: its faults are not new.
    """
    if after.readable and not before.readable:
        return True
    return after.counts.total() < before.counts.total() and after.counts <= before.counts


def why(after: State | None, before: State) -> str:
    """Say why a fix is not applied; ``after`` is ``None`` where it has no effect."""
    if after is None:
        return "the fix would not remove it"
    return f"the fix would bring {listing(sorted(after.counts - before.counts), 'and')}"
