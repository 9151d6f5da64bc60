"""Tool definitions. The gate judges each distinct one once and recalls its judgement after."""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from jsonl_lint import targets
from jsonl_lint.finding import Problem
from jsonl_lint.reading.decode import has_separator, loads
from jsonl_lint.records.record import once
from jsonl_lint.schema.cache import Cache
from jsonl_lint.schema.engine import compile_schema
from jsonl_lint.schema.parameters import Parameters, parameters
from jsonl_lint.schema.plain import Plain, is_plain
from jsonl_lint.schema.reasons import TOO_COMPLEX
from jsonl_lint.words import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jsonl_lint.records import Record
    from jsonl_lint.records.record import ToolCall, ToolDefinition

_EXPONENT = orjson.dumps(1e20)[1:-2]
"""How orjson begins an exponent, which has to be in the text of an integer that it has rounded."""
_MAY_BE_ROUNDED = re.compile(rb"[0-9]e\+?(?:1[89]|[2-9][0-9]|[1-3][0-9]{2})")


class Declared(NamedTuple):
    """The tools of one record by name, and the quotes that their definitions have as text."""

    by_name: dict[str, Parameters | Plain]
    quotes: int


class _Definition(NamedTuple):
    name: str
    parameters: Parameters | Plain
    quotes: int
    is_clean: bool


MAX_GATED = 1 << 20
"""Bytes of the definitions of a record whose calls are compared in the order in which they stand.

Compiled they take up to forty times as much. The rules take all calls of a tool together instead.
"""

NONE_DECLARED = Declared({}, 0)
_NO_DEFINITION = _Definition("", Plain({}, 0), 0, is_clean=False)
_cache: Cache[_Definition] = Cache()


def gate(tools: list[Any] | None) -> Declared | None:
    """Give the tools that a record declares, or None where a rule or the schema may refuse one.

    All else in the record is schema-clean.
    """
    if not tools:
        return NONE_DECLARED
    by_name = {}
    quotes = size = 0
    for tool in tools:
        text = orjson.dumps(tool)
        name, compiled, own_quotes, is_clean = _cache.get(text) or _judge(tool, text)
        size += 0 if isinstance(compiled, Plain) else len(text)
        if not is_clean or size > MAX_GATED:
            return None
        by_name[name] = compiled
        quotes += own_quotes
    return Declared(by_name, quotes) if len(by_name) == len(tools) else None


@cache
def _takes() -> Callable[[object], bool]:
    """Give what takes a definition only if every schema does that takes plain conversations."""
    schema = targets.load(targets.DEFAULT).schema
    return compile_schema({"$ref": "#/$defs/tool", "$defs": schema["$defs"]}).is_valid


def _judge(tool: Any, text: bytes) -> _Definition:  # noqa: ANN401 - any JSON
    if not _takes()(tool):
        return _NO_DEFINITION
    function = tool["function"]
    schema = function["parameters"]
    compiled: Parameters | Plain
    if is_plain(schema, text):
        compiled, is_clean = Plain(schema, len(text)), True
    else:
        compiled = parameters(schema)
        is_clean = compiled.is_clean and not _may_be_rounded(text)
    is_clean = is_clean and not _has_separator(text)
    found = _Definition(function["name"], compiled, text.count(b'"'), is_clean)
    _cache.keep(text, found)
    return found


def _may_be_rounded(text: bytes) -> bool:
    return _EXPONENT in text and _MAY_BE_ROUNDED.search(text) is not None


def _has_separator(text: bytes) -> bool:
    return not text.isascii() and has_separator(text.decode())


@once
def judged(record: Record) -> list[tuple[ToolDefinition, Parameters]]:
    """Give the definitions that have parameters, with the judgement of these."""
    there = ((tool, tool.parameters) for tool in record.tools)
    return [(tool, parameters(schema)) for tool, schema in there if schema is not None]


def comparisons(record: Record) -> Iterator[tuple[ToolCall, Parameters, dict[str, Any]]]:
    """Yield each call whose arguments can be read, with the parameters that it has to fit.

    NOTE: all calls of a tool come together, for which its parameters are compiled once: few can be
    kept compiled.
    """
    first = {tool.name: tool for tool in reversed(record.tools)}
    definitions = {tool.name: found for tool, found in judged(record) if first[tool.name] is tool}
    calls = sorted((call for call in record.tool_calls if call.name), key=_name)
    for name, alike in groupby(calls, key=_name):
        compiled = definitions.get(name)
        if compiled is None:
            continue
        for call in alike:
            try:
                value = loads(call.arguments or "")
            except ValueError:
                continue
            if isinstance(value, dict):
                yield call, compiled, value


def _name(call: ToolCall) -> str:
    return call.name or ""


@once
def _unusable_by(record: Record) -> set[str]:
    """Name the rules that say why parameters cannot be used: few records have any."""
    return {reason.rule for _, found in judged(record) for reason in found.reasons}


@once
def _not_compared_by(record: Record) -> set[str]:
    """Name the rules that say why calls are not compared with usable parameters."""
    faults = (definition.not_compared(value) for _, definition, value in comparisons(record))
    return {fault.rule for fault in faults if fault}


def unusable(record: Record, rule: str, hint: str) -> Iterator[Problem]:
    """Yield the places that keep parameters from being used, and that the rule reports."""
    if rule not in _unusable_by(record):
        return
    for tool, found in judged(record):
        for reason in found.reasons:
            if reason.rule == rule:
                place = (*tool.path, "function", "parameters", *reason.path)
                message = f"in the parameters of {quote(tool.name or '')}: {reason.message}"
                yield Problem(place, message, hint, minor=reason.minor)


def not_compared(record: Record, rule: str, hint: str) -> Iterator[Problem]:
    """Yield the calls that cannot be compared with usable parameters, for the rule's reason."""
    if rule not in _not_compared_by(record):
        return
    for call, definition, value in comparisons(record):
        fault = definition.not_compared(value)
        if fault and fault.rule == rule:
            name = quote(call.name or "")
            message = f"the arguments of {name} are not compared with its parameters: {fault}"
            place = (*call.path, "function", "arguments")
            yield Problem(place, message, hint, minor=rule != TOO_COMPLEX)
