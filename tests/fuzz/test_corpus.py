"""What fuzzing found worth keeping still keeps every promise; this needs no fuzzer."""

from __future__ import annotations

from pathlib import Path

import pytest
from targets import TARGETS

CORPUS = Path(__file__).parent / "corpus"
MAX_BYTES = 300_000


@pytest.mark.parametrize("name", TARGETS)
def test_inputs_that_were_kept(name: str) -> None:
    kept = sorted((CORPUS / name).iterdir())
    assert kept
    for path in kept:
        TARGETS[name](path.read_bytes())


def test_the_corpus_stays_small() -> None:
    assert sum(path.stat().st_size for path in CORPUS.rglob("*")) <= MAX_BYTES
