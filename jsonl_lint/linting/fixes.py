"""Whether a problem can be repaired: asked late, for findings that are reported to programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.records import view

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jsonl_lint.change import Safety
    from jsonl_lint.finding import Problem
    from jsonl_lint.rules import Rule


class Fixes:
    """The fixes of the rules that run, for records of some formats."""

    def __init__(self, rules: Iterable[Rule], formats: Iterable[str]) -> None:
        self._rules = {rule.name: rule for rule in rules if rule.safety}
        self._formats = formats

    def safety(self, rule: str, problem: Problem, raw: bytes, value: object) -> Safety | None:
        """Say how safe the fix is that a rule proposes for a problem; ``None`` if it has none.

        A proposal may still be withheld when the line is fixed, for what it would bring.
        """
        found = self._rules.get(rule)
        if found is None:
            return None
        try:
            if found.fix and isinstance(value, dict):
                proposed = any(True for _ in found.fix(view(value, self._formats), problem))
            else:
                proposed = not found.fix_line or any(True for _ in found.fix_line(raw, problem))
        except Exception:  # noqa: BLE001 - a plugin's fix may raise anything
            return None
        return found.safety if proposed else None


NO_FIXES = Fixes((), ())
