"""What the dialects of ``messages`` have in common: ids, types and members that say nothing."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from jsonl_lint.change import Drop, Put
from jsonl_lint.fixing.convert.ids import Ids
from jsonl_lint.fixing.convert.losses import note
from jsonl_lint.fixing.convert.rewriting import each_call
from jsonl_lint.records import view
from jsonl_lint.records.answers import answers
from jsonl_lint.records.pairing import paired_by_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jsonl_lint.change import Change
    from jsonl_lint.finding import Path
    from jsonl_lint.fixing.convert.losses import Loss
    from jsonl_lint.records.record import Record, ToolMessage

REQUEST_KEYS = ("function_call", "parallel_tool_calls", "tool_choice")
"""Options of a request, which OpenAI's training data may carry (its OpenAPI description)."""


def new_ids(value: dict[str, Any], fits: Callable[[str], bool]) -> Iterator[Change]:
    """Give a new id to each call whose id is missing or does not fit, and to what answers it.

    Answers without an id get that of the call which they answer by their place in the turn.
    """
    record = view(value, ("messages",))
    results = _results(record)
    ids = Ids(value)
    for call in record.tool_calls:
        found = call.id
        if found is None or not fits(found):
            found = ids.make(call.path)
            yield Put((*call.path, "id"), found)
        for result in results[call.path]:
            if result.tool_call_id != found:
                yield Put((*result.path, "tool_call_id"), found)


def _results(record: Record) -> defaultdict[Path, list[ToolMessage]]:
    results: defaultdict[Path, list[ToolMessage]] = defaultdict(list)
    for answer in answers(record):
        if answer.call:
            results[answer.call.path].append(answer.result)
    for call, result in paired_by_order(record):
        results[call.path].append(result)
    return results


def types(path: Path, message: dict[str, Any]) -> Iterator[Change]:
    """Write the type of each call that lacks it, and leave out a list of no calls."""
    if "tool_calls" in message and not message["tool_calls"]:
        yield Drop((*path, "tool_calls"))
        return
    for at, call in each_call(path, message):
        if "type" not in call:
            yield Put((*at, "type"), "function")


def tool_types(value: dict[str, Any]) -> Iterator[Change]:
    """Write the type of each tool definition that lacks it."""
    for path, tool in each_tool(value):
        if "type" not in tool:
            yield Put((*path, "type"), "function")


def each_tool(value: dict[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield the well-formed tool definitions with their paths."""
    tools = value.get("tools")
    for index, tool in enumerate(tools if isinstance(tools, list) else ()):
        if isinstance(tool, dict) and isinstance(tool.get("function"), dict):
            yield ("tools", index), tool


def without(
    holder: dict[str, Any], path: Path, keys: tuple[str, ...], kind: str, losses: list[Loss]
) -> Iterator[Change]:
    """Leave members out; those that say something are losses."""
    for key in keys:
        if key in holder:
            yield Drop((*path, key))
            if holder[key] is not None and holder[key] != []:
                note(losses, kind, [(*path, key)])
