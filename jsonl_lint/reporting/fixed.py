"""What fixing did, in words: what is mended, what was left out, what was not applied and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonl_lint.finding import Severity
from jsonl_lint.reporting.safe import alone, leading
from jsonl_lint.words import count

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from jsonl_lint.fixing.result import FixResult
    from jsonl_lint.linting.summary import FileResult, Summary


def report(
    results: Sequence[FixResult],
    summary: Summary,
    *,
    unsafe: Container[str],
    dry: bool,
    glyphs: bool,
) -> Iterator[str]:
    """Yield the lines of the report.

    ``unsafe`` are the rules that have a fix which was not allowed. ``dry`` says that nothing was
    written.
    """
    # NOTE: a run that was broken off may have begun a file without a result.
    for result, file in zip(results, summary.files, strict=False):
        name = leading(result.name, glyphs=glyphs)
        for line in _of_file(result, file, dry=dry):
            whole = alone(line, glyphs=glyphs)
            yield whole if line[0] == " " else f"{name}: {whole}"
    yield _closing(results, summary, dry=dry)
    more = sum(number for (rule, _), number in summary.counts.items() if rule in unsafe)
    if more:
        yield f"--unsafe-fixes may mend {more:,} of these: they drop, merge or move what was said"


def _of_file(result: FixResult, file: FileResult, *, dry: bool) -> Iterator[str]:
    if file.error:
        yield f"not fixed: {file.error_code}: {file.error}"
        return
    if result.error:
        yield f"not written: {result.error}"
    elif result.fixed:
        total = count(result.fixed.total(), "finding")
        yield f"{_did('fixed', dry=dry)} {total}, in {count(result.lines, 'line')}"
        wide = len(f"{max(result.fixed.values()):,}")
        for rule, number in sorted(result.fixed.items(), key=lambda item: (-item[1], item[0])):
            yield f"  {number:>{wide},}  {rule}"
    if result.left_out:
        records = count(sum(map(len, result.left_out.values())), "record")
        yield f"{_did('left out', dry=dry)} {records}"
        for rule, numbers in sorted(result.left_out.items()):
            yield f"  {rule}: line{'s' * (len(numbers) > 1)} {_ranges(numbers)}"
    if result.withheld:
        yield "some fixes were not applied"
        for (rule, reason), withheld in sorted(result.withheld.items()):
            more = ", ..." if withheld.count > len(withheld.lines) else ""
            lines = f"line{'s' * (withheld.count > 1)} {_ranges(withheld.lines)}{more}"
            yield f"  {rule} in {lines}: {reason}"


def _did(what: str, *, dry: bool) -> str:
    return {"fixed": "would fix", "left out": "would leave out"}[what] if dry else what


def _ranges(numbers: Iterable[int]) -> str:
    """Write numbers in order, runs of them as ``5-9``."""
    return ", ".join([str(first) if first == last else f"{first}-{last}"
                      for first, last in _runs(numbers)])  # fmt: skip


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    first = last = 0
    for number in numbers:
        if number != last + 1 or not first:
            if first:
                yield first, last
            first = number
        last = number
    if first:
        yield first, last


def _closing(results: Sequence[FixResult], summary: Summary, *, dry: bool) -> str:
    changed = [result for result in results if result.changed]
    files = f"{len(changed):,} of {count(len(results), 'file')}"
    what = "would change" if dry else "changed"
    unwritten = sum(bool(result.error) for result in results)
    if unwritten:
        verb = "was" if unwritten == 1 else "were"
        return f"{what} {files}; {count(unwritten, 'file')} {verb} not written"
    errors = summary.at_least(Severity.ERROR)
    warnings = summary.at_least(Severity.WARNING) - errors
    left = [count(errors, "error")] * bool(errors) + [count(warnings, "warning")] * bool(warnings)
    verb = "is" if errors + warnings == 1 else "are"
    if not left and summary.complete:
        return f"{what} {files}; nothing is left to be mended"
    if not left:
        return f"{what} {files}; not everything could be read"
    return f"{what} {files}; {' and '.join(left)} {verb} left: jsonl-lint check shows them"
