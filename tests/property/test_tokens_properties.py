"""Counts against mistral-common's own way of counting, bounds, and samples against the whole."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from mistral_tokens import TOKENIZERS, encoded, needs_mistral, ours, theirs
from strategies import conversations, mutants

from jsonl_lint.measuring import sampling
from jsonl_lint.measuring.counts import TokenCount, TokenizeError
from jsonl_lint.measuring.estimate import Estimate
from jsonl_lint.measuring.sampling import TokenTotals
from jsonl_lint.measuring.token_report import combine
from jsonl_lint.measuring.train_yaml import split_source

Record = dict[str, Any]
# What tokenizers treat in ways of their own: spaces, digits, their own marks, rare scripts.
PIECES = st.one_of(
    st.text(max_size=12),
    st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=30),
    st.text(st.characters(categories=["Lo"]), max_size=12),
    st.sampled_from(["<s>", "</s>", "[INST]", "[/INST]", "[TOOL_CALLS]", "<unk>", "▁", "\u0000"]),
    st.sampled_from(
        [" ", "  ", "\n", "\n\n", "\t", "1234567890", "'s", "don't", "😀👩‍👩‍👧", "ﷺ", "\ufeff"]
    ),
)
TEXTS = st.lists(PIECES, max_size=6).map("".join)


def line_of(record: Record) -> bytes:
    """Write a record as short as JSON can be, which is where a bound by bytes is tightest."""
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()


@needs_mistral
@pytest.mark.parametrize("name", TOKENIZERS)
@settings(max_examples=80)
@given(text=TEXTS)
def test_the_fast_path_counts_what_the_public_encoder_gives(name: str, text: str) -> None:
    plain = theirs(name).instruct_tokenizer.tokenizer
    tokens = plain.encode(text, bos=True, eos=True)
    assert ours(name).count({"text": text}) == (len(tokens), len(tokens) - 1)


@needs_mistral
@pytest.mark.parametrize("name", TOKENIZERS)
@settings(max_examples=25)
@given(record=conversations(), texts=st.lists(TEXTS.filter(str.strip), min_size=1, max_size=4))
def test_a_conversation_has_the_tokens_of_mistral_common(
    name: str, record: Record, texts: list[str]
) -> None:
    for message, text in zip(record["messages"], texts, strict=False):
        if "content" in message and message["role"] != "tool":
            message["content"] += text
    count = ours(name).count(record)
    assert count.total == encoded(name, record)
    assert count.total <= (ours(name).bound(record, len(line_of(record))) or 0)
    assert 0 < count.trained < count.total


@needs_mistral
@settings(max_examples=40)
@given(record=conversations().filter(lambda record: record["messages"][-2]["role"] != "assistant"))
def test_what_is_learned_with_tools_follows_the_prompt(record: Record) -> None:
    prompt = dict(record, messages=record["messages"][:-1])
    whole = ours("mistral-v3").count({**record, "only_last": True})
    assert whole.trained == whole.total - (encoded("mistral-v3", prompt, "test") or 0)


NUMBERS = st.sampled_from(
    ["1e15", "9e9", "-1E14", "1e-5", "1E400", "0.1", "123456789012345678901234567890", "true", "[]"]
)


@needs_mistral
@pytest.mark.parametrize("name", ["mistral-v1", "mistral-v2", *TOKENIZERS, "mistral-v7"])
@settings(max_examples=30)
@given(
    numbers=st.lists(NUMBERS, max_size=8),
    texts=st.tuples(TEXTS, TEXTS, TEXTS),
    keys=st.sets(st.sampled_from(["tools", "call", "system", "system_prompt"])),
)
@example(numbers=["1e15"] * 8, texts=("", "", ""), keys={"tools", "call"})
@example(numbers=[], texts=("a", "", "a"), keys={"system"})
def test_no_record_has_more_tokens_than_its_bound(
    name: str, numbers: list[str], texts: tuple[str, str, str], keys: set[str]
) -> None:
    array = f"[{','.join(numbers)}]"
    messages: list[Record] = [{"role": "user", "content": texts[0]}]
    if "call" in keys:
        function = {"name": "f", "arguments": f'{{"":{array}}}'}
        calls = [{"id": "abcdefghi", "function": function}]
        result = {"role": "tool", "tool_call_id": "abcdefghi", "content": array}
        messages += [{"role": "assistant", "tool_calls": calls}, result]
    messages.append({"role": "assistant", "content": texts[2] or "a"})
    if "system" in keys:
        messages.insert(0, {"role": "system", "content": texts[1]})
    record: Record = {"messages": messages}
    if "system_prompt" in keys - {"system"}:
        record["system_prompt"] = texts[1]
    if "tools" in keys:
        parameters = json.loads(f'{{"enum":{array}}}'.replace("1E400", "1"))
        function = {"name": "f", "description": "", "parameters": parameters}
        record["tools"] = [{"function": function}]
    try:
        count = ours(name).count(record)
    except TokenizeError:
        return
    # NOTE: floats are written back as short as they came in, which json.dumps does not do.
    line = line_of(record).decode().replace("1000000000000000.0", "1e15")
    line = line.replace("9000000000.0", "9e9").replace("-100000000000000.0", "-1E14")
    bound = ours(name).bound(record, len(line.encode()))
    assert bound is not None
    assert count.total <= bound


@needs_mistral
@settings(max_examples=60)
@given(record=mutants())
def test_any_record_is_counted_or_refused(record: Record) -> None:
    for name in TOKENIZERS:
        try:
            count = ours(name).count(record)
        except TokenizeError:
            continue
        assert 0 <= count.trained < count.total


@settings(max_examples=60)
@given(record=mutants())
def test_the_estimate_is_within_its_bound(record: Record) -> None:
    count = Estimate().count(record)
    bound = Estimate().bound(record, len(line_of(record)))
    assert 0 <= count.trained <= count.total <= (bound or 0)


class Known:
    """Counts what a record says of itself."""

    name = "known"
    exact = True

    def count(self, value: Record) -> TokenCount:
        if value["tokens"] % 7 == 0:
            message = "a multiple of seven"
            raise TokenizeError(message)
        return TokenCount(value["tokens"], value["tokens"] // 3)

    def bound(self, value: Record, line_bytes: int) -> int:
        tokens: int = value["tokens"]
        return max(tokens, line_bytes)


NUMBERS_OF_TOKENS = st.lists(st.integers(1, 500), max_size=40)


def totals(numbers: list[int], *, sample: int | None, limit: int | None = None) -> TokenTotals:
    fed = TokenTotals(Known(), sample=sample, limit=limit)
    for line, number in enumerate(numbers, 1):
        fed.feed({"tokens": number}, number + 10, line)
    return fed


@given(numbers=NUMBERS_OF_TOKENS, spare=st.integers(0, 3))
def test_a_sample_of_all_is_exact(numbers: list[int], spare: int) -> None:
    counted = [number for number in numbers if number % 7]
    for sample in (None, len(numbers) + spare):
        report = totals(numbers, sample=sample).finish() if sample != 0 else None
        if report:
            assert report.total == sum(counted)
            assert report.trained == sum(number // 3 for number in counted)
            assert (report.total_interval, report.trained_interval) == (None, None)
            assert report.refused == len(numbers) - len(counted)
            assert report.tokens.sum == sum(counted)


@given(numbers=NUMBERS_OF_TOKENS, sample=st.integers(1, 10), limit=st.none() | st.integers(1, 400))
def test_a_sample_is_the_same_each_time(numbers: list[int], sample: int, limit: int | None) -> None:
    first, second = (totals(numbers, sample=sample, limit=limit).finish() for _ in range(2))
    assert (first.total, first.total_interval) == (second.total, second.total_interval)
    assert first.counted == min(sample, len(numbers))
    if first.total_interval:
        assert first.total_interval[0] <= first.total <= first.total_interval[1]
    unlimited = totals(numbers, sample=sample).finish()
    assert (first.total, first.refusals) == (unlimited.total, unlimited.refusals)


@given(numbers=NUMBERS_OF_TOKENS, sample=st.integers(1, 10), held=st.integers(0, 60))
def test_counting_early_changes_nothing(numbers: list[int], sample: int, held: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sampling, "_HELD_BYTES", held)
        early = totals(numbers, sample=sample).finish()
    late = totals(numbers, sample=sample).finish()
    assert (early.total, early.trained_interval) == (late.total, late.trained_interval)


@given(numbers=NUMBERS_OF_TOKENS, limit=st.integers(1, 400), sample=st.none() | st.integers(1, 9))
def test_each_record_beyond_the_limit_is_seen(
    numbers: list[int], limit: int, sample: int | None
) -> None:
    beyond = [line for line, number in enumerate(numbers, 1) if number > limit and number % 7]
    report = totals(numbers, sample=sample, limit=limit).finish()
    assert (report.over_limit, report.unchecked) == (len(beyond), 0)
    assert report.over_limit_lines == tuple(beyond[: sampling.LINES_SHOWN])


@given(parts=st.lists(NUMBERS_OF_TOKENS, min_size=1, max_size=4))
def test_files_counted_whole_add_up(parts: list[list[int]]) -> None:
    report = combine([totals(numbers, sample=None).finish() for numbers in parts])
    whole = totals([number for numbers in parts for number in numbers], sample=None).finish()
    assert (report.total, report.trained) == (whole.total, whole.trained)
    assert (report.records, report.refusals) == (whole.records, whole.refusals)
    assert report.tokens.quantiles(5, 50, 95) == whole.tokens.quantiles(5, 50, 95)


@given(
    path=st.text(st.sampled_from("abE/\\.:"), min_size=1).filter(lambda text: text[-1] != ":"),
    weight=st.floats(0.01, 100),
)
def test_a_path_and_its_weight_are_told_apart(path: str, weight: float) -> None:
    assert split_source(f"{path}:{weight}") == (path, weight)
    assert split_source(path) == (path, 1.0)
