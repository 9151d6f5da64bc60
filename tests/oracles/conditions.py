"""What has to be so in a record for a disagreement to be the one that is meant.

They look at the record with no help from jsonl-lint or mistral-common: a rule that fires where it
should not is not excused by a row of the table.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from judges import Reason

FALSE_TO_PYDANTIC = (0, "0", "off", "f", "false", "n", "no")
TRUE_TO_PYDANTIC = (1, "1", "on", "t", "true", "y", "yes")


def always(_reason: Reason) -> bool:
    return True


def is_list(reason: Reason) -> bool:
    return isinstance(reason.value, list)


def is_empty_list(reason: Reason) -> bool:
    return bool(reason.value == [])


def is_null(reason: Reason) -> bool:
    return reason.value is None


def is_object_or_null(reason: Reason) -> bool:
    return reason.value is None or isinstance(reason.value, dict)


def is_text(reason: Reason) -> bool:
    return isinstance(reason.value, str)


def ends_with_newline(reason: Reason) -> bool:
    return is_text(reason) and reason.value[-1:] == "\n" and reason.value[-2:] != "\n\n"


def reads_as_false(reason: Reason) -> bool:
    return reason.value in FALSE_TO_PYDANTIC


def reads_as_boolean(reason: Reason) -> bool:
    return reason.value in FALSE_TO_PYDANTIC + TRUE_TO_PYDANTIC


def reads_as_weight(reason: Reason) -> bool:
    """Booleans, and texts that hold a number, count as numbers for pydantic."""
    return isinstance(reason.value, bool) or reason.value in ("0", "1")


def is_null_id_at_end(reason: Reason) -> bool:
    """The last message may leave out the id, whose default is the text "null"."""
    is_last = reason.path[1] == len(_messages(reason)) - 1
    call = reason.value if isinstance(reason.value, dict) else {"id": reason.value}
    return is_last and call.get("id", "null") == "null"


def follows_a_tool_message(reason: Reason) -> bool:
    index = reason.path[1]
    return isinstance(index, int) and _roles(reason)[index - 1 : index + 1] == ["tool", "user"]


def starts_with_tool(reason: Reason) -> bool:
    return _roles(reason)[:1] == ["tool"]


def starts_with_calls(reason: Reason) -> bool:
    """The count of answers skips the first message, so its calls have too many."""
    first = _messages(reason)[0]
    return first["role"] == "assistant" and bool(first.get("tool_calls"))


def has_several_system_messages(reason: Reason) -> bool:
    return _roles(reason).count("system") > 1


def trains_nothing(reason: Reason) -> bool:
    assistants = [m for m in _messages(reason) if m["role"] == "assistant"]
    return all(m.get("weight", 1) in (0, "0") for m in assistants)


def repeats_an_id_of_its_message(reason: Reason) -> bool:
    calls = _messages(reason)[int(reason.path[1])]["tool_calls"]
    ids = [call["id"] for call in calls]
    return len(ids) > len(set(ids))


def answers_no_call_of_its_turn(reason: Reason) -> bool:
    return _answered(reason) not in _ids_of_turn(reason)


def answers_a_call_again(reason: Reason) -> bool:
    index = int(reason.path[1])
    earlier = [m.get("tool_call_id") for m in _messages(reason)[_turn(reason) : index]]
    return _answered(reason) in earlier


def has_no_answer(reason: Reason) -> bool:
    """The call whose answers were counted got none of its own, or the record ends before it."""
    index = int(reason.path[1])
    call = reason.record["messages"][index]["tool_calls"][int(reason.path[3])]
    answers = []
    for message in _messages(reason)[index + 1 :]:
        if message["role"] != "tool":
            break
        answers.append(message.get("tool_call_id"))
    return call.get("id") not in answers


def is_not_declared(reason: Reason) -> bool:
    return reason.value not in [tool["function"]["name"] for tool in reason.record["tools"]]


def declares_no_tools(reason: Reason) -> bool:
    return not reason.record.get("tools")


def is_declared_twice(reason: Reason) -> bool:
    names = [tool["function"]["name"] for tool in reason.record["tools"]]
    return names.count(reason.value) > 1


def is_not_json(reason: Reason) -> bool:
    try:
        orjson.loads(reason.value)
    except ValueError:
        return True
    return False


def is_json_of_no_object(reason: Reason) -> bool:
    return not isinstance(json.loads(reason.value), dict)


def repeats_a_key(reason: Reason) -> bool:
    repeated = []

    def build(pairs: list[tuple[str, object]]) -> dict[str, object]:
        repeated.append(len(pairs) - len(dict(pairs)))
        return dict(pairs)

    json.loads(reason.value, object_pairs_hook=build)
    return any(repeated)


def is_pretraining(reason: Reason) -> bool:
    return {"messages", "interactions"}.isdisjoint(reason.record)


def has_alias(reason: Reason) -> bool:
    return "interactions" in reason.record


def has_text(reason: Reason) -> bool:
    message = _messages(reason)[int(reason.path[1])]
    return "text" in message


def _messages(reason: Reason) -> list[dict[str, Any]]:
    messages: list[dict[str, Any]] = reason.record["messages"]
    return messages


def _roles(reason: Reason) -> list[str]:
    return [message["role"] for message in _messages(reason)]


def _answered(reason: Reason) -> object:
    return _messages(reason)[int(reason.path[1])].get("tool_call_id")


def _turn(reason: Reason) -> int:
    """Where the message stands that the tool messages around a path answer."""
    index = int(reason.path[1])
    while index and _messages(reason)[index]["role"] == "tool":
        index -= 1
    return index


def _ids_of_turn(reason: Reason) -> list[object]:
    calls = _messages(reason)[_turn(reason)].get("tool_calls") or []
    return [call.get("id") for call in calls]
