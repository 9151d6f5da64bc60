"""Plans of training runs by both rules, and the YAML of mistral-finetune."""

from __future__ import annotations

import json
import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest
from samples import chat, jsonl

from jsonl_lint.measuring import train_data
from jsonl_lint.measuring.estimate import Estimate
from jsonl_lint.measuring.models import find_model
from jsonl_lint.measuring.plan import Data, Machine, Run, make_plan
from jsonl_lint.measuring.train_data import TrainData, canonical, measure_train_data
from jsonl_lint.measuring.train_plan import make_train_plan, model_name
from jsonl_lint.measuring.train_yaml import TrainYamlError, read_train_yaml, split_source
from jsonl_lint.reading.errors import ReadError

if TYPE_CHECKING:
    from pathlib import Path


def run(data: Data, machine: Machine, max_steps: int) -> Run:
    expected = make_plan(data, machine, max_steps).expected
    assert expected
    return expected


def test_the_example_of_the_guide() -> None:
    """A file of 100 MB and 1,000 steps make about 10 epochs."""
    data = Data(bytes=100_000_000, tokens=25_000_000, trained=5_000_000)
    planned = run(data, Machine(), 1000)
    assert planned.epochs_by_size == pytest.approx(10)
    assert planned.epochs == pytest.approx(1000 * 8 * 32_768 / 25_000_000)
    assert not planned.disagree
    assert make_plan(data, Machine()).recommended_steps_by_size == 300


def test_the_figures_of_validate_data() -> None:
    # by its formulas: 500 steps of 2 * 4096 * 8 tokens, at 5720 tokens a second and GPU
    data = Data(bytes=4_000_000, tokens=1_000_000, trained=250_000)
    machine = Machine(seq_len=4096, batch_size=2, words_per_second=5720)
    plan = make_plan(data, machine, 500)
    assert plan.expected
    assert plan.expected.train_tokens == 32_768_000
    assert plan.expected.epochs == pytest.approx(32.768)
    assert plan.expected.seconds == pytest.approx(32_768_000 / 8 / 5720 + 300)
    assert plan.expected.learned_tokens == 8_192_000
    assert plan.recommended
    assert plan.recommended.max_steps == int(1_000_000 / 65_536 * 3) == 45
    assert plan.recommended.epochs == pytest.approx(45 * 65_536 / 1_000_000)


def test_what_is_not_known_is_left_open() -> None:
    data = Data(bytes=4_000_000, tokens=1_000_000, trained=250_000)
    plan = make_plan(data, Machine())
    assert plan.expected is None
    assert plan.recommended
    assert (plan.recommended.seconds, plan.recommended.cost) == (None, None)


def test_the_price_is_for_a_million_trained_tokens() -> None:
    data = Data(bytes=4_000_000, tokens=1_000_000, trained=250_000)
    planned = run(data, Machine(seq_len=1000, gpus=1, price=2.5), 4000)
    assert planned.train_tokens == 4_000_000
    assert planned.cost == pytest.approx(10.0)


@pytest.mark.parametrize(
    ("size", "seq_len", "disagree"),
    [
        (4_000_000, 32_768, False),  # English, 8 GPUs: what the guide's rule is made for
        (4_000_000, 16_384, False),
        (4_000_000, 8_192, True),  # a short sequence: four times too many epochs by size
        (1_800_000, 32_768, True),  # few bytes a token
    ],
)
def test_the_rules_disagree_from_a_factor_of_two(
    size: int,
    seq_len: int,
    disagree: bool,  # noqa: FBT001 - a column of the table
) -> None:
    planned = run(Data(size, 1_000_000, 0), Machine(seq_len=seq_len), 10)
    assert planned.disagree is disagree


def test_there_is_no_plan_without_tokens() -> None:
    plan = make_plan(Data(0, 0, 0), Machine(price=1.0), 100)
    assert (plan.expected, plan.recommended) == (None, None)


@pytest.mark.parametrize(
    ("name", "speed"),
    [
        ("open-mistral-7b", 5720),
        ("open-mistral-nemo", 3337),
        ("open-mixtral-8x7b", 2966),
        ("open-mixtral-8x22b", 1007),
        ("mistral-large-latest", 567),
        ("codestral-latest", None),
    ],
)
def test_the_speeds_are_those_published(name: str, speed: int | None) -> None:
    model = find_model(name)
    assert model
    assert model.words_per_second == speed


@pytest.mark.parametrize(
    ("text", "path", "weight"),
    [
        ("data/a.jsonl", "data/a.jsonl", 1.0),
        ("data/a.jsonl:0.25", "data/a.jsonl", 0.25),
        ("E:/x.jsonl", "E:/x.jsonl", 1.0),
        ("E:/x.jsonl:0.5", "E:/x.jsonl", 0.5),
        ("E:\\data\\x.jsonl:3", "E:\\data\\x.jsonl", 3.0),
        ("a:b.jsonl:1e-1", "a:b.jsonl", 0.1),
    ],
)
def test_a_source_is_a_path_and_a_weight(text: str, path: str, weight: float) -> None:
    assert split_source(text) == (path, weight)


