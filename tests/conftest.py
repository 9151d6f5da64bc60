"""Hypothesis profiles, derandomized in CI, so that a red run can be repeated; and no network."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING, NoReturn

import pytest
from hypothesis import HealthCheck, Phase, settings

from jsonl_lint.schema import engine, form
from jsonl_lint.schema.cache import Cache

if TYPE_CHECKING:
    from collections.abc import Iterator

settings.register_profile(
    "default",
    deadline=None,
    max_examples=60,  # the whole suite has five minutes
    phases=[phase for phase in Phase if phase is not Phase.explain],  # it can take ten minutes
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)
settings.register_profile("ci", settings.get_profile("default"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")


class NetworkError(RuntimeError):
    """Something in this process wanted to reach another machine. It is no OSError: those are
    taken for data that cannot be read."""


def _refuse(*_: object, **__: object) -> NoReturn:
    raise NetworkError


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Let nothing in this process connect; programs that tests start are not concerned."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _refuse)
        for name in ("getaddrinfo", "gethostbyname", "create_connection"):
            patch.setattr(socket, name, _refuse)
        yield


@pytest.fixture(params=["jsonschema-rs", "jsonschema"])
def engine_name(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Judge the schemas of strangers by either engine, with nothing remembered of the other."""
    if request.param == "jsonschema":
        monkeypatch.setattr(engine, "fast_engine", lambda: None)
    monkeypatch.setattr("jsonl_lint.schema.parameters._cache", Cache())
    monkeypatch.setattr("jsonl_lint.rules.tools._cache", Cache())
    form.metaschema.cache_clear()
    yield request.param
    form.metaschema.cache_clear()
