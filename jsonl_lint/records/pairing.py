"""Which tool call a tool message belongs to: what its id says, and else the order in the turn."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from operator import attrgetter
from typing import TYPE_CHECKING

from jsonl_lint.records.answers import answers, open_turns
from jsonl_lint.records.record import once

if TYPE_CHECKING:
    from jsonl_lint.finding import Path
    from jsonl_lint.records.record import Record, ToolCall, ToolMessage


def shared_id(record: Record, path: Path) -> tuple[ToolCall, list[Path]] | None:
    """Give the call that has the id at a path, and all paths of that call's id.

    The first path is the call's own, the others those of the tool messages that answer it.
    """
    answered, results = _answered(record)
    *above, key = path
    call = _call_at(record, tuple(above)) if key == "id" else answered.get(tuple(above))
    if call is None:
        return None
    others = [(*result.path, "tool_call_id") for result in results.get(id(call), ())]
    return call, [(*call.path, "id"), *others]


@once
def _answered(record: Record) -> tuple[dict[Path, ToolCall], dict[int, list[ToolMessage]]]:
    """Give the call that each tool message answers, and the answers of each call that has any."""
    calls: dict[Path, ToolCall] = {}
    results: defaultdict[int, list[ToolMessage]] = defaultdict(list)
    for answer in answers(record):
        if answer.call:
            calls[answer.result.path] = answer.call
            results[id(answer.call)].append(answer.result)
    return calls, results


def _call_at(record: Record, path: Path) -> ToolCall | None:
    at = bisect_left(record.tool_calls, path, key=attrgetter("path"))
    found = record.tool_calls[at : at + 1]
    return found[0] if found and found[0].path == path else None


@once
def paired_by_order(record: Record) -> list[tuple[ToolCall, ToolMessage]]:
    """Pair calls without an answer with tool messages that answer nothing, turn by turn, in order.

    A turn gives pairs only where there are as many of the one as of the other, and where no tool
    message names another function than its call.
    """
    found = answers(record)
    matched = {id(answer.result) for answer in found if answer.call}
    answered = {id(answer.call) for answer in found}
    turns = open_turns(record)
    calls: defaultdict[int | None, list[ToolCall]] = defaultdict(list)
    for call in record.tool_calls:
        if id(call) not in answered:
            calls[call.message].append(call)
    results: defaultdict[int | None, list[ToolMessage]] = defaultdict(list)
    for result in record.tool_messages:
        if id(result) not in matched:
            results[turns[result.message]].append(result)
    pairs: list[tuple[ToolCall, ToolMessage]] = []
    for turn, waiting in results.items():
        fitting = list(zip(calls[turn], waiting, strict=False))
        if len(calls[turn]) == len(waiting) and all(_agree(*pair) for pair in fitting):
            pairs += fitting
    return pairs


@once
def results_by_order(record: Record) -> dict[Path, ToolMessage]:
    """Give, for the path of each call that is paired so, the tool message."""
    return {call.path: result for call, result in paired_by_order(record)}


@once
def calls_by_order(record: Record) -> dict[Path, ToolCall]:
    """Give, for the path of each tool message that is paired so, the call."""
    return {result.path: call for call, result in paired_by_order(record)}


def _agree(call: ToolCall, result: ToolMessage) -> bool:
    return result.name is None or call.name is None or result.name == call.name
