"""The format ``prompt-completion``, as TRL documents it, from and to ``messages``.

Both keys are strings, or both are lists of messages. Lists are what is written, whatever the length
of the conversation: TRL puts a chat template around those only, and takes the form of all records
from the first. The completion is the last message of the assistant, since the prompt is not trained
on. Messages are carried over whole, and ``tools`` with them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.fixing.convert.conversation import open_record, write_message
from jsonl_lint.fixing.convert.losses import RefusedError, note
from jsonl_lint.fixing.convert.raw import elements, members, string, style_of

if TYPE_CHECKING:
    from typing import Any

    from jsonl_lint.fixing.convert.losses import Loss


def from_messages(raw: bytes, value: dict[str, Any], losses: list[Loss]) -> bytes:
    """Write a record of messages as prompt and completion; raises RefusedError."""
    style = style_of(raw)
    record = open_record(raw, "messages")
    messages = elements(record.pop("messages"), ("messages",))
    roles = [_role(message) for message in value["messages"]]
    last = len(roles) - 1
    if not roles or roles[last] != "assistant":
        message = "the conversation does not end with a message of the assistant"
        raise RefusedError(message, ("messages", last) if roles else ("messages",))
    if not last:
        message = "there is nothing before the message of the assistant"
        raise RefusedError(message, ("messages", 0))
    trained = [
        index
        for index, message in enumerate(value["messages"][:last])
        if roles[index] == "assistant" and message.get("weight") != 0
    ]
    note(losses, "several-turns", [("messages", index) for index in trained])
    note(losses, "extra-key", [(key,) for key in record if key != "tools"])
    made = {"prompt": style.array(messages[:last]), "completion": style.array(messages[last:])}
    if "tools" in record:
        made["tools"] = record["tools"]
    return style.object(made)


def _role(message: object) -> object:
    return message.get("role") if isinstance(message, dict) else None


def to_messages(raw: bytes, _value: dict[str, Any], losses: list[Loss]) -> bytes:
    """Write a record of prompt and completion as messages; raises RefusedError."""
    style = style_of(raw)
    record = members(raw, ())
    prompt, completion = (record.pop(key, b"null") for key in ("prompt", "completion"))
    note(losses, "extra-key", [(key,) for key in record if key != "tools"])
    if prompt[:1] == completion[:1] == b"[":
        messages = [*_messages(prompt, "prompt"), *_messages(completion, "completion")]
    else:
        note(losses, "plain-text", [("prompt",), ("completion",)])
        messages = [
            write_message(style, "user", content=string(prompt, ("prompt",))),
            write_message(style, "assistant", content=string(completion, ("completion",))),
        ]
    made = {"messages": style.array(messages)}
    if "tools" in record:
        made["tools"] = record["tools"]
    return style.object(made)


def _messages(raw: bytes, key: str) -> list[bytes]:
    messages = elements(raw, (key,))
    if not messages:
        words = "the list of messages is empty"
        raise RefusedError(words, (key,))
    for index, message in enumerate(messages):
        members(message, (key, index))
    return messages
