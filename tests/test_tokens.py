"""Tokens of single records, of samples, and of names that stand for tokenizers."""

from __future__ import annotations

import json
import random
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest
from mistral_tokens import bundled, encoded, needs_mistral, ours, theirs

from jsonl_lint.measuring import models, sampling
from jsonl_lint.measuring.counts import TokenCount, TokenizeError, Tokenizer, TokenizerError
from jsonl_lint.measuring.estimate import Estimate, estimate_text
from jsonl_lint.measuring.loss import is_learned, learns_only_last
from jsonl_lint.measuring.ratio import ratio_estimate, student
from jsonl_lint.measuring.sampling import TokenTotals
from jsonl_lint.measuring.token_report import TokenReport, combine
from jsonl_lint.measuring.tokens import load_tokenizer

if TYPE_CHECKING:
    from pathlib import Path

Record = dict[str, Any]
needs_tiktoken = pytest.mark.skipif(
    find_spec("tiktoken") is None, reason="the extra openai is not installed"
)

ASK = {"role": "user", "content": "Where does the Rhine begin?"}
ANSWER = {"role": "assistant", "content": "In the Alps."}
CHAT: Record = {"messages": [ASK, ANSWER, ASK, ANSWER]}
TOOL = {"type": "function", "function": {"name": "f", "description": "", "parameters": {}}}


class Known:
    """Counts what a record says of itself, and refuses a negative number."""

    name = "known"
    exact = True

    def __init__(self) -> None:
        self.counted = 0

    def count(self, value: Record) -> TokenCount:
        self.counted += 1
        if value["tokens"] < 0:
            message = "negative"
            raise TokenizeError(message)
        return TokenCount(value["tokens"], value["tokens"] // 2)

    def bound(self, _value: Record, line_bytes: int) -> int | None:
        return line_bytes


def fed(
    numbers: list[int], *, sample: int | None, limit: int | None = None, size: int = 0
) -> TokenReport:
    totals = TokenTotals(Known(), sample=sample, limit=limit)
    for line, number in enumerate(numbers, 1):
        totals.feed({"tokens": number}, size or number + 20, line)
    return totals.finish()


# Names


@pytest.mark.parametrize(
    ("name", "tokenizer"),
    [
        ("open-mistral-7b", "mistral-v3"),
        ("open-mistral-nemo", "mistral-v3-tekken"),
        ("open-mistral-nemo-2407", "mistral-v3-tekken"),
        ("mistral-small-latest", "mistral-v3"),
        ("mistral-small-2402", "mistral-v2"),
        ("codestral-2405", "mistral-v3"),
        ("ministral-8b-latest", "mistral-v3-tekken"),
        ("Mistral-Large-2411", "mistral-v7"),
        ("mistral-large-2407", "mistral-v3"),
        ("mistral-v1", "mistral-v1"),
        ("mistral-large-2099", ""),
        ("gpt-4o", ""),
    ],
)
def test_each_model_has_its_tokenizer(name: str, tokenizer: str) -> None:
    assert models.tokenizer_of(name) == tokenizer


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    with pytest.raises(TokenizerError) as refused:
        load_tokenizer("open-mistral-nimo")
    assert str(refused.value) == (
        'no tokenizer is known as "open-mistral-nimo", and there is no such file; did you mean '
        '"open-mistral-nemo"?'
    )


def test_what_is_not_installed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("tokens_mistral", "tokens_openai"):
        loader = import_module(f"jsonl_lint.measuring.{module}")
        monkeypatch.setattr(loader, "find_spec", lambda _: None)
    with pytest.raises(TokenizerError, match=r'needs mistral-common; .*"jsonl-lint\[mistral\]"'):
        load_tokenizer("open-mistral-7b")
    with pytest.raises(TokenizerError, match=r'needs tiktoken; .*"jsonl-lint\[openai\]"'):
        load_tokenizer("gpt-4o")
    assert load_tokenizer(None).name == Estimate.name
    assert not load_tokenizer(None).exact


# The loss rule


@pytest.mark.parametrize(
    ("role", "weight", "last", "only_last", "learned"),
    [
        ("assistant", None, False, False, True),
        ("assistant", 0, True, False, False),
        ("assistant", "1", True, True, True),
        ("assistant", True, True, True, True),
        ("assistant", [], True, True, False),
        ("assistant", None, False, True, False),
        ("user", None, True, False, False),
    ],
)
def test_which_messages_are_learned(
    role: str,
    weight: object,
    last: bool,  # noqa: FBT001 - a column of the table
    only_last: bool,  # noqa: FBT001 - a column of the table
    learned: bool,  # noqa: FBT001 - a column of the table
) -> None:
    assert is_learned(role, weight, last=last, only_last=only_last) is learned


@pytest.mark.parametrize(
    ("keys", "only_last"),
    [
        ({}, False),
        ({"tools": []}, False),
        ({"tools": [TOOL]}, True),
        ({"available_tools": []}, True),
        ({"only_last": True}, True),
    ],
)
def test_tools_leave_only_the_last_message(keys: Record, *, only_last: bool) -> None:
    assert learns_only_last(keys) is only_last


# The estimate


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("a" * 100, 22),
        ("1234567890", 12),
        ("," * 100, 52),
        ("é" * 10, 6),
        ("山" * 10, 11),
        ("😀" * 10, 20),
        ("", 0),
    ],
)
def test_each_kind_of_character_has_its_share(text: str, tokens: float) -> None:
    assert estimate_text(text) == pytest.approx(tokens)
    assert estimate_text(text + "a" * 100) == pytest.approx(tokens + 22)


