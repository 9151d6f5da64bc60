"""Which rules have a finding that their fix proposes to mend."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jsonl_lint.change import Safety
    from jsonl_lint.finding import Finding
    from jsonl_lint.rules import Rule

ASKED = 100
"""Findings of a rule that are asked for their fix, which takes time, until one has any."""


class Mendable:
    """Asks findings of the rules that have a fix; ``fixes`` has those of which one proposes it."""

    def __init__(self, rules: Mapping[str, Rule]) -> None:
        self.fixes: dict[str, Safety] = {}
        self._left = {name: ASKED for name, rule in rules.items() if rule.safety}

    def ask(self, finding: Finding) -> None:
        """Ask a finding, unless it is known of its rule, or was asked for long enough."""
        if left := self._left.get(finding.rule, 0):
            self._left[finding.rule] = left - 1
            if fix := finding.fix:
                self.fixes[finding.rule] = fix
                self._left[finding.rule] = 0
