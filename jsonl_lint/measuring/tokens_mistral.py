"""Exact counts with the tokenizers of mistral-common, as mistral-finetune would have them.

Each message is encoded by mistral-common's own template. Nothing is merged or reordered, and the
last message's calls lose their ids first: a random id is nothing to learn (mistral-finetune,
``tokenize_instruct``). So the count is that of ``encode_instruct`` for such a record;
``encode_chat_completion``, meant for inference, joins neighbours of one role before.

The texts of a record are noted while the template is filled, and encoded together afterwards. By
this tekken is called without mistral-common's loop over all tokens, which takes a third of the
time, and SentencePiece is called once a record.
"""

from __future__ import annotations

import logging
from importlib import import_module
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jsonl_lint.measuring import models
from jsonl_lint.measuring.counts import TokenCount, TokenizeError, TokenizerError
from jsonl_lint.measuring.loss import is_learned, learns_only_last, plain_text
from jsonl_lint.measuring.mistral_messages import Conversation, Reader
from jsonl_lint.measuring.segments import growth
from jsonl_lint.words import install_command, quote

if TYPE_CHECKING:
    from collections.abc import Callable

_LAST_WITH_SYSTEM_APART = 3
_REFUSALS = (AssertionError, AttributeError, KeyError, RuntimeError, TypeError, ValueError)
"""What the classes of mistral-common raise for a record, beside its own exceptions.

The ValidationError of pydantic is a ValueError; what SentencePiece raises, and what comes of
nesting too deeply, is a RuntimeError.
"""


class MistralTokenizer:
    """Counts records with one of mistral-common's tokenizers."""

    exact = True

    def __init__(self, name: str, tokenizer: Any) -> None:  # noqa: ANN401 - a class of the extra
        """Take over a tokenizer of mistral-common: from now on it only fills templates."""
        self.name = name
        self._template = tokenizer.instruct_tokenizer
        # NOTE: with these, a picture named by its address would be fetched from there.
        self._template.image_encoder = self._template.audio_encoder = None
        plain = self._template.tokenizer
        self._is_tekken = type(plain).__name__ == "Tekkenizer"
        self._encode = _encoder(plain, is_tekken=self._is_tekken)
        self._texts: list[str] = []
        # NOTE: from v13 on the template asks for the class of its tokenizer: no stand-in would do.
        plain.encode = self._note
        validator = import_module("mistral_common.protocol.instruct.validator")
        mode = validator.ValidationMode.finetuning
        self._reader = Reader(
            validator.get_validator(plain.version, mode),
            system_apart=int(plain.version.value[1:]) <= _LAST_WITH_SYSTEM_APART,
        )
        own = import_module("mistral_common.exceptions").MistralCommonException
        self._refusals = (own, *_REFUSALS)

    def count(self, value: dict[str, Any]) -> TokenCount:
        """Count one record; raises TokenizeError where mistral-common refuses it."""
        text = plain_text(value)
        try:
            return self._count(value) if text is None else self._count_text(text)
        except TokenizeError:
            raise
        except self._refusals as error:
            raise TokenizeError(type(error).__name__) from error
        except BaseException as error:
            # NOTE: so tiktoken gives up on a million spaces: pyo3's exception is no Exception.
            if type(error).__name__ != "PanicException":
                raise
            message = "the tokenizer gives up on it"
            raise TokenizeError(message) from error

    def bound(self, value: dict[str, Any], line_bytes: int) -> int | None:
        """Bound the tokens by the bytes of the line.

        Proof. A text has at most as many tokens as UTF-8 bytes: byte-level BPE starts from bytes,
        SentencePiece from characters, of which unknown ones become bytes, and from a space that it
        puts in front. A JSON string is no shorter than the text it stands for. A message without
        calls takes 25 bytes of the line beside its text, and of the template 18 characters and
        control tokens at most (v1: ``[INST]``, ``[/INST]``, spaces, two line feeds behind the
        system prompt); BOS and EOS are paid by the braces. Tools, calls and results are JSON that
        is written anew: ``growth`` says by how much it may grow. A SentencePiece model of the user
        may make text longer by normalising it, so only the bundled ones, which do not, are bounded.
        """
        bounded = self._is_tekken or self.name in models.TOKENIZERS
        return growth(value) * line_bytes if bounded else None

    def _count_text(self, text: str) -> TokenCount:
        (length,) = self._encode([text])
        return TokenCount(length + 2, length + 1)  # BOS is read, never learned

    def _count(self, value: dict[str, Any]) -> TokenCount:
        conversation = self._reader.read(value)
        _drop_ids(conversation.messages[-1])
        controls, ends = self._fill_template(conversation)
        lengths = self._encode(self._texts)
        sizes = [
            control + sum(lengths[start:end])
            for control, (start, end) in zip(controls, pairwise(ends), strict=True)
        ]
        only_last = learns_only_last(value)
        last = conversation.messages[-1]
        trained = sum(
            size
            for size, message in zip(sizes, conversation.messages, strict=True)
            if is_learned(message.role, _weight(message), last=message is last, only_last=only_last)
        )
        return TokenCount(len(self._template.start()) + sum(sizes), trained)

    def _fill_template(self, conversation: Conversation) -> tuple[list[int], list[int]]:
        """Note the texts; give each message's control tokens, and where its texts begin."""
        self._texts = []
        users = [i for i, item in enumerate(conversation.messages) if item.role == "user"]
        first_last = (users[0], users[-1]) if users else (-1, -1)
        controls, ends = [], [0]
        for index in range(len(conversation.messages)):
            controls.append(len(self._fill(conversation, index, *first_last)))
            ends.append(len(self._texts))
        return controls, ends

    def _fill(self, conversation: Conversation, index: int, first: int, last: int) -> list[int]:
        template, message = self._template, conversation.messages[index]
        tokens: list[int]
        if message.role == "user":
            tokens, *_ = template.encode_user_message(
                message,
                available_tools=conversation.tools,
                is_last=index == last,
                is_first=index == first,
                system_prompt=conversation.system_prompt,
            )
        elif message.role == "tool":
            tokens, *_ = template.encode_tool_message(
                message, is_before_last_user_message=index < last
            )
        elif message.role == "system":
            tokens, *_ = template.encode_system_message(message)
        else:
            tokens = template.encode_assistant_message(message, is_before_last_user_message=False)
        return tokens

    def _note(self, text: str, **_: bool) -> list[int]:
        """Stand for the encoder in the templates: note the text, and add no tokens for it."""
        self._texts.append(text)
        return []


