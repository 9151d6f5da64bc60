"""What the loss is computed on. The gate asks whether any message carries a weight."""

from __future__ import annotations

from typing import Any


def gate(messages: list[dict[str, Any]], letters: str) -> bool:
    """Prove that every assistant message of a schema-clean record is trained.

    Where all members are roles, contents or calls, and the ids of results, none is a weight.
    ``letters`` are those of the roles.
    """
    if sum(map(len, messages)) == 2 * len(letters) + letters.count("t"):
        return True
    return not any(["weight" in message for message in messages])  # noqa: C419 - a list is faster
