"""Compare jsonl-lint's verdicts with those of mistral-common, on real and on spoilt records.

Every disagreement has to fall under a row of the Mistral table (``disagreements.py``); the counts
go to standard output in Markdown. Exit code 1 where one does not, where an unspoilt record is
refused, or where too few records or mutations were drawn.
"""

# ruff: noqa: T201  # a table on standard output is what this script is for

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson
from disagreements import Row, Side, classify
from hypothesis import HealthCheck, Phase, given, seed, settings
from judges import Verdict, ours, theirs
from mutations import MUTATIONS, Mutant, mutants
from seeds import Record, records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import SearchStrategy

REAL = Path(__file__).parents[3] / "shared" / "data" / "real"
SEED = 20240525
DRAWN = 300
"""Records for each mutation, and as many without one."""
WANTED = 5_000
"""Distinct records with a mutation at least."""


class Sample(NamedTuple):
    """A record and where it is from; ``shown`` in full only where it is made up."""

    record: Record
    origin: str
    shown: bool = False


class Comparison:
    """The counts of one comparison, and what speaks against the table of disagreements."""

    def __init__(self) -> None:
        self.verdicts: Counter[tuple[bool, bool]] = Counter()
        self.rows: Counter[tuple[Row, Side]] = Counter()
        self.reasons: dict[Row, set[str]] = {}
        self.unclassified: dict[str, list[Sample]] = {}

    def add(self, sample: Sample, our: Verdict, their: Verdict) -> None:
        """Count a record; one with several faults counts in the row of each."""
        self.verdicts[bool(our.reasons), bool(their.reasons)] += 1
        if bool(our.reasons) == bool(their.reasons):
            return
        side: Side = "ours" if our.reasons else "theirs"
        rows = set()
        for reason in our.reasons or their.reasons:
            known = classify(side, reason, our)
            if known:
                rows.add(known.row)
                self.reasons.setdefault(known.row, set()).add(known.why)
            else:
                self.unclassified.setdefault(f"{side} alone: {reason.name}", []).append(sample)
        self.rows.update((row, side) for row in rows)


def main() -> int:
    """Run both comparisons, print their tables, and give the exit code."""
    drawn = draw_samples()
    faults = shortcomings(drawn)
    for title, samples in (("Real records", list(real_samples())), ("Drawn records", drawn)):
        comparison = compare(samples)
        print_table(title, comparison)
        for reason, unexplained in comparison.unclassified.items():
            shortest = min(map(_text, unexplained), key=len)
            faults.append(f"{len(unexplained):,} of no row, {reason}\n{shortest}")
    agreed = {int(name[:2]) for name in MUTATIONS} - {row.number for row in comparison.reasons}
    print(f"Tried without a disagreement: rows {', '.join(map(str, sorted(agreed)))}.")
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


def compare(samples: list[Sample]) -> Comparison:
    """Judge each record twice."""
    comparison = Comparison()
    verdicts = ours([sample.record for sample in samples])
    for sample, verdict in zip(samples, verdicts, strict=True):
        comparison.add(sample, verdict, theirs(sample.record))
    return comparison


def draw_samples() -> list[Sample]:
    """Draw records, the same ones at every run, each once; every mutation gets its share."""
    mutants_of_none = records().map(lambda record: Mutant(record, ()))
    samples: dict[bytes, Sample] = {}
    for strategy in (mutants_of_none, *map(mutants, sorted(MUTATIONS))):
        for mutant in _draw(strategy):
            text = orjson.dumps(mutant.record)
            sample = Sample(orjson.loads(text), ", ".join(mutant.mutations), shown=True)
            samples.setdefault(text, sample)
    return list(samples.values())


def _draw(strategy: SearchStrategy[Mutant]) -> list[Mutant]:
    drawn: list[Mutant] = []

    @seed(SEED)
    @settings(
        max_examples=DRAWN,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(mutant: Mutant) -> None:
        drawn.append(mutant)

    collect()
    return drawn


def real_samples() -> Iterator[Sample]:
    """Yield the conversations of the real datasets, where these are at hand."""
    for path in sorted(REAL.rglob("*.json*")):
        text = path.read_bytes()
        parts = text.splitlines() if path.suffix == ".jsonl" else [text]
        records_here = [record for part in parts for record in _records(part)]
        for i, record in enumerate(records_here):
            if isinstance(record, dict) and "messages" in record:
                yield Sample(record, f"{path.relative_to(REAL)}, record {i}")


def shortcomings(samples: list[Sample]) -> list[str]:
    """Say what keeps the drawn records from proving anything."""
    mutated = sum(bool(sample.origin) for sample in samples)
    drawn = {name for sample in samples for name in sample.origin.split(", ")}
    faults = [f"never drawn: {name}" for name in sorted(MUTATIONS.keys() - drawn)]
    if mutated < WANTED:
        faults.append(f"only {mutated:,} records have a mutation; {WANTED:,} are wanted")
    unspoilt = [sample for sample in samples if not sample.origin]
    for sample, verdict in zip(unspoilt, ours([s.record for s in unspoilt]), strict=True):
        if verdict.warned or theirs(sample.record).reasons:
            faults.append(f"refused although it is valid:\n{_text(sample)}")
    return faults


def print_table(title: str, comparison: Comparison) -> None:
    """Print the disagreements by row, and how often the two agreed."""
    count = comparison.verdicts
    print(f"### {title}\n")
    print(f"{count.total():,} records: both accept {count[False, False]:,}, both refuse "
          f"{count[True, True]:,}, only jsonl-lint refuses {count[True, False]:,}, only "
          f"mistral-common refuses {count[False, True]:,}, "
          f"{len(comparison.unclassified):,} reasons of no row.\n")  # fmt: skip
    print("| row | topic | ours error, theirs ok | ours ok, theirs error | why |")
    print("|---|---|---|---|---|")
    for row in sorted(comparison.reasons):
        here, there = comparison.rows[row, "ours"], comparison.rows[row, "theirs"]
        why = "; ".join(sorted(comparison.reasons[row]))
        print(f"| {row.number} | {row.topic} | {here:,} | {there:,} | {why} |")
    print()


def _records(part: bytes) -> list[Any]:
    try:
        value = orjson.loads(part)
    except orjson.JSONDecodeError:
        return []
    return value if isinstance(value, list) else [value]


def _text(sample: Sample) -> str:
    text = f"  {sample.origin or 'no mutation'}"
    return f"{text}\n  {orjson.dumps(sample.record).decode()}" if sample.shown else text


if __name__ == "__main__":
    sys.exit(main())
