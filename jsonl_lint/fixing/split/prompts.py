"""What makes two records belong together: the first prompt, or else all that they say."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

import orjson

from jsonl_lint.items import BOM
from jsonl_lint.reading.decode import loads
from jsonl_lint.records.speakers import role_of

_SPACE = b" \t\r\n"
_HASH_BYTES = 8

_MESSAGES = ("messages", "interactions", "conversations")
_PROMPTS = ("prompt", "instruction", "question", "query", "input")
_TEXTS = ("text", "content", "chosen")
_KEYS = (*_MESSAGES, *_PROMPTS, *_TEXTS)
"""Where the first prompt stands, looked for in this order.

NOTE: the order matters where a record has several. A record of prompt and completion may carry a
``text`` that was rendered from them, and one of preferences has its prompt or conversation beside
the answers; only where it has neither does ``chosen`` begin with the prompt.
"""


def group_key(line: bytes, seed: int) -> int:
    """Give a number of 64 bits that all records with the same first prompt have in common.

    Numbers of another seed (below 2^64) have another order. Two prompts with the same number, one
    in 10^19 pairs, only stay together.
    """
    salt = seed.to_bytes(_HASH_BYTES, "big")
    digest = blake2b(first_prompt(line), digest_size=_HASH_BYTES, salt=salt).digest()
    return int.from_bytes(digest, "big")


def first_prompt(line: bytes) -> bytes:
    """Give the text of the first user message, or what is in its place in other formats.

    A record without one gives all its content, however it is laid out, and a line that is no JSON
    object gives itself without the white space around it.
    """
    line = line.removeprefix(BOM).strip(_SPACE)
    try:
        value = loads(line)
    except ValueError:
        return line
    prompt = _prompt(value) if isinstance(value, dict) else ""
    if prompt:
        return prompt.encode()
    return _canonical(value) or line


def _prompt(value: dict[str, Any]) -> str:
    for key in _KEYS:
        found = _said(value[key]) if key in value else ""
        if found and key == "instruction":
            return f"{found}\n{_said(value.get('input'))}".strip()
        if found:
            return found
    return ""


def _said(value: object) -> str:
    """Give a text as it is, and of messages what a user says first; the empty string for others."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, dict):  # the input of OpenAI's preferences
        return _said(value.get("messages"))
    if not isinstance(value, list):
        return ""
    for message in value:
        if isinstance(message, dict) and (spoken := _spoken(message)):
            return spoken
    return ""


def _spoken(message: dict[str, Any]) -> str:
    role = message.get("role", message.get("from"))
    if role_of(role) != "user":
        return ""
    content = message.get("content", message.get("value", message.get("text")))
    if isinstance(content, list):  # chunks of text and images
        texts = [part.get("text") for part in content if isinstance(part, dict)]
        said = [text for text in texts if isinstance(text, str)]
        content = "".join(said) if len(said) == len(content) else _canonical(content).decode()
    return content.strip() if isinstance(content, str) else ""


def _canonical(value: object) -> bytes:
    """Write a value so that equal ones give equal bytes; nothing where it nests too deep."""
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except TypeError:
        return b""
