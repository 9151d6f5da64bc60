"""``explain``, ``rules``, ``targets`` and ``schema``: what jsonl-lint knows, in words."""

from __future__ import annotations

import json
from itertools import groupby
from textwrap import indent
from typing import TYPE_CHECKING

import click

from jsonl_lint import plugins
from jsonl_lint.cli.command import Helped
from jsonl_lint.cli.exit_codes import INCOMPLETE
from jsonl_lint.cli.outlets import say
from jsonl_lint.reading.errors import MEANINGS, Code
from jsonl_lint.reporting.safe import alone, inert_json
from jsonl_lint.rules.manual import SECTIONS
from jsonl_lint.schema import find
from jsonl_lint.words import nearest, quote, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jsonl_lint.rules import Rule


@click.command(cls=Helped)
@click.argument("rule")
def explain(rule: str) -> None:
    """Print the manual of a rule: what it does, why, examples, source.

    The codes of checks that are incomplete, like io-error, are explained too.
    """
    if rule in MEANINGS:
        say(f"{rule} (exit code {INCOMPLETE}; it is no rule, and no option hides it)\n")
        say(MEANINGS[Code(rule)])
        return
    known = plugins.load_rules()
    if rule not in known:
        raise _unknown_rule(rule, known)
    found = known[rule]
    fix = f", {found.safety.value} fix" if found.safety else ""
    _show(f"{found.name} ({found.severity}, {found.family}{fix})\n\n{found.summary}")
    if not found.manual:
        _show(found.doc.partition("\n")[2])
        return
    for title, body in zip(SECTIONS, found.manual[1:], strict=True):
        _show(f"\n{title}\n{indent(body, '    ')}")


@click.command(cls=Helped)
@click.option("-f", "--format", "format_", type=click.Choice(["text", "json"]), default="text")
def rules(format_: str) -> None:
    """List the rules by family, with their default severity."""
    known = sorted(plugins.load_rules().values(), key=lambda rule: (rule.family, rule.name))
    if format_ == "json":
        say(inert_json(json.dumps([_as_dict(rule) for rule in known], indent=2)))
        return
    width = max(len(rule.name) for rule in known)
    for family, members in groupby(known, key=lambda rule: rule.family):
        _show(f"{family}:")
        for rule in members:
            fix = f"{rule.safety.value} fix" if rule.safety else ""
            _show(f"  {rule.name:{width}}  {rule.severity!s:7}  {fix:10}  {rule.summary}")


@click.command(cls=Helped)
def targets() -> None:
    """List the targets: the consumers that data can be checked for."""
    for name in plugins.target_names():
        target = plugins.load_target(name)
        _show(f"{name}: {target.title}; formats {', '.join(target.formats)}")


@click.command(cls=Helped)
@click.argument("name")
def schema(name: str) -> None:
    """Print a shipped JSON Schema: of a target's records, or of the json report."""
    if name not in find.names():
        raise _unknown_schema(name)
    say(find.text(name).removesuffix("\n"))


def _show(text: str) -> None:
    """Print lines, of which those of plugins may hold anything."""
    for line in text.split("\n"):
        say(alone(line))


def _as_dict(rule: Rule) -> dict[str, str | None]:
    return {
        "name": rule.name,
        "family": rule.family,
        "severity": str(rule.severity),
        "fix": rule.safety.value if rule.safety else None,
        "summary": rule.summary,
    }


def _unknown_rule(name: str, known: Iterable[str]) -> click.UsageError:
    meant = nearest(name, known)
    hint = f"did you mean {quote(meant)}?" if meant else "see jsonl-lint rules"
    return click.UsageError(f"unknown rule {quote(name)}; {hint}")


def _unknown_schema(name: str) -> click.UsageError:
    return click.UsageError(f"unknown schema {quote(name)}; {suggestion(name, find.names())}")
