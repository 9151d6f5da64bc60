"""Lay the records of other formats out as messages, so that the same things can be counted in them.

Nothing is checked here: what does not fit its format is passed on as it is, or left out.
"""

from __future__ import annotations

from typing import Any

from jsonl_lint.measuring.loss import messages_of
from jsonl_lint.reading.decode import loads
from jsonl_lint.records.speakers import role_of

Message = Any


def conversation(value: dict[str, Any], form: str) -> list[Message] | None:
    """Give a record's messages, by the name of its format; ``None`` where the format has none.

    ShareGPT: ``conversations`` of ``from`` and ``value``, and ``system``. Alpaca: ``system``,
    ``history``, ``instruction`` with ``input``, and ``output``. Prompt and completion: each a text
    or a list of messages. Shapes as in spec and documentation of LLaMA-Factory and TRL.
    """
    if form == "messages":
        return messages_of(value)
    if form == "sharegpt":
        return _sharegpt(value)
    if form == "alpaca":
        return _alpaca(value)
    if form == "prompt-completion":
        return _part("user", value["prompt"]) + _part("assistant", value["completion"])
    return None


def declared_tools(value: dict[str, Any]) -> list[Any]:
    """Give the tool definitions of a record: a list, or JSON text of one, under any known key."""
    for key in ("tools", "available_tools", "functions"):
        tools = value.get(key)
        if isinstance(tools, str):
            tools = _decoded(tools)
        if isinstance(tools, list) and tools:
            return tools
    return []


def _sharegpt(value: dict[str, Any]) -> list[Message] | None:
    turns = value["conversations"]
    if not isinstance(turns, list):
        return None
    return _system(value) + [_turn(turn) for turn in turns]


def _turn(turn: Any) -> Message:  # noqa: ANN401 - any JSON
    if not isinstance(turn, dict) or "from" not in turn:
        return turn
    role, content = turn["from"], turn.get("value")
    if role == "function_call":
        return {"role": "assistant", "tool_calls": _calls(content)}
    return {"role": role_of(role) or role, "content": content}


def _calls(text: Any) -> list[Any]:  # noqa: ANN401 - any JSON
    found = _decoded(text) if isinstance(text, str) else text
    return [{"function": call} for call in (found if isinstance(found, list) else [found])]


def _alpaca(value: dict[str, Any]) -> list[Message]:
    messages = _system(value)
    history = value.get("history")
    for pair in history if isinstance(history, list) else ():
        if isinstance(pair, list) and len(pair) == 2:  # noqa: PLR2004 - question and answer
            messages += _part("user", pair[0]) + _part("assistant", pair[1])
    asked, given = value["instruction"], value.get("input")
    if isinstance(asked, str) and isinstance(given, str) and given:
        asked = f"{asked}\n{given}"
    return messages + _part("user", asked) + _part("assistant", value["output"])


def _system(value: dict[str, Any]) -> list[Message]:
    return _part("system", value["system"]) if value.get("system") else []


def _part(role: str, content: Any) -> list[Message]:  # noqa: ANN401 - any JSON
    return content if isinstance(content, list) else [{"role": role, "content": content}]


def _decoded(text: str) -> Any:  # noqa: ANN401 - any JSON
    try:
        return loads(text)
    except ValueError:
        return None