@pytest.mark.parametrize("weight", ["0", "-1", "nan", "inf"])
def test_a_weight_is_above_zero(weight: str) -> None:
    with pytest.raises(TrainYamlError) as refused:
        split_source(f"a.jsonl:{weight}")
    assert str(refused.value) == (f'the weight of "a.jsonl" is {weight}; expected a number above 0')


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def yaml(folder: Path, text: str) -> Path:
    pytest.importorskip("yaml")
    path = folder / "7B.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def write(path: Path, *records: Any) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(jsonl(*records, fill=False))


RUN = """
data:
  data: "texts.jsonl:1"
  instruct_data: "chat:2, more.jsonl"
  eval_instruct_data: "eval.jsonl"
model_id_or_path: "open-mistral-7b"
run_dir: "run"
seq_len: 4096
batch_size: 2
max_steps: 10
"""


def files(folder: Path) -> None:
    write(folder / "texts.jsonl", {"text": "a" * 1000})
    write(folder / "chat" / "b.jsonl", chat("two"), chat("three"))
    write(folder / "chat" / "a.jsonl", chat("one"))
    write(folder / "chat" / "notes.txt", chat("not this"))
    write(folder / "more.jsonl", chat("four"), chat("five"))
    write(folder / "eval.jsonl", chat("six"), chat("five"))


def measured(folder: Path, text: str = RUN) -> TrainData:
    files(folder)
    return measure_train_data(read_train_yaml(yaml(folder, text)), Estimate())


def test_a_yaml_names_data_and_weights(tmp_path: Path) -> None:
    files(tmp_path)
    read = read_train_yaml(yaml(tmp_path, RUN))
    assert [(str(s.path), s.kind, s.share) for s in read.train] == [
        ("texts.jsonl", "pretrain", 0.25),
        ("chat", "instruct", 0.5),
        ("more.jsonl", "instruct", 0.25),
    ]
    assert [file.as_posix() for file in read.train[1].files()] == ["chat/a.jsonl", "chat/b.jsonl"]
    assert [str(source.path) for source in read.evaluation] == ["eval.jsonl"]
    assert (read.seq_len, read.batch_size, read.max_steps) == (4096, 2, 10)
    assert read.model == "open-mistral-7b"


def test_what_a_yaml_leaves_out_is_as_in_mistral_finetune(tmp_path: Path) -> None:
    files(tmp_path)
    read = read_train_yaml(yaml(tmp_path, "data: {instruct_data: more.jsonl}"))
    assert (read.seq_len, read.batch_size, read.max_steps, read.model) == (2048, 1, 100, "")
    assert read.evaluation == ()


def test_paths_count_from_the_yaml_where_they_are_not_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files(tmp_path)
    path = yaml(tmp_path, RUN)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert read_train_yaml(path).train[2].path == tmp_path / "more.jsonl"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "it holds null; expected an object"),
        ("a: [", "not valid YAML at line 1"),
        ("seq_len: 1", '"data" is null; expected an object with "instruct_data"'),
        ("data: {}", 'it names no training data; put files into "data.instruct_data"'),
        ("data: {instruct_data: 3}", '"instruct_data" is a number; expected a string'),
        ("data: {instruct_data: no.jsonl}", 'there is no file or folder "no.jsonl"'),
        ("data: {instruct_data: empty}", 'the folder "empty" has no .jsonl files'),
        (
            "data: {instruct_data: 'more.jsonl,more.jsonl:2'}",
            '"more.jsonl" is named twice; name it once, with the sum of weights',
        ),
        (
            "data: {instruct_data: more.jsonl}\nseq_len: 0",
            '"seq_len" is 0; expected a whole number above 0',
        ),
        (
            "data: {instruct_data: more.jsonl}\nmax_steps: yes",
            '"max_steps" is true; expected a whole number above 0',
        ),
        ("!!python/object/apply:os.getcwd []", "not valid YAML at line 1"),
    ],
)
def test_a_yaml_that_cannot_be_used_is_refused(tmp_path: Path, text: str, message: str) -> None:
    files(tmp_path)
    (tmp_path / "empty").mkdir()
    with pytest.raises(TrainYamlError) as refused:
        read_train_yaml(yaml(tmp_path, text))
    assert str(refused.value) == message


def test_a_yaml_that_is_missing_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("yaml")
    with pytest.raises(TrainYamlError, match="no such file"):
        read_train_yaml(tmp_path / "none.yaml")


