"""Read TOML that strangers may have written: in bounded time and memory, and with one error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonl_lint.reading.errors import reason

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 1 << 19
"""Bytes of a file; no more are read."""
MAX_DOTS = 1_000_000
"""Lines times dots of the line with most: tomllib walks a dotted key at every line below it."""


class TomlError(ValueError):
    """A file holds no TOML, or cannot be read; the text says why, for the user."""


def read_toml(path: Path, mentioning: bytes = b"") -> dict[str, Any]:
    """Read a file; one that does not mention something is not looked into, and is empty.

    Raises TomlError. A pipe is read to its end, or as far as a file is.
    """
    content = _content(path)
    if mentioning not in content:
        return {}
    import tomllib  # noqa: PLC0415 - only where there is a file to read

    try:
        text = content.decode().replace("\r\n", "\n")
        _require_short_keys(text)
        return tomllib.loads(text)
    except RecursionError as error:
        message = "not valid TOML: it nests too deeply"
        raise TomlError(message) from error
    except ValueError as error:
        message = f"not valid TOML: {error}"
        raise TomlError(message) from error


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise TomlError(reason(error)) from error
    except ValueError as error:
        message = "no file can have this name"
        raise TomlError(message) from error
    if len(content) > MAX_BYTES:
        message = f"larger than {MAX_BYTES:,} bytes, which no configuration is"
        raise TomlError(message)
    return content


def _require_short_keys(text: str) -> None:
    lines = text.split("\n")
    dots = max(line.count(".") for line in lines)
    if dots * (dots + len(lines)) > MAX_DOTS:
        message = f"one of its {len(lines):,} lines has {dots:,} dots, which is too many"
        raise ValueError(message)
