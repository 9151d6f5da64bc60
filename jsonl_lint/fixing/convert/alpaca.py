"""The format ``alpaca``, as LLaMA-Factory documents it, from and to ``messages``.

``instruction``, ``input`` (may be empty) and ``output`` are one turn; ``history`` is a list of
earlier turns, each a pair of question and answer; ``system`` is the system prompt. An input goes
below its instruction, with one line break between, as LLaMA-Factory joins them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.fixing.convert.conversation import open_messages, write_message
from jsonl_lint.fixing.convert.losses import RefusedError, note
from jsonl_lint.fixing.convert.raw import EMPTY, elements, members, string, style_of

if TYPE_CHECKING:
    from typing import Any

    from jsonl_lint.finding import Path
    from jsonl_lint.fixing.convert.conversation import Message
    from jsonl_lint.fixing.convert.losses import Loss

_KEYS = ("instruction", "input", "output", "system", "history")
_PAIR = 2


def from_messages(raw: bytes, _value: dict[str, Any], losses: list[Loss]) -> bytes:
    """Write a record of messages as instruction and output; raises RefusedError.

    Tool calls, their answers and definitions have no place here; where they may be lost, the rest
    must still be questions and answers in turn.
    """
    style = style_of(raw)
    messages, tools = open_messages(raw, losses)
    if tools is not None:
        note(losses, "tools", [("tools",)])
    spoken = [message for message in messages if not message.calls and message.role != "tool"]
    lost = [message.path for message in messages if message.calls or message.role == "tool"]
    note(losses, "tool-calls", lost)
    system = _system(spoken, losses)
    turns = [message for message in spoken if message.role != "system"]
    *history, (question, answer) = _pairs(turns)
    record = {"instruction": question, "input": b'""', "output": answer}
    if system:
        record["system"] = _joined(system, rb"\n\n")
    if history:
        record["history"] = style.array(map(style.array, history))
    return style.object(record)


def _system(messages: list[Message], losses: list[Loss]) -> list[bytes]:
    found = []
    for index, message in enumerate(messages):
        if message.role == "system" and message.content is not None:
            if message.content in EMPTY:
                note(losses, "empty-system", [message.path])
            elif index:
                note(losses, "system-place", [message.path])
            found.append(message.content)
    return [content for content in found if content not in EMPTY]


def _pairs(turns: list[Message]) -> list[tuple[bytes, bytes]]:
    for index, message in enumerate(turns):
        expected = "assistant" if index % 2 else "user"
        if message.role != expected:
            words = f"this is a message of the {message.role}, expected one of the {expected}"
            raise RefusedError(words, message.path)
    if not turns or len(turns) % 2:
        path: Path = turns[-1].path if turns else ("messages",)
        words = "the conversation does not end with an answer of the assistant in words"
        raise RefusedError(words, path)
    contents = [message.content or b'""' for message in turns]
    return list(zip(contents[::2], contents[1::2], strict=True))


def _joined(strings: list[bytes], between: bytes) -> bytes:
    """Join JSON strings into one, each as it is spelt."""
    return b'"' + between.join([text[1:-1] for text in strings]) + b'"'


def to_messages(raw: bytes, _value: dict[str, Any], losses: list[Loss]) -> bytes:
    """Write a record of instruction and output as messages; raises RefusedError."""
    style = style_of(raw)
    record = members(raw, ())
    note(losses, "extra-key", [(key,) for key in record if key not in _KEYS])
    messages = []
    system = record.get("system", b"null")
    if system not in EMPTY:
        messages.append(write_message(style, "system", content=string(system, ("system",))))
    turns = _history(record.get("history", b"null"))
    question = string(record.get("instruction", b"null"), ("instruction",))
    given = record.get("input", b"null")
    if given not in EMPTY:
        note(losses, "input-border", [("input",)])
        question = _joined([question, string(given, ("input",))], rb"\n")
    turns.append((question, string(record.get("output", b"null"), ("output",))))
    for asked, answer in turns:
        messages.append(write_message(style, "user", content=asked))
        messages.append(write_message(style, "assistant", content=answer))
    return style.object({"messages": style.array(messages)})


def _history(raw: bytes) -> list[tuple[bytes, bytes]]:
    if raw == b"null":
        return []
    pairs = []
    for index, element in enumerate(elements(raw, ("history",))):
        path: Path = ("history", index)
        pair = elements(element, path)
        if len(pair) != _PAIR:
            words = f"this has {len(pair):,} elements, expected a question and its answer"
            raise RefusedError(words, path)
        pairs.append((string(pair[0], (*path, 0)), string(pair[1], (*path, 1))))
    return pairs
