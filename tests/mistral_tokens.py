"""Mistral's tokenizers for tests: ours, and those of mistral-common in their public ways only."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from jsonl_lint.measuring import models
from jsonl_lint.measuring.tokens import load_tokenizer

if TYPE_CHECKING:
    from jsonl_lint.measuring.counts import Tokenizer

Record = dict[str, Any]
needs_mistral = pytest.mark.skipif(
    find_spec("mistral_common") is None or find_spec("sentencepiece") is None,
    reason="the extra mistral is not installed",
)
TOKENIZERS = ["mistral-v3", "mistral-v3-tekken"]


@cache  # one for all tests: tekken takes a second to load
def ours(name: str) -> Tokenizer:
    return load_tokenizer(name)


def bundled(file: str) -> Path:
    """Give the path of a tokenizer file that mistral-common brings along."""
    package = find_spec("mistral_common")
    assert package
    assert package.submodule_search_locations
    return Path(package.submodule_search_locations[0]) / "data" / file


@cache
def theirs(name: str, mode: str = "finetuning") -> Any:
    """Load a tokenizer of mistral-common, by our name or from a path."""
    module = import_module("mistral_common.tokens.tokenizers.mistral")
    modes = import_module("mistral_common.protocol.instruct.validator").ValidationMode
    path = bundled(models.TOKENIZERS[name]) if name in models.TOKENIZERS else Path(name)
    return module.MistralTokenizer.from_file(path, mode=modes[mode])


def encoded(name: str, record: Record, mode: str = "finetuning") -> int | None:
    """Count as mistral-common does, without the ids of the last message's calls.

    ``None`` stands for a record that it refuses. The ids are left out by mistral-finetune.
    """
    own = import_module("mistral_common.exceptions").MistralCommonException
    request = import_module("mistral_common.protocol.instruct.request").ChatCompletionRequest
    try:
        asked = request(messages=record["messages"], tools=record.get("tools") or None)
        for message in asked.messages[-1:]:
            for call in getattr(message, "tool_calls", None) or ():
                call.id = "null"
        return len(theirs(name, mode).encode_chat_completion(asked).tokens)
    except (own, AssertionError, TypeError, ValueError):
        return None
