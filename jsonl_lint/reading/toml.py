"""Read TOML that strangers may have written: in bounded time and memory."""

from __future__ import annotations

from typing import Any

from jsonl_lint.reading.small import read_small

MAX_BYTES = 1 << 19
"""Bytes of a file; no more are read."""
MAX_DOTS = 1_000_000
"""Lines times dots of the line with most: tomllib walks a dotted key at every line below it."""


def read_toml(path: str, mentioning: bytes = b"") -> dict[str, Any]:
    """Read a file; one that does not mention something is not looked into, and is empty.

    Raises ValueError, whose text says why, for the user.
    """
    content = read_small(path, MAX_BYTES, "configuration")
    if mentioning not in content:
        return {}
    import tomllib  # noqa: PLC0415 - only where there is a file to read

    try:
        text = content.decode().replace("\r\n", "\n")
        _require_short_keys(text)
        return tomllib.loads(text)
    except RecursionError as error:
        message = "not valid TOML: it nests too deeply"
        raise ValueError(message) from error
    except ValueError as error:
        message = f"not valid TOML: {error}"
        raise ValueError(message) from error


def _require_short_keys(text: str) -> None:
    lines = text.split("\n")
    dots = max(line.count(".") for line in lines)
    if dots * (dots + len(lines)) > MAX_DOTS:
        message = f"one of its {len(lines):,} lines has {dots:,} dots, which is too many"
        raise ValueError(message)
