"""Rules, targets and reporters that installed packages bring along, by entry points.

Only what is installed in the environment is ever loaded; nothing that lies beside the data is.
"""

from __future__ import annotations

import re
import sys
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jsonl_lint import reporting, rules, targets
from jsonl_lint.change import Safety
from jsonl_lint.finding import Severity
from jsonl_lint.linting import foreign
from jsonl_lint.linting.selection import ALL
from jsonl_lint.reading.errors import MEANINGS
from jsonl_lint.schema.engine import compile_schema
from jsonl_lint.words import quote

if TYPE_CHECKING:
    from collections.abc import Collection
    from importlib.metadata import EntryPoint

GROUP_HEADER = b"[jsonl_lint."
GROUPS = ("jsonl_lint.rules", "jsonl_lint.targets", "jsonl_lint.reporters")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_FORM = "names have up to 64 letters, digits, dots, hyphens and underscores"
_SAID_LENGTH = 200
_wanted = True


class PluginError(Exception):
    """A plugin cannot be used; the text says which and why, for the user."""


@lru_cache
def load_rules() -> dict[str, rules.Rule]:
    """Give the shipped rules and those of plugins, which make a family of their package's name."""
    shipped = rules.load()
    reserved = {ALL, *(rule.family for rule in shipped.values())}
    known = dict(shipped)
    for name, package, module in _objects("jsonl_lint.rules"):
        if name in known:
            message = f"the plugin {package} redefines the rule {name}"
            raise PluginError(message)
        if name in MEANINGS:
            message = f"the rule {name} of the plugin {package} has the name of an error code"
            raise PluginError(message)
        if reserved & {name, package}:
            message = f"the rule {name} of the plugin {package} has the name of a family of rules"
            raise PluginError(message)
        known[name] = _rule(module, package, name)
    return known


def _rule(module: Any, package: str, name: str) -> rules.Rule:  # noqa: ANN401 - any object
    what = f"the rule {name} of the plugin {package} cannot be used"
    try:
        rule = foreign.call(lambda: rules.from_module(module, package, name))
    except foreign.CrashError as error:
        message = f"{what}: {_said(error)}"
        raise PluginError(message) from error
    for attribute, value, kind in (
        ("SEVERITY", rule.severity, Severity),
        ("FIX", Safety.SAFE if rule.safety is None else rule.safety, Safety),
        ("the docstring", rule.doc, str),
    ):
        if not isinstance(value, kind):
            message = f"{what}: {attribute} is no {kind.__name__}"
            raise PluginError(message)
    return rule


def target_names() -> list[str]:
    """List the shipped targets and those of plugins."""
    return [*targets.names(), *_added("target", targets.names())]


def load_target(name: str) -> targets.Target:
    """Give a target by its name; raises KeyError for an unknown one."""
    if name in targets.names():
        return targets.load(name)
    target: targets.Target = _added("target", targets.names())[name]
    return target


def reporter_names() -> list[str]:
    """List the shipped reporters and those of plugins."""
    return [*reporting.FORMATS, *_added("reporter", reporting.FORMATS)]


def load_reporter(name: str) -> reporting.Reporter:
    """Give a reporter by its name; raises KeyError for an unknown one."""
    if name in reporting.FORMATS:
        return reporting.load(name)
    reporter = _added("reporter", reporting.FORMATS)[name]
    from jsonl_lint.reporting.foreign import apart  # noqa: PLC0415 - few have such a one

    return apart(reporter)


def _added(kind: str, shipped: Collection[str]) -> dict[str, Any]:
    """Give the targets or reporters of plugins by their names."""
    added: dict[str, Any] = {}
    for name, package, found in _objects(f"jsonl_lint.{kind}s"):
        if name in shipped or name in added:
            message = f"the plugin {package} redefines the {kind} {name}"
            raise PluginError(message)
        if not (_is_target(found) if kind == "target" else callable(found)):
            message = f"the plugin {package} gives no {kind} as {name}"
            raise PluginError(message)
        added[name] = found
    return added


def use(*, wanted: bool) -> None:
    """Use plugins, or do as if there were none: for the whole process."""
    global _wanted  # noqa: PLW0603 - what is installed is a matter of the process too
    _wanted = wanted
    for known in (load_rules, _objects):
        known.cache_clear()


def packages() -> list[str]:
    """List the plugins as ``name version``, without loading them."""
    found = {point.dist for group in GROUPS for point in _points(group) if point.dist}
    return sorted(f"{package.name} {package.version}" for package in found)


def _is_target(found: object) -> bool:
    try:
        if not (isinstance(found, targets.Target) and targets.is_sound(found)):
            return False
        compile_schema(found.schema)
        re.compile(found.role_grammar or "")
    except Exception:  # noqa: BLE001 - a field may be anything, and raise anything
        return False
    return True


@lru_cache
def _objects(group: str) -> list[tuple[str, str, Any]]:
    found = []
    for point in _points(group):
        package = point.dist.name if point.dist else "plugin"
        if not (_NAME.fullmatch(point.name) and _NAME.fullmatch(package)):
            message = f"the plugin {quote(package)} names something {quote(point.name)}; {_FORM}"
            raise PluginError(message)
        try:
            found.append((point.name, package, foreign.call(point.load)))
        except foreign.CrashError as error:  # whatever the plugin raises when imported
            message = f"the plugin {package} cannot be loaded: {error}: {_said(error)}"
            raise PluginError(message) from error
    return found


def _points(group: str) -> list[EntryPoint]:
    if not (_wanted and _any_plugin()):
        return []
    from importlib.metadata import distributions  # noqa: PLC0415 - as dear as orjson and click

    installed = distributions(path=_folders())
    points = [point for package in installed for point in package.entry_points.select(group=group)]
    return sorted(points, key=lambda point: point.name)


def _said(error: foreign.CrashError) -> str:
    """Give what the exception of a plugin says, unless it raises at that too."""
    try:
        return foreign.call(lambda: str(error.__cause__))[:_SAID_LENGTH]
    except foreign.CrashError:
        return "it cannot say why"


def _folders() -> list[str]:
    """Give where packages are installed: the working folder, where data may lie, is not among."""
    here = Path.cwd()
    return [folder for folder in sys.path if folder and Path(folder).absolute() != here]


@lru_cache
def _any_plugin() -> bool:
    """Look whether any installed package names our groups, at a fraction of the real thing."""
    for folder in _folders():
        for pattern in ("*.dist-info/entry_points.txt", "*.egg-info/entry_points.txt"):
            for path in Path(folder).glob(pattern):
                try:
                    if GROUP_HEADER in path.read_bytes():
                        return True
                except OSError:
                    continue
    return False
