"""Statistics of the shipped dataset, made as a user makes them."""

from __future__ import annotations

from contextlib import chdir
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
from click.testing import CliRunner

from jsonl_lint.cli.stats import stats
from jsonl_lint.linting.summary import FileResult
from jsonl_lint.measuring.counting import RecordCounter
from jsonl_lint.measuring.facts import Facts
from jsonl_lint.measuring.names import Names
from jsonl_lint.measuring.run import measure
from jsonl_lint.measuring.spread import Spread

if TYPE_CHECKING:
    from collections.abc import Iterable

STATS = Path(__file__).parent.parent / "fixtures" / "stats"
BLESSED = {"text": "text.txt", "json": "stats.json"}
"""Each format, and the file that has its output for train.jsonl."""
OPTIONS = ("--tokenizer", "estimate", "--model", "open-mistral-nemo", "--max-steps", "10")
"""What it takes to give the same tokens and the same plan wherever it runs."""


def blessed() -> dict[Path, str]:
    """Measure fixtures/stats/train.jsonl in each format; give the files and their texts."""
    texts = {}
    for form, name in BLESSED.items():
        with chdir(STATS):
            done = CliRunner().invoke(stats, ["train.jsonl", "-f", form, *OPTIONS])
        assert done.exit_code == 0, done.output
        texts[STATS / name] = done.stdout
    return texts


def counted(records: Iterable[dict[str, Any]]) -> Facts:
    """Count records that are written as compact lines."""
    facts = Facts()
    counter = RecordCounter(facts)
    for record in records:
        line = orjson.dumps(record)
        counter.add(orjson.loads(line), len(line) + 1)
    counter.settle()
    return facts


def measured(path: Path) -> tuple[FileResult, Facts]:
    """Measure a file."""
    result, facts = FileResult(str(path)), Facts()
    measure(result, facts)
    return result, facts


def shown(value: Any) -> Any:
    """Give all that facts, a spread or names tell, so that two can be compared."""
    if isinstance(value, Facts):
        return {name: shown(getattr(value, name)) for name in Facts.__slots__}
    if isinstance(value, Spread):
        figures = value.count, value.sum, value.min, value.max, value.exact
        return figures, value.quantiles(*range(101)), value.histogram(1 << 20)
    if isinstance(value, Names):
        return value.counts, value.whole
    if isinstance(value, dict):
        return {
            key: shown(item) for key, item in value.items() if not isinstance(item, int) or item
        }
    return value
