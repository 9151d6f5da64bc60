"""Which messages a training run learns from: the loss rule of mistral-finetune.

Source: mistral-finetune, finetune/data/tokenize.py. Without tools every assistant message is
learned; with tools (or ``only_last``) only the last message. A weight of 0 takes a message out.
"""

from __future__ import annotations

from typing import Any

MESSAGE_KEYS = ("messages", "interactions")
TEXT_KEYS = ("text", "content")


def messages_of(value: dict[str, Any]) -> list[Any] | None:
    """Give a record's messages, under either of the keys that mistral-finetune reads."""
    found = next((value[key] for key in MESSAGE_KEYS if key in value), None)
    return found if isinstance(found, list) else None


def plain_text(value: dict[str, Any]) -> str | None:
    """Give the text of a pretraining record: of one key only, in a record without messages."""
    texts = [value[key] for key in TEXT_KEYS if key in value]
    if len(texts) != 1 or any(key in value for key in MESSAGE_KEYS):
        return None
    return texts[0] if isinstance(texts[0], str) else None


def learns_only_last(value: dict[str, Any]) -> bool:
    """Tell whether only the last message counts.

    NOTE: an empty ``available_tools`` does that too, an empty ``tools`` does not.
    """
    declared = bool(value.get("tools")) or value.get("available_tools") is not None
    return declared or bool(value.get("only_last"))


def is_learned(role: object, weight: object, *, last: bool, only_last: bool) -> bool:
    """Tell whether the tokens of a message are learned; ``last``: it is the record's last one.

    A weight counts as pydantic reads it for mistral-finetune: ``"1"`` is 1, and so is ``true``.
    """
    weighted = weight in (None, 1, "1")  # a tuple: a weight may be unhashable
    return role == "assistant" and weighted and (last or not only_last)
