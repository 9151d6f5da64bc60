"""What a dataset is made of, in numbers that can be merged: the facts of a file, or of several."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields

from jsonl_lint.measuring.names import Names
from jsonl_lint.measuring.spread import Spread

ROLES = ("system", "user", "assistant", "tool")
OTHER = "other"
"""Stands for every role beside the four, and for messages without one."""
TEXT = "text"
"""Stands for the text of pretraining records, which is no message."""
SPEAKERS = (*ROLES, OTHER)


@dataclass(slots=True)
class Facts:
    """The facts of some lines; ``merge`` adds those of others.

    Bytes are those of the decompressed content, in UTF-8; characters are code points. A record is
    a line that decodes to an object; what its format puts in other keys is counted as messages too,
    see :mod:`jsonl_lint.measuring.conversation`.
    """

    bytes: int = 0
    lines: int = 0
    blank_lines: int = 0
    lines_without_record: int = 0
    """Lines that are neither blank nor a JSON object, or beyond the bound on lines."""
    formats: Counter[str] = field(default_factory=Counter)
    """Records by format, as ``records.formats.name_format`` names them."""
    record_bytes: Spread = field(default_factory=Spread)
    """The length of each record's line, with its line end."""

    messages_a_record: Spread = field(default_factory=Spread)
    """Of the records whose format has messages."""
    content_characters: dict[str, Spread] = field(
        default_factory=lambda: {name: Spread() for name in (*SPEAKERS, TEXT)}
    )
    """The length of each content, by role; in a list of parts, the text parts count."""
    wide_bytes: Counter[str] = field(default_factory=Counter)
    """By role, the bytes of content beyond one a character: all of them, but for ASCII."""
    without_content: Counter[str] = field(default_factory=Counter)
    """Messages by role that have no content, or ``null``: calls, as a rule."""
    other_roles: Names = field(default_factory=Names)
    """What the roles beside the four are called."""
    turns: int = 0
    """User messages, or runs of them, that an assistant message answers before the next."""
    argument_characters: int = 0
    """The length of what tools are called with, as JSON text."""

    records_with_tools: int = 0
    """Records that declare a tool or call one."""
    calls_a_record: Spread = field(default_factory=Spread)
    """Of the records with tools."""
    declared: Names = field(default_factory=Names)
    """Tools by name, and how many records declare each."""
    called: Names = field(default_factory=Names)
    """Tools by name, and how often each is called."""

    learned_messages: int = 0
    """Assistant messages that mistral-finetune learns from: :mod:`jsonl_lint.measuring.loss`."""
    weight_0_records: int = 0
    """Records in which an assistant message has the weight 0."""

    def merge(self, other: Facts) -> None:
        """Add the facts of other lines; the order of merging makes no difference."""
        for one in fields(self):
            mine, more = getattr(self, one.name), getattr(other, one.name)
            if isinstance(mine, int):
                setattr(self, one.name, mine + more)
            elif isinstance(mine, Counter):
                mine.update(more)
            elif isinstance(mine, dict):
                for key, spread in mine.items():
                    spread.merge(more[key])
            else:
                mine.merge(more)

    @property
    def records(self) -> int:
        """Lines that are a JSON object."""
        return self.record_bytes.count

    def messages(self, role: str) -> int:
        """How many messages a role has; ``OTHER`` stands for all roles beside the four."""
        return self.content_characters[role].count + self.without_content[role]

    def content_bytes(self, role: str) -> int:
        """How many bytes the content of a role has, or that of ``TEXT``."""
        return self.content_characters[role].sum + self.wide_bytes[role]

    @property
    def all_messages(self) -> int:
        """How many messages there are."""
        return sum(self.messages(role) for role in SPEAKERS)

    @property
    def characters(self) -> int:
        """How many characters content and plain text have."""
        return sum(spread.sum for spread in self.content_characters.values())

    @property
    def assistant_share(self) -> float | None:
        """Of all characters of content and call arguments, the share that the assistant wrote.

        ``None`` where there are none. Arguments are the assistant's: without them, data that
        teaches nothing but calls would seem to teach nothing.
        """
        whole = self.characters + self.argument_characters
        spoken = self.content_characters["assistant"].sum + self.argument_characters
        return spoken / whole if whole else None

    @property
    def learned_share(self) -> float | None:
        """Of all assistant messages, the share that is learned; ``None`` where there are none."""
        spoken = self.messages("assistant")
        return self.learned_messages / spoken if spoken else None

    @property
    def never_called(self) -> list[str] | None:
        """The declared tools that no record calls; ``None`` where there are too many to tell."""
        if not (self.declared.whole and self.called.whole):
            return None
        return sorted(self.declared.counts.keys() - self.called.counts.keys())
