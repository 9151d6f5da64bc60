"""The part of the statistics that is about tools, and how names are listed.

No line begins with a name: what data are named may be a command for the log of a CI service.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.reporting.columns import aligned, percent
from jsonl_lint.reporting.safe import cut, inert
from jsonl_lint.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.measuring.facts import Facts
    from jsonl_lint.measuring.names import Names

SHOWN = 5
"""Names that are shown, the most frequent first; all are counted."""
_LONGEST = 40


def tool_lines(facts: Facts, *, glyphs: bool) -> Iterator[str]:
    """Say how many tools there are, which are called most, and which are not called."""
    share = percent(facts.records_with_tools, facts.records)
    calls = facts.calls_a_record.sum
    yield f"  {count(facts.records_with_tools, 'record')} ({share}) with {count(calls, 'call')}"
    never = facts.never_called
    unused = "" if never is None else f", {len(never):,} never called"
    yield f"  {_number(facts.declared)} declared, {_number(facts.called)} called{unused}"
    if facts.called.counts:
        yield from aligned(list(_rows(facts, glyphs=glyphs)), words=3)
    if never:
        named = ", ".join(_shown(name, glyphs=glyphs) for name in never[:SHOWN])
        yield f"  never called: {named}{_more(len(never))}"


def name_list(names: Names, *, glyphs: bool) -> str:
    """List the most frequent names with their counts."""
    shown = [f"{_shown(name, glyphs=glyphs)} ({number:,})" for name, number in names.top(SHOWN)]
    return ", ".join(shown) + (_more(len(names.counts)) if names.whole else " and many more")


def _rows(facts: Facts, *, glyphs: bool) -> Iterator[tuple[str, ...]]:
    yield "calls", "", "declared in", "tool"
    declared = facts.declared.counts
    calls = facts.calls_a_record.sum
    for name, number in facts.called.top(SHOWN):
        known = name in declared or facts.declared.whole
        records = f"{declared.get(name, 0):,}" if known else "?"
        yield f"{number:,}", percent(number, calls), records, _shown(name, glyphs=glyphs)


def _number(names: Names) -> str:
    number = count(len(names.counts), "tool")
    return number if names.whole else f"more than {number}"


def _more(number: int) -> str:
    return f" and {number - SHOWN:,} more" if number > SHOWN else ""


def _shown(name: str, *, glyphs: bool) -> str:
    return cut(inert(name, glyphs=glyphs), _LONGEST)
