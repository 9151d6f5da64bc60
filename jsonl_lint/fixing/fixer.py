"""Fix files, one after the other, while they are checked: what is reported is what is left."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from jsonl_lint.fixing.atomic import WriteError
from jsonl_lint.fixing.mending import Mending
from jsonl_lint.fixing.result import FixResult
from jsonl_lint.reading.errors import ReadError
from jsonl_lint.reading.flatten import FlattenError
from jsonl_lint.reading.source import STDIN, open_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from jsonl_lint.finding import Finding
    from jsonl_lint.fixing.output import Output
    from jsonl_lint.fixing.repair import Repairer
    from jsonl_lint.linting.file_check import FileCheck
    from jsonl_lint.reading.source import Stream
    from jsonl_lint.rules import FixFile

    Opened = AbstractContextManager[Stream]


_NOTHING_LEFT = "no record would be left; look at what check says, and whether the target is right"
_NOT_LINES = "without the records to be left out, {}; mend the lines behind them first"


class Fixer:
    """Fixes files; ``results`` has one entry for each, in their order.

    ``repairer_for`` gives the repairer for a file by its name, ``output_for`` the place where its
    lines go; that may raise WriteError.
    """

    def __init__(
        self,
        repairer_for: Callable[[str], Repairer],
        output_for: Callable[[str, Stream], Output],
    ) -> None:
        self.results: list[FixResult] = []
        self._repairer_for = repairer_for
        self._output_for = output_for

    def checked(self, name: str, check: FileCheck) -> Iterator[Finding]:
        """Fix a file and yield the findings that are left; the fixed file is in place at the end.

        What keeps the file from being read is the error of the check's result; what keeps it from
        being written is the error of the fix's.
        """
        result = FixResult(check.result.name)
        self.results.append(result)
        opened = partial(open_path, name, check.max_decompressed_bytes)
        output_for = partial(self._output_for, name)
        again = None if name == STDIN else opened
        repairer = self._repairer_for(name)
        yield from fixed(
            opened(), check, repairer, again=again, output_for=output_for, result=result
        )


def fixed(  # noqa: PLR0913 - the one place where all that fixing takes comes together
    opened: Opened,
    check: FileCheck,
    repairer: Repairer,
    *,
    again: Callable[[], Opened] | None,
    output_for: Callable[[Stream], Output],
    result: FixResult,
) -> Iterator[Finding]:
    """Fix an opened input, as ``Fixer.checked`` does; ``again`` opens it once more, if that works.

    An input that is no JSONL is read twice: nothing is written unless it can be laid out whole.
    """
    try:
        with opened as stream:
            output = output_for(stream)
            try:
                mending = Mending(repairer, output, result, partial(_why_not, again))
                yield from check.findings(stream, mending)
                if result.left_out and not check.result.records:
                    raise WriteError(_NOTHING_LEFT)
                if result.left_out and (kind := mending.kind_left):
                    raise WriteError(_NOT_LINES.format(kind.message))
                if not check.result.error:
                    output.finish()
                    result.written = True
            finally:
                output.discard()
    except ReadError as error:
        check.result.fail(error)
    except WriteError as error:
        result.fail(str(error))


def _why_not(again: Callable[[], Opened] | None, fix_file: FixFile, limit: int) -> str:
    """Try the fix of a file that is no JSONL; give the reason why it fails, or nothing."""
    if again is None:
        return "standard input can be read only once; jsonl-lint convert lays it out"
    with again() as stream:
        try:
            records = sum(1 for _ in fix_file(stream.chunks(), limit))
        except FlattenError as error:
            return str(error)
    return "" if records else "it holds no record"
