"""The tokenizer that a name stands for; nothing is ever downloaded."""

from __future__ import annotations

from pathlib import Path

from jsonl_lint.measuring import models
from jsonl_lint.measuring.counts import Tokenizer, TokenizerError
from jsonl_lint.measuring.estimate import ESTIMATE, Estimate
from jsonl_lint.words import quote, suggestion

OPENAI_PREFIXES = ("gpt-", "chatgpt-", "ft:gpt-", "o1", "o3", "o4")
FILE_SUFFIXES = (".json", ".model")


def load_tokenizer(name: str | None = None) -> Tokenizer:
    """Load the tokenizer of a model, an encoding, a file, or the estimate.

    Without a name it is Mistral's v3 where mistral-common is installed, else the estimate. Raises
    TokenizerError where it is unknown or not installed, and where a file is none.
    """
    if name is None:
        return _best_installed()
    if name == ESTIMATE:
        return Estimate()
    known = models.tokenizer_of(name)
    if known:
        return _mistral(known, known)
    if name.startswith(OPENAI_PREFIXES) or name.endswith("_base"):
        from jsonl_lint.measuring.tokens_openai import load  # noqa: PLC0415 - only who asks for it

        return load(name)
    if Path(name).suffix in FILE_SUFFIXES or Path(name).exists():
        return _mistral(name, Path(name).name)
    raise TokenizerError(_unknown(name))


def _best_installed() -> Tokenizer:
    try:
        return _mistral(models.DEFAULT_TOKENIZER, models.DEFAULT_TOKENIZER)
    except TokenizerError:
        return Estimate()


def _mistral(name: str, shown: str) -> Tokenizer:
    from jsonl_lint.measuring.tokens_mistral import load  # noqa: PLC0415 - only who asks for it

    return load(name, shown)


def _unknown(name: str) -> str:
    known = [*models.TOKENIZERS, *models.MODELS, "o200k_base", "cl100k_base", ESTIMATE]
    hint = suggestion(name, known)
    return f"no tokenizer is known as {quote(name)}, and there is no such file; {hint}"
