"""A bounded choice of findings in which every rule is represented."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections import Counter

    from jsonl_lint.finding import Finding


class _Kept(NamedTuple):
    sequence: int
    finding: Finding


class Sample:
    """Keeps the first findings of each rule, the rules sharing the room in equal parts.

    What is kept has let go of its line's bytes.
    """

    def __init__(self, room: int, per_rule: int | None) -> None:
        """Make room for so many findings in all, and of each rule."""
        self._room = room
        self._per_rule = room if per_rule is None else per_rule
        self._buckets: dict[str, list[_Kept]] = {}
        self._sequence = 0
        self._largest = 0
        """No bucket is larger; computed when the room is used up, and after that only falls."""

    def add(self, finding: Finding) -> None:
        """Keep the finding if its rule has less than its part of the room."""
        self._sequence += 1
        bucket = self._buckets.setdefault(finding.rule, [])
        if len(bucket) >= self._per_rule:
            return
        if self._room:
            self._room -= 1
        elif not self._displaced(len(bucket)):
            return
        bucket.append(_Kept(self._sequence, finding.settle()))

    def taken(self) -> list[Finding]:
        """Give what was kept, in the order in which it came."""
        kept = [one for bucket in self._buckets.values() for one in bucket]
        return [one.finding for one in sorted(kept, key=lambda one: one.sequence)]

    def left_out(self, totals: Counter[str]) -> dict[str, int]:
        """Count by rule what was not kept."""
        kept = {rule: len(bucket) for rule, bucket in self._buckets.items()}
        rest = {rule: number - kept.get(rule, 0) for rule, number in totals.items()}
        return {rule: number for rule, number in rest.items() if number}

    def _displaced(self, size: int) -> bool:
        """Take one from the largest bucket, if that has two more than a bucket of this size."""
        if self._largest and size + 1 >= self._largest:
            return False
        largest = max(self._buckets.values(), key=len)
        self._largest = len(largest)
        if size + 1 >= self._largest:
            return False
        largest.pop()
        return True
