"""Have atheris call one target: ``run.py TARGET [OPTION...]``, with options of libFuzzer.

It starts from ``corpus/TARGET`` and keeps what it finds in ``.fuzz/TARGET`` of the checkout. It
stops at the first input that a target fails at, and writes that to ``.fuzz/TARGET-failed``; where
Python itself ended or hung, libFuzzer writes it to ``.fuzz/TARGET-crash-*`` or ``-timeout-*``.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = Path(__file__).parent
TESTS = FOLDER.parent
FOUND = TESTS.parent / ".fuzz"
FILES = TESTS.parent / "fixtures" / "files"
READERS = ("reader", "fix")
"""Targets that take data as they are; the hostile files are seeds for them."""


def main(target: str, *given: str) -> None:
    # NOTE: it has no wheel for some systems and no types, and is installed by `make fuzz` alone.
    atheris = import_module("atheris")
    sys.path += [str(TESTS), str(TESTS / "property")]
    with atheris.instrument_imports(include=["jsonl_lint"]):
        function = import_module("targets").TARGETS[target]
    found = FOUND / target
    found.mkdir(parents=True, exist_ok=True)
    options = (
        f"-dict={FOLDER / 'tokens.dict'}",
        f"-artifact_prefix={found}-",
        "-timeout=10",  # seconds for one input
        "-rss_limit_mb=1024",
        *given,
    )
    folders = [found, FOLDER / "corpus" / target, *[FILES] * (target in READERS)]
    kept = _keeping(function, FOUND / f"{target}-failed")
    atheris.Setup([sys.argv[0], *options, *map(str, folders)], kept)
    atheris.Fuzz()


def _keeping(function: Callable[[bytes], None], path: Path) -> Callable[[bytes], None]:
    # NOTE: libFuzzer has ended at a failure and written nothing.
    def call(data: bytes) -> None:
        try:
            function(data)
        except BaseException:
            path.write_bytes(data)
            raise

    return call


if __name__ == "__main__":
    main(*sys.argv[1:])
