"""The rules: one module a rule, found by scanning the family folders; nothing is registered.

A rule's module has its manual as docstring, its default ``SEVERITY``, and at most one function:
``check(record)`` for what a decoded record shows, or ``check_file(facts, limits)`` for what only
the whole file shows. A rule without a function is reported by a stage that sees its fault anyway:
reading (bytes and JSON) or the target's JSON Schema (``x-rule``).

A rule whose fault can be repaired has ``FIX``, safe or unsafe, and one function for it:
``fix(record, problem)`` yields changes of the record, ``fix_line(raw, problem)`` yields edits of a
line, ``fix_file(chunks, limit)`` yields the lines of a file that is no JSONL. ``ALL_OR_NONE`` says
that a record is not to be left with some of its faults of this rule mended and others not.

A rule with ``check_file`` may have ``SPEAKS_FOR``: rules that find the same mistake of a file, and
are silent about it where this one speaks.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import ModuleType

    from jsonl_lint.change import Change, DropRecord, Edit, Safety
    from jsonl_lint.finding import Problem, Severity
    from jsonl_lint.reading.facts import FileFacts
    from jsonl_lint.records import Record
    from jsonl_lint.rules.manual import Manual
    from jsonl_lint.targets import Limits

    Check = Callable[[Record], Iterable[Problem]]
    CheckFile = Callable[[FileFacts, Limits], Iterable[Problem]]
    Fix = Callable[[Record, Problem], Iterable[Change | DropRecord]]
    FixLine = Callable[[bytes, Problem], Iterable[Edit]]
    FixFile = Callable[[Iterable[bytes], int], Iterator[bytes]]

__all__ = ["CRASHED", "Rule", "families", "from_module", "load"]

CRASHED = "rule-crashed"
"""The rule that findings about a crashed rule are reported under."""


class Rule(NamedTuple):
    """One named check, with the severity it has unless a target or the user says otherwise."""

    name: str
    family: str
    severity: Severity
    doc: str
    check: Check | None = None
    check_file: CheckFile | None = None
    safety: Safety | None = None
    """How safe the rule's fix is; ``None`` for a rule without one."""
    fix: Fix | None = None
    fix_line: FixLine | None = None
    fix_file: FixFile | None = None
    all_or_none: bool = False
    """Whether the problems of a record are fixed together or not at all."""
    speaks_for: tuple[str, ...] = ()
    """Rules that are silent about a file of which this one says something."""

    @property
    def manual(self) -> Manual | None:
        """The docstring, taken apart; ``None`` for a plugin's that does not follow the form."""
        from jsonl_lint.rules.manual import parse  # noqa: PLC0415 - a check shows no manual

        try:
            return parse(self.doc)
        except ValueError:
            return None

    @property
    def summary(self) -> str:
        """The docstring's first line."""
        return self.doc.partition("\n")[0]


def from_module(module: ModuleType, family: str, name: str) -> Rule:
    """Make a rule of a module; raises AttributeError where it has no SEVERITY."""
    return Rule(
        name=name,
        family=family,
        severity=module.SEVERITY,
        doc=module.__doc__ or "",
        check=getattr(module, "check", None),
        check_file=getattr(module, "check_file", None),
        safety=getattr(module, "FIX", None),
        fix=getattr(module, "fix", None),
        fix_line=getattr(module, "fix_line", None),
        fix_file=getattr(module, "fix_file", None),
        all_or_none=getattr(module, "ALL_OR_NONE", False),
        speaks_for=getattr(module, "SPEAKS_FOR", ()),
    )


def families() -> list[str]:
    """List the families: their folders' names, with hyphens."""
    return [folder.replace("_", "-") for folder in _folders()]


def _folders() -> list[str]:
    return sorted(info.name for info in iter_modules(__path__) if info.ispkg)


@lru_cache
def load() -> dict[str, Rule]:
    """Import every rule that ships with the package, sorted by family and name."""
    rules = {}
    for folder in _folders():
        package = import_module(f"{__name__}.{folder}")
        for info in sorted(iter_modules(package.__path__), key=lambda info: info.name):
            module = import_module(f"{package.__name__}.{info.name}")
            name = info.name.replace("_", "-")
            rules[name] = from_module(module, folder.replace("_", "-"), name)
    return rules
