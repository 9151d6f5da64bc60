"""The dialect of ``messages`` that OpenAI takes, as its OpenAPI description has it.

An assistant message may lack ``content`` beside tool calls, so none is written there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonl_lint.change import Drop
from jsonl_lint.fixing.convert.dialects import new_ids, tool_types, types
from jsonl_lint.fixing.convert.losses import note
from jsonl_lint.fixing.convert.rewriting import each_message, rewritten
from jsonl_lint.records import view
from jsonl_lint.records.answers import answers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.change import Change
    from jsonl_lint.fixing.convert.losses import Loss


def to_openai(raw: bytes, value: dict[str, Any], losses: list[Loss]) -> bytes:
    """Turn a record with current names into what OpenAI takes; raises RefusedError."""
    changes = [*tool_types(value), *_tool_names(value, losses)]
    for path, message in each_message(value):
        changes += types(path, message)
        if "prefix" in message:
            changes.append(Drop((*path, "prefix")))
            if message["prefix"]:
                note(losses, "foreign-key", [(*path, "prefix")])
    changes += new_ids(value, bool)
    return rewritten(raw, value, changes)


def _tool_names(value: dict[str, Any], losses: list[Loss]) -> Iterator[Change]:
    """Leave out the name of a tool message: the call that it answers has it too."""
    record = view(value, ("messages",))
    called = {answer.result.message: answer.call.name for answer in answers(record) if answer.call}
    for result in record.tool_messages:
        path = (*result.path, "name")
        if result.name is not None:
            yield Drop(path)
            if called.get(result.message) != result.name:
                note(losses, "message-name", [path])
