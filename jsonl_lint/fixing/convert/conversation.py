"""Records of the format ``messages``: opened so that others can be made of them, and written."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jsonl_lint.fixing.convert.losses import RefusedError, note
from jsonl_lint.fixing.convert.raw import EMPTY, elements, embedded, members, string, text
from jsonl_lint.words import listing, quote

if TYPE_CHECKING:
    from jsonl_lint.finding import Path
    from jsonl_lint.fixing.convert.losses import Loss
    from jsonl_lint.fixing.convert.raw import Style

ROLES = ("system", "user", "assistant", "tool")


class Call(NamedTuple):
    """A tool call; all but its path are JSON text, ``id`` is ``None`` where it has none."""

    path: Path
    id: bytes | None
    name: bytes
    arguments: bytes
    """The text of one JSON object, never in a string."""


class Message(NamedTuple):
    """A message with its role, its text as JSON, and its calls."""

    path: Path
    role: str
    content: bytes | None
    """A JSON string; ``None`` only beside calls."""
    calls: list[Call]
    answers: bytes | None
    """What ``tool_call_id`` is."""


def open_record(raw: bytes, key: str) -> dict[str, bytes]:
    """Open a record; raises RefusedError where it lacks the key that its format is known by."""
    record = members(raw, ())
    if key not in record:
        message = f"the record has no {quote(key)}"
        raise RefusedError(message)
    return record


def open_messages(raw: bytes, losses: list[Loss]) -> tuple[list[Message], list[bytes] | None]:
    """Give the messages and the tool definitions, if there are any, of a record.

    Keys that no other format has are noted as losses. Raises RefusedError for what is malformed.
    """
    record = open_record(raw, "messages")
    note(losses, "extra-key", [(key,) for key in record if key not in {"messages", "tools"}])
    messages = [
        _message(value, ("messages", index), losses)
        for index, value in enumerate(elements(record["messages"], ("messages",)))
    ]
    if not messages:
        message = "the list of messages is empty"
        raise RefusedError(message, ("messages",))
    return messages, open_tools(record.get("tools", b"null"))


def write_message(style: Style, role: str, **members: bytes) -> bytes:
    """Write a message of a role; its other members are JSON text."""
    return style.object({"role": b'"%b"' % role.encode(), **members})


def open_tools(tools: bytes) -> list[bytes] | None:
    """Give the tool definitions of a list, or of a string that holds one; null means none."""
    if tools in EMPTY:
        return None
    path: Path = ("tools",)
    return elements(embedded(tools, path) if tools[:1] == b'"' else tools, path)


def _message(raw: bytes, path: Path, losses: list[Loss]) -> Message:
    message = members(raw, path)
    role = text(message.pop("role", b"null"), (*path, "role"))
    if role not in ROLES:
        words = f"the role is {quote(role)}, expected {listing(ROLES)}"
        raise RefusedError(words, (*path, "role"))
    content = message.pop("content", None)
    answers = message.pop("tool_call_id", None) if role == "tool" else None
    calls = _calls(message.pop("tool_calls", b"null"), (*path, "tool_calls"), losses)
    if calls and role != "assistant":
        words = "only assistant messages may have tool calls"
        raise RefusedError(words, (*path, "tool_calls"))
    _note_extra(message, path, losses)
    if calls and content in (None, *EMPTY):
        content = None
    else:
        content = string(content or b"null", (*path, "content"))
    return Message(path, role, content, calls, answers)


def _note_extra(message: dict[str, bytes], path: Path, losses: list[Loss]) -> None:
    kinds = {"weight": "weight", "name": "message-name"}
    for key, value in message.items():
        if value != b"null":
            note(losses, kinds.get(key, "extra-key"), [(*path, key)])


def _calls(raw: bytes, path: Path, losses: list[Loss]) -> list[Call]:
    if raw == b"null":
        return []
    return [_call(call, (*path, i), losses) for i, call in enumerate(elements(raw, path))]


def _call(raw: bytes, path: Path, losses: list[Loss]) -> Call:
    call = members(raw, path)
    function = members(call.pop("function", b"null"), (*path, "function"))
    name = string(function.pop("name", b"null"), (*path, "function", "name"))
    arguments = open_arguments(function.pop("arguments", b"null"), (*path, "function", "arguments"))
    made = Call(path, call.pop("id", None), name, arguments)
    if call.pop("type", b'"function"') != b'"function"':
        words = 'the type of the tool call is not "function"'
        raise RefusedError(words, (*path, "type"))
    note(losses, "extra-key", [(*path, key) for key in call])
    note(losses, "extra-key", [(*path, "function", key) for key in function])
    return made


def open_arguments(raw: bytes, path: Path) -> bytes:
    """Give the object that arguments are, or that their string holds; raises RefusedError."""
    held = embedded(raw, path) if raw[:1] == b'"' else raw
    if held[:1] != b"{":
        raise RefusedError.wrong_type(held, "an object as arguments", path)
    return held