def test_without_pyyaml_it_is_said_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = import_module("jsonl_lint.measuring.train_yaml")
    monkeypatch.setattr(module, "find_spec", lambda _: None)
    with pytest.raises(TrainYamlError, match=r'"jsonl-lint\[mistral\]"'):
        read_train_yaml(tmp_path / "7B.yaml")


def test_each_dataset_has_its_part(tmp_path: Path) -> None:
    data = measured(tmp_path)
    read = read_train_yaml(tmp_path / "7B.yaml")
    planned = make_train_plan(read, data, Machine(seq_len=4096, batch_size=2))
    train_tokens = 10 * 2 * 4096 * 8
    texts, folder, more = planned.parts
    assert texts.data_tokens == 1 + 220
    assert (texts.train_tokens, folder.train_tokens) == (train_tokens / 4, train_tokens / 2)
    assert more.epochs == pytest.approx(train_tokens / 4 / more.data_tokens)
    assert planned.plan.expected
    whole = texts.data_tokens + folder.data_tokens + more.data_tokens
    assert planned.plan.expected.epochs == pytest.approx(train_tokens / whole)
    assert [dataset.report.records for dataset in data.train] == [1, 3, 2]
    assert data.train[1].bytes == sum(
        path.stat().st_size for path in (tmp_path / "chat").glob("*.jsonl")
    )


def test_records_that_are_trained_and_evaluated(tmp_path: Path) -> None:
    files(tmp_path)
    spaced = json.dumps(chat("six"), indent=None, separators=(" ,  ", " : "))
    (tmp_path / "more.jsonl").write_text(f"\n{spaced}\n", encoding="utf-8")
    data = measure_train_data(read_train_yaml(yaml(tmp_path, RUN)), Estimate())
    assert data.overlap.records == 1
    assert data.overlap.places == [("more.jsonl", 2)]
    assert data.overlap.shared_files == []
    assert not data.overlap.incomplete


def test_a_file_that_is_trained_and_evaluated(tmp_path: Path) -> None:
    text = RUN.replace("eval.jsonl", "./chat/../more.jsonl")
    data = measured(tmp_path, text)
    assert data.overlap.shared_files == ["more.jsonl"]
    assert data.overlap.records == 2


def test_more_evaluation_records_than_are_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(train_data, "MAX_REMEMBERED", 1)
    assert measured(tmp_path).overlap.incomplete
    assert measured(tmp_path).overlap.records == 0


def test_a_file_that_cannot_be_read_stops_the_measuring(tmp_path: Path) -> None:
    files(tmp_path)
    (tmp_path / "eval.jsonl").write_bytes(b"\x1f\x8b\x08\x00")
    with pytest.raises(ReadError, match=r"^eval\.jsonl: "):
        measure_train_data(read_train_yaml(yaml(tmp_path, RUN)), Estimate())


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_in_a_folder_is_told_and_not_waited_for(tmp_path: Path) -> None:
    files(tmp_path)
    os.mkfifo(tmp_path / "chat" / "pipe.jsonl")
    with pytest.raises(ReadError, match=r"pipe\.jsonl: not-regular-file: it is a named pipe"):
        measure_train_data(read_train_yaml(yaml(tmp_path, RUN)), Estimate())


def test_records_are_compared_by_what_they_say() -> None:
    assert canonical({"a": 1, "b": {"c": 2, "d": 3}}) == canonical({"b": {"d": 3, "c": 2}, "a": 1})
    assert canonical({"a": 1}) != canonical({"a": "1"})
    deep: Any = []
    for _ in range(300):
        deep = [deep]
    assert canonical({"a": deep}) != canonical({"a": [deep]})


@pytest.mark.parametrize(
    ("params", "name"),
    [
        ('{"dim": 4096}', "open-mistral-7b"),
        ('{"dim": 4096, "moe": {"num_experts": 8}}', "open-mixtral-8x7b"),
        ('{"dim": 6144, "moe": {}}', "open-mixtral-8x22b"),
        ('{"dim": 5120}', "open-mistral-nemo"),
        ('{"dim": 17}', ""),
        ("[]", ""),
        ("{", ""),
        ('{"dim": []}', ""),
    ],
)
def test_a_model_folder_is_known_by_its_size(tmp_path: Path, params: str, name: str) -> None:
    (tmp_path / "params.json").write_text(params, encoding="utf-8")
    assert model_name(str(tmp_path)) == name


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_model_folder_with_a_pipe_is_not_known(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "params.json")
    assert model_name(str(tmp_path)) == ""


def test_a_model_is_known_by_its_name(tmp_path: Path) -> None:
    assert model_name("open-mistral-nemo-2407") == "open-mistral-nemo-2407"
    assert model_name(str(tmp_path / "none")) == ""
