"""What makes a check incomplete, each kind with a code that reports carry.

The codes are no rules: nothing selects, ignores or demotes them, and they always mean exit code 3.
"""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """Why something was not read to its end, or was read and not checked."""

    NOT_FOUND = "not-found"
    NOT_REGULAR_FILE = "not-regular-file"
    IO_ERROR = "io-error"
    FILE_CHANGED = "file-changed"
    FILE_TRUNCATED = "file-truncated"
    ARCHIVE_TRUNCATED = "archive-truncated"
    ARCHIVE_DAMAGED = "archive-damaged"
    CONTENT_TOO_LARGE = "content-too-large"
    DECOMPRESSOR_MISSING = "decompressor-missing"
    NOT_JSON_LINES = "not-json-lines"
    LINES_NOT_CHECKED = "lines-not-checked"
    NOTHING_READ = "nothing-read"
    INTERRUPTED = "interrupted"


MEANINGS = {
    Code.NOT_FOUND: "There is nothing of that name, or a link leads to nothing.",
    Code.NOT_REGULAR_FILE: "It is a folder, a socket, a device, or a pipe found in a folder.",
    Code.IO_ERROR: "The system refused to open or read it; its reason is in the message.",
    Code.FILE_CHANGED: "Somebody wrote to the file, replaced it or changed its status meanwhile.",
    Code.FILE_TRUNCATED: "Reading ended before the size that the system gives for the file.",
    Code.ARCHIVE_TRUNCATED: "The compressed data ends before its last stream does.",
    Code.ARCHIVE_DAMAGED: "The compressed data cannot be decompressed, or garbage follows it.",
    Code.CONTENT_TOO_LARGE: "It takes more than --max-decompressed-bytes, or too much memory.",
    Code.DECOMPRESSOR_MISSING: "Reading this compression needs an extra that is not installed.",
    Code.NOT_JSON_LINES: "It is something else than JSON lines, and the rule for that is no error.",
    Code.LINES_NOT_CHECKED: "Lines are over a limit, or no record while its rule is no error.",
    Code.NOTHING_READ: "There was no file to read, or no record for stats, split or convert.",
    Code.INTERRUPTED: "A signal ended the run before all was read.",
}
"""What each code says, for ``explain`` and the manual."""


class ReadError(Exception):
    """An input could not be read to its end; the text says why, for the user."""

    def __init__(self, message: str, code: Code) -> None:
        """Take the text, one sentence, and its kind."""
        super().__init__(message)
        self.code = code


def exhausted() -> ReadError:
    """Make a ReadError of a line, or of what is made of it, that no memory was left for."""
    message = "it takes more memory than there is; give the process more, or cut the longest lines"
    return ReadError(message, Code.CONTENT_TOO_LARGE)


def require_record(found: int, purpose: str) -> None:
    """Raise ReadError where no record was found; ``purpose`` is what one is wanted for."""
    if not found:
        message = f"there is no record to {purpose}"
        raise ReadError(message, Code.NOTHING_READ)


def denied(error: OSError) -> ReadError:
    """Make a ReadError of what the system refused."""
    missing = isinstance(error, FileNotFoundError | NotADirectoryError)
    return ReadError(reason(error), Code.NOT_FOUND if missing else Code.IO_ERROR)


def reason(error: OSError) -> str:
    """Say why the system refused something, in its own words."""
    return (error.strerror or str(error)).lower()
