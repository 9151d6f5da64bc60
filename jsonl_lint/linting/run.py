"""A run over many files: training data first, then validation data, which it bounds in size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.linting.summary import FileResult, Summary
from jsonl_lint.reading.errors import ReadError
from jsonl_lint.reading.source import open_path
from jsonl_lint.schema.engine import is_replaced

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator
    from contextlib import AbstractContextManager

    from jsonl_lint.finding import Finding
    from jsonl_lint.linting.engine import Linter
    from jsonl_lint.linting.file_check import FileCheck
    from jsonl_lint.reading.source import Stream


class Run:
    """Checks files one after the other; ``summary`` is complete when ``findings`` is exhausted."""

    def __init__(
        self,
        linter_for: Callable[[str], Linter],
        shown: Callable[[str], str] = str,
        checked: Callable[[str, FileCheck], Iterator[Finding]] | None = None,
    ) -> None:
        """Take what gives the linter of a file; ``checked`` reads a file, if not ``read`` does."""
        self.summary = Summary()
        self._linter_for = linter_for
        self._shown = shown
        self._checked = checked or _checked

    def findings(
        self, training: Iterable[str], validation: Iterable[str]
    ) -> Generator[Finding, None, None]:
        """Yield the findings of all files, in the order of the files."""
        for name in training:
            yield from self._file(name)
        training_bytes = sum(file.bytes_read for file in self.summary.files) or None
        for name in validation:
            yield from self._file(name, is_validation=True, training_bytes=training_bytes)
        self.summary.slow_engine = is_replaced()

    def _file(
        self, name: str, *, is_validation: bool = False, training_bytes: int | None = None
    ) -> Iterator[Finding]:
        check = self._linter_for(name).check(
            self._shown(name), is_validation=is_validation, training_bytes=training_bytes
        )
        self.summary.files.append(check.result)
        yield from self._checked(name, check)


def _checked(name: str, check: FileCheck) -> Iterator[Finding]:
    opening = open_path(name, check.max_decompressed_bytes)
    return read(opening, check.result, check.findings)


def read(
    opening: AbstractContextManager[Stream],
    result: FileResult,
    findings: Callable[[Stream], Iterator[Finding]],
) -> Iterator[Finding]:
    """Yield the findings of an opened input; what keeps it from opening is the result's error."""
    try:
        with opening as stream:
            yield from findings(stream)
    except ReadError as error:
        result.fail(error)
