"""What a diagnosis says, and the scene that it says it about."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from jsonl_lint.reading.scan import Stop


MAX_NAMED = 100_000
"""Faults of one line that are looked at, which takes up to a second; control characters that stand
in one string take no time, and are one."""


class Fault(NamedTuple):
    """A fault of a line; the span is in bytes, within the line without its end.

    ``kind`` tells the faults of ``invalid-json`` apart; other rules have but one. ``times`` counts
    those of its kind of which this is the first. ``ends`` says that it is not certain how the line
    goes on behind it, so that nothing more is named.
    """

    rule: str
    kind: str
    start: int
    end: int
    message: str
    hint: str
    times: int = 1
    ends: bool = False

    @property
    def name(self) -> str:
        """The kind, or the rule where that has but one."""
        return self.kind or self.rule

    @property
    def weight(self) -> int:
        """What it counts for among ``MAX_NAMED``."""
        return 1 if self.rule == "unescaped-control" else self.times


class Scene(NamedTuple):
    """A stopped scan, and what is needed to name the mistake there."""

    text: bytes
    stop: Stop
    last: bool

    @property
    def at(self) -> int:
        """Where the scan stopped."""
        return self.stop.at

    @property
    def byte(self) -> bytes:
        """What stands there; empty at the end."""
        return self.text[self.at : self.at + 1]

    @property
    def character(self) -> str:
        """The character that stands there."""
        return self.text[self.at : self.at + 4].decode("utf-8", "ignore")[:1]

    @property
    def previous(self) -> bytes:
        """How the last token ended: its last byte; empty at the start."""
        start, end = self.stop.previous
        return self.text[max(start, end - 1) : end]

    @property
    def opener(self) -> bytes:
        """The innermost open bracket; empty outside of all."""
        opened = self.stop.opened
        return self.text[opened[-1] : opened[-1] + 1] if opened else b""

    def fault(self, kind: str, message: str, hint: str, length: int = 1) -> Fault:
        """Make a fault of what stands here."""
        return Fault("invalid-json", kind, self.at, self.at + length, message, hint)

    def fault_at(self, kind: str, span: tuple[int, int], message: str, hint: str) -> Fault:
        """Make a fault of what stands elsewhere."""
        return Fault("invalid-json", kind, *span, message, hint)

    def fault_of(self, rule: str, span: tuple[int, int], message: str, hint: str) -> Fault:
        """Make a fault that has a rule of its own."""
        return Fault(rule, "", *span, message, hint)

    def ended(self, where: str = "") -> Fault:
        """Make a fault of a line that ends too early; ``where`` names the token cut, if any."""
        end = len(self.text)
        levels = len(self.stop.opened)
        if not where:
            where = "before its value is complete" if levels else "without a value"
        if levels:
            where += f", {levels} bracket{'s' * (levels > 1)} still open"
        if self.last:
            hint = "the write was interrupted; write the record again, or delete the line"
            return Fault("truncated-last-line", "", end, end, f"the file ends {where}", hint)
        hint = "put the record on one line; a line break inside a string is written \\n"
        return self.fault_at("unexpected-end", (end, end), f"the line ends {where}", hint)
