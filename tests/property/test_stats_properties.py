"""Facts against plain counting, quantiles against sorted lists, and merging against the whole."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from unittest import mock

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st
from stats_runs import counted, measured, shown
from strategies import conversations, mutants

from jsonl_lint.measuring import names as names_module
from jsonl_lint.measuring import spread as spread_module
from jsonl_lint.measuring.facts import OTHER, ROLES, Facts
from jsonl_lint.measuring.loss import is_learned, learns_only_last
from jsonl_lint.measuring.names import Names
from jsonl_lint.measuring.spread import FINEST, Spread, bin_of, bounds
from jsonl_lint.reporting.bars import bars

if TYPE_CHECKING:
    import random

LENGTHS = st.integers(0, 40) | st.integers(0, 5000) | st.integers(0, 1 << 34)
SAMPLES = st.lists(LENGTHS, min_size=1, max_size=60)
PERCENTS = (1, 5, 50, 95, 99, 100)


def nearest_rank(values: list[int], percent: int) -> int:
    """The definition, by counting: the least value that so many percent of all do not exceed."""
    return next(
        value
        for value in sorted(values)
        if sum(other <= value for other in values) * 100 >= percent * len(values)
    )


def small_spreads() -> Any:
    """Let spreads count one by one no more than 8 different values."""
    return mock.patch.object(spread_module, "DISTINCT", 8)


@given(SAMPLES)
def test_quantiles_are_those_of_the_sorted_values(values: list[int]) -> None:
    spread = Spread(values)
    assert spread.exact
    assert spread.quantiles(*PERCENTS) == [nearest_rank(values, p) for p in PERCENTS]
    assert (spread.min, spread.max) == (min(values), max(values))
    assert (spread.count, spread.sum) == (len(values), sum(values))
    assert spread.mean == sum(values) / len(values)


@given(SAMPLES)
def test_quantiles_of_bins_are_within_their_bound(values: list[int]) -> None:
    with small_spreads():
        spread = Spread(values)
        told = spread.quantiles(*PERCENTS)
    assert spread.exact == (len(set(values)) <= 8)
    assert (spread.min, spread.max, spread.sum) == (min(values), max(values), sum(values))
    for percent, value in zip(PERCENTS, told, strict=True):
        true = nearest_rank(values, percent)
        assert abs(value - true) * 256 <= true


@given(st.lists(SAMPLES, min_size=1, max_size=5), st.randoms(use_true_random=False), st.booleans())
def test_spreads_merge_in_any_order(
    parts: list[list[int]],
    rng: random.Random,
    exact: bool,  # noqa: FBT001 - drawn
) -> None:
    whole = [value for part in parts for value in part]
    with mock.patch.object(spread_module, "DISTINCT", 4096 if exact else 8):
        together = shown(Spread(whole))
        rng.shuffle(parts)
        total = Spread()
        for part in parts:
            total.merge(Spread(part))
        assert shown(total) == together
        assert shown(total)[0] == shown(Spread(sorted(whole)))[0]


@given(SAMPLES, st.integers(1, 60), st.booleans())
def test_a_histogram_counts_every_value_in_its_bucket(
    values: list[int],
    most: int,
    exact: bool,  # noqa: FBT001 - drawn
) -> None:
    with mock.patch.object(spread_module, "DISTINCT", 4096 if exact else 8):
        buckets = Spread(values).histogram(most)
    assert 1 <= len(buckets) <= most
    assert buckets[0].low <= min(values)
    assert max(values) <= buckets[-1].high
    for bucket, following in pairwise(buckets):
        assert bucket.high + 1 == following.low
    for bucket in buckets:
        assert bucket.number == sum(bucket.low <= value <= bucket.high for value in values)


@given(st.integers(0, 1 << 40), st.integers(0, FINEST))
def test_bins_adjoin_and_are_narrow(value: int, digits: int) -> None:
    number = bin_of(value, digits)
    low, high = bounds(number, digits)
    assert low <= value <= high
    assert (bin_of(high + 1, digits), bin_of(low, digits)) == (number + 1, number)
    assert (high - low) << digits <= low


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=30), st.booleans())
def test_bars_are_as_high_as_their_numbers(numbers: list[int], glyphs: bool) -> None:  # noqa: FBT001 - drawn
    levels = " ▁▂▃▄▅▆▇█" if glyphs else " .:-=+*#@"
    drawn = [levels.index(bar) for bar in bars(numbers, glyphs=glyphs)]
    assert len(drawn) == len(numbers)
    most = max(numbers)
    for number, height in zip(numbers, drawn, strict=True):
        assert (height == 0) == (number == 0)
        assert height - 1 < 8 * number / (most or 1) <= height


NAMES = st.lists(st.sampled_from([*"abcdefghijkl", "", "é", "n" * 80, "n" * 70]), max_size=40)


@given(st.lists(NAMES, min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_names_keep_the_same_ones_in_any_order(parts: list[list[str]], rng: random.Random) -> None:
    whole = [name for part in parts for name in part]
    true = Counter(name[:64] for name in whole)
    with mock.patch.object(names_module, "DISTINCT", 4):
        together = Names(whole)
        rng.shuffle(parts)
        total = Names()
        for part in parts:
            more = Names()
            for name in part:
                more.add([name])
            total.merge(more)
        assert shown(total) == shown(together)
        assert total.whole == (len(true) <= 4)
        assert len(total.counts) == min(4, len(true))
        assert total.counts.items() <= true.items()


def naive(records: list[dict[str, Any]]) -> dict[str, Any]:
    """Count what can be counted without thinking, for records of the format messages."""
    messages = [m for record in records for m in record["messages"] if isinstance(m, dict)]
    texts = [(m.get("role"), m.get("content", m.get("text"))) for m in messages]
    letters = ["".join(letter(m) for m in record["messages"]) for record in records]
    spoken = {role: [t for r, t in texts if r == role and isinstance(t, str)] for role in ROLES}
    return {
        "messages": sum(len(record["messages"]) for record in records),
        "characters": {role: sum(map(len, found)) for role, found in spoken.items()},
        "bytes": {role: sum(len(t.encode()) for t in found) for role, found in spoken.items()},
        "contents": {role: len(found) for role, found in spoken.items()},
        "learned": sum(map(learned, records)),
        "turns": sum(len(answered(word)) for word in letters),
    }


def learned(record: dict[str, Any]) -> int:
    """The messages that the loss rule takes, asked of each of them."""
    messages = record["messages"]
    only_last = learns_only_last(record)
    return sum(
        is_learned(m.get("role"), m.get("weight"), last=m is messages[-1], only_last=only_last)
        for m in messages
        if isinstance(m, dict)
    )


def letter(message: Any) -> str:
    role = message.get("role") if isinstance(message, dict) else None
    return {"user": "u", "assistant": "a"}.get(role, "-") if isinstance(role, str) else "-"


def answered(word: str) -> list[str]:
    """The pieces of a conversation that begin with its users and have an answer."""
    pieces = word.replace("-", "").split("a")
    return [piece for piece in pieces[:-1] if "u" in piece]


def told(facts: Facts) -> dict[str, Any]:
    contents = facts.content_characters
    return {
        "messages": facts.all_messages,
        "characters": {role: contents[role].sum for role in ROLES},
        "bytes": {role: facts.content_bytes(role) for role in ROLES},
        "contents": {role: contents[role].count for role in ROLES},
        "learned": facts.learned_messages,
        "turns": facts.turns,
    }


def is_plain(record: dict[str, Any]) -> bool:
    """Whether no content is a list, which the naive count does not read, and no format hides it."""
    messages = record.get("messages")
    if not isinstance(messages, list) or not {"chosen", "conversations"}.isdisjoint(record):
        return False
    contents = [m.get("content", m.get("text")) for m in messages if isinstance(m, dict)]
    return not any(isinstance(content, list) for content in contents)


records = st.lists(conversations() | mutants(), max_size=6)


@given(records)
def test_facts_are_what_plain_counting_gives(drawn: list[dict[str, Any]]) -> None:
    plain = [orjson.loads(orjson.dumps(record)) for record in drawn if is_plain(record)]
    facts = counted(plain)
    assert told(facts) == naive(plain)
    assert facts.records == len(plain)
    assert facts.record_bytes.sum == sum(len(orjson.dumps(record)) + 1 for record in plain)


@given(st.lists(conversations(), max_size=5))
def test_tools_and_learning_of_clean_records(drawn: list[dict[str, Any]]) -> None:
    facts = counted(drawn)
    called = Counter(
        call["function"]["name"]
        for record in drawn
        for message in record["messages"]
        for call in message.get("tool_calls", ())
    )
    declared = Counter(
        tool["function"]["name"] for record in drawn for tool in record.get("tools", ())
    )
    assert facts.called.counts == called
    assert facts.declared.counts == declared
    assert facts.never_called == sorted(declared.keys() - called.keys())
    assert facts.calls_a_record.sum == called.total()
    assert facts.records_with_tools == sum("tools" in record for record in drawn)
    assert facts.learned_messages == sum(
        1 if "tools" in record else sum(m["role"] == "assistant" for m in record["messages"])
        for record in drawn
    )
    assert facts.messages(OTHER) == 0


LINES = st.one_of(
    (conversations() | mutants()).map(orjson.dumps),
    st.sampled_from([b"", b" ", b"[1]", b"{", b"null", b'{"text": "a\xc3\xa9"}', b"\xff", b"{}"]),
    st.sampled_from([
        b'{"instruction": "a", "input": "b", "output": "c", "history": [["d", "e"]]}',
        b'{"conversations": [{"from": "human", "value": "a"}, {"from": "gpt", "value": "b"}]}',
        b'{"prompt": "a", "completion": [{"role": "assistant", "content": "b", "weight": 0}]}',
    ]),
)  # fmt: skip


@settings(max_examples=60)
@given(st.lists(LINES, max_size=8), st.integers(0, 8))
def test_parts_of_a_file_come_to_the_whole(lines: list[bytes], at: int) -> None:
    start = [b"{}"]  # so that no part looks like anything else than JSON lines
    with TemporaryDirectory() as folder:
        facts = []
        for number, part in enumerate((lines, lines[:at], lines[at:])):
            path = Path(folder, f"{number}.jsonl")
            path.write_bytes(b"".join(line + b"\n" for line in start + part))
            result, found = measured(path)
            assert result.error == ""
            assert found.bytes == path.stat().st_size
            assert found.lines == len(part) + 1
            assert found.lines == found.records + found.blank_lines + found.lines_without_record
            facts.append(found)
    whole, *parts = facts
    whole.merge(counted([{}]))
    whole.bytes += 3
    whole.lines += 1
    for order in (parts, parts[::-1]):
        total = Facts()
        for one in order:
            total.merge(one)
        assert shown(total) == shown(whole)
