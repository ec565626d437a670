"""`televisit serve` and its log: begun, sealed, refused when it is another one, and begun anew by two
persons."""

import json
import signal
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chat_archive.checkpoint import Checkpoint, open_checkpoint
from chat_archive.note import KeyKind, Signer, VerifierKey, sign
from server.embedded_postgres import EmbeddedPostgres
from tests.faults.televisit_process import TelevisitProcess
from tests.hospital_database import HospitalDatabase

PASSWORD = "a long enough one"
ORIGIN = "visits.example.org/log"


@pytest.fixture
def hospital(durable_cluster: EmbeddedPostgres) -> Iterator[HospitalDatabase]:
    made = HospitalDatabase(durable_cluster)
    made.make()
    yield made
    made.remove()


@pytest.fixture
def televisit(hospital: HospitalDatabase) -> Iterator[TelevisitProcess]:
    process = TelevisitProcess(
        {
            "DATABASE_URL": hospital.url(hospital.app),
            "MIGRATE_DATABASE_URL": hospital.url(hospital.owner),
            "ARCHIVE_ORIGIN": ORIGIN,
            "HOSPITAL_NAME": "A hospital",
        }
    )
    assert process.command("migrate").returncode == 0
    yield process
    process.remove()


def read(televisit: TelevisitProcess, path: str) -> str:
    with urllib.request.urlopen(f"{televisit.url}{path}", timeout=5) as answer:  # noqa: S310
        return str(answer.read().decode())


def sealing(televisit: TelevisitProcess, state: str) -> dict[str, Any]:
    """Return what /healthz says once sealing is in this state."""
    deadline = time.monotonic() + 30
    while True:
        found = json.loads(read(televisit, "/healthz"))
        if found["sealing"] == state:
            return dict(found)
        assert time.monotonic() < deadline, found
        time.sleep(0.05)


def key_of(televisit: TelevisitProcess) -> Path:
    return televisit.folder / "keys" / "archive-signing-key"


def person(televisit: TelevisitProcess, login: str, role: str) -> None:
    made = televisit.command(
        "user", "create", "--login", login, "--role", role, "--name", "Ada", "--password-stdin",
        given=f"{PASSWORD}\n",
    )  # fmt: skip
    assert made.returncode == 0, made.stderr


def new_epoch(televisit: TelevisitProcess, *logins: str, given: str = f"{PASSWORD}\n{PASSWORD}\n") -> Any:
    named = [part for login in logins for part in ("--login", login)]
    return televisit.command(
        "archive",
        "new-epoch",
        "--reason",
        "The backup lost a night",
        *named,
        "--passwords-stdin",
        given=given,
    )


def test_a_log_is_begun_served_and_goes_on_after_two_persons_say_so(televisit: TelevisitProcess) -> None:
    televisit.launch()
    televisit.wait_until(200)
    sealing(televisit, "sealing")
    (log_key,) = read(televisit, "/log/keys").split()
    checkpoint = open_checkpoint(read(televisit, "/log/checkpoint"), [VerifierKey.parse(log_key)]).checkpoint
    assert (checkpoint.origin, checkpoint.size) == (ORIGIN, 0)
    assert key_of(televisit).stat().st_mode & 0o777 == 0o600
    apart = televisit.folder / "archive" / "checkpoint"
    assert apart.read_text() == read(televisit, "/log/checkpoint")
    televisit.signal(signal.SIGTERM)

    # As if this database were an older copy: the file has seen nine entries.
    signer = Signer.parse(key_of(televisit).read_text().strip())
    apart.write_text(sign(Checkpoint(ORIGIN, 9, bytes(32)).text(), [signer]))
    televisit.launch()
    televisit.wait_until(200)
    said = sealing(televisit, "stopped")
    assert "entries 0 to 8 are missing" in said["sealing_why"]
    assert "televisit archive new-epoch" in said["sealing_why"]

    person(televisit, "ada.audits", "auditor")
    person(televisit, "max.admin", "admin")
    wrong = new_epoch(televisit, "ada.audits", "max.admin", given=f"{PASSWORD}\nwrong\n")
    assert wrong.returncode == 1
    assert "password is wrong" in wrong.stderr
    done = new_epoch(televisit, "ada.audits", "max.admin")
    assert done.returncode == 0, done.stderr
    assert f"{ORIGIN}/epoch-2, from entry 0 on" in done.stdout
    # The running server notices.
    sealing(televisit, "sealing")
    now, first = read(televisit, "/log/keys").split()
    assert first == log_key
    assert now in done.stdout
    deadline = time.monotonic() + 20
    while True:
        checkpoint = open_checkpoint(read(televisit, "/log/checkpoint"), [VerifierKey.parse(now)]).checkpoint
        if checkpoint.size == 1:
            break
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert checkpoint.origin == f"{ORIGIN}/epoch-2"
    verified = televisit.command("archive", "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr


def test_another_log_is_not_served(televisit: TelevisitProcess) -> None:
    televisit.launch()
    televisit.wait_until(200)
    televisit.signal(signal.SIGTERM)
    televisit.settings["ARCHIVE_ORIGIN"] = "another.example.org/log"
    other = televisit.command("serve")
    assert other.returncode == 1
    assert f"The log in this database is {ORIGIN}" in other.stderr
    televisit.settings["ARCHIVE_ORIGIN"] = ORIGIN
    stranger = Signer(ORIGIN, KeyKind.ED25519, bytes([5]) * 32).format()
    televisit.settings["ARCHIVE_SIGNING_KEY"] = stranger
    other = televisit.command("serve")
    assert other.returncode == 1
    assert "is signed with another key than ARCHIVE_SIGNING_KEY" in other.stderr
    assert stranger not in other.stderr
    del televisit.settings["ARCHIVE_SIGNING_KEY"]
    key_of(televisit).chmod(0o644)
    other = televisit.command("serve")
    assert other.returncode == 1
    assert "open to others" in other.stderr
    key_of(televisit).unlink()
    other = televisit.command("serve")
    assert other.returncode == 1
    assert "private key is not where it should be" in other.stderr
    assert "Traceback" not in other.stderr


def test_a_new_epoch_needs_the_owners_login(televisit: TelevisitProcess) -> None:
    person(televisit, "ada.audits", "auditor")
    person(televisit, "max.admin", "admin")
    del televisit.settings["MIGRATE_DATABASE_URL"]
    refused = new_epoch(televisit, "ada.audits", "max.admin")
    assert refused.returncode == 1
    assert "MIGRATE_DATABASE_URL" in refused.stderr
