"""A tolerant view of one record: flat lists that every rule can loop over.

Malformed parts are left out, so that what is well formed is checked all the same. Only ``roles``
keeps a letter for each message, malformed or not, so that positions in it are positions in the
record.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from jsonl_lint.finding import Path

Found = TypeVar("Found")

UNKNOWN = "?"
"""The letter in ``Record.roles`` of a message that is malformed or has an unknown role."""


# NOTE: a record may have a million of each, and few have a problem: paths are made when asked for.


class Message:
    """A message that is an object with a known role."""

    __slots__ = ("_list", "index", "role", "value")

    def __init__(self, list_path: Path, index: int, role: str, value: dict[str, Any]) -> None:
        self._list = list_path
        self.index = index
        self.role = role
        self.value = value

    @property
    def path(self) -> Path:
        """Where the message stands."""
        return (*self._list, self.index)


class ToolCall:
    """A tool call of an assistant message."""

    __slots__ = ("_index", "_message", "arguments", "id", "name")

    def __init__(self, message: Message, index: int, value: dict[str, Any]) -> None:
        function = value.get("function")
        if not isinstance(function, dict):
            function = {}
        self._message = message
        self._index = index
        self.id = text_or_none(value.get("id"))
        self.name = text_or_none(function.get("name"))
        self.arguments = text_or_none(function.get("arguments"))

    @property
    def message(self) -> int:
        """The index of the message."""
        return self._message.index

    @property
    def path(self) -> Path:
        """Where the call stands."""
        return (*self._message.path, "tool_calls", self._index)


class ToolMessage:
    """A message with the role ``tool``: the result of a call."""

    __slots__ = ("_message", "name", "tool_call_id")

    def __init__(self, message: Message) -> None:
        self._message = message
        self.tool_call_id = text_or_none(message.value.get("tool_call_id"))
        self.name = text_or_none(message.value.get("name"))

    @property
    def message(self) -> int:
        """The index of the message."""
        return self._message.index

    @property
    def path(self) -> Path:
        """Where the message stands."""
        return self._message.path


class ToolDefinition:
    """A tool definition that is an object; what it lacks is ``None`` or empty."""

    __slots__ = ("_index", "_list", "name", "parameters")

    def __init__(self, list_path: Path, index: int, value: dict[str, Any]) -> None:
        function = value.get("function")
        if not isinstance(function, dict):
            function = {}
        self._list = list_path
        self._index = index
        self.name = text_or_none(function.get("name"))
        parameters = function.get("parameters")
        self.parameters = parameters if isinstance(parameters, dict) else None

    @property
    def path(self) -> Path:
        """Where the definition stands."""
        return (*self._list, self._index)


class Record:
    """One record as the rules see it.

    ``roles`` has one letter a message: ``s`` system, ``u`` user, ``a`` assistant, ``c`` assistant
    with tool calls, ``t`` tool, ``?`` anything else. The target's role grammar is written in the
    same letters. ``messages_path`` is where the messages stand (``("messages",)`` or an alias).
    """

    __slots__ = (
        "known",
        "messages",
        "messages_path",
        "roles",
        "tool_calls",
        "tool_messages",
        "tools",
        "tools_path",
        "value",
    )

    def __init__(self, value: dict[str, Any]) -> None:
        self.value = value
        self.known: dict[object, Any] = {}
        self.roles = ""
        self.messages_path: Path = ()
        self.tools_path: Path | None = None
        self.messages: list[Message] = []
        self.tool_calls: list[ToolCall] = []
        self.tool_messages: list[ToolMessage] = []
        self.tools: list[ToolDefinition] = []

    def message_path(self, index: int) -> Path:
        """Path of the message at a position of ``roles``."""
        return (*self.messages_path, index)


def once(find: Callable[[Record], Found]) -> Callable[[Record], Found]:
    """Make a function look at a record once, however many rules ask; they only read the answer.

    What it finds is kept in the record, and goes with it.
    """

    @wraps(find)
    def found(record: Record) -> Found:
        if find not in record.known:
            record.known[find] = find(record)
        known: Found = record.known[find]
        return known

    return found


def text_or_none(value: object) -> str | None:
    """Give a string as it is and anything else as ``None``."""
    return value if isinstance(value, str) else None
