"""The report for people: findings in groups, each with an example to look at, and a summary.

No line begins with text from data, and all of that passes ``inert``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.change import Safety
from jsonl_lint.finding import Finding, Severity
from jsonl_lint.reporting.closing import gap_lines, sentence, table
from jsonl_lint.reporting.grouping import EXAMPLES, MORE_LINES, Group, Groups
from jsonl_lint.reporting.mendable import Mendable
from jsonl_lint.reporting.safe import cut, inert, leading
from jsonl_lint.reporting.tally import tally
from jsonl_lint.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.linting.summary import Summary
    from jsonl_lint.reporting import Items, Options, Write

_LONGEST_POINTER = 100
_COLORS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.INFO: "1;36"}
_BOLD = "1"
_NAMED = 4
_SLOW = (
    "note: jsonschema-rs cannot be imported; jsonschema took its place, which is slower and finds "
    "the same"
)


def report(write: Write, options: Options) -> Items:
    """Write the groups of a file when the next file begins, and the summary at the end."""
    limit = EXAMPLES if options.max_per_rule is None else options.max_per_rule
    groups: Groups | None = None
    mendable = Mendable({} if options.quiet else options.rules)
    first = True
    while isinstance(item := (yield), Finding):
        if groups is None or groups.file != item.file:
            first = _write_groups(write, options, groups, first=first)
            groups = Groups(item.file, limit, glyphs=options.glyphs)
        groups.add(item)
        mendable.ask(item)
    first = _write_groups(write, options, groups, first=first)
    ending = list(_ending(item, mendable, options))
    if ending and not first:
        write("\n")
    for line in ending:
        write(line + "\n")


def _write_groups(write: Write, options: Options, groups: Groups | None, *, first: bool) -> bool:
    """Write a file's groups, parted by blank lines; tell whether nothing was written yet."""
    for group in groups.take() if groups else ():
        if not first:
            write("\n")
        first = False
        for line in _group_lines(groups.file if groups else "", group, options):
            write(line + "\n")
    return first


def _group_lines(file: str, group: Group, options: Options) -> Iterator[str]:
    name = leading(file, glyphs=options.glyphs)
    yield _header(group, options)
    said = hinted = ""
    for number, example in enumerate(group.examples):
        place = f"  {name}:{example.line}:{example.column}"
        hint = "" if example.hint == hinted else example.hint
        words = f"{example.message} ({hint})" if hint and number else example.message
        same = number and example.message == said and not hint
        yield place if same else f"{place}: {inert(words, glyphs=options.glyphs)}"
        said, hinted = example.message, example.hint or hinted
        if number == 0:
            yield from _excerpt_lines(group, hint, options)
    if group.count > len(group.examples):
        yield _more(group)


def _header(group: Group, options: Options) -> str:
    severity = _painted(str(group.severity), _COLORS[group.severity], options)
    rule = _painted(inert(group.rule, glyphs=options.glyphs), _BOLD, options)
    often = f", {group.count:,} times" if group.count > 1 else ""
    if group.where is None:
        where = ", in still other places"
    else:
        pointer = cut(inert(group.where, glyphs=options.glyphs), _LONGEST_POINTER)
        where = f" at {pointer}" if pointer else ""
    return f"{severity} {rule}{often}{where}"


def _excerpt_lines(group: Group, hint: str, options: Options) -> Iterator[str]:
    if group.excerpt:
        text, start, length = group.excerpt
        yield f"    | {text}"
        yield f"    | {' ' * start}{'^' * length}"
    if hint:
        yield f"    hint: {inert(hint, glyphs=options.glyphs)}"


def _more(group: Group) -> str:
    rest = group.count - len(group.examples)
    named = [str(line) for line in group.more_lines[:MORE_LINES]]
    if len(group.more_lines) > MORE_LINES:
        named.append("...")
    lines = f"line{'s' * (len(named) > 1)} {', '.join(named)}"
    return f"  + {rest:,} more ({lines}); --max-per-rule {group.count} shows all"


def _ending(summary: Summary, mendable: Mendable, options: Options) -> Iterator[str]:
    rows = [] if options.quiet else list(table(summary))
    for row, number, rule, where in rows:
        severity = _painted(f"{row.severity!s:<7}", _COLORS[row.severity], options)
        name = _painted(inert(rule, glyphs=options.glyphs), _BOLD, options)
        yield f"{number}  {severity}  {name}  {where}"
    if rows:
        yield ""
    yield from gap_lines(summary, glyphs=options.glyphs)
    if not options.quiet:
        yield sentence(summary)
        yield from _fixable(summary, mendable.fixes, options)
        if summary.slow_engine:
            yield _SLOW


def _fixable(summary: Summary, fixes: dict[str, Safety], options: Options) -> Iterator[str]:
    rules = dict.fromkeys(row.rule for row in tally(summary))
    safe = [name for name in rules if fixes.get(name) is Safety.SAFE]
    unsafe = [name for name in rules if fixes.get(name) is Safety.UNSAFE]
    if safe:
        yield f"jsonl-lint fix mends what it can of {_some(safe, options)}"
    if unsafe:
        yield f"jsonl-lint fix --unsafe-fixes mends what it can of {_some(unsafe, options)}"


def _some(names: list[str], options: Options) -> str:
    shown = [inert(name, glyphs=options.glyphs) for name in names[:_NAMED]]
    if len(names) > _NAMED:
        shown.append(count(len(names) - _NAMED, "more rule"))
    return ", ".join(shown)


def _painted(text: str, code: str, options: Options) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if options.color else text
