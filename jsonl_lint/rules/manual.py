"""A rule's docstring is its manual: a summary line and five sections, always in the same order."""

from __future__ import annotations

import ast
from textwrap import dedent
from typing import NamedTuple

SECTIONS = ("What it does", "Why it matters", "Bad", "Good", "Source")


class Manual(NamedTuple):
    """The parts of a rule's docstring; texts are dedented, samples as they stand."""

    summary: str
    what: str
    why: str
    bad: str
    good: str
    source: str


def parse(doc: str) -> Manual:
    """Take a docstring apart; raises ValueError where a section is missing or out of order."""
    summary, _, rest = doc.partition("\n")
    parts: list[list[str]] = []
    for line in rest.splitlines():
        if len(parts) < len(SECTIONS) and line == SECTIONS[len(parts)]:
            parts.append([])
        elif parts:
            parts[-1].append(line)
        elif line.strip():
            message = f"text before the section {SECTIONS[0]!r}: {line!r}"
            raise ValueError(message)
    if len(parts) < len(SECTIONS):
        message = f"no section {SECTIONS[len(parts)]!r}"
        raise ValueError(message)
    what, why, bad, good, source = (dedent("\n".join(lines)).strip("\n") for lines in parts)
    return Manual(summary, what.strip(), why.strip(), bad, good, source.strip())


def sample_bytes(sample: str) -> bytes:
    r"""Give the file that a Bad or Good section shows.

    A sample is the file's lines as text; where bytes cannot be shown as text, Python bytes
    literals, one a line, joined: ``b'{"text": "a"}\r\n'``.
    """
    lines = sample.splitlines()
    if lines and lines[0].startswith(("b'", 'b"')):
        return b"".join(ast.literal_eval(line) for line in lines)
    return (sample + "\n").encode()
