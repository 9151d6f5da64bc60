"""Count the facts of records, one after the other: where nearly all of a run's time is spent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from jsonl_lint.measuring.conversation import conversation, declared_tools
from jsonl_lint.measuring.facts import OTHER, ROLES, TEXT
from jsonl_lint.measuring.loss import is_learned, learns_only_last, plain_text
from jsonl_lint.records.formats import name_format

if TYPE_CHECKING:
    from jsonl_lint.measuring.facts import Facts

_SETTLED_BYTES = 1 << 22
"""After so many bytes of lines the pending values are counted, which bounds their memory."""


class RecordCounter:
    """Adds records to facts, which are complete once ``settle`` was called."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._lengths = {role: facts.content_characters[role].pending for role in ROLES}
        self._forms: dict[tuple[str, ...], str] = {}
        self._declared: list[str] = []
        self._called: list[str] = []
        self._other_roles: list[str] = []
        self._unsettled_bytes = 0
        self._calls = self._unlearned = 0
        self._has_weight_0 = False

    def add(self, value: dict[str, Any], size: int) -> None:
        """Count a record whose line has so many bytes."""
        self._facts.record_bytes.pending.append(size)
        keys = tuple(value)
        form = self._forms.get(keys)
        if form is None:
            form = self._forms[keys] = name_format(value)
        self._facts.formats[form] += 1
        if keys == ("messages",) and type(value["messages"]) is list:
            self._conversation(value["messages"], value)
        else:
            self._any_format(value, form)
        self._unsettled_bytes += size
        if self._unsettled_bytes > _SETTLED_BYTES:
            self.settle()

    def settle(self) -> None:
        """Count what is pending."""
        facts = self._facts
        spreads = [facts.record_bytes, facts.messages_a_record, facts.calls_a_record]
        for spread in [*spreads, *facts.content_characters.values()]:
            spread.settle()
        facts.declared.add(self._declared)
        facts.called.add(self._called)
        facts.other_roles.add(self._other_roles)
        for pending in (self._forms, self._declared, self._called, self._other_roles):
            pending.clear()
        self._unsettled_bytes = 0

    def _any_format(self, value: dict[str, Any], form: str) -> None:
        messages = conversation(value, form)
        if messages is not None:
            self._conversation(messages, value)
        elif (text := plain_text(value)) is not None:
            self._text(TEXT, text)

    def _conversation(self, messages: list[Any], value: dict[str, Any]) -> None:
        facts, lengths, wide_bytes = self._facts, self._lengths, self._facts.wide_bytes
        facts.messages_a_record.pending.append(len(messages))
        self._calls = self._unlearned = spoken = turns = 0
        self._has_weight_0 = asked = False
        for message in messages:
            try:
                role = message["role"]
                pending = lengths[role]
            except (KeyError, TypeError):
                self._odd_message(message)
                continue
            content = message.get("content")
            if type(content) is str:
                pending.append(len(content))
                if not content.isascii():
                    wide_bytes[role] += len(content.encode()) - len(content)
            else:
                self._content(role, message)
            if role == "assistant":
                spoken += 1
                turns += asked
                asked = False
                if len(message) > 2 or content is None:  # noqa: PLR2004 - it may call
                    self._assistant(message)
            elif role == "user":
                asked = True
        facts.turns += turns
        facts.weight_0_records += self._has_weight_0
        if len(value) > 1 or self._calls:
            self._tools(value)
        if len(value) > 1 and learns_only_last(value):
            facts.learned_messages += _learns_last(messages)
        else:
            facts.learned_messages += spoken - self._unlearned

    def _odd_message(self, message: object) -> None:
        if not isinstance(message, dict):
            self._facts.without_content[OTHER] += 1
            return
        role = message.get("role")
        self._other_roles += [role] if isinstance(role, str) else []
        self._content(OTHER, message)

    def _content(self, role: str, message: dict[str, Any]) -> None:
        content = message.get("content", message.get("text"))
        if isinstance(content, list):
            content = "".join(map(_text_of, content))
        if isinstance(content, str):
            self._text(role, content)
        else:
            self._facts.without_content[role] += 1

    def _text(self, name: str, text: str) -> None:
        self._facts.content_characters[name].pending.append(len(text))
        self._facts.wide_bytes[name] += len(text.encode()) - len(text)

    def _assistant(self, message: dict[str, Any]) -> None:
        if "weight" in message:
            weight = message["weight"]
            self._unlearned += not is_learned("assistant", weight, last=True, only_last=False)
            self._has_weight_0 |= weight in (0, "0")
        calls = message.get("tool_calls")
        if isinstance(message.get("function_call"), dict):
            self._call(message["function_call"])
        for call in calls if isinstance(calls, list) else ():
            function = call.get("function") if isinstance(call, dict) else None
            self._call(function if isinstance(function, dict) else {})

    def _call(self, function: dict[str, Any]) -> None:
        self._calls += 1
        name, arguments = function.get("name"), function.get("arguments")
        if isinstance(name, str):
            self._called.append(name)
        if arguments is not None:
            text = arguments if isinstance(arguments, str) else _json(arguments)
            self._facts.argument_characters += len(text)

    def _tools(self, value: dict[str, Any]) -> None:
        tools = declared_tools(value)
        if tools or self._calls:
            self._facts.records_with_tools += 1
            self._facts.calls_a_record.pending.append(self._calls)
        self._declared += {name for name in map(_tool_name, tools) if name is not None}


def _learns_last(messages: list[Any]) -> bool:
    last = messages[-1] if messages else None
    if not isinstance(last, dict):
        return False
    return is_learned(last.get("role"), last.get("weight"), last=True, only_last=True)


def _text_of(part: object) -> str:
    text = part.get("text") if isinstance(part, dict) else part
    return text if isinstance(text, str) else ""


def _tool_name(tool: object) -> str | None:
    function = tool.get("function", tool) if isinstance(tool, dict) else None
    name = function.get("name") if isinstance(function, dict) else None
    return name if isinstance(name, str) else None


def _json(value: object) -> str:
    try:
        return orjson.dumps(value).decode()
    except orjson.JSONEncodeError:  # it nests deeper than orjson writes
        return ""
