import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from server import postgres_place
from server.embedded_postgres import AlreadyRunning, EmbeddedPostgres
from server.postgres_place import EmbeddedPostgresError, place_for

ROOT = os.geteuid() == 0


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    """One cluster whose folder's name has all that a name may have."""
    folder = Path(tmp_path_factory.mktemp("it's a, folder"))
    open_up(folder)
    cluster = EmbeddedPostgres(folder / "postgres")
    cluster.start()
    cluster.sql("postgres", "create table kept (n int)")
    yield cluster
    cluster.stop()


def open_up(folder: Path) -> None:
    """pytest closes its folders to others; PostgreSQL runs as somebody else when the tests run as root."""
    for path in (folder, *folder.parents):
        if path.name.startswith("pytest-") or "pytest-" in str(path.parent):
            path.chmod(0o755)


def running_in(cluster: EmbeddedPostgres) -> list[int]:
    found = []
    for process in psutil.process_iter():
        try:
            if process.cwd() == str(cluster.place.data):
                found.append(process.pid)
        except psutil.Error:
            continue
    return found


def test_a_second_server_on_the_folder_is_refused_and_told_who_has_it(made: EmbeddedPostgres) -> None:
    second = EmbeddedPostgres(made.folder)
    with pytest.raises(AlreadyRunning, match=f"process {os.getpid()}"):
        second.start()
    assert made.sql("postgres", "select 1").strip() == "1"


def test_stopping_leaves_no_process_and_the_rows(made: EmbeddedPostgres) -> None:
    made.sql("postgres", "insert into kept values (1)")
    made.stop()
    assert running_in(made) == []
    made.start()
    assert made.sql("postgres", "select n from kept").split() == ["1"]


def test_a_killed_postmaster_is_followed_by_one_that_has_the_rows(made: EmbeddedPostgres) -> None:
    made.sql("postgres", "insert into kept values (2)")
    killed = made.pid
    assert killed is not None
    os.kill(killed, signal.SIGKILL)
    deadline = time.monotonic() + 10
    while made.pid == killed and time.monotonic() < deadline:
        time.sleep(0.01)
    made.clear_leftover()
    made.launch()
    made.wait_until_ready()
    assert "2" in made.sql("postgres", "select n from kept").split()


def test_it_stops_when_its_server_is_killed_and_the_next_one_has_the_rows(made: EmbeddedPostgres) -> None:
    made.stop()
    program = (
        "import sys, time; from pathlib import Path; from server.embedded_postgres import EmbeddedPostgres\n"
        "one = EmbeddedPostgres(Path(sys.argv[1])); one.start()\n"
        "one.sql('postgres', 'insert into kept values (3)')\n"
        "print('ready', flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", program, made.folder], stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == b"ready\n"
        server.kill()
    # At once, while the old one may still be stopping.
    made.start()
    assert "3" in made.sql("postgres", "select n from kept").split()


def test_a_set_up_that_was_killed_half_way_is_begun_anew(tmp_path: Path) -> None:
    open_up(tmp_path)
    folder = tmp_path / "postgres"
    (folder / "data.unfinished").mkdir(parents=True)
    (folder / "data.unfinished" / "PG_VERSION").write_text("18\n")
    cluster = EmbeddedPostgres(folder)
    cluster.start()
    try:
        assert cluster.sql("postgres", "select 1").strip() == "1"
    finally:
        cluster.stop()


def test_data_of_another_version_is_refused_in_words(tmp_path: Path) -> None:
    open_up(tmp_path)
    (tmp_path / "postgres" / "data").mkdir(parents=True)
    (tmp_path / "postgres" / "data" / "PG_VERSION").write_text("16\n")
    with pytest.raises(EmbeddedPostgresError, match="made by PostgreSQL 16"):
        EmbeddedPostgres(tmp_path / "postgres").start()


def test_a_deep_folder_gets_a_short_socket_path_that_is_the_same_in_every_process(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 100)
    here = place_for(deep)
    there = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from pathlib import Path; from server.postgres_place import place_for\n"
            "print(place_for(Path(sys.argv[1])).sockets)",
            deep,
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert len(str(here.sockets)) < 90
    assert there.stdout.strip() == str(here.sockets)


def test_a_socket_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "theirs").symlink_to(tmp_path)
    with pytest.raises(EmbeddedPostgresError, match="belongs to somebody else"):
        postgres_place.make_private(tmp_path / "theirs")


if ROOT:

    def test_as_root_a_closed_folder_is_left_closed_and_the_data_lives_elsewhere(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        open_up(tmp_path)
        elsewhere = tmp_path / "elsewhere"
        monkeypatch.setattr(postgres_place, "ELSEWHERE", elsewhere)
        closed = tmp_path / "closed"
        closed.mkdir(mode=0o700)
        wheel = postgres_place._wheel()
        for folder in (wheel.parent, wheel.parent.with_name(f"{wheel.parent.name}.libs")):
            shutil.copytree(folder, closed / folder.name, symlinks=True)
        monkeypatch.setattr(postgres_place, "_wheel", lambda: closed / wheel.parent.name / wheel.name)
        cluster = EmbeddedPostgres(closed / "var" / "postgres")
        assert cluster.place.elsewhere is not None
        assert str(elsewhere) in cluster.place.elsewhere
        cluster.start()
        try:
            assert cluster.sql("postgres", "select 1").strip() == "1"
            assert Path(psutil.Process(cluster.pid).exe()).is_relative_to(elsewhere)
        finally:
            cluster.stop()
        assert closed.stat().st_mode & 0o777 == 0o700

    def test_as_root_data_that_was_closed_off_later_is_not_begun_anew(tmp_path: Path) -> None:
        open_up(tmp_path)
        (tmp_path / "closed" / "postgres" / "data").mkdir(parents=True)
        (tmp_path / "closed").chmod(0o700)
        with pytest.raises(EmbeddedPostgresError, match="may no longer enter"):
            EmbeddedPostgres(tmp_path / "closed" / "postgres")