def test_the_estimate_of_a_chat() -> None:
    # 27 bytes with one sign, 12 with one; 2 control tokens for a question, 1 for an answer, BOS
    assert Estimate().count(CHAT) == TokenCount(1 + 2 * (2 + 6) + 2 * (1 + 3), 2 * (1 + 3))


def test_the_estimate_takes_other_formats() -> None:
    alpaca = {"instruction": "a" * 100, "input": "", "output": "b" * 200}
    assert Estimate().count(alpaca) == TokenCount(1 + 2 + 22 + 1 + 44, 1 + 44)
    assert Estimate().count({"text": "a" * 100}) == TokenCount(23, 22)
    turns = [{"from": "human", "value": "a" * 100}, {"from": "gpt", "value": "b" * 200}]
    assert Estimate().count({"conversations": turns}) == TokenCount(70, 45)


def test_what_nests_too_deeply_is_refused_not_raised() -> None:
    deep: Any = []
    for _ in range(300):
        deep = [deep]
    totals = TokenTotals(Estimate())
    totals.feed({"messages": [{"role": "user", "content": deep}]}, 700, 1)
    report = totals.finish()
    assert (report.counted, report.refusals) == (1, {"nested too deeply": 1})


# Samples


def test_a_small_file_is_counted_whole() -> None:
    report = fed([3, 5, 8], sample=3)
    assert (report.total, report.trained, report.total_interval) == (16, 7, None)
    assert not report.sampled
    assert report.tokens.quantiles(50, 100) == [5, 8]


def test_refused_records_have_no_tokens() -> None:
    report = fed([3, -1, 5, -1], sample=None)
    assert (report.records, report.counted, report.refused, report.total) == (4, 4, 2, 8)
    assert report.refusals == {"negative": 2}
    assert report.tokens.count == 2


def test_a_sample_is_spread_over_the_file() -> None:
    drawn: list[int] = []

    class Noting(Known):
        def count(self, value: Record) -> TokenCount:
            drawn.append(value["tokens"])
            return super().count(value)

    totals = TokenTotals(Noting(), sample=300)
    for line in range(1, 3001):
        totals.feed({"tokens": line}, 100, line)
    report = totals.finish()
    assert (report.counted, len(drawn), len(set(drawn))) == (300, 300, 300)
    tenths = [sum(part < number <= part + 300 for number in drawn) for part in range(0, 3000, 300)]
    assert all(15 < tenth < 50 for tenth in tenths), tenths


