"""What SARIF says about the rules; taken from their manuals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from jsonl_lint.finding import Severity
from jsonl_lint.reporting.safe import cut, safe

if TYPE_CHECKING:
    from jsonl_lint.rules import Rule
    from jsonl_lint.rules.manual import Manual

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PRECISION = {Severity.ERROR: "very-high", Severity.WARNING: "high", Severity.INFO: "medium"}
_PROBLEM = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
_LONGEST_TEXT = 1024  # of GitHub
_LONGEST_NAME = 255  # of GitHub


def descriptor(name: str, rule: Rule | None) -> dict[str, Any]:
    """Describe a rule; of one that is not known, only the name."""
    if rule is None:
        return {"id": safe(name)}
    manual = rule.manual
    what = _prose(manual.what) if manual else rule.summary
    return {
        "id": safe(name),
        "name": cut(safe("".join(word.capitalize() for word in name.split("-"))), _LONGEST_NAME),
        "shortDescription": {"text": _bounded(_prose(rule.summary) or name)},
        "fullDescription": {"text": _bounded(what or name)},
        "help": {
            "text": _printable(_plain(manual) if manual else rule.doc.strip() or name),
            "markdown": _printable(_markdown(manual) if manual else rule.doc.strip() or name),
        },
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {
            "tags": [safe(rule.family)],
            "precision": _PRECISION[rule.severity],
            "problem.severity": _PROBLEM[rule.severity],
        },
    }


def _sections(manual: Manual) -> list[tuple[str, str, bool]]:
    """List title, text, and whether it is a sample."""
    return [
        ("What it does", manual.what, False),
        ("Why it matters", manual.why, False),
        ("Bad", manual.bad, True),
        ("Good", manual.good, True),
        ("Source", manual.source, False),
    ]


def _plain(manual: Manual) -> str:
    return "\n\n".join(
        f"{title}\n{text if is_sample else _prose(text)}"
        for title, text, is_sample in _sections(manual)
    )


def _markdown(manual: Manual) -> str:
    return "\n\n".join(
        f"## {title}\n\n{_fenced(text) if is_sample else text.replace('``', '`')}"
        for title, text, is_sample in _sections(manual)
    )


def _fenced(sample: str) -> str:
    runs = [len(run) for run in re.findall("`+", sample)]
    fence = "`" * max(3, max(runs, default=0) + 1)
    return f"{fence}\n{sample}\n{fence}"


def _prose(text: str) -> str:
    """Take the marks of literals away, and the breaks of the docstring's lines."""
    return " ".join(text.replace("``", '"').split())


def _bounded(text: str) -> str:
    return cut(safe(text), _LONGEST_TEXT)


def _printable(text: str) -> str:
    return "\n".join(safe(line) for line in text.split("\n"))
