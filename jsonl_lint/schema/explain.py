"""Turn the faults of a record's schema into problems, each under its own rule's name.

A subschema says with ``x-rule`` which rule its faults belong to: one name, or one a keyword.
Without it the keyword decides. ``x-message``, ``x-hint``, ``x-part`` (``"key"``: point at the key)
and ``x-minor`` work the same way.
"""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from jsonl_lint.finding import Problem
from jsonl_lint.records.shallow import shallow
from jsonl_lint.schema.describe import SHOWN_KEYS, describe, fill
from jsonl_lint.words import Spelling, quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jsonl_lint.finding import Named, Part
    from jsonl_lint.schema.fault import Fault, Validator

KEYWORD_RULES = {
    "required": "missing-key",
    "type": "wrong-type",
    "additionalProperties": "unknown-key",
}
OTHER_KEYWORDS_RULE = "wrong-value"
_PATH = attrgetter("path")

PIECE = 5_000
"""Values of a record whose faults are looked for at once, where it can be cut: see ``pieces``.

Each fault takes up to 6 kB in jsonschema-rs, and a value may have three.
"""


def explain(validator: Validator, value: object) -> Iterator[Named]:
    """Yield rule name and problem for each fault of a record; each place once a rule.

    Keys that are missing at the same place are told apart by their messages.
    """
    return told(faults_of(validator, value), value, set(), Spelling())


def told(
    faults: Iterable[Fault], root: object, seen: set[tuple[Any, ...]], spelling: Spelling
) -> Iterator[Named]:
    """Yield rule name and problem for faults, but for what is ``seen``.

    Where there are too many to report, those that are reported must not depend on the engine: so
    they come in the order of their places.
    """
    for _, alike in groupby(sorted(faults, key=_PATH), key=_PATH):
        named = []
        for fault in alike:
            for rule, problem in _problems(fault, root, spelling):
                missing = problem.message if fault.keyword == "required" else ""
                key = (rule, problem.path, problem.part, missing)
                if key not in seen:
                    seen.add(key)
                    named.append((rule, problem))
        yield from sorted(named, key=lambda one: (one[0], one[1].path, one[1].part))


def rule_names(schema: dict[str, Any]) -> set[str]:
    """Collect every rule that a schema can report under, the keywords' own included."""
    names = {*KEYWORD_RULES.values(), OTHER_KEYWORDS_RULE}
    pending: list[Any] = [schema]
    while pending:
        node = pending.pop()
        if isinstance(node, dict):
            rule = node.get("x-rule", {})
            names.update([rule] if isinstance(rule, str) else rule.values())
            pending.extend(node.values())
        elif isinstance(node, list):
            pending.extend(node)
    return names


def faults_of(validator: Validator, value: object) -> list[Fault]:
    """Give the faults of a value, as far down as the engine goes."""
    try:
        return list(validator.faults(value))
    except (ValueError, RecursionError):
        return list(validator.faults(shallow(value)))


def _problems(fault: Fault, root: object, spelling: Spelling) -> Iterator[Named]:
    value = _resolve(root, fault)
    key = fault.path[-1] if fault.path else ""
    rule = _annotation(fault, "x-rule") or KEYWORD_RULES.get(fault.keyword, OTHER_KEYWORDS_RULE)
    message = fill(_annotation(fault, "x-message"), key, value)
    hint = _annotation(fault, "x-hint")
    minor = bool(_annotation(fault, "x-minor"))
    if fault.keyword == "additionalProperties" and isinstance(value, dict):
        yield from ((rule, problem) for problem in _unknown_keys(fault, value, spelling))
    elif fault.keyword == "anyOf" and isinstance(value, dict):
        names = [name for branch in fault.schema["anyOf"] for name in branch.get("required", ())]
        text = message or describe(fault.keyword, fault.schema, key, value)
        slip = _misspelt(names, value, spelling)
        yield rule, Problem(fault.path, text, slip or hint, minor=minor)
    elif fault.keyword == "required" and isinstance(value, dict):
        for name in fault.schema["required"]:
            if name not in value:
                text = message or f"missing key {quote(name)}"
                slip = _misspelt([name], value, spelling)
                yield rule, Problem(fault.path, text, slip or hint, minor=minor)
    else:
        message = message or describe(fault.keyword, fault.schema, key, value)
        meant = _meant(fault, value, spelling)
        hint = hint or _did_you_mean(meant)
        part: Part = "key" if _annotation(fault, "x-part") == "key" else "value"
        yield rule, Problem(fault.path, message, hint, part=part, minor=minor, meant=meant)


def _resolve(root: object, fault: Fault) -> object:
    node: Any = root
    for step in fault.path:
        node = node[step]
    return node


def _annotation(fault: Fault, name: str) -> str:
    found = fault.schema.get(name, "")
    text: str = found.get(fault.keyword, "") if isinstance(found, dict) else found
    return text


def _unknown_keys(fault: Fault, value: dict[str, Any], spelling: Spelling) -> Iterator[Problem]:
    known = fault.schema.get("properties", {})
    missing = [key for key in known if key not in value]
    for key in value:
        if key not in known:
            meant = spelling.nearest(key, missing)
            message = f"unknown key {quote(key)}"
            path = (*fault.path, key)
            yield Problem(path, message, _did_you_mean(meant), part="key", meant=meant)


def _did_you_mean(meant: str) -> str:
    return f"did you mean {quote(meant)}?" if meant else ""


def _misspelt(missing: list[str], value: dict[str, Any], spelling: Spelling) -> str:
    """Look for a key that is one of the missing ones, misspelt."""
    for key in value:
        meant = spelling.nearest(key, missing)
        if meant:
            return f"did you mean {quote(meant)} by {quote(key)}?"
    return ""


def _meant(fault: Fault, value: object, spelling: Spelling) -> str:
    allowed = fault.schema.get("enum")
    if not allowed or not isinstance(value, str) or fault.path[-1] not in SHOWN_KEYS:
        return ""
    listed: str | None = fault.schema.get("x-suggestions", {}).get(value.strip().lower())
    return listed or spelling.nearest(value, [word for word in allowed if isinstance(word, str)])