def test_tokens_that_follow_the_bytes_are_estimated_without_error() -> None:
    totals = TokenTotals(Known(), sample=50)
    for line in range(1, 1001):
        totals.feed({"tokens": 2 * line}, 3 * line, line)
    report = totals.finish()
    assert report.total == 1000 * 1001
    assert report.total_interval == (1000 * 1001, 1000 * 1001)


def test_the_interval_holds_what_it_says() -> None:
    rng = random.Random(5)  # noqa: S311 - reproducible, not secret
    held = 0
    for _ in range(200):
        sizes = [int(rng.lognormvariate(6, 1)) + 20 for _ in range(1000)]
        values = [max(1, int(size * rng.gauss(0.25, 0.05))) for size in sizes]
        drawn = rng.sample(range(1000), 200)
        sample = [sizes[i] for i in drawn], [values[i] for i in drawn]
        total, half = ratio_estimate(*sample, 1000, sum(sizes))
        held += abs(total - sum(values)) <= half
    assert 180 <= held <= 199, held  # 95 %, within three standard deviations


def test_the_quantile_is_that_of_student() -> None:
    # from the tables of the distribution
    assert student(5) == pytest.approx(2.571, rel=0.01)
    assert student(30) == pytest.approx(2.042, rel=0.001)
    assert student(10**6) == pytest.approx(1.960, rel=0.001)


def test_the_memory_of_waiting_records_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampling, "_HELD_BYTES", 1000)
    tokenizer = Known()
    totals = TokenTotals(tokenizer, sample=100)
    for line in range(1, 201):
        totals.feed({"tokens": line}, 100, line)
        assert totals._held <= 1000 + 20  # noqa: SLF001 - what is to be bounded
    report = totals.finish()
    assert tokenizer.counted > 100  # some were counted and left the sample later
    monkeypatch.undo()
    plain = TokenTotals(Known(), sample=100)
    for line in range(1, 201):
        plain.feed({"tokens": line}, 100, line)
    assert plain.finish().trained == report.trained
    assert (plain.finish().total, plain.finish().counted) == (report.total, 100)


def test_files_are_added_up() -> None:
    first, second = fed([3, 5], sample=5), fed(list(range(1, 101)), sample=20)
    both = combine([first, second])
    assert (both.records, both.counted) == (102, 22)
    assert both.total == 8 + second.total
    assert second.total_interval
    low, high = second.total_interval
    assert both.total_interval == (low + 8, high + 8)
    assert both.tokens.count == 22
    assert combine([first]).total_interval is None


# The limit


def test_only_records_that_may_exceed_the_limit_are_counted() -> None:
    tokenizer = Known()
    totals = TokenTotals(tokenizer, sample=1, limit=100)
    for line, (number, size) in enumerate([(10, 30), (90, 101), (150, 200), (100, 100)], 1):
        totals.feed({"tokens": number}, size, line)
    report = totals.finish()
    assert (report.over_limit, report.over_limit_lines, report.unchecked) == (1, (3,), 0)
    assert tokenizer.counted <= 3  # two suspects, and the one of the sample


def test_the_limit_is_checked_on_every_record_where_all_are_counted() -> None:
    report = fed([10, 101, -1, 100, 400], sample=None, limit=100)
    assert (report.over_limit, report.over_limit_lines) == (2, (2, 5))


def test_too_many_suspects_are_left_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampling, "SUSPECTS", 3)
    report = fed([200] * 10, sample=1, limit=100)
    assert (report.over_limit, report.unchecked) == (3, 7)


# Mistral's tokenizers


@needs_mistral
@pytest.mark.parametrize(
    ("name", "count"),
    [
        # BOS; two questions in [INST] and [/INST]; two answers with EOS; v3 has " Rh" and "ine"
        ("mistral-v3", TokenCount(1 + 2 * 9 + 2 * 6, 2 * 6)),
        ("mistral-v3-tekken", TokenCount(1 + 2 * 8 + 2 * 5, 2 * 5)),
    ],
)
def test_a_chat_has_the_tokens_of_its_parts(name: str, count: TokenCount) -> None:
    assert ours(name).count(CHAT) == count


