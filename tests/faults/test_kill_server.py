"""The server and its PostgreSQL are stopped and killed: what was done stays, and nothing is left behind."""

import signal
import subprocess
import sys
from collections.abc import Iterator

import psutil
import pytest

from server.demo import PASSWORD, PEOPLE
from tests.faults.televisit_process import GONE_WITHIN_S, TelevisitProcess

pytestmark = pytest.mark.faults


@pytest.fixture(scope="module")
def made() -> Iterator[TelevisitProcess]:
    process = TelevisitProcess()
    try:
        process.start()
        yield process
    finally:
        process.remove()


@pytest.fixture
def televisit(made: TelevisitProcess) -> TelevisitProcess:
    """A demo server that answers, whatever the test before did to it."""
    if made.process is None or made.process.poll() is not None:
        made.start()
    made.wait_until(200)
    return made


def test_ready_means_that_the_logins_were_said(televisit: TelevisitProcess) -> None:
    said = televisit.said()
    assert PASSWORD in said
    for person in PEOPLE:
        assert person.login in said


def test_ctrl_c_stops_everything_with_exit_code_0(televisit: TelevisitProcess) -> None:
    assert televisit.signal(signal.SIGINT) == 0
    televisit.wait_until_nothing_runs()


def test_sigterm_stops_everything_with_exit_code_0(televisit: TelevisitProcess) -> None:
    assert televisit.signal(signal.SIGTERM) == 0
    televisit.wait_until_nothing_runs()


def test_the_second_start_makes_nothing_anew(televisit: TelevisitProcess) -> None:
    cluster = televisit.folder / "postgres" / "data" / "PG_VERSION"
    before = (cluster.stat().st_ino, televisit.command("archive", "verify").stdout)
    televisit.signal(signal.SIGINT)
    televisit.start()
    assert (cluster.stat().st_ino, televisit.command("archive", "verify").stdout) == before
    assert "1 conversation " in before[1]


def test_a_killed_server_leaves_nothing_behind_and_the_next_one_starts(televisit: TelevisitProcess) -> None:
    televisit.signal(signal.SIGKILL)
    televisit.wait_until_nothing_runs()
    televisit.start()


def test_a_server_whose_starter_is_killed_stops_too(televisit: TelevisitProcess) -> None:
    televisit.signal(signal.SIGINT)
    program = (
        "import subprocess, sys; subprocess.Popen([sys.executable, '-m', 'server.cli', 'serve', '--demo',"
        " '--stop-with-parent']).wait()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program],
        env=televisit.environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as starter:
        while televisit.health() != 200:
            assert starter.poll() is None
        server = psutil.Process(starter.pid).children()[0]
        starter.kill()
    assert psutil.wait_procs([server], timeout=GONE_WITHIN_S)[1] == [] or is_zombie(server)
    televisit.wait_until_nothing_runs()


def test_a_second_server_on_the_same_data_is_refused_in_words(televisit: TelevisitProcess) -> None:
    assert televisit.process is not None
    other = TelevisitProcess()
    try:
        other.folder, mine = televisit.folder, other.folder
        done = other.command("serve", "--demo")
        assert done.returncode == 1
        assert (
            f"already runs on {televisit.folder / 'postgres'} (process {televisit.process.pid})"
            in done.stderr
        )
        assert "Traceback" not in done.stderr
        other.folder = mine
    finally:
        other.remove()
    assert televisit.health() == 200


def test_without_demo_the_demo_accounts_are_refused_by_name(televisit: TelevisitProcess) -> None:
    televisit.signal(signal.SIGINT)
    done = televisit.command("serve")
    assert done.returncode == 1
    for person in PEOPLE:
        assert person.login in done.stderr
    assert "Traceback" not in done.stderr


def test_a_taken_port_is_said_in_words_before_anything_is_started(televisit: TelevisitProcess) -> None:
    other = TelevisitProcess()
    try:
        other.port = televisit.port
        done = other.command("serve", "--demo")
        assert done.returncode == 1
        assert f"Port {televisit.port} cannot be had" in done.stderr
        assert not (other.folder / "postgres").exists()
    finally:
        other.remove()


def test_a_killed_postmaster_is_replaced_while_the_server_stays(televisit: TelevisitProcess) -> None:
    assert televisit.process is not None
    before = televisit.process.pid
    postmaster = televisit.postmaster()
    created = televisit.command(
        "user", "create", "--login", "kept.auditor", "--role", "auditor", "--name", "Kept",
        "--password-stdin", given="a long enough one\n",
    )  # fmt: skip
    postmaster.kill()
    assert created.returncode == 0, created.stderr
    televisit.wait_until(503)
    televisit.wait_until(200)
    assert televisit.process.pid == before
    again = televisit.command(
        "user", "create", "--login", "kept.auditor", "--role", "auditor", "--name", "Kept",
        "--password-stdin", given="a long enough one\n",
    )  # fmt: skip
    assert again.returncode == 1
    assert "Traceback" not in again.stderr


def is_zombie(process: psutil.Process) -> bool:
    try:
        return process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True
