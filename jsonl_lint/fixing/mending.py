"""Mend the lines of one file between the reader and the check, and pass them on to an output."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.linting.bad_lines import forgotten
from jsonl_lint.linting.selection import DUPLICATE
from jsonl_lint.reading.decode import loads
from jsonl_lint.reading.errors import Code, ReadError
from jsonl_lint.reading.flatten import FlattenError
from jsonl_lint.reading.head import HEAD_BYTES
from jsonl_lint.reading.lines import OversizedLine, read_lines
from jsonl_lint.reading.seen import MAX_REMEMBERED, Seen
from jsonl_lint.reading.sniff import sniff

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

    from jsonl_lint.fixing.output import Output
    from jsonl_lint.fixing.repair import Repairer
    from jsonl_lint.fixing.result import FixResult
    from jsonl_lint.reading.sniff import Kind
    from jsonl_lint.reading.source import Stream
    from jsonl_lint.rules import FixFile

    Raw = bytes | OversizedLine

_CRLF = "crlf"
_MIXED = "mixed-line-ends"
_FINAL_NEWLINE = "missing-final-newline"


class Mending:
    """A mender (see ``linting.mender``) that applies the fixes of a repairer to one file.

    ``why_not`` tries, before anything is written, the fix of a file that is no JSONL: it gives the
    reason why that fails, or the empty string.
    """

    def __init__(
        self,
        repairer: Repairer,
        output: Output,
        result: FixResult,
        why_not: Callable[[FixFile, int], str],
    ) -> None:
        self.bytes_read = 0
        self.looks_at_all = repairer.looks_at_all
        self._rules = repairer.rules
        self._repairer = repairer
        self._output = output
        self._result = result
        self._why_not = why_not
        self._number = 0
        self._mended: list[bytes] | None = None
        self._is_again = False
        self._line_end = b"\n" if _CRLF in repairer.rules else b""
        """What lines are to end with; empty while that is not known, or does not matter."""
        self._tails: set[bytes] = set()
        """The last two bytes of the file's lines."""
        self._seen = Seen() if DUPLICATE in repairer.rules else None
        self._head = bytearray()
        """The first bytes that stay of a file of lines."""
        self._lacking = HEAD_BYTES
        """How many more of them may come."""

    @property
    def kind_left(self) -> Kind | None:
        """What the lines that stay of a file of lines look like, if that is no longer such a file.

        Where its first records are left out, those that follow may not be seen for what they are.
        """
        return sniff(bytes(self._head), whole=self._lacking > 0)

    def lines(self, stream: Stream, kind: str, limit: int) -> Iterator[Raw] | None:
        """Yield the file's lines, as they are and as they become; see ``Mender.lines``."""
        if not kind:
            return self._of_lines(read_lines(stream.content, limit))
        rule = self._rules.get(kind)
        if not rule or not rule.fix_file:
            self._output.leave()
            return None
        if why := self._why_not(rule.fix_file, limit):
            self._result.withhold(kind, why, 1)
            self._output.leave()
            return None
        self._result.fixed[kind] += 1
        return self._laid_out(rule.fix_file(self._chunks(stream), limit))

    def mend(self, raw: Raw) -> bool:
        """Take the line that was yielded last, if it can be mended; see ``Mender.mend``."""
        if self._is_again or isinstance(raw, OversizedLine):
            return False
        repaired = self._repairer.repair(raw, first=self._number == 1)
        for refusal in repaired.refusals:
            self._result.withhold(refusal.rule, refusal.reason, self._number)
            self._result.crashed |= refusal.crashed
        if repaired.lines is None:
            return False
        self._result.fixed += repaired.fixed
        for rule in repaired.dropped_for:
            self._result.drop(rule, self._number)
        self._mended = [self._ended(line) for line in repaired.lines]
        return True

    def _of_lines(self, source: Iterable[Raw]) -> Iterator[Raw]:
        for self._number, raw in enumerate(source, 1):
            self.bytes_read += len(raw)
            tail = raw.tail if isinstance(raw, OversizedLine) else raw[-2:]
            if tail not in self._tails:
                self._note(tail)
            if isinstance(raw, OversizedLine):
                yield raw
                self._output.keep(raw)
                self._lacking = 0
                continue
            is_good = tail == b"}\n" and self._line_end != b"\r\n"
            final = yield from self._passed(raw if is_good else self._ended(raw))
            if self._lacking:
                self._head += final[: self._lacking]
                self._lacking -= min(len(final), self._lacking)
            if final is raw:
                self._output.keep(raw)
            else:
                self._result.lines += 1
                self._output.change(raw, final)
        ends = {tail if tail == b"\r\n" else tail[-1:] for tail in self._tails}
        is_mixed = _MIXED in self._rules and ends >= {b"\n", b"\r\n"}
        if is_mixed and self._result.fixed.pop(_CRLF, 0):
            self._result.fixed[_MIXED] = 1  # one mistake, named as the check names it

    def _note(self, tail: bytes) -> None:
        """Note what a line ends with, which no line before it did."""
        self._tails.add(tail)
        if not self._line_end and _MIXED in self._rules and tail.endswith(b"\n"):
            self._line_end = b"\r\n" if tail == b"\r\n" else b"\n"

    def _laid_out(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        try:
            for self._number, line in enumerate(lines, 1):
                self._result.lines += 1
                self._output.add((yield from self._passed(line)))
        except FlattenError as error:  # it was tried before: somebody has written to the file
            raise ReadError(str(error), Code.FILE_CHANGED) from error

    def _passed(self, line: bytes) -> Generator[bytes, None, bytes]:
        """Show a line to the check, and what that takes and mends again; give what stays."""
        if self._is_repeated(line):
            return b""
        yield line
        if self._mended is None:
            self._stays(line)
            return line
        lines, self._mended = self._mended, None
        final = []
        self._is_again = True
        for again in lines:
            if not self._is_repeated(again):
                yield again
                self._stays(again)
                final.append(again)
        self._is_again = False
        return b"".join(final)

    def _ended(self, raw: bytes) -> bytes:
        """Mend the end of a line: its other line end, a CR before the line feed, none at all."""
        end = self._line_end
        if end and raw.endswith(b"\n") and raw.endswith(b"\r\n") is not (end == b"\r\n"):
            self._result.fixed[_CRLF if _CRLF in self._rules else _MIXED] = 1
            return raw.rstrip(b"\r\n") + end
        if not raw.endswith(b"\n") and _FINAL_NEWLINE in self._rules and _is_record(raw):
            self._result.fixed[_FINAL_NEWLINE] = 1
            return raw.rstrip(b"\r") + (end or b"\n")
        return raw

    def _is_repeated(self, line: bytes) -> bool:
        """Tell whether a line is equal to one that stays; then its record is left out."""
        if self._seen is None or line.isspace() or self._seen.first(line) is None:
            return False
        self._result.drop(DUPLICATE, self._number)
        return True

    def _stays(self, line: bytes) -> None:
        if self._seen is not None and not line.isspace() and not self._seen.add(line, self._number):
            self._result.withhold(DUPLICATE, forgotten(MAX_REMEMBERED).message, self._number)

    def _chunks(self, stream: Stream) -> Iterator[bytes]:
        for chunk in stream.chunks():
            self.bytes_read += len(chunk)
            self._output.skip(chunk)
            yield chunk


def _is_record(raw: bytes) -> bool:
    try:
        return isinstance(loads(raw), dict)
    except ValueError:
        return False
