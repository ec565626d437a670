"""The two database logins of docker-compose.yml: what the server's own may, and what it may not."""

from collections.abc import Iterator

import pytest

from server.database import connected, demand_durable, demand_migrated, now
from server.embedded_postgres import EmbeddedPostgres
from server.refusal import Refusal
from storage.migrate import migrate
from storage.server_facts import server_facts
from tests.hospital_database import HospitalDatabase


@pytest.fixture
def hospital(cluster: EmbeddedPostgres) -> Iterator[HospitalDatabase]:
    made = HospitalDatabase(cluster)
    made.make()
    yield made
    made.remove()


async def test_the_server_is_told_to_have_the_owner_migrate(hospital: HospitalDatabase) -> None:
    async with connected(hospital.dsn(hospital.app), 2) as database:
        with pytest.raises(Refusal, match="televisit migrate"):
            await demand_migrated(database)


async def test_after_the_owner_migrated_the_server_works_with_its_own_login(
    hospital: HospitalDatabase,
) -> None:
    async with connected(hospital.dsn(hospital.owner), 2) as database:
        assert await migrate(database, now)
        assert (await server_facts(database)).owns_archive
    async with connected(hospital.dsn(hospital.app), 2) as database:
        await demand_migrated(database)
        facts = await server_facts(database)
    assert not facts.owns_archive
    assert not facts.superuser


async def test_the_servers_login_cannot_change_the_schema_or_unlock_the_record(
    hospital: HospitalDatabase,
) -> None:
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


async def test_a_login_that_may_not_connect_is_told_so(hospital: HospitalDatabase) -> None:
    with pytest.raises(Refusal, match="cannot be reached"):
        async with connected(hospital.dsn("nobody_there"), 2):
            pass


async def test_a_database_that_does_not_wait_for_the_disk_is_refused(dsn: str) -> None:
    # The tests' own PostgreSQL is one: it may forget everything.
    async with connected(dsn, 2) as database:
        with pytest.raises(Refusal, match="fsync off"):
            await demand_durable(database)