@pytest.fixture(scope="module")
def v3() -> Tokenizer:
    return ours("mistral-v3")


@needs_mistral
def test_with_tools_only_the_last_answer_is_learned(v3: Tokenizer) -> None:
    plain, tools = v3.count(CHAT), v3.count({**CHAT, "tools": [TOOL]})
    assert tools.total > plain.total
    assert tools.trained == plain.trained // 2
    only_last = v3.count({**CHAT, "only_last": True})
    assert only_last == (plain.total, plain.trained // 2)


@needs_mistral
def test_a_weight_of_0_is_not_learned_but_read(v3: Tokenizer) -> None:
    record = {"messages": [ASK, {**ANSWER, "weight": 0}, ASK, {**ANSWER, "weight": 1}]}
    plain = v3.count(CHAT)
    assert v3.count(record) == (plain.total, plain.trained // 2)


@needs_mistral
def test_the_id_of_the_last_call_is_not_learned(v3: Tokenizer) -> None:
    def ending_with(call_id: str) -> TokenCount:
        call = {"id": call_id, "function": {"name": "f", "arguments": "{}"}}
        return v3.count({"messages": [ASK, {"role": "assistant", "tool_calls": [call]}]})

    assert ending_with("abcdefghi") == ending_with("q1x9Zk7Wm")


@needs_mistral
def test_aliases_that_mistral_finetune_reads(v3: Tokenizer) -> None:
    spoken = [{"role": m["role"], "text": m["content"]} for m in CHAT["messages"]]
    assert v3.count({"interactions": spoken}) == v3.count(CHAT)
    system = {"role": "system", "content": "Be brief."}
    with_message = v3.count({"messages": [system, *CHAT["messages"]]})
    assert v3.count({**CHAT, "system_prompt": "Be brief."}) == with_message
    assert v3.count({**CHAT, "note": "an unknown key"}) == v3.count(CHAT)


@needs_mistral
def test_neighbours_of_one_role_are_not_merged(v3: Tokenizer) -> None:
    """As in mistral-finetune; ``encode_chat_completion`` would join the answers."""
    record = {"messages": [ASK, ANSWER, ANSWER]}
    messages = import_module("mistral_common.protocol.instruct.messages")
    request = import_module("mistral_common.protocol.instruct.request").InstructRequest
    question = messages.UserMessage(content=ASK["content"])
    answer = messages.AssistantMessage(content=ANSWER["content"])
    plain = theirs("mistral-v3").instruct_tokenizer
    whole = plain.encode_instruct(request(messages=[question, answer, answer]))
    assert v3.count(record).total == len(whole.tokens)
    assert encoded("mistral-v3", record) != len(whole.tokens)


@needs_mistral
def test_a_text_is_learned_but_for_its_first_token(v3: Tokenizer) -> None:
    answer = v3.count({"messages": [ASK, ANSWER]})
    assert v3.count({"text": ANSWER["content"]}) == (answer.trained + 1, answer.trained)


@needs_mistral
@pytest.mark.parametrize(
    ("record", "why"),
    [
        ({"prompt": "a", "completion": "b"}, "no messages"),
        ({"messages": [ASK]}, "InvalidMessageStructureException"),
        ({"messages": []}, "InvalidMessageStructureException"),
        ({"messages": [{"role": "human", "content": "a"}]}, "an unknown role"),
        ({"messages": [ASK, {"role": "assistant"}]}, "a message without content"),
        ({"messages": [ASK, {"role": "assistant", "content": 1}]}, "ValidationError"),
        ({"messages": ["a"]}, "AttributeError"),
        ({"messages": [ASK, {**ANSWER, "weight": 0.5}]}, "InvalidAssistantMessageException"),
        ({**CHAT, "tools": "[]"}, "TypeError"),
        ({**CHAT, "tools": [{"function": {"name": "f"}}]}, "ValidationError"),
    ],
)
def test_what_mistral_refuses_is_refused(v3: Tokenizer, record: Record, why: str) -> None:
    with pytest.raises(TokenizeError) as refused:
        v3.count(record)
    assert str(refused.value) == why


@needs_mistral
def test_a_picture_is_refused_and_not_fetched(v3: Tokenizer) -> None:
    url = "http://127.0.0.1:9/a.png"
    parts = [{"type": "text", "text": "a"}, {"type": "image_url", "image_url": {"url": url}}]
    with pytest.raises(TokenizeError):
        v3.count({"messages": [{"role": "user", "content": parts}, ANSWER]})


def tekken(folder: Path, version: str) -> Path:
    """Write a small tokenizer file: the first pieces of the bundled one."""
    content = json.loads(bundled("tekken_240718.json").read_bytes())
    special = import_module("mistral_common.tokens.tokenizers.tekken").Tekkenizer
    content["special_tokens"] = [
        *special.DEPRECATED_SPECIAL_TOKENS,
        {"rank": 20, "token_str": "[ARGS]", "is_control": True},
        {"rank": 21, "token_str": "[CALL_ID]", "is_control": True},
    ]
    content["vocab"] = content["vocab"][:1500]
    content["config"] |= {"default_vocab_size": 2500, "version": version}
    path = folder / "tekken.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


@needs_mistral
@pytest.mark.parametrize("version", ["v3", "v7", "v11", "v13"])
def test_a_tokenizer_file_of_any_version(tmp_path: Path, version: str) -> None:
    path = tekken(tmp_path, version)
    loaded = load_tokenizer(str(path))
    assert (loaded.name, loaded.exact) == ("tekken.json", True)
    system = {"role": "system", "content": "Be brief."}
    record = {"messages": [system, ASK, ANSWER]}
    count = loaded.count(record)
    assert count.total == encoded(str(path), record)
    assert 0 < count.trained < count.total


@needs_mistral
@pytest.mark.parametrize("name", ["tekken.json", "tokenizer.model.v3", "tokenizer.model"])
def test_a_file_that_is_no_tokenizer_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b'{"config": {}}')
    with pytest.raises(TokenizerError, match="cannot be loaded as a tokenizer"):
        load_tokenizer(str(path))


@needs_mistral
def test_a_file_that_is_missing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TokenizerError, match="cannot be loaded as a tokenizer"):
        load_tokenizer(str(tmp_path / "tekken.json"))


