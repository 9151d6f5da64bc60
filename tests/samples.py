"""Small datasets to check: records without a fault, and files of them."""

from __future__ import annotations

import json
from typing import Any

MIN_RECORDS = 10
"""As many records as a file needs in order not to be too short for the target mistral."""


def chat(content: str = "Hello", **keys: object) -> dict[str, Any]:
    """Give a record of one question and one answer; ``keys`` are put beside the messages."""
    question = {"role": "user", "content": "Hi"}
    return {"messages": [question, {"role": "assistant", "content": content}], **keys}


def human() -> dict[str, Any]:
    """Give a record with one fault: the first message has an unknown role."""
    record = chat()
    record["messages"][0]["role"] = "human"
    return record


def line(record: object) -> bytes:
    """Write a record as one line."""
    return json.dumps(record, ensure_ascii=False).encode() + b"\n"


def jsonl(*records: object, fill: bool = True) -> bytes:
    """Write records as lines, followed by as many good ones as a file needs."""
    missing = MIN_RECORDS - len(records) if fill else 0
    return b"".join(map(line, [*records, *[chat()] * missing]))


CLEAN = jsonl()
