"""The real pre-commit program installs the hook from a repository and runs it in another."""

from __future__ import annotations

import re
import shutil
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest
import yaml
from programs import ROOT, VALID, Result, environment, require_package_index, run

from jsonl_lint.reading.source import is_dataset

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST = ".pre-commit-hooks.yaml"
SHIPPED = (MANIFEST, "pyproject.toml", "README.md", "LICENSE", "jsonl_lint", "schemas")
BAD_LINE = (
    b'{"messages": [{"role": "bot", "content": "?"}, {"role": "assistant", "content": "!"}]}\n'
)

needs_git = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")


class Repository(NamedTuple):
    """A scratch repository, and where pre-commit keeps what it installs."""

    folder: Path
    home: Path

    def commit(self, files: dict[str, bytes]) -> str:
        self.folder.mkdir(exist_ok=True)
        for name, content in files.items():
            self.folder.joinpath(name).write_bytes(content)
        author = ("-c", "user.name=Test", "-c", "user.email=test@example.org")
        commit = (*author, "commit", "--quiet", "--message=x")
        for command in (("init", "--quiet"), ("add", "."), commit):
            done = run("git", *command, cwd=self.folder, env=self._environment())
            assert done.returncode == 0, done.stderr
        return run("git", "rev-parse", "HEAD", cwd=self.folder).stdout.strip()

    def pre_commit(self, *args: str) -> Result:
        program = (sys.executable, "-m", "pre_commit")
        return run(*program, *args, cwd=self.folder, env=self._environment())

    def _environment(self) -> dict[str, str]:
        home = {"PRE_COMMIT_HOME": str(self.home), "PRE_COMMIT_COLOR": "never"}
        # installing the hook takes the network
        return environment(GIT_CONFIG_GLOBAL=str(self.home / "none"), PYTHONPATH="", **home)


def config(hook_repository: Path, revision: str) -> bytes:
    lines = ("repos:", f"- repo: '{hook_repository}'", f"  rev: {revision}", "  hooks:",
             "  - id: jsonl-lint", "  - id: jsonl-lint-fix", "    stages: [manual]")  # fmt: skip
    return "\n".join((*lines, "")).encode()


@pytest.fixture(scope="module")
def datasets(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """Datasets under the hook, which pre-commit has installed from a repository of its own."""
    require_package_index()
    scratch = tmp_path_factory.mktemp("pre-commit")
    home = scratch / "home"
    home.mkdir()
    project = scratch / "project"
    project.mkdir()
    for name in SHIPPED:
        if (ROOT / name).is_dir():
            shutil.copytree(
                ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__")
            )
        elif (ROOT / name).exists():
            shutil.copy(ROOT / name, project)
    revision = Repository(project, home).commit({})
    good = VALID.read_bytes()
    repository = Repository(scratch / "datasets", home)
    repository.commit({
        ".pre-commit-config.yaml": config(project, revision),
        "good.jsonl": good,
        "bad.jsonl": good + BAD_LINE,
        "utf16.jsonl": good.decode().encode("utf-16"),
        "notes.txt": BAD_LINE,
    })  # fmt: skip
    installed = repository.pre_commit("install-hooks")
    assert installed.returncode == 0, installed.stdout + installed.stderr
    return repository


@pytest.mark.parametrize("suffix", [".jsonl", ".ndjson", ".JSONL", ".json", ".jsonl.txt", "jsonl"])
@pytest.mark.parametrize("compression", ["", ".gz", ".bz2", ".XZ", ".zst", ".zip"])
def test_the_hook_takes_the_files_that_a_walk_of_folders_takes(
    suffix: str, compression: str
) -> None:
    check, fix = yaml.safe_load((ROOT / MANIFEST).read_text(encoding="utf-8"))
    name = f"train{suffix}{compression}"
    assert bool(re.search(check["files"], name)) is is_dataset(name)
    assert bool(re.search(fix["files"], name)) is (is_dataset(name) and not compression)


def test_pre_commit_accepts_the_manifest(tmp_path: Path) -> None:
    here = Repository(tmp_path, tmp_path / "home")
    done = here.pre_commit("validate-manifest", str(ROOT / MANIFEST))
    assert done.returncode == 0, done.stdout


@needs_git
def test_bad_files_stop_the_commit_and_are_named(datasets: Repository) -> None:
    done = datasets.pre_commit("run", "--all-files")
    line = VALID.read_bytes().count(b"\n") + 1
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"bad.jsonl:{line}:24: " in done.stdout
    assert "unknown-role" in done.stdout
    assert "utf16.jsonl:1:1: " in done.stdout
    assert "utf16-or-utf32" in done.stdout
    assert "good.jsonl" not in done.stdout
    assert "notes.txt" not in done.stdout


@needs_git
def test_good_files_pass_without_a_word(datasets: Repository) -> None:
    done = datasets.pre_commit("run", "--files", "good.jsonl")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.rstrip().endswith("Passed")


@needs_git
def test_other_files_are_passed_over(datasets: Repository) -> None:
    done = datasets.pre_commit("run", "--files", "notes.txt")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.rstrip().endswith("Skipped")


@needs_git
def test_the_other_hook_fixes_files_and_says_so(datasets: Repository) -> None:
    file = datasets.folder / "fixable.jsonl"
    file.write_bytes(VALID.read_bytes() + BAD_LINE.replace(b"bot", b"human"))
    done = datasets.pre_commit(
        "run", "jsonl-lint-fix", "--hook-stage", "manual", "--files", "fixable.jsonl", "good.jsonl"
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "fixable.jsonl: fixed 1 finding, in 1 line" in done.stdout
    assert file.read_bytes() == VALID.read_bytes() + BAD_LINE.replace(b"bot", b"user")
    file.unlink()
