"""The check of one file: its lines, its records, and the file as a whole."""

from __future__ import annotations

from copy import deepcopy
from functools import partial
from typing import TYPE_CHECKING, Any

from jsonl_lint.finding import Finding, Problem, Severity
from jsonl_lint.linting.bad_lines import RawLine, not_an_object, oversized, undecodable
from jsonl_lint.linting.context import FileContext, LineContext
from jsonl_lint.linting.explaining import is_shipped, named_by, named_by_plugin, without_echoes
from jsonl_lint.linting.gate import FAMILIES
from jsonl_lint.linting.selection import CAPS, DUPLICATE
from jsonl_lint.linting.summary import FileResult
from jsonl_lint.pointer import to_pointer
from jsonl_lint.reading.decode import loads
from jsonl_lint.reading.errors import Code, ReadError, denied
from jsonl_lint.reading.facts import FileFacts
from jsonl_lint.reading.head import HEAD_BYTES, begins_with_object
from jsonl_lint.reading.lines import OversizedLine, ends_with_newline, read_lines
from jsonl_lint.records import FORMATS, detect

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jsonl_lint.finding import Context, Named
    from jsonl_lint.linting.engine import Linter
    from jsonl_lint.linting.mender import Mender
    from jsonl_lint.linting.repeats import Repeats
    from jsonl_lint.reading.sniff import Kind
    from jsonl_lint.reading.source import Stream

    Lines = Iterable[bytes | OversizedLine]

_UNDECODED = object()
_NO_REASON = {"utf8-bom", "bom-mid-file"}
"""Rules that do not say why a line holds no record."""


