"""Read a file that is small by its nature: whoever wrote it may have made it endless."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.reading.errors import reason

if TYPE_CHECKING:
    from pathlib import Path


def read_small(path: Path, limit: int, what: str) -> bytes:
    """Give the content; raises ValueError, which says why not, also beyond ``limit`` bytes.

    ``what`` says of what nature the file is. A pipe is read to its end, or as far as a file is.
    """
    try:
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except OSError as error:
        raise ValueError(reason(error)) from error
    except ValueError as error:
        message = "no file can have this name"
        raise ValueError(message) from error
    if len(content) > limit:
        message = f"it is larger than {limit:,} bytes, which no {what} is"
        raise ValueError(message)
    return content
