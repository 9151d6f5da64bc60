"""Which rules run, and how severe each is: from the rules, the target and what the user says."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from jsonl_lint.finding import Severity
from jsonl_lint.rules import CRASHED
from jsonl_lint.schema.reasons import TOO_COMPLEX
from jsonl_lint.words import nearest, quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jsonl_lint.rules import Rule
    from jsonl_lint.targets import Target

ALL = "ALL"
DUPLICATE = "exact-duplicate"
"""The rule for which lines are remembered, which costs memory."""
CAPS = frozenset({"line-too-long", "line-too-complex", TOO_COMPLEX})
"""They say that a line, or a part of one, was not checked for what that would take."""
NOT_SUPPRESSIBLE = CAPS | {CRASHED}
"""They say that something was not checked; silence about it would be a false clean."""


class Choice(NamedTuple):
    """What the user asked for; names are rules, families or ``ALL``.

    ``severity`` maps a name to its level, ``None`` switching it off. ``min_severity`` is ``None``
    where the user did not say: then info rules run only if ``select`` names them.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity | None] = MappingProxyType({})
    min_severity: Severity | None = None


def resolve(names: Iterable[str], rules: Mapping[str, Rule]) -> set[str]:
    """Turn rule names, family names and ``ALL`` into rule names.

    Raises ValueError, with the nearest name, for one that is neither.
    """
    resolved: set[str] = set()
    for name in names:
        family = {rule.name for rule in rules.values() if rule.family == name}
        if name == ALL:
            resolved |= rules.keys()
        elif name in rules:
            resolved.add(name)
        elif family:
            resolved |= family
        else:
            meant = nearest(name, [*rules, *{rule.family for rule in rules.values()}, ALL])
            hint = f"; did you mean {quote(meant)}?" if meant else ""
            message = f"unknown rule or family {quote(name)}{hint}"
            raise ValueError(message)
    return resolved


class Selection(NamedTuple):
    """The rules that run, each with its severity; ``threshold`` is the least one reported."""

    levels: Mapping[str, Severity]
    threshold: Severity

    def severity(self, rule: str, *, minor: bool) -> Severity | None:
        """Give the severity of a problem, or None if it is not to be reported."""
        level = self.levels.get(rule)
        if level is None:
            return None
        level = min(level, Severity.WARNING) if minor else level
        return level if level >= self.threshold else None


def choose(rules: Mapping[str, Rule], target: Target, choice: Choice) -> Selection:
    """Settle which rules run, and how severe they are; raises ValueError for an unknown name."""
    levels: dict[str, Severity | None] = {rule.name: rule.severity for rule in rules.values()}
    levels.update(target.severity)
    narrowing = sorted(choice.severity.items(), key=lambda item: (item[0] in rules, item[0] != ALL))
    for name, level in narrowing:  # ALL, then families, then rules
        levels.update(dict.fromkeys(resolve([name], rules), level))
    selected = resolve(choice.select, rules) or rules.keys()
    ignored = resolve(choice.ignore, rules)
    named = Severity.INFO if choice.select else Severity.WARNING
    threshold = choice.min_severity or named
    running = {
        name: level
        for name, level in levels.items()
        if level and level >= threshold and name in selected and name not in ignored
    }
    return Selection(running | dict.fromkeys(NOT_SUPPRESSIBLE, Severity.ERROR), threshold)
