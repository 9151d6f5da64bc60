"""Count with the encodings of OpenAI, where their files are on this machine already.

The text of a message is counted exactly. What OpenAI puts around it in training is not published;
it is taken as its cookbook does for chat models (3 tokens a message, 3 a record, and the role as
text), and tool definitions as their JSON. So the figure is called an estimate.
"""

from __future__ import annotations

from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NoReturn

from jsonl_lint.measuring.counts import TokenCount, TokenizerError
from jsonl_lint.measuring.segments import growth, segments
from jsonl_lint.words import install_command, quote

if TYPE_CHECKING:
    from collections.abc import Iterator

PER_MESSAGE = 3
PER_RECORD = 3


class _NotCachedError(Exception):
    """The file of an encoding is not on this machine."""


class OpenAITokenizer:
    """Counts records with an encoding of tiktoken."""

    exact = False

    def __init__(self, encoding: Any) -> None:  # noqa: ANN401 - untyped where not installed
        self.name = f"{encoding.name}, with an estimated template"
        self._encode = encoding.encode_ordinary

    def count(self, value: dict[str, Any]) -> TokenCount:
        """Count one record; none is refused."""
        total, trained = PER_RECORD, 0
        for segment in segments(value):
            text = len(self._encode(segment.text))
            total += text + (PER_MESSAGE + len(self._encode(segment.role)) if segment.role else 0)
            trained += text if segment.learned else 0
        return TokenCount(total, trained)

    def bound(self, value: dict[str, Any], line_bytes: int) -> int | None:
        """Bound the tokens by the bytes of the line: byte-level BPE makes no more of a text.

        A message takes 28 bytes of keys and quotes, the template 3 tokens.
        """
        return growth(value) * line_bytes


def load(name: str) -> OpenAITokenizer:
    """Load an encoding by its name or that of a model; raises TokenizerError."""
    if find_spec("tiktoken") is None:
        message = f"{quote(name)} needs tiktoken; install it with {install_command('openai')}"
        raise TokenizerError(message)
    tiktoken = import_module("tiktoken")
    try:
        with _offline():
            known = name in tiktoken.list_encoding_names()
            return OpenAITokenizer(
                tiktoken.get_encoding(name) if known else tiktoken.encoding_for_model(name)
            )
    except KeyError as error:
        message = f"tiktoken knows no encoding for {quote(name)}; update it, or use o200k_base"
        raise TokenizerError(message) from error
    except _NotCachedError as error:
        message = (
            f"the file of the encoding for {quote(name)} is not on this machine, and none is "
            "downloaded; set TIKTOKEN_CACHE_DIR to a folder where tiktoken has kept it"
        )
        raise TokenizerError(message) from error


@contextmanager
def _offline() -> Iterator[None]:
    """Keep tiktoken from fetching a file that is not in its cache."""
    loading: Any = import_module("tiktoken.load")
    fetch = loading.read_file
    loading.read_file = _refuse
    try:
        yield
    finally:
        loading.read_file = fetch


def _refuse(_address: str) -> NoReturn:
    raise _NotCachedError
