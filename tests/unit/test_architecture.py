"""The shape of the house: floors, sizes, names, and what may not be in a tracked file."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parents[2]
LINES_MAX = 400
NO_NAMES = {"utils", "util", "helpers", "helper", "manager", "managers", "base", "common", "misc"}
ENVIRONMENT_READERS = {"server/config.py"}
# What would tie the project to the machine or the network that it was written on.
HERE = re.compile(
    r"/(?:root|home/[a-z]+|Users/[A-Za-z]+)/|/work/(?:main|shared)\b"
    r"|https?://(?:pypi|files\.pythonhosted|registry\.npmjs|registry\.yarnpkg)\.|index-url|\bartifactory\b",
)


def tracked(*patterns: str) -> list[Path]:
    if not (ROOT / ".git").exists():
        pytest.fail("the tests run in a clone: what is tracked cannot be told without git")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *patterns],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    paths = (ROOT / name.decode() for name in listed.stdout.split(b"\0") if name)
    return [path for path in paths if path.is_file()]


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def packages() -> set[str]:
    return {relative(path).split("/")[0] for path in tracked("*.py") if "/" in relative(path)} - {
        "tests",
        "bench",
    }


def test_imports_keep_to_the_floors() -> None:
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


def test_every_package_stands_on_a_floor_and_says_what_it_is() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers = next(contract for contract in config["contracts"] if contract["type"] == "layers")["layers"]
    named = {name.strip() for layer in layers for name in layer.split("|")}
    assert packages() == named == set(config["root_packages"])
    for name in named:
        tree = ast.parse((ROOT / name / "__init__.py").read_text(encoding="utf-8"))
        assert ast.get_docstring(tree), f"{name} has no docstring"


def test_no_file_grows_into_a_giant() -> None:
    for path in tracked("*.py", "web/src/*.ts", "web/src/*.tsx"):
        # What is generated is as long as what it is generated from.
        if "web/src/protocol/" in relative(path):
            continue
        lines = len(path.read_text(encoding="utf-8").splitlines())
        assert lines <= LINES_MAX, f"{relative(path)} has {lines} lines"


def test_modules_are_named_for_what_they_hold() -> None:
    for path in tracked("*.py", "web/src/*.ts", "web/src/*.tsx"):
        # A test may be about somebody else's manager.
        if relative(path).startswith("tests/"):
            continue
        words = set(re.split(r"[_.-]", path.name.lower())) | {path.parent.name}
        assert not words & NO_NAMES, relative(path)


def test_only_the_configuration_reads_the_environment() -> None:
    for path in tracked("*.py"):
        name = relative(path)
        if name in ENVIRONMENT_READERS or name.split("/")[0] in ("tests", "bench"):
            continue
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\bos\.(environ|getenv)\b|from os import .*\benviron\b", text), name


def test_nothing_tells_of_the_machine_or_the_network_it_was_written_on() -> None:
    for path in tracked():
        if path == Path(__file__) or path.suffix in (".png", ".webp", ".ico", ".woff2"):
            continue
        found = HERE.search(path.read_text(encoding="utf-8", errors="replace"))
        if found is None:
            continue
        # The locks are made without addresses; the script that makes them says so in an option's name.
        allowed = relative(path) == "scripts/lock" and found[0] == "index-url"
        assert allowed, f"{relative(path)}: {found[0]}"


def test_the_run_lock_is_part_of_the_dev_lock() -> None:
    def pins(name: str) -> set[str]:
        text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
        return set(re.findall(r"^[a-z0-9._-]+==\S+", text, re.MULTILINE))

    assert pins("run.txt") <= pins("dev.txt")
