"""Explain a refused record: the schema's faults and the rules of the families that refused it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from jsonl_lint.finding import Problem, Severity
from jsonl_lint.linting.gate import FAMILIES
from jsonl_lint.reading.decode import count_keys, duplicate_keys, keys_are_unique
from jsonl_lint.records import view
from jsonl_lint.rules import CRASHED, Rule
from jsonl_lint.schema.explain import explain
from jsonl_lint.words import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from jsonl_lint.schema.engine import Validator
    from jsonl_lint.targets import Target

MAX_PROBLEMS = 1000
"""Problems that a plugin's rule may yield for one record or file; it might never end."""

Named = tuple[str, Problem]
"""A problem and the rule that it is reported under."""


class Explainer:
    """Runs the chosen rules on records; a rule that crashes costs its own finding."""

    def __init__(self, target: Target, rules: Iterable[Rule], validator: Validator) -> None:
        self._formats = target.formats
        self._validator = validator
        self._rules = [(rule, rule.check, is_gated(rule)) for rule in rules if rule.check]
        self.ungated = [rule for rule, _, gated in self._rules if not gated]
        """Rules that no gate speaks for: they look at every record."""

    def problems(
        self, value: dict[str, Any], raw: bytes, refused: frozenset[str]
    ) -> Iterator[Named]:
        """Yield what the refusing families, and the rules without a gate, find in a record."""
        if "lines" in refused and not keys_are_unique(raw, count_keys(value)):
            yield from _duplicates(raw)
        if refused == FAMILIES:
            yield from explain(self._validator, value)
        record = view(value, self._formats)
        for rule, check, gated in self._rules:
            if rule.family in refused or not gated:
                yield from named_by(rule, partial(check, record))


def is_gated(rule: Rule) -> bool:
    """Tell whether the gates prove records clean for a rule; info rules and plugins have none."""
    return rule.family in FAMILIES and rule.severity > Severity.INFO


def _crash(rule: Rule, error: BaseException) -> Named:
    """Report a rule that raised; the error's own text may hold data, so only its type is shown."""
    message = f"the rule {quote(rule.name)} crashed with {type(error).__name__}"
    hint = "this is a bug of the rule, not of the data; what it looks for was not checked here"
    return CRASHED, Problem((), message, hint)


def named_by(rule: Rule, find: Callable[[], Iterable[Problem]]) -> Iterator[Named]:
    """Yield what a rule finds; what it raises, or yields in place of a problem, is a crash."""
    limit = None if rule.family in FAMILIES else MAX_PROBLEMS
    try:
        for number, problem in enumerate(find()):
            if number == limit:
                yield _endless(rule)
                return
            _require_problem(problem)
            yield rule.name, problem
    except (Exception, SystemExit) as error:  # noqa: BLE001 - it must not cost the run
        yield _crash(rule, error)


def _endless(rule: Rule) -> Named:
    message = f"the rule {quote(rule.name)} found more than {MAX_PROBLEMS:,} faults at once"
    return CRASHED, Problem((), message, "what it finds beyond that is left out")


def _require_problem(problem: object) -> None:
    if not (
        isinstance(problem, Problem)
        and isinstance(problem.path, tuple)
        and all(isinstance(step, str | int) for step in problem.path)
        and isinstance(problem.message, str)
        and isinstance(problem.hint, str)
    ):
        raise TypeError


def _duplicates(raw: bytes) -> Iterator[Named]:
    for path, key, first, second in duplicate_keys(raw):
        where = f"first at byte {first[0]:,} of the line"
        message = f"the object has the key {quote(key)} twice, {where}"
        hint = "delete one of them: readers disagree on which of the two counts"
        yield "duplicate-key", Problem(path, message, hint, part="key", span=second)
