"""Read a file that is small by its nature: whoever wrote it may have made it endless."""

from __future__ import annotations

import io
import os
from pathlib import Path

from jsonl_lint.reading.errors import ReadError, reason
from jsonl_lint.reading.source import Found, open_file


def read_small(path: str, limit: int, what: str) -> bytes:
    """Give the content; raises ValueError, which says why not, also beyond ``limit`` bytes.

    ``what`` says of what nature the file is. A path that was given may be a pipe or a device, which
    is read as far as a file is; one that was found has to be a regular file, so that none waits.
    """
    try:
        with _opened(path) as file:
            content = file.read(limit + 1)
            size = os.fstat(file.fileno()).st_size
    except ReadError as error:
        message = f"{error}; remove it, or put a {what} in its place"
        raise ValueError(message) from error
    except OSError as error:
        raise ValueError(reason(error)) from error
    except ValueError as error:
        message = "no file can have this name"
        raise ValueError(message) from error
    if len(content) > limit:
        message = f"it is larger than {limit:,} bytes, which no {what} is"
        raise ValueError(message)
    if len(content) < size:
        message = f"only {len(content):,} of {size:,} bytes could be read"
        raise ValueError(message)
    return content


def _opened(path: str) -> io.BufferedReader:
    if isinstance(path, Found):
        return io.BufferedReader(open_file(path))
    return Path(path).open("rb")