class FileCheck:
    """Checks one file; ``result`` is complete when ``findings`` is exhausted."""

    def __init__(
        self, linter: Linter, name: str, *, is_validation: bool, training_bytes: int | None
    ) -> None:
        self.result = FileResult(name)
        self._linter = linter
        self._repeats = _repeats() if DUPLICATE in linter.selection.levels else None
        self._facts = FileFacts(is_validation=is_validation, training_bytes=training_bytes)

    def findings(self, stream: Stream, mender: Mender | None = None) -> Iterator[Finding]:
        """Read the stream to its end and yield what is found, line by line, the file at last.

        With a mender, findings and counts are those of the mended file. A stream that cannot be
        read to its end leaves its reason in ``result.error``.
        """
        self.result.size, self.result.packed = stream.size, stream.packed
        reader: FileResult | Mender = self.result
        try:
            kind = self._kind(stream)
            lines = self._source(stream, kind, mender)
            if kind and lines is None:
                yield from self._not_lines(kind, stream)
                return
            reader = mender or reader
            yield from self._lines(lines or (), mender)
            stream.verify(reader.bytes_read)
        except ReadError as error:
            self.result.fail(error)
            return
        except OSError as error:
            self.result.fail(denied(error))
            return
        finally:
            self.result.records = self._facts.records
            self.result.disk_bytes = stream.disk_bytes(reader.bytes_read)
        yield from self._whole_file()

    @property
    def max_decompressed_bytes(self) -> int:
        """How much of a compressed file's content is read."""
        return self._linter.max_decompressed_bytes

    def line_findings(self, lines: Iterable[bytes | OversizedLine]) -> Iterator[Finding]:
        """Yield what is found in lines that come from elsewhere than a stream."""
        yield from self._lines(lines)
        self.result.records = self._facts.records
        yield from self._whole_file()

    def _source(self, stream: Stream, kind: Kind | None, mender: Mender | None) -> Lines | None:
        limit = self._linter.max_line_bytes
        if mender:
            return mender.lines(stream, kind.rule if kind else "", limit)
        return None if kind else read_lines(stream.content, limit)

    def _kind(self, stream: Stream) -> Kind | None:
        if begins_with_object(stream.content.peek(HEAD_BYTES)):
            return None
        from jsonl_lint.reading.sniff import sniff_content  # noqa: PLC0415 - only for odd files

        return sniff_content(stream.content)

    def _not_lines(self, kind: Kind, stream: Stream) -> Iterator[Finding]:
        message = kind.counted(self._drain(stream))
        named = [(kind.rule, Problem((), message, kind.hint))]
        findings = self._stamped(named, self._file_context(), 1, None)
        if not _has_error(findings):  # the rule is off, or mild: it would be a false clean
            self.result.fail(ReadError(message, Code.NOT_JSON_LINES))
        yield from findings

    def _drain(self, stream: Stream) -> Iterator[bytes]:
        for chunk in stream.chunks():
            self.result.bytes_read += len(chunk)
            self.result.lines += chunk.count(b"\n")
            yield chunk

    def _lines(self, lines: Lines, mender: Mender | None = None) -> Iterator[Finding]:
        result, facts = self.result, self._facts
        gate = self._linter.gate
        ungated = self._linter.explainer.ungated
        shows_all = ungated or (mender and mender.looks_at_all)
        number = offset = 0
        known_keys: frozenset[str] = frozenset()
        raw: Any = b""  # bytes, or an OversizedLine, which the decoder refuses
        for raw in lines:
            number += 1
            value: Any = _UNDECODED
            try:
                value = loads(raw)
                refused = gate.refused(value, raw) if gate and type(value) is dict else FAMILIES
            except (TypeError, ValueError):  # or it nests deeper than orjson and the engine go
                refused = FAMILIES
            if mender and (refused or shows_all):
                is_decoded = value is not _UNDECODED
                value = _UNDECODED  # NOTE: it may take hundreds of megabytes, as what mends does
                if mender.mend(raw):
                    number -= 1
                    continue
                value = loads(raw) if is_decoded else value
            if value is _UNDECODED:
                yield from self._undecodable(raw, number, offset)
            else:
                if raw[-2:] == b"\r\n":
                    facts.note_crlf(number, offset, len(raw))
                if type(value) is dict and known_keys.isdisjoint(value):
                    known_keys |= self._note_format(value, number, offset)
                if refused or ungated:
                    yield from self._record(value, RawLine(raw, number, offset), refused)
            if self._repeats and (named := self._repeats.named(raw, number)):
                context, record = self._context(raw, offset), self._index(number)
                yield from self._stamped(named, context, number, record)
            offset += len(raw)
            facts.lines = result.lines = number
            result.bytes_read = offset
        facts.ends_with_newline = not number or ends_with_newline(raw)

    def _undecodable(
        self, raw: bytes | OversizedLine, number: int, offset: int
    ) -> Iterator[Finding]:
        if (raw.tail if isinstance(raw, OversizedLine) else raw[-2:]) == b"\r\n":
            self._facts.note_crlf(number, offset, len(raw))
        if isinstance(raw, OversizedLine):
            named = [oversized(raw, self._linter.max_line_bytes)]
            yield from self._without_record(named, LineContext(b"", offset), number)
            return
        line = RawLine(raw, number, offset)
        named, values = undecodable(raw, self._linter.max_depth, first=number == 1)
        if values:
            self._note_format(values[0], number, offset)
            yield from self._record(values[0], line, FAMILIES, named)
        elif named[-1][0] == "blank-line":
            self._facts.blank_lines += 1
            yield from self._stamped(named, self._context(raw, offset), number, None)
        else:
            yield from self._without_record(named, self._context(raw, offset), number)

    def _record(
        self, value: object, line: RawLine, refused: frozenset[str], named: Iterable[Named] = ()
    ) -> Iterator[Finding]:
        if not isinstance(value, dict):
            found = [*named, ("top-level-not-object", not_an_object(value))]
            context = self._context(line.raw, line.offset, value)
            yield from self._without_record(found, context, line.number)
            return
        found = [*named, *self._linter.explainer.problems(value, line.raw, refused)]
        self.result.unchecked_lines += any(rule in CAPS for rule, _ in found)
        context = self._context(line.raw, line.offset, value, [problem for _, problem in found])
        yield from self._stamped(found, context, line.number, self._index(line.number))

    def _without_record(self, named: list[Named], context: Context, line: int) -> list[Finding]:
        """Report a line that no rule about records sees; silence about it is a false clean."""
        findings = self._stamped(named, context, line, self._index(line))
        reasons = [finding for finding in findings if finding.rule not in _NO_REASON]
        is_cut = any(rule in CAPS for rule, _ in named)
        self.result.unchecked_lines += is_cut or not _has_error(reasons)
        return findings

    def _note_format(self, value: object, number: int, offset: int) -> frozenset[str]:
        name = detect(value, self._linter.target.formats) if isinstance(value, dict) else None
        if name is None:
            return frozenset()
        self._facts.formats.setdefault(name, (number, offset))
        keys: frozenset[str] = FORMATS[name].KEYS
        return keys

    def _whole_file(self) -> Iterator[Finding]:
        self._facts.file_bytes = self.result.bytes_read
        named: list[Named] = []
        for rule, check_file in self._linter.file_rules:
            limits, facts = self._linter.target.limits, self._facts
            if is_shipped(rule):
                named += named_by([(rule, check_file)], facts, limits)
            else:  # which may change what it is given
                find = partial(check_file, deepcopy(facts), limits)
                named += named_by_plugin(rule, find, facts.file_bytes, facts.lines)
        rules = [rule for rule, _ in self._linter.file_rules]
        named = without_echoes(named, rules, self._linter.selection.levels)
        for one in sorted(named, key=lambda one: (one[1].line or 1, one[0])):
            line = one[1].line or 1
            yield from self._stamped([one], self._file_context(), line, None)

    def _context(
        self, raw: bytes, offset: int, value: object = None, problems: Iterable[Problem] = ()
    ) -> LineContext:
        return LineContext(raw, offset, value, self._linter.fixes, problems=problems)

    def _file_context(self) -> FileContext:
        return FileContext(self.result.name, self._linter.fixes)

    def _index(self, number: int) -> int:
        return number - 1 - self._facts.blank_lines

    def _stamped(
        self, named: Iterable[Named], context: Context, line: int, record: int | None
    ) -> list[Finding]:
        findings = []
        for rule, problem in named:
            level = self._linter.selection.severity(rule, minor=problem.minor)
            if level is not None:
                name = self.result.name
                findings.append(Finding(rule, level, name, line, record, problem, context))
        if len(findings) > 1:
            findings.sort(key=_order)
        self.result.note(findings)
        return findings


def _repeats() -> Repeats:
    from jsonl_lint.linting.repeats import Repeats  # noqa: PLC0415 - it loads OpenSSL, for few

    return Repeats()


def _has_error(findings: list[Finding]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)


def _order(finding: Finding) -> tuple[int, str, str]:
    return finding.place.column, finding.rule, to_pointer(finding.problem.path)
