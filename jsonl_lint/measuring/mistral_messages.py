"""A record as the objects of mistral-common, read as mistral-finetune reads it.

Keys that neither knows are passed over. What is missing or of the wrong kind is refused by the
classes and the validator of mistral-common, in its mode for fine-tuning. So a tool without a
description is counted, which mistral-finetune refuses.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, NamedTuple

import orjson

from jsonl_lint.measuring.counts import TokenizeError
from jsonl_lint.measuring.loss import messages_of

_KNOWN_TOOLS = 1024
"""Tools that are kept: checking one takes a millisecond, and most datasets repeat a few."""


class Conversation(NamedTuple):
    """A validated record: messages of mistral-common, and what is encoded beside them."""

    messages: list[Any]
    tools: list[Any] | None
    system_prompt: str | None


class Reader:
    """Turns records into conversations; ``validator`` is that of the tokenizer's version.

    ``system_apart`` is true up to version 3: the one system prompt is no message there.
    """

    def __init__(self, validator: Any, *, system_apart: bool) -> None:  # noqa: ANN401 - untyped here
        self._messages = import_module("mistral_common.protocol.instruct.messages")
        self._calls = import_module("mistral_common.protocol.instruct.tool_calls")
        self._validator = validator
        self._system_apart = system_apart
        self._known_tools: dict[bytes, Any] = {}

    def read(self, value: dict[str, Any]) -> Conversation:
        """Read a record; raises TokenizeError and whatever mistral-common raises."""
        found = messages_of(value)
        if found is None:
            message = "no messages"
            raise TokenizeError(message)
        messages = [self._message(item) for item in found]
        prompts = [item.content for item in messages if item.role == "system"]
        if value.get("system_prompt") is not None:
            prompts.append(value["system_prompt"])
            messages.insert(0, self._messages.SystemMessage(content=prompts[-1]))
        if self._system_apart:
            messages = [item for item in messages if item.role != "system"]
            if len(prompts) > 1:
                message = "more than one system message"
                raise TokenizeError(message)
        self._validator.validate_messages(messages)
        prompt = prompts[0] if prompts and self._system_apart else None
        return Conversation(messages, self._tools(value), prompt)

    def _message(self, item: dict[str, Any]) -> Any:  # noqa: ANN401 - a class of mistral-common
        content = item.get("content", item.get("text"))
        calls = item.get("tool_calls")
        role = item["role"]
        if content is None and calls is None:
            message = "a message without content"
            raise TokenizeError(message)
        if role == "user":
            return self._messages.UserMessage(content=content)
        if role == "system":
            return self._messages.SystemMessage(content=content)
        if role == "tool":
            keys = {"tool_call_id": item["tool_call_id"], "name": item.get("name")}
            return self._messages.ToolMessage(content=content, **keys)
        if role != "assistant":
            message = "an unknown role"
            raise TokenizeError(message)
        called = None if calls is None else [self._call(call) for call in calls]
        return self._messages.FinetuningAssistantMessage(
            content=content, tool_calls=called, weight=item.get("weight")
        )

    def _call(self, call: dict[str, Any]) -> Any:  # noqa: ANN401 - a class of mistral-common
        function = call["function"]
        if not isinstance(function["arguments"], str):
            message = "arguments that are no string"
            raise TokenizeError(message)
        named = self._calls.FunctionCall(name=function["name"], arguments=function["arguments"])
        return self._calls.ToolCall(id=call["id"], function=named)

    def _tools(self, value: dict[str, Any]) -> list[Any] | None:
        tools = value.get("tools") or value.get("available_tools")
        return [self._tool(tool["function"]) for tool in tools] if tools else None

    def _tool(self, function: dict[str, Any]) -> Any:  # noqa: ANN401 - a class of mistral-common
        keys = ("name", "description", "parameters")
        read = {key: function[key] for key in keys if key in function}
        known = orjson.dumps(read)
        if known not in self._known_tools:
            tool = self._calls.Tool(function=self._calls.Function(**read))
            # NOTE: public is only the check of a whole request, which would check messages twice.
            self._validator._validate_tools([tool])  # noqa: SLF001 - as mistral-finetune does
            if len(self._known_tools) == _KNOWN_TOOLS:
                self._known_tools.clear()
            self._known_tools[known] = tool
        return self._known_tools[known]