def load(name: str, shown: str) -> MistralTokenizer:
    """Load a bundled tokenizer by our name, or one from a file; raises TokenizerError."""
    path = _bundled(models.TOKENIZERS[name]) if name in models.TOKENIZERS else Path(name)
    _require("mistral_common")
    if path.suffix != ".json":
        _require("sentencepiece")
    # NOTE: it tells of its vocabulary on loading, which is no news for who counts tokens.
    logging.getLogger("mistral_common").setLevel(logging.WARNING)
    module = import_module("mistral_common.tokens.tokenizers.mistral")
    own = import_module("mistral_common.exceptions").MistralCommonException
    try:
        return MistralTokenizer(shown, module.MistralTokenizer.from_file(str(path)))
    except (own, OSError, *_REFUSALS) as error:
        message = (
            f"{quote(shown)} cannot be loaded as a tokenizer ({type(error).__name__}); expected a "
            "tekken.json, or a SentencePiece model with its version in the name, as "
            "tokenizer.model.v3"
        )
        raise TokenizerError(message) from error


def _bundled(file: str) -> Path:
    package = find_spec("mistral_common")
    if package is None or package.origin is None:
        _require("mistral_common")
        return Path(file)
    path = Path(package.origin).parent / "data" / file
    if not path.exists():
        message = (
            "the installed mistral-common brings no tokenizer files; install version 1.13, or give "
            "the path of a file"
        )
        raise TokenizerError(message)
    return path


def _require(module: str) -> None:
    if find_spec(module) is None:
        package = module.replace("_", "-")
        message = f"this tokenizer needs {package}; install it with {install_command('mistral')}"
        raise TokenizerError(message)


def _encoder(plain: Any, *, is_tekken: bool) -> Callable[[list[str]], list[int]]:  # noqa: ANN401
    """Give the function from texts to their counts of tokens."""
    model = plain._model  # noqa: SLF001 - the fast path; a test compares it with the public way
    if is_tekken:
        encode = model.encode_ordinary
        return lambda texts: [len(encode(text)) for text in texts]
    return lambda texts: [len(ids) for ids in model.encode(texts)] if texts else []


def _weight(message: Any) -> object:  # noqa: ANN401 - a class of mistral-common
    return getattr(message, "weight", None)


def _drop_ids(message: Any) -> None:  # noqa: ANN401 - a class of mistral-common
    """Take the ids out of the calls of the last message; ``null`` is how a call without is read."""
    for call in getattr(message, "tool_calls", None) or ():
        call.id = "null"
