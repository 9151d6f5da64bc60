"""Prove of a schema that it judges the elements of lists one by one, whatever stands beside them.

Then a list may be cut: what is wrong with an element is wrong with it in any list, and what is
wrong with the object around shows with any element in the list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LEVELS = 2
"""Lists in the record, and lists in their elements; shipped schemas describe no deeper ones."""

_ONE = frozenset({"not", "if", "then", "else", "additionalProperties"})
"""Keywords that hold a schema, where others hold an array of them, or one for each name."""
_IN_PLACE = (
    *("allOf", "then", "else", "dependentSchemas", "dependencies"),
    *("anyOf", "oneOf", "not", "if"),
)
"""Keywords whose schemas judge the same value as the schema around them."""
_ON_TRIAL = frozenset({"anyOf", "oneOf", "not", "if"})
"""Those of them of which only the verdict on the whole value counts."""
_MEMBERS = ("properties", "patternProperties", "additionalProperties")
_WHOLE_LISTS = frozenset({"prefixItems", "contains", "unevaluatedItems"})
_NOT_FOLLOWED = frozenset({"$dynamicRef", "$recursiveRef"})


class _Place(NamedTuple):
    """A schema and what it judges: an object whose lists are cut, or else a member of one.

    ``levels`` of lists are cut from there on. Where the schema is ``on_trial``, one element that it
    refuses decides on all of them.
    """

    schema: Any
    is_member: bool
    levels: int
    on_trial: bool


def elementwise_levels(schema: dict[str, Any]) -> int:
    """Give how many levels of lists may be cut, up to ``LEVELS``.

    A list that has elements must keep one at least.
    """
    return max(levels for levels in range(LEVELS + 1) if _allows(schema, levels))


def _allows(root: dict[str, Any], levels: int) -> bool:
    pending = [_Place(root, is_member=False, levels=levels, on_trial=False)] if levels else []
    seen = set()
    while pending:
        place = pending.pop()
        schema = place.schema
        if not isinstance(schema, dict) or (id(schema), place[1:]) in seen:
            continue
        seen.add((id(schema), place[1:]))
        if not _NOT_FOLLOWED.isdisjoint(schema) or ("$id" in schema and schema is not root):
            return False
        if _minds_list(place) if place.is_member else _minds_object(schema):
            return False
        try:
            pending += _inside(root, place)
        except LookupError:
            return False
    return True


def _minds_object(schema: dict[str, Any]) -> bool:
    """Tell whether an object is judged by what any of its members is, all in all."""
    return schema.get("unevaluatedProperties", True) is not True or _lists(schema, dict)


def _minds_list(place: _Place) -> bool:
    """Tell whether a list is judged by more than its elements, and that it has any."""
    schema = place.schema
    return (
        not _WHOLE_LISTS.isdisjoint(schema)
        or schema.get("uniqueItems", False)
        or ("items" in schema and place.on_trial)
        or schema.get("minItems", 0) > 1
        or schema.get("maxItems", 0) > 0
        or _lists(schema, list)
    )


def _lists(schema: dict[str, Any], kind: type) -> bool:
    """Tell whether a schema lists values of a kind, which what is cut might equal."""
    values = [*schema.get("enum", ()), schema.get("const")]
    return any(isinstance(value, kind) for value in values)


def _inside(root: dict[str, Any], place: _Place) -> Iterator[_Place]:
    """Yield the other schemas that judge the value, and those of its members or elements.

    Raises LookupError for a reference that is not followed.
    """
    schema = place.schema
    if "$ref" in schema:
        yield place._replace(schema=_target(root, schema["$ref"]))
    for key in _IN_PLACE:
        on_trial = place.on_trial or key in _ON_TRIAL
        yield from (place._replace(schema=each, on_trial=on_trial) for each in _held(schema, key))
    if not place.is_member:
        for key in _MEMBERS:
            yield from (place._replace(schema=each, is_member=True) for each in _held(schema, key))
    elif place.levels > 1:
        yield _Place(schema.get("items"), is_member=False, levels=place.levels - 1, on_trial=False)


def _held(schema: dict[str, Any], key: str) -> Iterable[Any]:
    """Give the schemas that a keyword holds."""
    found = schema.get(key, ())
    if key in _ONE:
        return (found,)
    return found.values() if isinstance(found, dict) else found


def _target(root: dict[str, Any], reference: str) -> object:
    """Follow a pointer into the schema itself; raises LookupError for any other reference."""
    start, *steps = reference.split("/")
    if start != "#" or "%" in reference:
        raise LookupError
    node: Any = root
    for step in steps:
        node = node.get(step.replace("~1", "/").replace("~0", "~"))
        if not isinstance(node, dict) or "$id" in node:
            raise LookupError
    return node
