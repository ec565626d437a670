"""A hospital for benchmarks: PostgreSQL in a temporary folder, people, and servers as processes."""

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from actions.context import UnitOfWork
from actions.passwords import PasswordHasher
from chat_archive.data_keys import KeyRing
from domain.accounts import SESSION_COOKIE, Account
from server.database_login import EMBEDDED_APP
from server.embedded_postgres import EmbeddedPostgres
from storage.migrate import migrate
from storage.pool import Database
from tests.live import session_token
from tests.people import make_appointment, make_doctor, make_patient

_START_S = 30


@dataclass(frozen=True)
class Visit:
    """A consultation that can be joined now, and the cookies of its two sides."""

    consultation_id: str
    appointment_id: str
    patient_cookie: str
    doctor_cookie: str
    patient_login: str
    doctor_login: str


def now() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


def free_port() -> int:
    """Return a loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="televisit-bench-", dir="/var/tmp"))
    folder.chmod(0o755)
    return folder


@asynccontextmanager
async def postgres() -> AsyncIterator[EmbeddedPostgres]:
    """Run a PostgreSQL with its defaults (fsync on); remove it afterwards."""
    folder = _folder()
    cluster = EmbeddedPostgres(folder, settings={"max_connections": "300"})
    try:
        cluster.start()
        cluster.ensure_login(EMBEDDED_APP)
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


async def make_visits(dsn: str, count: int) -> list[Visit]:
    """Migrate the database and make `count` visits of now, each with its own patient and doctor."""
    database = await Database.connect(dsn, size=4)
    passwords = PasswordHasher()
    try:
        await migrate(database, now, app=EMBEDDED_APP)
        # Nothing is kept in the record here: the server has its own keys.
        work = UnitOfWork(database, now, os.urandom, KeyRing({"unused": os.urandom(32)}, "unused"))

        async def cookie(account: Account) -> str:
            # As after the second factor: what is measured begins later.
            return f"{SESSION_COOKIE}={await session_token(work, account)}"

        visits = []
        for number in range(count):
            patient = await make_patient(work, f"患者{number}")
            doctor = await make_doctor(work, f"医生{number}")
            appointment = await make_appointment(work, patient, doctor)
            visits.append(
                Visit(
                    str(appointment.consultation_id),
                    str(appointment.id),
                    await cookie(patient),
                    await cookie(doctor),
                    patient.login,
                    doctor.login,
                )
            )
        return visits
    finally:
        passwords.close()
        await database.close()


@asynccontextmanager
async def process(arguments: list[str], url: str, **environment: str) -> AsyncIterator[int]:
    """Run a server as a process of its own until it answers at `url`; yield its id; stop it afterwards."""
    child = subprocess.Popen(  # noqa: S603, ASYNC220  # our own programs
        [sys.executable, *arguments], env={**os.environ, **environment}, stdout=sys.stderr
    )
    try:
        deadline = time.monotonic() + _START_S
        while not await asyncio.to_thread(_answers, url):
            if child.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{arguments} did not start")
            await asyncio.sleep(0.1)
        yield child.pid
    finally:
        child.send_signal(signal.SIGINT)
        try:
            await asyncio.to_thread(child.wait, _START_S)
        except subprocess.TimeoutExpired:
            child.kill()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310  # loopback
            return bool(answer.status < 500)
    except urllib.error.HTTPError as error:
        return error.code < 500
    except OSError:
        return False
