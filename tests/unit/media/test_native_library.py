"""How the native loop comes about: compiled once, by whoever comes first, loaded from where only we write."""

import os
import shutil
import stat
import threading
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from media.native import library
from media.native.library import (
    Library,
    NoNativeLoop,
    compile_loop,
    demand_obtainable,
    load_object,
    ours_alone,
)
from media.native.reader import NativeReader, make_reader, native_library
from media.reader import PlainReader


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the source in which nothing was compiled yet; it is compiled in a hurry."""
    own = tmp_path / "native"
    shutil.copytree(library._FOLDER, own, ignore=shutil.ignore_patterns("__pycache__"))
    own.chmod(0o755)
    monkeypatch.setattr(library, "_FOLDER", own)
    monkeypatch.setattr(library, "_OPTIONS", ("-O0", "-fPIC", "-shared"))
    return own


def load() -> Library:
    return library.load.__wrapped__()


def kept(folder: Path) -> list[Path]:
    return list((folder / "__pycache__").glob("*"))


def replace(made: Path, octets: bytes) -> None:
    """Put other octets there, in a file of their own: those that are loaded must stay."""
    made.unlink()
    made.write_bytes(octets)
    made.chmod(0o644)


def test_it_is_compiled_once_and_kept_beside_the_source(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert load().lib.rl_version()
    (made,) = kept(folder)
    assert stat.S_IMODE(made.stat().st_mode) == 0o644
    # From now on no compiler is needed, until the source changes.
    monkeypatch.setenv("PATH", "")
    assert load().lib.rl_version()
    with (folder / "feedback.c").open("a") as source:
        source.write("/* Another. */\n")
    with pytest.raises(NoNativeLoop, match="no C compiler"):
        load()
    assert kept(folder) == [made]


def test_whether_it_can_be_had_is_seen_without_compiling(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    demand_obtainable()
    assert kept(folder) == []
    path = os.environ["PATH"]
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NoNativeLoop, match="no C compiler"):
        demand_obtainable()
    made = folder / "__pycache__" / f"relay_loop-{library._mark()}.so"
    made.parent.mkdir(mode=0o755)
    made.write_bytes(b"no object")
    made.chmod(0o644)
    with pytest.raises(NoNativeLoop, match="no C compiler"):
        demand_obtainable()
    monkeypatch.setenv("PATH", path)
    compile_loop(made)
    monkeypatch.setenv("PATH", "")
    demand_obtainable()


def test_two_at_once_make_one(folder: Path) -> None:
    target = folder / "loop.so"
    both = [threading.Thread(target=compile_loop, args=(target,)) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert load_object(target).lib.rl_version()
    assert [path.name for path in folder.glob("loop.so*")] == ["loop.so"]


@pytest.mark.parametrize("mode", [0o775, 0o757])
def test_what_others_could_have_written_is_not_loaded(folder: Path, mode: int) -> None:
    load()
    (made,) = kept(folder)
    replace(made, b"another's")
    made.parent.chmod(mode)
    assert load().lib.rl_version()
    assert made.read_bytes() == b"another's"


def test_what_cannot_be_loaded_is_made_again_for_this_process(folder: Path) -> None:
    load()
    (made,) = kept(folder)
    replace(made, b"another machine's")
    assert load().lib.rl_version()


def test_only_those_who_may_write_the_source_may_write_what_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, made = tmp_path / "source", tmp_path / "made"
    source.mkdir(mode=0o755)
    made.touch(0o644)
    link = tmp_path / "link"
    link.symlink_to(made)
    assert ours_alone(made, source)
    assert not ours_alone(link, source)
    assert not ours_alone(tmp_path / "nothing", source)
    made.chmod(0o664)
    assert not ours_alone(made, source)
    # A group that works together on the source has no more to gain.
    source.chmod(0o775)
    assert ours_alone(made, source)
    made.chmod(0o666)
    assert not ours_alone(made, source)
    made.chmod(0o644)
    if os.geteuid():
        monkeypatch.setattr(os, "geteuid", lambda: 12345)
        source = Path("/")
    else:
        os.chown(made, 12345, 12345)
    assert not ours_alone(made, source)


def test_it_says_why_there_is_none(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "bin"
    place.mkdir()
    compiler = place / "cc"
    compiler.write_text("#!/bin/sh\necho 'headers are missing' >&2\nexit 1\n")
    compiler.chmod(0o755)
    with monkeypatch.context() as only:
        only.setenv("PATH", f"{place}:/usr/bin:/bin")
        with pytest.raises(NoNativeLoop, match="headers are missing"):
            load()
    assert kept(folder) == []
    with monkeypatch.context() as only:
        only.setattr("sys.platform", "darwin")
        with pytest.raises(NoNativeLoop, match="written for Linux"):
            load()
    with monkeypatch.context() as only:
        only.setattr(library, "_VERSION", 0)
        with pytest.raises(NoNativeLoop, match="laid out differently"):
            load()


def test_auto_does_without_and_says_why_native_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> Library:
        raise NoNativeLoop("there is no C compiler")

    def reader(found: Library | None) -> Any:
        return make_reader(found, lambda *_: None, lambda: None)

    assert isinstance(reader(native_library("native")), NativeReader)
    assert isinstance(reader(native_library("auto")), NativeReader)
    monkeypatch.setattr("media.native.reader.load", missing)
    with capture_logs() as logs:
        assert isinstance(reader(native_library("python")), PlainReader)
        assert logs == []
        assert isinstance(reader(native_library("auto")), PlainReader)
    assert [(one["event"], one["why"]) for one in logs] == [
        ("relay.native_loop_missing", "there is no C compiler")
    ]
    with pytest.raises(NoNativeLoop):
        native_library("native")
