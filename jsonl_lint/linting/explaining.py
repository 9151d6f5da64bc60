"""Explain a refused record: the schema's faults and the rules of the families that refused it."""

from __future__ import annotations

from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any

from jsonl_lint.finding import Problem, Severity
from jsonl_lint.linting import foreign
from jsonl_lint.linting.gate import FAMILIES
from jsonl_lint.reading.structure import has_more_nodes
from jsonl_lint.records import view
from jsonl_lint.rules import CRASHED, Rule
from jsonl_lint.schema.explain import PIECE, explain
from jsonl_lint.words import SHOWN_LENGTH, quote

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Mapping

    from jsonl_lint.finding import Named
    from jsonl_lint.records import Record
    from jsonl_lint.rules import Check
    from jsonl_lint.schema.fault import Validator
    from jsonl_lint.targets import Target

MAX_FAULTS = 10_000
"""Faults of a record that are reported."""

MAX_PROBLEMS = 1000
"""Problems that a plugin's rule may yield for one record or file; it might never end."""


class Explainer:
    """Runs the chosen rules on records; a rule that crashes costs its own finding."""

    def __init__(
        self, target: Target, rules: Iterable[Rule], validator: Validator, max_depth: int
    ) -> None:
        self._max_depth = max_depth
        self._formats = target.formats
        self._schema = target.schema
        self._validator = validator
        checks = [(rule, rule.check) for rule in rules if rule.check]
        self._shipped = [(rule, check) for rule, check in checks if is_shipped(rule)]
        self._of_plugins = [(rule, check) for rule, check in checks if not is_shipped(rule)]
        self._asked: dict[frozenset[str], list[tuple[Rule, Check]]] = {}
        self.ungated = [rule for rule, _ in checks if not is_gated(rule)]
        """Rules that no gate speaks for: they look at every record."""

    def problems(
        self, value: dict[str, Any], raw: bytes, refused: frozenset[str]
    ) -> Iterator[Named]:
        """Yield what the refusing families, and the rules without a gate, find in a record."""
        found = self._found(value, raw, refused)
        yield from islice(found, MAX_FAULTS)
        if next(found, None):
            message = f"the record has more than {MAX_FAULTS:,} faults"
            hint = "what else is wrong in it is not looked for; make several records of it"
            yield "line-too-complex", Problem((), message, hint)

    def _found(self, value: dict[str, Any], raw: bytes, refused: frozenset[str]) -> Iterator[Named]:
        if refused == FAMILIES:
            yield from self._explained(value, raw)
        record = yield from self._viewed(value, raw, refused)
        if refused not in self._asked:
            self._asked[refused] = [
                (rule, check)
                for rule, check in self._shipped
                if rule.family in refused or not is_gated(rule)
            ]
        yield from named_by(self._asked[refused], record)
        for rule, check in self._of_plugins:
            yield from named_by_plugin(rule, self._apart(check, value, raw), len(raw))

    def _viewed(
        self, value: dict[str, Any], raw: bytes, refused: frozenset[str]
    ) -> Generator[Named, None, Record]:
        """Make the view of a record, and yield what shows only in its text.

        NOTE: the text comes first: looking at it takes memory too, if less than a view.
        """
        if "lines" not in refused:
            return view(value, self._formats)
        from jsonl_lint.linting import odd_lines  # noqa: PLC0415 - few files need it

        yield from odd_lines.overlooked(value, raw, self._max_depth)
        record = view(value, self._formats)
        yield from odd_lines.overlooked_inside(record, self._max_depth)
        return record

    def _explained(self, value: dict[str, Any], raw: bytes) -> Iterator[Named]:
        # NOTE: every value takes two bytes, and counting them takes a while.
        if len(raw) <= 2 * PIECE or not has_more_nodes(raw, PIECE):
            return explain(self._validator, value)
        from jsonl_lint.schema.pieces import explain_in_pieces  # noqa: PLC0415 - for few records

        return explain_in_pieces(self._validator, value, self._levels)

    @cached_property
    def _levels(self) -> int:
        from jsonl_lint.schema.elementwise import elementwise_levels  # noqa: PLC0415 - see above

        return elementwise_levels(self._schema)

    def _apart(
        self, check: Check, value: dict[str, Any], raw: bytes
    ) -> Callable[[], Iterable[Problem]]:
        """Let a plugin's rule look at a record of its own, which it may change."""
        return lambda: check(view(foreign.own_copy(value, raw), self._formats))


def is_gated(rule: Rule) -> bool:
    """Tell whether the gates prove records clean for a rule; info rules and plugins have none."""
    return rule.family in FAMILIES and rule.severity > Severity.INFO


def named_by(
    checks: Iterable[tuple[Rule, Callable[..., Iterable[Problem]]]], *given: object
) -> Iterator[Named]:
    """Yield what shipped rules find; what one raises is its crash, but for want of memory."""
    for rule, check in checks:
        try:
            for problem in check(*given):
                yield rule.name, problem
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - it must not cost the run
            yield _crash(rule, type(error).__name__)


def named_by_plugin(
    rule: Rule, find: Callable[[], Iterable[Problem]], size: int, lines: int = 0
) -> list[Named]:
    """Give what a plugin's rule finds; what it raises, or gives in place of a problem, is a crash.

    ``size`` and ``lines`` are those of the line or file, within which its problems must be.
    """
    named: list[Named] = []
    try:
        foreign.call(lambda: _collect(named, rule, find, size, lines))
    except foreign.CrashError as error:
        named.append(_crash(rule, str(error)))
    return named


def without_echoes(
    named: list[Named], rules: Iterable[Rule], levels: Mapping[str, Severity]
) -> list[Named]:
    """Leave out what a rule says of a file where another one speaks for it.

    That one has to run, and must not be the milder of the two: the worse one decides the exit code.
    What a plugin's rule would silence is said all the same.
    """
    told = {name for name, _ in named}
    silent = {
        other
        for rule in rules
        if rule.name in told and is_shipped(rule)
        for other in rule.speaks_for
        if other in told and levels[rule.name] >= levels[other]
    }
    return [one for one in named if one[0] not in silent]


def is_shipped(rule: Rule) -> bool:
    """Tell a rule of this package from that of a plugin, which has a family of its own."""
    return rule.family in FAMILIES


def _collect(
    named: list[Named], rule: Rule, find: Callable[[], Iterable[Problem]], size: int, lines: int
) -> None:
    for number, problem in enumerate(find()):
        if number == MAX_PROBLEMS:
            named.append(_endless(rule))
            return
        named.append((rule.name, foreign.remade(problem, size, lines)))


def _crash(rule: Rule, error: str) -> Named:
    """Report a rule that raised; the error's own text may hold data, so only its type is shown."""
    message = f"the rule {quote(rule.name)} crashed with {error[:SHOWN_LENGTH]}"
    hint = "this is a bug of the rule, not of the data; what it looks for was not checked here"
    return CRASHED, Problem((), message, hint)


def _endless(rule: Rule) -> Named:
    message = f"the rule {quote(rule.name)} found more than {MAX_PROBLEMS:,} faults at once"
    return CRASHED, Problem((), message, "what it finds beyond that is left out")
