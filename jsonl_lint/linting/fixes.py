"""Whether a problem can be repaired: asked late, for findings that are reported to programs."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from jsonl_lint.linting import foreign
from jsonl_lint.linting.explaining import is_shipped
from jsonl_lint.records import view

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jsonl_lint.change import Safety
    from jsonl_lint.finding import Problem
    from jsonl_lint.records import Record
    from jsonl_lint.rules import Rule


class Fixes:
    """The fixes of the rules that run, for records of some formats."""

    def __init__(self, rules: Iterable[Rule], formats: Iterable[str]) -> None:
        self._rules = {rule.name: rule for rule in rules if rule.safety}
        self._formats = formats

    def view(self, value: dict[str, Any]) -> Record:
        """Give the view of a record that ``safety`` takes, for all problems of its line."""
        return view(value, self._formats)

    def safety(
        self, rule: str, problem: Problem, raw: bytes, record: Record | None
    ) -> Safety | None:
        """Say how safe the fix is that a rule proposes for a problem; ``None`` if it has none.

        A proposal may still be withheld when the line is fixed, for what it would bring.
        """
        found = self._rules.get(rule)
        if found is None:
            return None
        try:
            if is_shipped(found):
                proposes = _proposes(found, problem, raw, record)
            else:
                proposes = foreign.call(lambda: self._proposes_apart(found, problem, raw, record))
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - a fix may raise anything; who fixes is told of it
            return None
        return found.safety if proposes else None

    def _proposes_apart(
        self, rule: Rule, problem: Problem, raw: bytes, record: Record | None
    ) -> bool:
        """Ask the fix of a plugin, which gets a problem and a record of its own."""
        own = self.view(foreign.own_copy(record.value, raw)) if record else None
        return _proposes(rule, copy(problem), raw, own)


def _proposes(rule: Rule, problem: Problem, raw: bytes, record: Record | None) -> bool:
    return bool(rule.fix_file) or any(True for _ in asked(rule, problem, raw, record))


def asked(rule: Rule, problem: Problem, raw: bytes, record: Record | None) -> Iterable[Any]:
    """Ask the fix of a rule: for edits of the line or, where it has one, changes of the record."""
    if rule.fix_line:
        return rule.fix_line(raw, problem)
    return rule.fix(record, problem) if rule.fix and record else ()


NO_FIXES = Fixes((), ())
