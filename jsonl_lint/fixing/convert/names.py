"""Older and foreign names of keys and roles, turned into those that all readers know.

``functions``, ``function_call`` and the role ``function`` are OpenAI's former tool calls;
``interactions``, ``available_tools``, ``system_prompt``, ``only_last`` and ``text`` are read by
mistral-finetune alone; the role ``developer`` is another name of ``system`` that no fine-tuning
service takes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonl_lint.change import Drop, Insert, Old, Put, Rename
from jsonl_lint.fixing.convert.ids import Ids
from jsonl_lint.fixing.convert.losses import RefusedError
from jsonl_lint.fixing.convert.rewriting import each_message, rewritten
from jsonl_lint.words import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonl_lint.change import Change
    from jsonl_lint.finding import Path
    from jsonl_lint.fixing.convert.losses import Loss

_ALIASES = {"interactions": "messages", "available_tools": "tools", "functions": "tools"}


def to_current(raw: bytes, value: dict[str, Any], _losses: list[Loss]) -> bytes:
    """Give keys and roles their current names; raises RefusedError where both names stand."""
    messages = list(each_message(value))
    changes = [*_record(value), *_training(value, messages)]
    ids = Ids(value)
    waiting: tuple[str, str] | None = None
    for path, message in messages:
        changes += _message(path, message)
        if isinstance(message.get("function_call"), dict):
            made = ids.make((*path, "tool_calls", 0))
            changes += _call(path, message, made)
            waiting = (made, message["function_call"].get("name"))
        elif message.get("role") == "function":
            if not waiting or message.get("name", waiting[1]) != waiting[1]:
                words = "the function message answers no function call before it"
                raise RefusedError(words, path)
            changes += [Put((*path, "role"), "tool"), Put((*path, "tool_call_id"), waiting[0])]
            waiting = None
        else:
            waiting = None
    return rewritten(raw, value, changes)


def _record(value: dict[str, Any]) -> Iterator[Change]:
    for alias, name in _ALIASES.items():
        if alias in value:
            yield _renamed(value, (), alias, name)
    functions = value.get("functions")
    if isinstance(functions, list):
        definitions = [
            {"type": "function", "function": Old(("functions", index))}
            for index in range(len(functions))
        ]
        yield Put(("functions",), definitions)
    if "system_prompt" in value:
        key = "messages" if "messages" in value else "interactions"
        if not value[key]:
            words = "the list of messages is empty"
            raise RefusedError(words, (key,))
        yield Insert((key, 0), {"role": "system", "content": Old(("system_prompt",))})
        yield Drop(("system_prompt",))


def _training(
    value: dict[str, Any], messages: list[tuple[Path, dict[str, Any]]]
) -> Iterator[Change]:
    """Say by weights what ``only_last`` says: all but the last answer are not trained."""
    if "only_last" not in value:
        return
    yield Drop(("only_last",))
    answers = [path for path, message in messages if message.get("role") == "assistant"]
    if value["only_last"] is True:
        yield from (Put((*path, "weight"), 0) for path in answers[:-1])


def _message(path: Path, message: dict[str, Any]) -> Iterator[Change]:
    if "text" in message:
        yield _renamed(message, path, "text", "content")
    if message.get("role") == "developer":
        yield Put((*path, "role"), "system")
    if "function_call" in message and message["function_call"] is None:
        yield Drop((*path, "function_call"))


def _call(path: Path, message: dict[str, Any], made: str) -> Iterator[Change]:
    place = (*path, "function_call")
    yield _renamed(message, path, "function_call", "tool_calls")
    yield Put(place, [{"id": made, "type": "function", "function": Old(place)}])


def _renamed(holder: dict[str, Any], path: Path, alias: str, name: str) -> Rename:
    if name in holder or (alias == "functions" and "available_tools" in holder):
        words = f"there are both {quote(alias)} and {quote(name)}; keep one of them"
        raise RefusedError(words, (*path, alias))
    return Rename((*path, alias), name)
