"""Changes within a record that stays of its format: every byte that they do not concern is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonl_lint.fixing.convert.losses import RefusedError
from jsonl_lint.fixing.edits import apply, edits, places
from jsonl_lint.pointer import finder
from jsonl_lint.reading.decode import count_keys, keys_are_unique

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.change import Change
    from jsonl_lint.finding import Path


def rewritten(raw: bytes, value: dict[str, Any], changes: list[Change]) -> bytes:
    """Make the changes; raises RefusedError where a key stands twice, so that one of them hides."""
    if not changes:
        return raw
    refuse_hidden(raw, value)
    return apply(raw, edits(raw, changes, finder(raw, places(changes))))


def refuse_hidden(raw: bytes, value: object, path: Path = ()) -> None:
    """Raise RefusedError where JSON text names a key twice, of which ``value`` has only one."""
    if not keys_are_unique(raw, count_keys(value)):
        message = "a key stands twice in one object; keep one of them"
        raise RefusedError(message, path)


def each_message(value: dict[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield the messages of a record with their paths; raises RefusedError where one is none."""
    key = "messages" if "messages" in value else "interactions"
    messages = value.get(key)
    if not isinstance(messages, list):
        words = 'the record has no list of "messages"'
        raise RefusedError(words, (key,) if key in value else ())
    for index, message in enumerate(messages):
        if not isinstance(message, dict):
            words = "the message is not an object"
            raise RefusedError(words, (key, index))
        yield (key, index), message


def each_call(path: Path, message: dict[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield the tool calls of a message with their paths; raises RefusedError where one is none."""
    calls = message.get("tool_calls")
    if calls is None:
        return
    path = (*path, "tool_calls")
    if not isinstance(calls, list):
        words = "the tool calls are not a list"
        raise RefusedError(words, path)
    for index, call in enumerate(calls):
        if not isinstance(call, dict) or not isinstance(call.get("function"), dict):
            words = "the tool call is not an object with a function"
            raise RefusedError(words, (*path, index))
        yield (*path, index), call
