"""The two database logins of docker-compose.yml: what the server's own may, and what it may not."""

import secrets
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.database import connected, demand_durable, demand_migrated, now
from server.embedded_postgres import EmbeddedPostgres
from server.refusal import Refusal
from storage.migrate import migrate
from storage.server_facts import server_facts

ROLES = Path(__file__).parents[3] / "deploy" / "postgres" / "roles.sql"


class Hospital:
    """A database with both logins, made as the PostgreSQL image makes it."""

    def __init__(self, cluster: EmbeddedPostgres) -> None:
        self.cluster = cluster
        mark = secrets.token_hex(4)
        self.database, self.owner, self.app = f"hospital_{mark}", f"owner_{mark}", f"app_{mark}"

    def dsn(self, login: str) -> str:
        return self.cluster.dsn(self.database).replace("user=televisit", f"user={login}")

    def make(self) -> None:
        self.cluster.sql("postgres", f'create database "{self.database}"')
        variables = {
            "database": self.database,
            "owner": self.owner,
            "owner_password": "x",
            "app": self.app,
            "app_password": "y",
        }
        subprocess.run(
            [
                self.cluster.place.programs / "bin" / "psql",
                *("-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", self.cluster.dsn(self.database), "-f", ROLES),
                *(part for name, value in variables.items() for part in ("-v", f"{name}={value}")),
            ],
            check=True,
        )

    def psql(self, login: str, statement: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [
                self.cluster.place.programs / "bin" / "psql",
                *("-X", "-q", "-d", self.dsn(login), "-c", statement),
            ],
            capture_output=True,
            text=True,
            check=False,
        )

    def remove(self) -> None:
        self.cluster.sql("postgres", f'drop database "{self.database}" with (force)')
        for login in (self.app, self.owner):
            self.cluster.sql("postgres", f'drop role "{login}"')


@pytest.fixture
def hospital(cluster: EmbeddedPostgres) -> Iterator[Hospital]:
    made = Hospital(cluster)
    made.make()
    yield made
    made.remove()


async def test_the_server_is_told_to_have_the_owner_migrate(hospital: Hospital) -> None:
    async with connected(hospital.dsn(hospital.app), 2) as database:
        with pytest.raises(Refusal, match="televisit migrate"):
            await demand_migrated(database)


async def test_after_the_owner_migrated_the_server_works_with_its_own_login(hospital: Hospital) -> None:
    async with connected(hospital.dsn(hospital.owner), 2) as database:
        assert await migrate(database, now)
        assert (await server_facts(database)).owns_archive
    async with connected(hospital.dsn(hospital.app), 2) as database:
        await demand_migrated(database)
        facts = await demand_durable(database)
    assert not facts.owns_archive
    assert not facts.superuser


async def test_the_servers_login_cannot_change_the_schema_or_unlock_the_record(hospital: Hospital) -> None:
    async with connected(hospital.dsn(hospital.owner), 2) as database:
        await migrate(database, now)
    for statement in (
        "alter table archive_entry disable trigger all",
        "drop trigger archive_entry_insert_only on archive_entry",
        "set session_replication_role = replica",
        "truncate archive_entry",
        "create table mine (n int)",
        "delete from archive_entry",
        "update audit_event set action = ''",
    ):
        done = hospital.psql(hospital.app, statement)
        assert done.returncode != 0, statement
        assert (
            "permission denied" in done.stderr or "must be owner" in done.stderr or "refused" in done.stderr
        )


async def test_a_login_that_may_not_connect_is_told_so(hospital: Hospital) -> None:
    with pytest.raises(Refusal, match="cannot be reached"):
        async with connected(hospital.dsn("nobody_there"), 2):
            pass
