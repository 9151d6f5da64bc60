"""The library: functions that fix data and say what they did; they print nothing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from jsonl_lint import plugins
from jsonl_lint.api import Report, find_target, make_linter, settled
from jsonl_lint.config import Config
from jsonl_lint.finding import Severity
from jsonl_lint.linting.engine import Linter
from jsonl_lint.linting.selection import Choice, Selection, choose
from jsonl_lint.reading.source import open_bytes, open_path

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable
    from contextlib import AbstractContextManager

    from jsonl_lint.fixing.output import Output
    from jsonl_lint.fixing.repair import Repairer
    from jsonl_lint.fixing.result import FixResult
    from jsonl_lint.reading.source import Stream

    Opened = AbstractContextManager[Stream]


@dataclass(frozen=True, slots=True)
class Fixed:
    """The outcome of a fix: what was done, and what a check of the fixed data finds.

    ``data`` is the fixed data of ``fix_bytes``, and empty for a file, which is fixed in place.
    ``changes.error`` says why a file could not be written, if so; then it is as it was.
    """

    changes: FixResult
    report: Report
    data: bytes = b""


def fix_bytes(
    data: bytes,
    *,
    filename: str = "<bytes>",
    config: Config | None = None,
    unsafe: bool = False,
    drop_invalid: bool = False,
) -> Fixed:
    """Fix JSON lines in memory; what no fix touches keeps its bytes.

    ``unsafe`` allows fixes that drop, merge or move what was said; ``drop_invalid`` leaves records
    out that have an error afterwards. Data that cannot be read to their end come back as they are.
    """
    from jsonl_lint.fixing.output import Passed  # noqa: PLC0415 - a check needs nothing of it

    repairer = make_repairer(config or Config(), unsafe=unsafe, drop_invalid=drop_invalid)
    lines: list[bytes] = []
    output = Passed(lines.append, lambda: None, lambda: None)
    done = _fix(partial(open_bytes, data), filename, config or Config(), repairer, lambda _: output)
    return Fixed(done.changes, done.report, b"".join(lines) if done.changes.written else data)


def fix_file(
    path: str | os.PathLike[str],
    *,
    config: Config | None = None,
    unsafe: bool = False,
    drop_invalid: bool = False,
    backup: bool = False,
) -> Fixed:
    """Fix a file in place: it is replaced whole, or not at all; see ``fix_bytes``.

    ``backup`` keeps the old file as ``NAME.bak``. A compressed file is not fixed in place.
    """
    from jsonl_lint.fixing.output import in_place  # noqa: PLC0415 - a check needs nothing of it

    repairer = make_repairer(config or Config(), unsafe=unsafe, drop_invalid=drop_invalid)
    name = str(path)
    output_for = partial(in_place, name, backup=backup, break_hardlinks=False)
    config = config or Config()
    opened = partial(open_path, name, config.max_decompressed_bytes)
    return _fix(opened, name, config, repairer, output_for)


def _fix(
    opened: Callable[[], Opened],
    name: str,
    config: Config,
    repairer: Repairer,
    output_for: Callable[[Stream], Output],
) -> Fixed:
    from jsonl_lint.fixing.fixer import fixed  # noqa: PLC0415 - see fix_file
    from jsonl_lint.fixing.result import FixResult  # noqa: PLC0415 - see fix_file

    check = make_linter(config, config.ignored_in(name)).check(name)
    changes = FixResult(name)
    left = fixed(opened(), check, repairer, again=opened, output_for=output_for, result=changes)
    return Fixed(changes, Report(settled(left, check.result), check.result, config.fail_on))


def make_repairer(
    config: Config, ignored: Iterable[str] = (), *, unsafe: bool = False, drop_invalid: bool = False
) -> Repairer:
    """Compile what repairs lines, by the fixes of the rules that the configuration selects.

    Rules of severity info are among them. ``unsafe`` allows fixes that drop, merge or move what was
    said. ``drop_invalid`` leaves records out that still have an error afterwards. Lines are judged
    by all rules at their usual severity, but for those of severity info that have no fix to apply.
    """
    from jsonl_lint.fixing.repair import Repairer, fixable  # noqa: PLC0415 - a check needs neither

    rules = plugins.load_rules()
    target = find_target(config.target)
    ignore = (*config.ignore, *ignored)
    chosen = choose(rules, target, Choice(config.select, ignore, config.severity, Severity.INFO))
    allowed = fixable({name: rules[name] for name in chosen.levels}, unsafe=unsafe)
    levels = {**dict.fromkeys(allowed, Severity.INFO), **choose(rules, target, Choice()).levels}
    judging = Selection(levels, Severity.INFO)
    depth, length = config.max_depth, config.max_line_bytes
    linter = Linter(target, rules, judging, max_depth=depth, max_line_bytes=length)
    return Repairer(linter, allowed, drop_invalid=drop_invalid)
