"""What a run saw, in counts: one result a file, and their sum."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jsonl_lint.reading.errors import Code, ReadError
from jsonl_lint.rules import CRASHED

if TYPE_CHECKING:
    from jsonl_lint.finding import Finding, Severity


@dataclass(slots=True)
class FileResult:
    """Counts of one file. ``error`` says why it could not be read to its end, if so.

    ``bytes_read`` counts the decompressed content; ``records`` are the lines that are not blank.
    ``disk_bytes`` counts what was read of the ``size`` bytes on the disk, which differ from the
    content where that is compressed or was mended.
    """

    name: str
    bytes_read: int = 0
    lines: int = 0
    records: int = 0
    error: str = ""
    unchecked_lines: int = 0
    """Lines with something beyond a limit, and lines without a record of which no rule says so."""
    counts: Counter[tuple[str, Severity]] = field(default_factory=Counter)
    """Findings by rule and severity."""
    records_with: Counter[str] = field(default_factory=Counter)
    """Lines with at least one finding, by rule."""
    error_code: Code = Code.IO_ERROR
    """The kind of the error; without one it says nothing."""
    size: int | None = None
    """Bytes on the disk; ``None`` for a pipe, bytes in memory and what could not be opened."""
    disk_bytes: int = 0
    packed: bool = False
    """Whether the file is compressed."""

    def fail(self, error: ReadError) -> None:
        """Note why the file could not be read to its end."""
        self.error = str(error)
        self.error_code = error.code

    def note(self, findings: list[Finding]) -> None:
        """Count the findings of one line."""
        for finding in findings:
            self.counts[finding.rule, finding.severity] += 1
        for rule in {finding.rule for finding in findings}:
            self.records_with[rule] += 1

    @property
    def complete(self) -> bool:
        """Whether every byte of the file was read and checked."""
        return not (self.error or self.unchecked_lines)


@dataclass(slots=True)
class Summary:
    """The results of a run's files, in the order in which they were checked."""

    files: list[FileResult] = field(default_factory=list)
    interrupted: bool = False
    """Whether the run was broken off; then files may be missing."""
    slow_engine: bool = False
    """Whether jsonschema served in the place of jsonschema-rs."""

    @property
    def complete(self) -> bool:
        """Whether there was something to check, and every byte of it was read and checked."""
        done = bool(self.files) and not self.interrupted
        return done and all(file.complete for file in self.files)

    @property
    def crashed(self) -> bool:
        """Whether a rule crashed, so that what it looks for may have been missed."""
        return any(rule == CRASHED for rule, _ in self.counts)

    @property
    def counts(self) -> Counter[tuple[str, Severity]]:
        """Findings by rule and severity, over all files."""
        total: Counter[tuple[str, Severity]] = Counter()
        for file in self.files:
            total.update(file.counts)
        return total

    def interrupt(self) -> None:
        """Note that the run was broken off, and with it the file at work, if there is one."""
        self.interrupted = True
        for file in self.files[-1:]:
            if not file.error:
                file.fail(ReadError("interrupted before its end", Code.INTERRUPTED))

    def at_least(self, level: Severity) -> int:
        """Count the findings of this severity and above."""
        return sum(count for (_, severity), count in self.counts.items() if severity >= level)
