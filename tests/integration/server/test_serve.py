"""`televisit serve` as a process on a database of the hospital's own, with Redis, with TLS, and refused."""

import ssl
import time
import urllib.request
from collections.abc import Iterator

import pytest
from redis.asyncio import Redis

from providers.throttle import REDIS_PREFIX
from server.embedded_postgres import EmbeddedPostgres
from tests.faults.televisit_process import TelevisitProcess
from tests.faults.visitor import Visitor
from tests.hospital_database import HospitalDatabase
from tests.servers import free_port

PASSWORD = "a long enough one"


@pytest.fixture
def hospital(durable_cluster: EmbeddedPostgres) -> Iterator[HospitalDatabase]:
    made = HospitalDatabase(durable_cluster)
    made.make()
    yield made
    made.remove()


@pytest.fixture
def televisit(hospital: HospitalDatabase) -> Iterator[TelevisitProcess]:
    """A server for the hospital's database, not started; the owner's login is for migrating."""
    process = TelevisitProcess(
        {
            "DATABASE_URL": hospital.url(hospital.app),
            "MIGRATE_DATABASE_URL": hospital.url(hospital.owner),
            "HOSPITAL_NAME": "A hospital",
        }
    )
    yield process
    process.remove()


def test_a_database_of_its_own_is_migrated_by_command_and_then_served(televisit: TelevisitProcess) -> None:
    refused = televisit.command("serve")
    assert refused.returncode == 1
    assert "televisit migrate" in refused.stderr
    migrated = televisit.command("migrate")
    assert migrated.returncode == 0, migrated.stderr
    assert "applied 0001_base" in migrated.stdout
    made = televisit.command(
        "user", "create", "--login", "first.admin", "--role", "admin", "--name", "Ada", "--password-stdin",
        given=f"{PASSWORD}\n",
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    televisit.launch()
    televisit.wait_until(200)
    assert not (televisit.folder / "postgres").exists()


def test_the_owner_may_not_serve(televisit: TelevisitProcess) -> None:
    televisit.settings["DATABASE_URL"] = televisit.settings["MIGRATE_DATABASE_URL"]
    migrated = televisit.command("migrate")
    assert migrated.returncode == 0
    assert "serve refuses such a login" in migrated.stdout
    refused = televisit.command("serve")
    assert refused.returncode == 1
    assert "owns, or may own" in refused.stderr
    assert "MIGRATE_DATABASE_URL" in refused.stderr
    assert "Traceback" not in refused.stderr
    checked = televisit.command("config", "check")
    assert checked.returncode == 1
    assert "owns, or may own" in checked.stdout


def test_a_superuser_may_not_serve(televisit: TelevisitProcess, hospital: HospitalDatabase) -> None:
    assert televisit.command("migrate").returncode == 0
    televisit.settings["DATABASE_URL"] = hospital.url("televisit")
    refused = televisit.command("serve")
    assert refused.returncode == 1
    assert "is a superuser" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_the_check_of_the_configuration_asks_the_database(televisit: TelevisitProcess) -> None:
    checked = televisit.command("config", "check")
    assert "The database is not up to date" in checked.stdout
    assert televisit.command("migrate").returncode == 0
    checked = televisit.command("config", "check")
    assert checked.returncode == 0, checked.stdout
    assert "DATABASE_URL's" not in checked.stdout
    assert "not up to date" not in checked.stdout


def test_a_login_that_is_not_there_is_not_granted_anything(
    televisit: TelevisitProcess, hospital: HospitalDatabase
) -> None:
    televisit.settings["DATABASE_URL"] = hospital.url("nobody_here")
    refused = televisit.command("migrate")
    assert refused.returncode == 1
    assert "names a login that this PostgreSQL does not have" in refused.stderr


def test_a_database_that_forgets_is_refused(
    televisit: TelevisitProcess, cluster: EmbeddedPostgres, dsn: str
) -> None:
    name = dsn.split("dbname=")[1]
    televisit.settings["DATABASE_URL"] = cluster.url(name)
    refused = televisit.command("serve")
    assert refused.returncode == 1
    assert "fsync off" in refused.stderr
    assert "full_page_writes off" in refused.stderr
    assert "Traceback" not in refused.stderr


async def test_with_redis_a_visit_is_served_and_throttles_live_there(
    televisit: TelevisitProcess, redis_server: str
) -> None:
    assert televisit.command("migrate").returncode == 0
    televisit.settings["REDIS_URL"] = redis_server
    televisit.start()
    async with Visitor(televisit.url, "patient.li") as patient:
        assert patient.consultation
    redis: Redis = Redis.from_url(redis_server)
    try:
        assert await redis.keys(f"{REDIS_PREFIX}*")
    finally:
        await redis.aclose()


def test_a_redis_that_is_not_there_is_said_in_words(televisit: TelevisitProcess) -> None:
    assert televisit.command("migrate").returncode == 0
    televisit.settings["REDIS_URL"] = f"redis://:hunter2@127.0.0.1:{free_port()}/0"
    refused = televisit.command("serve")
    assert refused.returncode == 1
    assert "Redis at REDIS_URL cannot be reached" in refused.stderr
    assert "hunter2" not in refused.stderr
    assert "Traceback" not in refused.stderr


def test_with_a_certificate_of_its_own_it_speaks_https_to_the_network(televisit: TelevisitProcess) -> None:
    assert televisit.command("migrate").returncode == 0
    televisit.launch("--tls", "self-signed")
    televisit.url = televisit.url.replace("http://", "https://")
    certificate = televisit.folder / "tls" / "certificate.pem"
    wait_for_words(televisit, "A hospital: https://")
    trust = ssl.create_default_context(cafile=str(certificate))
    with urllib.request.urlopen(
        f"https://localhost:{televisit.port}/healthz", context=trust, timeout=10
    ) as answer:
        assert answer.status == 200


def test_http_as_the_public_address_contradicts_a_certificate(televisit: TelevisitProcess) -> None:
    televisit.settings["PUBLIC_URL"] = "http://visits.example.org"
    refused = televisit.command("serve", "--tls", "self-signed")
    assert refused.returncode == 1
    assert "PUBLIC_URL begins with http://" in refused.stderr


@pytest.mark.parametrize(
    ("setting", "value", "words"),
    [
        ("HOST", "203.0.113.77", "cannot be had"),
        ("HOST", "no.such.host.invalid", "no address of this machine"),
    ],
)
def test_an_address_that_is_not_ours_is_said_in_words(
    televisit: TelevisitProcess, setting: str, value: str, words: str
) -> None:
    televisit.settings[setting] = value
    refused = televisit.command("serve")
    assert refused.returncode == 1
    assert words in refused.stderr
    assert "Traceback" not in refused.stderr


def wait_for_words(televisit: TelevisitProcess, words: str) -> None:
    """Return once the server said this; it says that it is ready when it is."""
    deadline = time.monotonic() + 60
    while words not in televisit.said():
        assert televisit.process is not None
        assert televisit.process.poll() is None, televisit.said()
        assert time.monotonic() < deadline, televisit.said()
        time.sleep(0.02)
