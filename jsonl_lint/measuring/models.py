"""Mistral's models that can be fine-tuned: tokenizer, context length, speed of training.

Sources. Names: the guide, and mistral-common's table of models (1.13). Tokenizers: the same table
and the model cards; for ``mistral-small-2409`` they disagree (tekken in the table, a vocabulary of
32,768 in the card, which is that of SentencePiece v3) and the card is followed; Mixtral 8x7B is
trained with v3 once its vocabulary is extended, as mistral-finetune asks. Context lengths: the
model cards. Words per second: ``EXPECTED_WPS`` of validate_data.py in mistral-finetune, tokens
a second of one H100 at 32,768 tokens a batch.
"""

from __future__ import annotations

from typing import NamedTuple

DEFAULT_TOKENIZER = "mistral-v3"
"""The one that validate_data.py counts with."""

TOKENIZERS = {
    "mistral-v1": "tokenizer.model.v1",
    "mistral-v2": "mistral_instruct_tokenizer_240216.model.v2",
    "mistral-v3": "mistral_instruct_tokenizer_240323.model.v3",
    "mistral-v3-tekken": "tekken_240718.json",
    "mistral-v7": "mistral_instruct_tokenizer_241114.model.v7",
}
"""Our name of each text tokenizer that mistral-common 1.13 brings along, and its file there."""


class Model(NamedTuple):
    """A model: its tokenizer, tokens it can read, and tokens a second on one H100 while training.

    What is not known is empty or ``None``.
    """

    tokenizer: str
    context: int
    words_per_second: int | None = None


V2, V3, TEKKEN, V7 = "mistral-v2", "mistral-v3", "mistral-v3-tekken", "mistral-v7"
K32, K64, K128 = 1 << 15, 1 << 16, 1 << 17

MODELS = {
    "open-mistral-7b": Model(V3, K32, 5720),
    "open-mistral-nemo": Model(TEKKEN, K128, 3337),
    "open-mixtral-8x7b": Model(V3, K32, 2966),
    "open-mixtral-8x22b": Model(V3, K64, 1007),
    "mistral-large": Model(V7, K128, 567),
    "mistral-small": Model(V3, K32),
    "mistral-small-2402": Model(V2, K32),
    "mistral-large-2402": Model(V2, K32),
    "mistral-large-2407": Model(V3, K128, 567),
    "codestral": Model(V3, K32),
    "ministral-3b": Model(TEKKEN, K128),
    "ministral-8b": Model(TEKKEN, K128),
}
"""Models by name, without ``-latest`` and the date of the release unless that tells them apart."""

_DATES = {
    "open-mistral-7b": ("v0.3",),
    "open-mistral-nemo": ("2407",),
    "open-mixtral-8x22b": ("2404",),
    "mistral-large": ("2411",),
    "mistral-small": ("2409",),
    "codestral": ("2405",),
    "ministral-3b": ("2410",),
    "ministral-8b": ("2410",),
}


def find_model(name: str) -> Model | None:
    """Give the model of a name: with ``-latest`` or its date or without; ``None`` if unknown."""
    lower = name.strip().lower()
    if lower in MODELS:
        return MODELS[lower]
    stem, _, end = lower.rpartition("-")
    known = stem in MODELS and (end == "latest" or end in _DATES.get(stem, ()))
    return MODELS[stem] if known else None


def tokenizer_of(name: str) -> str:
    """Give our name of the tokenizer of a model or of the tokenizer itself, or nothing."""
    lower = name.strip().lower()
    if lower in TOKENIZERS:
        return lower
    model = find_model(name)
    return model.tokenizer if model else ""
