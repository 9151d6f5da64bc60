"""Where jsonl-lint and mistral-common mean to disagree, row by row of the Mistral table."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Literal, NamedTuple

import conditions as it

if TYPE_CHECKING:
    from collections.abc import Callable

    from judges import Reason, Verdict

Side = Literal["ours", "theirs"]
"""Who refuses what the other accepts."""


class Row(NamedTuple):
    """A row of the Mistral table."""

    number: int
    topic: str


BESIDE_CALLS = Row(1, "content beside tool calls")
TURNS = Row(4, "call, result, answer")
ID_FORMAT = Row(5, "form of ids")
ID_UNIQUE = Row(6, "uniqueness of ids")
ID_MATCH = Row(7, "results match calls")
COVERAGE = Row(9, "tools cover the calls")
DEFINITION = Row(10, "tool definitions")
ARGUMENTS = Row(11, "arguments")
SYSTEM = Row(13, "place of system messages")
FIRST = Row(14, "first message")
WEIGHT = Row(17, "weight")
PREFIX = Row(18, "prefix")
ALIAS = Row(19, "aliases")
PRETRAINING = Row(20, "pretraining")
EXTRA = Row(21, "extra keys")
RESULT_NAME = Row(22, "name of a tool message")
CHUNKS = Row(24, "content as a list")


class Disagreement(NamedTuple):
    """A reason that one side alone refuses a record for: its row, its name, and why that is so.

    ``name`` is a glob pattern. ``when`` has to hold of the reason. ``silent``: where mistral-common
    alone refuses, jsonl-lint has to warn at least, unless the record is good by the guide.
    """

    row: Row
    name: str
    why: str
    when: Callable[[Reason], bool] = it.always
    silent: bool = False


_CALLS = "/messages/*/tool_calls"
_ID = "/messages/*/tool_call_id"
_LINE_FEED = "its patterns end in $, which a line feed at the end slips past"
_NOT_COMPARED = "it compares the number of results with that of calls, not their ids"
_NOT_PARSED = "it takes any text for arguments"
_NOT_COVERED = "it does not look whether the tools that are called are defined"
_NO_ALIASES = "it knows no aliases"
_CHATS_ONLY = "it knows conversations only"
_UNKNOWN_THERE = "its models forbid extra keys; mistral-finetune ignores them"

OURS = (
    Disagreement(BESIDE_CALLS, "content-with-tool-calls /messages/*/content",
                 "to it an empty list is no content", it.is_empty_list),
    Disagreement(TURNS, "unexpected-transition /messages/*/role",
                 "from 1.11.1 on it lets a user follow a result", it.follows_a_tool_message),
    Disagreement(ID_FORMAT, f"tool-call-id-format {_CALLS}/*/id", _LINE_FEED, it.ends_with_newline),
    Disagreement(ID_FORMAT, f"tool-call-id-format {_ID}", _LINE_FEED, it.ends_with_newline),
    Disagreement(ID_FORMAT, f"tool-call-id-format {_CALLS}/*/id",
                 "it lets the last message go without ids", it.is_null_id_at_end),
    Disagreement(ID_FORMAT, f"tool-call-id-missing {_CALLS}/*",
                 "it lets the last message go without ids", it.is_null_id_at_end),
    Disagreement(ID_UNIQUE, f"tool-call-id-duplicate {_CALLS}/*/id",
                 "it looks for repeated ids from v11 on only", it.repeats_an_id_of_its_message),
    Disagreement(ID_MATCH, f"tool-call-id-unknown {_ID}", _NOT_COMPARED,
                 it.answers_no_call_of_its_turn),
    Disagreement(ID_MATCH, f"tool-result-out-of-turn {_ID}", _NOT_COMPARED,
                 it.answers_no_call_of_its_turn),
    Disagreement(ID_MATCH, f"tool-result-duplicate {_ID}", _NOT_COMPARED, it.answers_a_call_again),
    Disagreement(ID_MATCH, f"tool-call-unanswered {_CALLS}/*", _NOT_COMPARED, it.has_no_answer),
    Disagreement(COVERAGE, f"undeclared-tool {_CALLS}/*/function/name", _NOT_COVERED,
                 it.is_not_declared),
    Disagreement(COVERAGE, f"tool-calls-without-tools {_CALLS}", _NOT_COVERED,
                 it.declares_no_tools),
    Disagreement(DEFINITION, "tool-name-format */function/name", _LINE_FEED, it.ends_with_newline),
    Disagreement(DEFINITION, "duplicate-tool-name /tools/*/function/name",
                 "it looks at each definition alone", it.is_declared_twice),
    Disagreement(DEFINITION, "tool-parameters-invalid-schema /tools/*/function/parameters*",
                 "it checks parameters by the metaschema, not their references and patterns",
                 it.is_text),
    Disagreement(DEFINITION, "schema-external-ref /tools/*/function/parameters*",
                 "it does not resolve references", it.is_text),
    Disagreement(DEFINITION, "wrong-type /tools/*/function/strict",
                 "pydantic takes some texts and numbers for booleans", it.reads_as_boolean),
    Disagreement(ARGUMENTS, f"arguments-not-string {_CALLS}/*/function/arguments",
                 "it turns an object or null into text", it.is_object_or_null),
    Disagreement(ARGUMENTS, f"arguments-invalid-json {_CALLS}/*/function/arguments", _NOT_PARSED,
                 it.is_not_json),
    Disagreement(ARGUMENTS, f"arguments-not-object {_CALLS}/*/function/arguments", _NOT_PARSED,
                 it.is_json_of_no_object),
    Disagreement(ARGUMENTS, f"duplicate-key {_CALLS}/*/function/arguments", _NOT_PARSED,
                 it.repeats_a_key),
    Disagreement(SYSTEM, "multiple-system /messages/*/role",
                 "it takes several system messages; mistral-finetune does not",
                 it.has_several_system_messages),
    Disagreement(FIRST, "first-is-tool /messages/*", "it does not look at the first message",
                 it.starts_with_tool),
    Disagreement(WEIGHT, "weight-type /messages/*/weight",
                 "pydantic takes booleans and texts for numbers", it.reads_as_weight),
    Disagreement(WEIGHT, "no-trainable-tokens /messages/*/weight",
                 "it does not ask whether anything is trained", it.trains_nothing),
    Disagreement(PREFIX, "prefix-in-finetuning /messages/*/prefix",
                 "pydantic takes some texts and numbers for false", it.reads_as_false),
    Disagreement(RESULT_NAME, "wrong-type /messages/*/name", "null stands for no name there",
                 it.is_null),
    Disagreement(CHUNKS, "content-not-string /messages/*/content",
                 "it takes lists of chunks; the guide's content is a string", it.is_list),
)  # fmt: skip
"""What jsonl-lint alone refuses."""

THEIRS = (
    Disagreement(SYSTEM, "InvalidMessageStructureException: Unexpected role 'system' after role *",
                 "it lets a system message follow a user or system message only"),
    Disagreement(FIRST, "InvalidMessageStructureException: Not the same number *",
                 "its count of results skips the calls of the first message", it.starts_with_calls),
    Disagreement(WEIGHT, "ValidationError extra_forbidden /messages/*/weight",
                 "it takes weights on assistant messages only; elsewhere they have no effect"),
    Disagreement(ALIAS, "ValidationError extra_forbidden /interactions", _NO_ALIASES),
    Disagreement(ALIAS, "ValidationError missing /messages", _NO_ALIASES, it.has_alias),
    Disagreement(ALIAS, "ValidationError extra_forbidden /available_tools", _NO_ALIASES),
    Disagreement(ALIAS, "ValidationError extra_forbidden /system_prompt", _NO_ALIASES),
    Disagreement(ALIAS, "ValidationError extra_forbidden /only_last", _NO_ALIASES),
    Disagreement(ALIAS, "ValidationError extra_forbidden /messages/*/text", _NO_ALIASES),
    Disagreement(ALIAS, "ValidationError missing /messages/*/content", _NO_ALIASES,
                 it.has_text),
    Disagreement(PRETRAINING, "ValidationError extra_forbidden /text",
                 _CHATS_ONLY, it.is_pretraining, silent=True),
    Disagreement(PRETRAINING, "ValidationError extra_forbidden /content",
                 _CHATS_ONLY, it.is_pretraining, silent=True),
    Disagreement(PRETRAINING, "ValidationError * /messages", _CHATS_ONLY,
                 it.is_pretraining, silent=True),
    Disagreement(PRETRAINING, "ValidationError * /tools*", _CHATS_ONLY, it.is_pretraining),
    Disagreement(EXTRA, "ValidationError extra_forbidden *", _UNKNOWN_THERE),
    Disagreement(RESULT_NAME, "InvalidToolMessageException: Function name was *",
                 "a name that no function can have; here a name that differs from the call's"),
)  # fmt: skip
"""What mistral-common alone refuses."""


def classify(side: Side, reason: Reason, other: Verdict) -> Disagreement | None:
    """Find the disagreement that a reason is an instance of, if there is one."""
    for known in OURS if side == "ours" else THEIRS:
        if fnmatchcase(reason.name, known.name) and known.when(reason):
            return known if side == "ours" or known.silent or other.warned else None
    return None
