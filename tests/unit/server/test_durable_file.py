"""Files that a crash leaves whole: replaced at once or not at all, made once and never replaced."""

import os
from pathlib import Path

import pytest

from server.durable_file import create_file, replace_file


def full(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_a_file_takes_the_place_of_another_and_is_readable_by_whom_it_says(tmp_path: Path) -> None:
    path = tmp_path / "file"
    replace_file(path, b"one")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"one", 0o600)
    replace_file(path, b"two", 0o644)
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"two", 0o644)
    assert os.listdir(tmp_path) == ["file"]


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    replace_file(path, b"one")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        replace_file(path, b"two")
    with pytest.raises(OSError, match="No space"):
        create_file(tmp_path / "other", [b"two"])
    assert path.read_bytes() == b"one"
    assert os.listdir(tmp_path) == ["file"]


def test_a_file_is_made_once(tmp_path: Path) -> None:
    path = tmp_path / "file"
    create_file(path, [b"on", b"e"])
    with pytest.raises(FileExistsError):
        create_file(path, [b"two"])
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"one", 0o600)
    assert os.listdir(tmp_path) == ["file"]


def test_its_bytes_are_on_the_disk_before_its_name_and_its_name_before_it_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    fsync, replace = os.fsync, os.replace

    def synced(descriptor: int) -> None:
        steps.append("folder" if Path(f"/proc/self/fd/{descriptor}").resolve() == tmp_path else "file")
        fsync(descriptor)

    def renamed(path: Path, target: Path) -> None:
        steps.append("name")
        replace(path, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", renamed)
    replace_file(tmp_path / "file", b"one")
    assert steps == ["file", "name", "folder"]
