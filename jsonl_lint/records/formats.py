"""Name the format of a record by its keys, be it one that rules can look into or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonl_lint.records.messages import KEYS as MESSAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

UNKNOWN = "unknown"

# NOTE: the order decides. A preference record of LLaMA-Factory has ``conversations`` too, and a
# record with ``prompt`` and ``completion`` may carry a ``text`` that was rendered from them.
_KEYS: tuple[tuple[str, tuple[frozenset[str], ...]], ...] = (
    (
        "preference",
        (
            frozenset({"chosen", "rejected"}),
            frozenset({"input", "preferred_output", "non_preferred_output"}),
        ),
    ),
    ("messages", tuple(frozenset({key}) for key in sorted(MESSAGES))),
    ("sharegpt", (frozenset({"conversations"}),)),
    ("alpaca", (frozenset({"instruction", "output"}),)),
    ("prompt-completion", (frozenset({"prompt", "completion"}),)),
    ("text", (frozenset({"text"}), frozenset({"content"}))),
)
NAMES = tuple(name for name, _ in _KEYS)
"""The formats that are told apart, in the order in which they are looked for."""


def name_format(value: Mapping[str, Any]) -> str:
    """Name a record's format by its keys alone: one of ``NAMES``, or "unknown".

    ``preference`` is what DPO takes: ``chosen`` and ``rejected`` (TRL, LLaMA-Factory), or OpenAI's
    ``preferred_output`` and ``non_preferred_output`` with their ``input``.
    """
    keys = value.keys()
    for name, alternatives in _KEYS:
        if any(needed <= keys for needed in alternatives):
            return name
    return UNKNOWN
