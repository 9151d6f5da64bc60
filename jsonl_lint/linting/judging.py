"""Judge one line by itself, as the check of a file would: for who changes it and looks again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from jsonl_lint.linting.bad_lines import not_an_object, undecodable
from jsonl_lint.linting.gate import FAMILIES
from jsonl_lint.reading.decode import loads

if TYPE_CHECKING:
    from jsonl_lint.finding import Named
    from jsonl_lint.linting.engine import Linter


class Judged(NamedTuple):
    """The problems of a line, and whether it holds a record."""

    named: list[Named]
    is_record: bool


def judge(linter: Linter, raw: bytes, *, first: bool) -> Judged:
    """Name the problems of a line; those of rules that look at whole files are not among them."""
    try:
        value = loads(raw)
    except ValueError:
        named, values = undecodable(raw, linter.max_depth, first=first)
        if not values:
            return Judged(named, is_record=False)
        is_record = first and isinstance(values[0], dict)  # elsewhere a mark is no part of a line
        return Judged([*named, *_of_value(linter, values[0], raw)], is_record)
    return Judged(_of_value(linter, value, raw), isinstance(value, dict))


def _of_value(linter: Linter, value: Any, raw: bytes) -> list[Named]:  # noqa: ANN401 - any JSON
    if not isinstance(value, dict):
        return [("top-level-not-object", not_an_object(value))]
    try:
        refused = linter.gate.refused(value, raw) if linter.gate else FAMILIES
    except (TypeError, ValueError):  # it nests deeper than orjson and the engine go
        refused = FAMILIES
    if not refused and not linter.explainer.ungated:
        return []
    return list(linter.explainer.problems(value, raw, refused))
