"""Statistics for people: at most 80 columns, each figure beside its name, all text from data inert.

Each file has a line; the page after it is about all files together.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, NamedTuple

from jsonl_lint.measuring.facts import SPEAKERS, TEXT
from jsonl_lint.measuring.measured import Measured, Total
from jsonl_lint.reading.errors import Code
from jsonl_lint.reporting.bars import bars
from jsonl_lint.reporting.columns import aligned, percent
from jsonl_lint.reporting.plan_text import plan_lines, training_lines
from jsonl_lint.reporting.safe import inert, leading
from jsonl_lint.reporting.tokens_text import token_lines
from jsonl_lint.reporting.tools_text import name_list, tool_lines
from jsonl_lint.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.measuring.facts import Facts
    from jsonl_lint.measuring.spread import Spread
    from jsonl_lint.measuring.token_report import TokenReport

WIDTH = 80
_MOST_BARS = 24
_AXIS = "histogram"
_BOLD = "\x1b[1m{}\x1b[0m"

Items = Generator[None, Measured | Total, None]
Row = tuple[str, ...]


class Look(NamedTuple):
    """What the output can show: colour, and characters beyond ASCII."""

    color: bool = False
    glyphs: bool = True


def report(write: Callable[[str], object], look: Look) -> Items:
    """Write a line for each file as it comes, and the page at last."""
    files = 0
    while isinstance(item := (yield), Measured):
        files += 1
        write(_file_line(item, look) + "\n")
    if files > 1:
        write(f"{files:,} files together: {_extent(item.facts)}\n")
    if not files and not item.training:
        write("nothing was measured: there was no file to read\n")
    for heading, lines in _sections(item, look):
        write(f"\n{_BOLD.format(heading) if look.color else heading}\n")
        for line in lines:
            write(line + "\n")


def _file_line(item: Measured, look: Look) -> str:
    name = leading(item.result.name, glyphs=look.glyphs)
    result = item.result
    error = f"{result.error_code}: {inert(result.error, glyphs=look.glyphs)}"
    nothing = not item.facts.bytes or result.error_code is Code.NOTHING_READ
    if result.error and nothing:
        return f"{name}: {error}"
    line = f"{name}: {_extent(item.facts)}"
    return f"{line}\n  only so far, not to its end: {error}" if result.error else line


def _extent(facts: Facts) -> str:
    parts = [count(facts.records, "record"), count(facts.bytes, "byte")]
    if facts.blank_lines:
        parts.append(count(facts.blank_lines, "blank line"))
    text = ", ".join(parts)
    if facts.lines_without_record:
        lines = count(facts.lines_without_record, "line")
        text += f"\n  {lines} without a record; jsonl-lint check says why"
    return text


def _sections(item: Total, look: Look) -> Iterator[tuple[str, list[str]]]:
    if item.facts.records:
        yield from _facts(item.facts, item.tokens, look)
    if item.tokens and item.tokens.records:
        yield token_lines(item.tokens, glyphs=look.glyphs)
    if item.plan:
        yield plan_lines(item.plan)
    if item.training:
        yield training_lines(item.training, glyphs=look.glyphs)


def _facts(facts: Facts, tokens: TokenReport | None, look: Look) -> Iterator[tuple[str, list[str]]]:
    yield "formats", [f"  {_formats(facts)}"]
    if facts.all_messages:
        in_turns = f"messages: {facts.all_messages:,} in {count(facts.turns, 'turn')}"
        yield in_turns, list(_roles(facts, look))
    spreads = list(_spreads(facts))
    if tokens and tokens.tokens.count:
        spreads.append(("tokens a record", tokens.tokens))
    yield from _lengths(spreads, look)
    if facts.all_messages:
        yield "training", list(_training(facts))
    if facts.records_with_tools:
        yield "tools", list(tool_lines(facts, glyphs=look.glyphs))


def _formats(facts: Facts) -> str:
    named = sorted(facts.formats.items(), key=lambda one: (-one[1], one[0]))
    shares = [f"{name} {number:,} ({percent(number, facts.records)})" for name, number in named]
    return ", ".join(shares)


def _roles(facts: Facts, look: Look) -> Iterator[str]:
    rows: list[Row] = [("role", "messages", "", "characters", "", "bytes")]
    for role in SPEAKERS:
        messages, characters = facts.messages(role), facts.content_characters[role].sum
        if messages:
            shares = percent(messages, facts.all_messages), percent(characters, facts.characters)
            numbers = f"{messages:,}", shares[0], f"{characters:,}", shares[1]
            rows.append((role, *numbers, f"{facts.content_bytes(role):,}"))
    yield from aligned(rows)
    if facts.other_roles.counts:
        yield f"  other roles: {name_list(facts.other_roles, glyphs=look.glyphs)}"


def _spreads(facts: Facts) -> Iterator[tuple[str, Spread]]:
    yield "bytes a record", facts.record_bytes
    yield "messages a record", facts.messages_a_record
    for role in (*SPEAKERS, TEXT):
        yield f"{role} characters", facts.content_characters[role]
    yield "calls a record", facts.calls_a_record


def _lengths(spreads: list[tuple[str, Spread]], look: Look) -> Iterator[tuple[str, list[str]]]:
    shown = [(name, spread) for name, spread in spreads if spread.count]
    rows: list[Row] = [("", "p5", "median", "p95", "p99", "max")]
    for name, spread in shown:
        numbers = [*spread.quantiles(5, 50, 95, 99), spread.max]
        rows.append((name, *(f"{number:,}" for number in numbers)))
    heading, *lines = aligned(rows)
    room = min(_MOST_BARS, WIDTH - len(heading) - 2)
    if room >= len(_AXIS):
        heading = f"{heading}  {_AXIS}"
        for at, (_, spread) in enumerate(shown):
            numbers = [bucket.number for bucket in spread.histogram(room)]
            lines[at] += "  " + bars(numbers, glyphs=look.glyphs)
    yield "lengths" + heading[len("lengths") :], lines


def _training(facts: Facts) -> Iterator[str]:
    share = facts.assistant_share
    if share is not None:
        yield f"  {percent(share, 1)} of all content and arguments is the assistant's"
    spoken = facts.messages("assistant")
    learned = f"{facts.learned_messages:,} of {count(spoken, 'assistant message')}"
    yield f"  mistral-finetune learns {learned} ({percent(facts.learned_messages, spoken)})"
    if facts.weight_0_records:
        yield f"  {count(facts.weight_0_records, 'record')} with an assistant message of weight 0"