# OpenAI's encodings


@needs_tiktoken
def test_no_encoding_is_downloaded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    registry = import_module("tiktoken.registry")
    monkeypatch.setattr(registry, "ENCODINGS", {})
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    for name in ("o200k_base", "gpt-4o"):
        with pytest.raises(TokenizerError, match=r"not on this machine.*TIKTOKEN_CACHE_DIR"):
            load_tokenizer(name)
    with pytest.raises(TokenizerError, match="tiktoken knows no encoding"):
        load_tokenizer("gpt-zero")


@needs_tiktoken
def test_a_cached_encoding_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    tiktoken = import_module("tiktoken")
    ranks = {bytes([code]): code for code in range(256)}
    encoding = tiktoken.Encoding("bytes", pat_str=".", mergeable_ranks=ranks, special_tokens={})
    monkeypatch.setattr(tiktoken, "get_encoding", lambda _: encoding)
    loaded = load_tokenizer("o200k_base")
    question, answer = len(ASK["content"]), len(ANSWER["content"])
    total = 3 + 2 * (3 + len("user") + question) + 2 * (3 + len("assistant") + answer)
    assert loaded.count(CHAT) == (total, 2 * answer)
    assert not loaded.exact


@needs_mistral
def test_what_the_tokenizer_gives_up_on_is_refused() -> None:
    tekken = load_tokenizer("mistral-v3-tekken")
    spaces = {"role": "user", "content": " " * 1_000_000}
    with pytest.raises(TokenizeError, match="gives up"):
        tekken.count({"messages": [spaces, {"role": "assistant", "content": "Hello"}]})
