"""Cases as data: one file a rule in ``fixtures``, one case a line."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jsonl_lint.rules import Rule

FIXTURES = Path(__file__).parent.parent / "fixtures"


def case_file(folder: str, rule: Rule) -> Path:
    return FIXTURES / folder / rule.family / f"{rule.name}.jsonl"


def cases(folder: str, rule: Rule) -> list[dict[str, Any]]:
    text = case_file(folder, rule).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def content(case: dict[str, Any]) -> bytes:
    """Give the whole file of a case: text, or bytes in base64."""
    return base64.b64decode(case["base64"]) if "base64" in case else case["lines"].encode()
