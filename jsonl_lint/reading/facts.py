"""What is known of a file once it was read: the input of rules that look at whole files."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class FileFacts:
    """Counts of one file; bytes are those of the decompressed content, lines count from 1."""

    file_bytes: int = 0
    lines: int = 0
    blank_lines: int = 0
    crlf_lines: int = 0
    first_crlf: tuple[int, int] = (0, 0)
    """The first line that ends in CRLF, and its byte offset."""
    after_crlf: tuple[int, int] = (1, 0)
    """The first line that does not end in CRLF, and its byte offset, if the file has it."""
    ends_with_newline: bool = True
    formats: dict[str, tuple[int, int]] = field(default_factory=dict)
    """The line where each format was first seen, and its byte offset, in the order of the file."""
    is_validation: bool = False
    training_bytes: int | None = None
    """Bytes of all training files of the run; ``None`` where the run has none."""

    @property
    def records(self) -> int:
        """Lines that are not blank: what a consumer counts as examples."""
        return self.lines - self.blank_lines

    @property
    def lf_lines(self) -> int:
        """Lines that end in LF without a CR before it."""
        return self.lines - self.crlf_lines - (not self.ends_with_newline)

    def note_crlf(self, line: int, offset: int, length: int) -> None:
        """Count a line that ends in CRLF; ``length`` is its own, in bytes."""
        if not self.crlf_lines:
            self.first_crlf = (line, offset)
        self.crlf_lines += 1
        if self.crlf_lines == line:  # so did all before it
            self.after_crlf = (line + 1, offset + length)
