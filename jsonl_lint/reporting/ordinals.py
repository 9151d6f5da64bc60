"""Fingerprints with a number, which tells findings of a file apart that share one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jsonl_lint.finding import Finding

MAX_REMEMBERED = 50_000
"""Different fingerprints of a file that are remembered, in 9 MB; after them, numbers begin anew."""


class Ordinals:
    """Numbers the findings of each file that have equal fingerprints, in their order, from 1."""

    def __init__(self) -> None:
        self._file = ""
        self._seen = Counter[str]()

    def named(self, finding: Finding) -> str:
        """Give fingerprint and number of the finding that comes next."""
        if finding.file != self._file or len(self._seen) == MAX_REMEMBERED:
            self._file, self._seen = finding.file, Counter()
        fingerprint = finding.fingerprint
        self._seen[fingerprint] += 1
        return f"{fingerprint}:{self._seen[fingerprint]}"
