"""Judge the regular expressions of a schema that a dataset brings along."""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING

from jsonl_lint.schema.engine import pattern_cost
from jsonl_lint.schema.reasons import PATTERN_NOT_CHECKED, TOO_COMPLEX, Reason, too_complex

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jsonl_lint.finding import Path
    from jsonl_lint.schema.subschemas import Node

MAX_PATTERN = 1000
"""Characters of a regular expression; compiling takes up to 10 microseconds for each."""

MAX_PATTERNS = 10_000
"""Characters of all regular expressions of a schema together."""

MAX_PATTERN_COST = 300
"""Of all regular expressions of a schema together: one each, and 32 for large ones."""

MAX_FOLDED = 50
"""Ranges in regular expressions that ignore case; ``re`` compiles each in 4 milliseconds."""

_IGNORES_CASE = re.compile(r"\(\?[a-zA-Z]*i").search


def judge_patterns(nodes: Iterable[Node]) -> tuple[list[Reason], dict[str, int]]:
    """Say which patterns of subschemas are none, or are not run, and weigh the others."""
    found = _patterns(nodes)
    distinct = {pattern for _, pattern in found}
    if sum(map(len, distinct)) > MAX_PATTERNS:
        message = f"their patterns have more than {MAX_PATTERNS:,} characters, too many to be run"
        return [too_complex(message)], {}
    if sum(pattern.count("-") for pattern in distinct if _IGNORES_CASE(pattern)) > MAX_FOLDED:
        message = f"their patterns ignore the case of more than {MAX_FOLDED} ranges, too many"
        return [too_complex(f"{message} to be compiled")], {}
    few = sorted(distinct) if len(distinct) <= MAX_PATTERN_COST + 1 else []
    costs = {pattern: pattern_cost(pattern) for pattern in few}
    if len(distinct) > len(few) or sum(filter(None, costs.values())) > MAX_PATTERN_COST:
        message = f"their patterns cost more than {MAX_PATTERN_COST} to run, too much to be checked"
        return [too_complex(message)], {}
    reasons = []
    for path, pattern in found:
        if len(pattern) > MAX_PATTERN:
            message = f"the pattern has more than {MAX_PATTERN:,} characters, too many to be run"
            reasons.append(Reason(path, message, TOO_COMPLEX))
        elif not _compiles(pattern):
            reasons.append(Reason(path, "the pattern is not a regular expression"))
        elif costs[pattern] is None:
            message = "the pattern is not run, so no call is compared with them"
            reasons.append(Reason(path, message, PATTERN_NOT_CHECKED))
    return reasons, {pattern: cost for pattern, cost in costs.items() if cost}


def _patterns(nodes: Iterable[Node]) -> list[tuple[Path, str]]:
    """List every pattern with its place."""
    found: list[tuple[Path, str]] = []
    for path, schema in nodes:
        if "pattern" in schema:
            found.append(((*path, "pattern"), schema["pattern"]))
        found += [((*path, "patternProperties", pattern), pattern)
                  for pattern in schema.get("patternProperties", ())]  # fmt: skip
    return found


def _compiles(pattern: str) -> bool:
    """Tell what mistral-common would: ``check_schema`` compiles patterns with Python's ``re``."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            re.compile(pattern)
        except (re.error, OverflowError, RecursionError):
            return False
    return True
