"""Rules, targets and reporters that installed packages bring along, by entry points.

Only what is installed in the environment is ever loaded; nothing that lies beside the data is.
"""

from __future__ import annotations

import sys
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jsonl_lint import reporting, rules, targets
from jsonl_lint.finding import Severity
from jsonl_lint.linting.selection import ALL

if TYPE_CHECKING:
    from collections.abc import Collection

GROUP_HEADER = b"[jsonl_lint."


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
        if reserved & {name, package}:
            message = f"the rule {name} of the plugin {package} has the name of a family of rules"
            raise PluginError(message)
        known[name] = _rule(module, package, name)
    return known


def _rule(module: Any, package: str, name: str) -> rules.Rule:  # noqa: ANN401 - any object
    try:
        rule = rules.from_module(module, package, name)
    except AttributeError as error:
        message = f"the rule {name} of the plugin {package} cannot be used: {error}"
        raise PluginError(message) from error
    if not isinstance(rule.severity, Severity):
        message = f"the rule {name} of the plugin {package} cannot be used: SEVERITY is no Severity"
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
    reporter: reporting.Reporter = _added("reporter", reporting.FORMATS)[name]
    return reporter


def _added(kind: str, shipped: Collection[str]) -> dict[str, Any]:
    """Give the targets or reporters of plugins by their names."""
    added: dict[str, Any] = {}
    for name, package, found in _objects(f"jsonl_lint.{kind}s"):
        if name in shipped or name in added:
            message = f"the plugin {package} redefines the {kind} {name}"
            raise PluginError(message)
        if not (isinstance(found, targets.Target) if kind == "target" else callable(found)):
            message = f"the plugin {package} gives no {kind} as {name}"
            raise PluginError(message)
        added[name] = found
    return added


@lru_cache
def _objects(group: str) -> list[tuple[str, str, Any]]:
    if not _any_plugin():
        return []
    from importlib.metadata import distributions  # noqa: PLC0415 - as dear as orjson and click

    found = []
    installed = distributions(path=_folders())
    points = [point for package in installed for point in package.entry_points.select(group=group)]
    for point in sorted(points, key=lambda point: point.name):
        package = point.dist.name if point.dist else "plugin"
        try:
            found.append((point.name, package, point.load()))
        except (Exception, SystemExit) as error:  # whatever the plugin raises when imported
            message = f"the plugin {package} cannot be loaded: {type(error).__name__}: {error}"
            raise PluginError(message) from error
    return found


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
