"""Whatever lies beside data under the name of a configuration: it is taken, or refused in words."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jsonl_lint import Config, ConfigError
from jsonl_lint.config import FILE_NAME, PYPROJECT
from jsonl_lint.reading import toml

KEYS = [field.name.replace("_", "-") for field in fields(Config)]
TOML = st.text(st.sampled_from("abetx.=-[]{},#'\"\\ \t\r\n0179_:TZ+\0\x1b\ufeffé\u2028"))
SCALARS = st.one_of(
    st.text(max_size=9),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.sampled_from(["error", "off", "mistral", "crlf", "../x", "*[!a", "[z-a]", "\ud800"]),
)
VALUES = st.one_of(
    SCALARS,
    st.lists(SCALARS, max_size=3),
    st.dictionaries(st.text(max_size=5), SCALARS | st.lists(SCALARS, max_size=2), max_size=3),
)
PATTERNS = st.text(st.sampled_from("ab*?[]!^-\\/.\n{}()|+$é"), max_size=12)
NAMES = st.text(st.characters(), max_size=12)


def loaded(path: Path) -> Config | None:
    """Load a file; None where it is refused, in words that name the file."""
    try:
        return Config.load(path)
    except ConfigError as error:
        words = str(error)
    assert words.startswith(f"{path}: ")
    return None


def limits(config: Config) -> list[Any]:
    return [getattr(config, key.replace("-", "_")) for key in KEYS if key.startswith("max-")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("config")


@given(content=st.binary() | TOML.map(lambda text: text.encode("utf-8", "replace")),
       name=st.sampled_from([FILE_NAME, PYPROJECT]))  # fmt: skip
@example(content=b"tool.jsonl-lint = 1", name=PYPROJECT)
@example(content=b"target = 'mistral'", name=FILE_NAME)
def test_any_bytes_are_a_configuration_or_an_error(folder: Path, content: bytes, name: str) -> None:
    path = folder / name
    path.write_bytes(content)
    found = loaded(path)
    assert found is None or found.root == folder


@given(table=st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=5), VALUES, max_size=4))
def test_any_values_are_a_configuration_or_an_error(table: dict[str, Any]) -> None:
    """What TOML cannot say, such as a lone surrogate, is drawn too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("jsonl_lint.config.read_toml", lambda _path: table)
        found = loaded(Path("/nowhere") / FILE_NAME)
    if found is None:
        return
    assert table.keys() < set(KEYS)  # root is none of them
    assert all(isinstance(number, int) and number > 0 for number in limits(found))
    for pattern in (*found.validation, *found.per_file_ignores):
        assert ".." not in pattern.split("/")


@given(pattern=PATTERNS, name=NAMES)
def test_any_pattern_tells_about_any_name(pattern: str, name: str) -> None:
    config = Config(validation=(pattern,), per_file_ignores={pattern: ("crlf",)}, root=Path("/a"))
    for path in (name, f"/a/{name}", f"/a/../{name}"):
        assert config.ignored_in(path) == (("crlf",) if config.is_validation(path) else ())


@given(st.integers(1, 3000), st.integers(1, 3000))
def test_keys_that_would_take_long_are_refused_before_they_are_read(dots: int, lines: int) -> None:
    text = "a" + ".a" * dots + "=1\n" * lines
    is_refused = dots * (dots + lines + 1) > toml.MAX_DOTS
    try:
        toml._require_short_keys(text)  # noqa: SLF001 - reading them would take seconds
    except ValueError:
        assert is_refused
    else:
        assert not is_refused
