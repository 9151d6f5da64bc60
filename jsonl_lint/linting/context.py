"""Places and fingerprints, computed when a finding is reported and not before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonl_lint.finding import NO_LINE, Line, Place
from jsonl_lint.linting.fixes import NO_FIXES, Fixes
from jsonl_lint.pointer import FEW, LONG, columns, extents, locate, to_pointer
from jsonl_lint.records.shallow import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jsonl_lint.change import Safety
    from jsonl_lint.finding import Path, Problem
    from jsonl_lint.records import Record

ID_KEYS = ("id", "uuid", "custom_id")
"""Keys under which datasets commonly name their records."""

_DIGEST_BYTES = 16
_LONG = 4096
"""Bytes from which on a text that many fingerprints of a line share is hashed once for all."""


class LineContext:
    """A line's bytes and, where it was decoded, its value; ``offset`` is the line's own."""

    # NOTE: a line can have as many findings as messages; what they share is computed once, or the
    # time would grow with the square of its length.
    __slots__ = (
        "_anchored",
        "_enclosing",
        "_extents",
        "_fixes",
        "_offset",
        "_raw",
        "_value",
        "_view",
    )

    def __init__(
        self,
        raw: bytes,
        offset: int,
        value: object = None,
        fixes: Fixes = NO_FIXES,
        *,
        problems: Iterable[Problem] = (),
    ) -> None:
        """Take the line; ``problems`` are those in it, of which all will want places."""
        self._fixes = fixes
        paths = [problem.path for problem in problems if problem.span is None]
        self._extents = extents(raw, paths) if len(paths) > FEW or len(raw) > LONG else {}
        self._raw = raw
        self._offset = offset
        self._value = value
        self._anchored = b""
        self._enclosing: tuple[Path, bytes] = ((), b"")
        self._view: Record | None = None

    def place(self, problem: Problem) -> Place:
        """Locate the problem: by its span where it has one, else by its path."""
        start, end = problem.span or self._span(problem)
        first, last = columns(self._raw, start, end)
        return Place(first, last, self._offset + start, end - start)

    def _span(self, problem: Problem) -> tuple[int, int]:
        """Find a path as ``locate`` does; many are found together, in one pass."""
        found = self._extents.get(problem.path)
        if found is None:
            return locate(self._raw, problem.path, problem.part)
        if problem.part == "key" and found.start != found.value:
            return found.start, found.key_end
        is_container = self._raw[found.value] in b"[{"
        return found.value, found.value + 1 if is_container else found.end

    def fingerprint(self, rule: str, problem: Problem) -> str:
        """Hash rule, pointer, the record's anchor and the message around the fault.

        Neither line nor file is part of it, so that it survives lines inserted, removed and
        moved, and records written again with other spaces.
        """
        pointer = to_pointer(problem.path)
        if not isinstance(self._value, dict):
            return _hash(rule, pointer, self._raw.strip())
        self._anchored = self._anchored or _shared(_anchor(self._value))
        start = problem.path[:2]
        if self._enclosing[0] != start:
            self._enclosing = start, _shared(_enclosing_message(self._value, start))
        return _hash(rule, pointer, self._anchored, self._enclosing[1])

    def line(self) -> Line:
        """Give the line as it stands in the file."""
        return Line(self._raw, self._offset, decoded=self._value is not None)

    def safety(self, rule: str, problem: Problem) -> Safety | None:
        """Ask the rule for its fix."""
        if self._view is None and isinstance(self._value, dict):
            self._view = self._fixes.view(self._value)
        return self._fixes.safety(rule, problem, self._raw, self._view)


class FileContext:
    """The context of a finding about a file as a whole: its start, or a line that it names."""

    __slots__ = ("_fixes", "_name")

    def __init__(self, name: str, fixes: Fixes = NO_FIXES) -> None:
        self._fixes = fixes
        self._name = name

    def place(self, problem: Problem) -> Place:
        """Give the first column, with the offset of the line that the problem names."""
        return Place(1, 1, problem.span[0] if problem.span else 0, 0)

    def fingerprint(self, rule: str, _problem: Problem) -> str:
        """Hash rule and file: there is one such finding a file."""
        return _hash(rule, self._name)

    def line(self) -> Line:
        """Give no line: the finding is about the whole file."""
        return NO_LINE

    def safety(self, rule: str, problem: Problem) -> Safety | None:
        """Ask the rule for its fix, which works whatever the lines are."""
        return self._fixes.safety(rule, problem, b"\r\n", None)


def _anchor(value: dict[str, Any]) -> bytes:
    for key in ID_KEYS:
        if isinstance(value.get(key), str | int):
            return canonical([key, value[key]])
    messages = value.get("messages")
    if isinstance(messages, list):
        said = [
            m.get("content") for m in messages if isinstance(m, dict) and m.get("role") == "user"
        ]
        if said:
            return canonical(said)
    return canonical(value)


def _enclosing_message(value: dict[str, Any], start: Path) -> bytes:
    node: Any = value
    for step in start:
        try:
            node = node[step]
        except (KeyError, IndexError, TypeError):
            return b""
    return b"" if node is value else canonical(node)


def _shared(text: bytes) -> bytes:
    return text if len(text) < _LONG else _hash(text).encode()


def _hash(*parts: str | bytes) -> str:
    from hashlib import blake2b  # noqa: PLC0415 - loads OpenSSL, which a clean run does not need

    digest = blake2b(digest_size=_DIGEST_BYTES)
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()
