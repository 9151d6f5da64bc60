"""The format ``sharegpt``, as LLaMA-Factory documents it, from and to ``messages``.

``conversations`` is a list of turns with ``from`` and ``value``; a call is a turn ``function_call``
whose value is JSON text, an object with ``name`` and ``arguments`` or a list of such; its answers
are turns ``observation``, in the order of the calls. ``tools`` is a string that holds a list of
functions. A system prompt is written as the first turn, which every reader takes, and read from the
key ``system`` too. Turns with ``role`` and ``content`` are read as well.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

import orjson

from jsonl_lint.fixing.convert.conversation import (
    open_arguments,
    open_messages,
    open_record,
    open_tools,
    write_message,
)
from jsonl_lint.fixing.convert.ids import Ids
from jsonl_lint.fixing.convert.losses import RefusedError, note
from jsonl_lint.fixing.convert.raw import (
    EMPTY,
    SPACED,
    elements,
    embedded,
    members,
    one_line,
    quoted,
    string,
    style_of,
    text,
)
from jsonl_lint.records.speakers import role_of
from jsonl_lint.words import listing, quote

if TYPE_CHECKING:
    from typing import Any

    from jsonl_lint.finding import Path
    from jsonl_lint.fixing.convert.conversation import Call, Message
    from jsonl_lint.fixing.convert.losses import Loss
    from jsonl_lint.fixing.convert.raw import Style

_TURNS = {"system": "system", "user": "human", "assistant": "gpt", "tool": "observation"}
_CALL = "function_call"


def from_messages(raw: bytes, _value: dict[str, Any], losses: list[Loss]) -> bytes:
    """Write a record of messages as turns; raises RefusedError."""
    style = style_of(raw)
    messages, tools = open_messages(raw, losses)
    _note_pairing(messages, losses)
    turns = [style.object(_turn(message, losses)) for message in messages]
    record = {"conversations": style.array(turns)}
    if tools is not None:
        functions = [_bare(tool, ("tools", i), losses) for i, tool in enumerate(tools)]
        record["tools"] = quoted(style.array(functions))
    return style.object(record)


def _turn(message: Message, losses: list[Loss]) -> dict[str, bytes]:
    if not message.calls:
        return {"from": orjson.dumps(_TURNS[message.role]), "value": message.content or b'""'}
    if message.content is not None:
        note(losses, "content-beside-calls", [(*message.path, "content")])
    note(losses, "tool-call-id", [(*call.path, "id") for call in message.calls if call.id])
    calls = [
        SPACED.object({"name": call.name, "arguments": call.arguments}) for call in message.calls
    ]
    value = calls[0] if len(calls) == 1 else SPACED.array(calls)
    return {"from": orjson.dumps(_CALL), "value": quoted(value)}


def _note_pairing(messages: list[Message], losses: list[Loss]) -> None:
    """Look for answers that the order gives to another call, or to none: turns have no ids."""
    waiting: deque[Call] = deque()
    for message in messages:
        if message.calls:
            waiting = deque(message.calls)
        elif message.role != "tool":
            waiting.clear()
        elif not waiting:
            words = "the tool message answers no call of the turn before it"
            raise RefusedError(words, message.path)
        elif waiting.popleft().id != message.answers:
            note(losses, "tool-call-order", [(*message.path, "tool_call_id")])


def _bare(tool: bytes, path: Path, losses: list[Loss]) -> bytes:
    definition = members(tool, path)
    if "function" not in definition:
        return tool
    extra = definition.keys() - {"function", "type"}
    note(losses, "extra-key", [(*path, key) for key in definition if key in extra])
    return definition["function"]


def to_messages(raw: bytes, value: dict[str, Any], losses: list[Loss]) -> bytes:
    """Write a record of turns as messages, with new ids for its calls; raises RefusedError."""
    record = open_record(raw, "conversations")
    known = {"conversations", "system", "tools"}
    note(losses, "extra-key", [(key,) for key in record if key not in known])
    writer = _Writer(style_of(raw), value, losses)
    system = record.get("system", b"null")
    if system not in EMPTY:
        writer.say("system", string(system, ("system",)))
    for index, turn in enumerate(elements(record["conversations"], ("conversations",))):
        writer.add(turn, ("conversations", index))
    return writer.record(open_tools(record.get("tools", b"null")))


class _Writer:
    """Writes the messages one after the other; it knows the calls that wait for an answer."""

    def __init__(self, style: Style, value: dict[str, Any], losses: list[Loss]) -> None:
        self._style = style
        self._ids = Ids(value)
        self._losses = losses
        self._messages: list[bytes] = []
        self._waiting: deque[bytes] = deque()

    def record(self, tools: list[bytes] | None) -> bytes:
        """Give the record, once all turns are in it."""
        if not self._messages:
            message = "the list of turns is empty"
            raise RefusedError(message, ("conversations",))
        record = {"messages": self._style.array(self._messages)}
        if tools is not None:
            record["tools"] = self._style.array(map(self._wrapped, tools))
        return self._style.object(record)

    def say(self, role: str, content: bytes, more: dict[str, bytes] | None = None) -> None:
        """Add a message."""
        self._messages.append(write_message(self._style, role, content=content, **(more or {})))

    def add(self, turn: bytes, path: Path) -> None:
        """Add the message that a turn is."""
        parts = members(turn, path)
        who, what = ("from", "value") if "from" in parts else ("role", "content")
        speaker = text(parts.pop(who, b"null"), (*path, who))
        role = _CALL if speaker == _CALL else role_of(speaker)
        if role is None:
            expected = listing([*_TURNS.values(), _CALL])
            message = f"the turn is from {quote(speaker)}, expected {expected}"
            raise RefusedError(message, (*path, who))
        if role == "system" and self._messages and path[-1] == 0:
            message = 'there is a system prompt in the first turn and under "system"; keep one'
            raise RefusedError(message, ("system",))
        value = string(parts.pop(what, b"null"), (*path, what))
        weight = {"weight": parts.pop("weight")} if "weight" in parts else {}
        note(self._losses, "extra-key", [(*path, key) for key in parts])
        if role == _CALL:
            self._call(value, (*path, what), weight)
        elif role == "tool":
            self._answer(value, path, weight)
        else:
            self._waiting.clear()
            self.say(role, value, weight)

    def _answer(self, value: bytes, path: Path, more: dict[str, bytes]) -> None:
        if not self._waiting:
            message = f"the observation answers no {_CALL}"
            raise RefusedError(message, path)
        self.say("tool", value, {"tool_call_id": self._waiting.popleft(), **more})

    def _call(self, value: bytes, path: Path, more: dict[str, bytes]) -> None:
        held = embedded(value, path)
        calls = elements(held, path) if held[:1] == b"[" else [held]
        if not calls:
            message = f"the list in the {_CALL} is empty"
            raise RefusedError(message, path)
        self._waiting.clear()
        written = self._style.array([self._tool_call(call, path) for call in calls])
        self._messages.append(write_message(self._style, "assistant", tool_calls=written, **more))

    def _tool_call(self, raw: bytes, path: Path) -> bytes:
        call = members(raw, path)
        name = string(call.pop("name", b"null"), path)
        arguments = quoted(open_arguments(call.pop("arguments", b"null"), path))
        note(self._losses, "extra-key", [path for _ in call])
        place = ("messages", len(self._messages), "tool_calls", len(self._waiting))
        self._waiting.append(orjson.dumps(self._ids.make(place)))
        function = self._style.object({"name": name, "arguments": arguments})
        return self._style.object(
            {"id": self._waiting[-1], "type": b'"function"', "function": function}
        )

    def _wrapped(self, tool: bytes) -> bytes:
        tool = one_line(tool)
        if "function" in members(tool, ("tools",)):
            return tool
        return self._style.object({"type": b'"function"', "function": tool})
