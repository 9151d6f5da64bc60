"""The check of one file: its lines, its records, and the file as a whole."""

from __future__ import annotations

import codecs
from functools import partial
from typing import TYPE_CHECKING, Any

from jsonl_lint.finding import Finding, Problem
from jsonl_lint.linting.context import FileContext, LineContext
from jsonl_lint.linting.explaining import Named, crash
from jsonl_lint.linting.gate import ALL
from jsonl_lint.linting.summary import FileResult
from jsonl_lint.pointer import to_pointer
from jsonl_lint.reading.decode import loads
from jsonl_lint.reading.errors import ReadError, reason
from jsonl_lint.reading.facts import FileFacts
from jsonl_lint.reading.lines import OversizedLine, ends_with_newline, read_lines
from jsonl_lint.reading.head import HEAD_BYTES, begins_with_object
from jsonl_lint.records import FORMATS, detect
from jsonl_lint.words import count, type_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jsonl_lint.finding import Context
    from jsonl_lint.linting.engine import Linter
    from jsonl_lint.reading.sniff import Kind
    from jsonl_lint.reading.source import Stream

_BOM = codecs.BOM_UTF8
_CHUNK_BYTES = 1 << 20


class FileCheck:
    """Checks one file; ``result`` is complete when ``findings`` is exhausted."""

    def __init__(
        self, linter: Linter, name: str, *, is_validation: bool, training_bytes: int | None
    ) -> None:
        self.result = FileResult(name)
        self._linter = linter
        self._facts = FileFacts(is_validation=is_validation, training_bytes=training_bytes)

    def findings(self, stream: Stream) -> Iterator[Finding]:
        """Read the stream to its end and yield what is found, line by line, the file at last.

        A stream that cannot be read to its end leaves its reason in ``result.error``.
        """
        try:
            kind = self._kind(stream)
            if kind:
                yield from self._not_lines(kind, stream)
            else:
                yield from self._lines(read_lines(stream.content, self._linter.max_line_bytes))
            stream.verify(self.result.bytes_read)
        except ReadError as error:
            self.result.error = str(error)
            return
        except OSError as error:
            self.result.error = reason(error)
            return
        finally:
            self.result.records = self._facts.records
        if not kind:
            yield from self._whole_file()

    def line_findings(self, lines: Iterable[bytes | OversizedLine]) -> Iterator[Finding]:
        """Yield what is found in lines that come from elsewhere than a stream."""
        yield from self._lines(lines)
        self.result.records = self._facts.records
        yield from self._whole_file()

    def _kind(self, stream: Stream) -> Kind | None:
        head = stream.content.peek(HEAD_BYTES)
        if begins_with_object(head):
            return None
        from jsonl_lint.reading.sniff import sniff  # noqa: PLC0415 - only for odd files

        return sniff(head[:HEAD_BYTES], whole=len(head) < HEAD_BYTES)

    def _not_lines(self, kind: Kind, stream: Stream) -> Iterator[Finding]:
        chunks = self._drain(stream)
        message = kind.message
        if kind.level is None:
            for _ in chunks:
                pass
        else:
            from jsonl_lint.reading.sniff import count_objects  # noqa: PLC0415 - see _kind

            objects = count_objects(chunks, kind.level)
            message = f"{message} of {count(objects, 'record')}"
        named = [(kind.rule, Problem((), message, kind.hint))]
        yield from self._stamped(named, FileContext(self.result.name), 1, None)

    def _drain(self, stream: Stream) -> Iterator[bytes]:
        for chunk in iter(partial(stream.content.read, _CHUNK_BYTES), b""):
            self.result.bytes_read += len(chunk)
            self.result.lines += chunk.count(b"\n")
            yield chunk

    def _lines(self, lines: Iterable[bytes | OversizedLine]) -> Iterator[Finding]:
        result, facts = self.result, self._facts
        gate = self._linter.gate
        ungated = self._linter.explainer.ungated
        number = offset = 0
        known_keys: frozenset[str] = frozenset()
        raw: bytes | OversizedLine = b""
        for raw in lines:
            number += 1
            try:
                value = loads(raw)  # type: ignore[arg-type] # NOTE: refuses an OversizedLine
            except ValueError:
                yield from self._undecodable(raw, number, offset)
            else:
                if raw[-2:] == b"\r\n":
                    facts.note_crlf(number, offset)
                if type(value) is dict and known_keys.isdisjoint(value):
                    known_keys |= self._note_format(value, number, offset)
                try:
                    refused = gate.refused(value, raw) if gate and type(value) is dict else ALL
                except (TypeError, ValueError):  # it nests deeper than orjson and the engine go
                    refused = ALL
                if refused or ungated:
                    yield from self._record(value, raw, number, offset, refused)
            offset += len(raw)
            facts.lines = result.lines = number
            result.bytes_read = offset
        facts.ends_with_newline = not number or ends_with_newline(raw)

    def _undecodable(
        self, raw: bytes | OversizedLine, number: int, offset: int
    ) -> Iterator[Finding]:
        if isinstance(raw, OversizedLine):
            yield from self._oversized(raw, number, offset)
            return
        if raw[-2:] == b"\r\n":
            self._facts.note_crlf(number, offset)
        mark = len(_BOM) if number == 1 and raw.startswith(_BOM) else 0
        body = raw[mark:]
        named = [("utf8-bom", _byte_order_mark())] if mark else []
        index: int | None = self._index(number)
        if not body.strip(b" \t\r\n"):
            self._facts.blank_lines += 1
            index = None
            named.append(("blank-line", Problem((), "blank line", "delete it", span=(0, 0))))
        elif mark and (values := _decoded(body)):
            self._note_format(values[0], number, offset)
            yield from self._record(values[0], raw, number, offset, ALL, named)
            return
        else:
            named += _diagnosed(body, mark)
        yield from self._stamped(named, LineContext(raw, offset), number, index)

    def _record(
        self,
        value: Any,  # noqa: ANN401 - any JSON
        raw: bytes,
        number: int,
        offset: int,
        refused: frozenset[str],
        named: Iterable[Named] = (),
    ) -> Iterator[Finding]:
        context = LineContext(raw, offset, value)
        found = [*named]
        if isinstance(value, dict):
            found += self._linter.explainer.problems(value, raw, refused)
        else:
            message = f"the line is {type_name(value)}; a record is an object"
            found.append(("top-level-not-object", Problem((), message)))
        yield from self._stamped(found, context, number, self._index(number))

    def _note_format(self, value: Any, number: int, offset: int) -> frozenset[str]:  # noqa: ANN401 - any JSON
        name = detect(value, self._linter.target.formats) if isinstance(value, dict) else None
        if name is None:
            return frozenset()
        self._facts.formats.setdefault(name, (number, offset))
        return FORMATS[name].KEYS

    def _oversized(self, line: OversizedLine, number: int, offset: int) -> Iterator[Finding]:
        limit = self._linter.max_line_bytes
        message = f"the line has {len(line):,} bytes; more than {limit:,} are not read"
        hint = "check that line feeds were not lost; --max-line-bytes raises the limit"
        self.result.unchecked_lines += 1
        named = [("line-too-long", Problem((), message, hint, span=(0, 0)))]
        yield from self._stamped(named, LineContext(b"", offset), number, self._index(number))

    def _whole_file(self) -> Iterator[Finding]:
        self._facts.file_bytes = self.result.bytes_read
        named: list[Named] = []
        for rule in self._linter.file_rules:
            try:
                found = list(rule.check_file(self._facts, self._linter.target.limits))
            except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a rule raises must not cost the run
                named.append(crash(rule, error))
            else:
                named += [(rule.name, problem) for problem in found]
        named.sort(key=lambda one: (one[1].line or 1, one[0]))
        for one in named:
            line = one[1].line or 1
            yield from self._stamped([one], FileContext(self.result.name), line, None)

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


def _order(finding: Finding) -> tuple[int, str, str]:
    return finding.place.column, finding.rule, to_pointer(finding.problem.path)


def _byte_order_mark() -> Problem:
    message = "the file begins with a byte order mark"
    return Problem((), message, "save it as UTF-8 without one", span=(0, len(_BOM)))


def _decoded(body: bytes) -> list[Any]:
    """Give the value as a list of one, since null is a value too; an empty one if it is not JSON."""
    try:
        return [loads(body)]
    except ValueError:
        return []


def _diagnosed(body: bytes, shift: int) -> Iterator[Named]:
    from jsonl_lint.reading.diagnose import diagnose  # noqa: PLC0415 - only for undecodable lines

    for fault in diagnose(body, last=not body.endswith(b"\n")):
        span = (fault.start + shift, fault.end + shift)
        yield fault.rule, Problem((), fault.message, fault.hint, span=span)
