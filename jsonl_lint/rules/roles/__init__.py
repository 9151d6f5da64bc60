"""Who speaks when. The gate matches the record's role letters against the target's grammar."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from jsonl_lint.targets import Target

KNOWN = 4096
"""Distinct letter sequences remembered as proven; real datasets have some hundreds."""


def gate(target: Target) -> Callable[[str], bool]:
    """Make the test that proves a schema-clean record's role letters in order."""
    if target.role_grammar is None:
        return lambda _letters: True
    matches = re.compile(target.role_grammar).fullmatch
    proven: set[str] = set()

    def is_clean(letters: str) -> bool:
        if letters in proven:
            return True
        if not matches(letters):
            return False
        if len(proven) < KNOWN:
            proven.add(letters)
        return True

    return is_clean
