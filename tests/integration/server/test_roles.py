"""The two database logins of docker-compose.yml: what the server's own may, and what it may not."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.database import connected, demand_durable, demand_migrated, now
from server.database_login import demand_own_login
from server.embedded_postgres import EmbeddedPostgres
from server.refusal import Refusal
from storage.migrate import migrate
from tests.hospital_database import HospitalDatabase
from tests.integration.server.televisit_command import Televisit


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
        assert await migrate(database, now, app=hospital.app)
        with pytest.raises(Refusal, match="owns, or may own"):
            await demand_own_login(database)
    async with connected(hospital.dsn(hospital.app), 2) as database:
        await demand_migrated(database)
        await demand_own_login(database)


async def test_a_login_that_was_granted_nothing_is_told_what_to_do(hospital: HospitalDatabase) -> None:
    async with connected(hospital.dsn(hospital.owner), 2) as database:
        await migrate(database, now)
    hospital.psql(hospital.owner, f"grant select on schema_migration to {hospital.app}")
    async with connected(hospital.dsn(hospital.app), 2) as database:
        with pytest.raises(Refusal, match="may not do what the server does") as refused:
            await demand_own_login(database)
    assert "televisit migrate" in str(refused.value)


async def test_a_superuser_is_refused(hospital: HospitalDatabase) -> None:
    async with connected(hospital.dsn(hospital.owner), 2) as database:
        await migrate(database, now, app=hospital.app)
    async with connected(hospital.dsn("televisit"), 2) as database:
        with pytest.raises(Refusal, match="is a superuser") as refused:
            await demand_own_login(database)
    assert "MIGRATE_DATABASE_URL" in str(refused.value)


async def test_a_record_without_its_guards_is_refused(hospital: HospitalDatabase) -> None:
    async with connected(hospital.dsn(hospital.owner), 2) as database:
        await migrate(database, now, app=hospital.app)
    hospital.psql(hospital.owner, "drop trigger audit_event_insert_only on audit_event")
    async with connected(hospital.dsn(hospital.app), 2) as database:
        with pytest.raises(Refusal, match="Nothing guards audit_event"):
            await demand_own_login(database)


async def test_a_login_that_may_not_connect_is_told_so(hospital: HospitalDatabase) -> None:
    with pytest.raises(Refusal, match="cannot be reached"):
        async with connected(hospital.dsn("nobody_there"), 2):
            pass


async def test_a_database_that_does_not_wait_for_the_disk_is_refused(dsn: str) -> None:
    # The tests' own PostgreSQL is one: it may forget everything.
    async with connected(dsn, 2) as database:
        with pytest.raises(Refusal, match="fsync off"):
            await demand_durable(database)


def test_a_cluster_from_before_gets_the_servers_login_on_the_next_start() -> None:
    folder = Path(tempfile.mkdtemp(prefix="televisit-cli-", dir="/var/tmp"))
    folder.chmod(0o755)
    televisit = Televisit(folder)
    try:
        televisit.cluster.start()
        televisit.cluster.ensure_database("televisit")
        assert televisit.sql("select count(*) from pg_roles where rolname = 'televisit_app'") == "0"
        televisit.cluster.stop()
        for _ in range(2):
            done = televisit("migrate")
            assert done.exit_code == 0, done.output
        televisit.cluster.start()
        strong = televisit.sql(
            "select rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls"
            " from pg_roles where rolname = 'televisit_app'"
        )
        assert strong == "f"
        may = "has_table_privilege('televisit_app', 'archive_entry', '{}')"
        for privilege, allowed in (("INSERT", "t"), ("UPDATE", "f"), ("DELETE", "f"), ("TRUNCATE", "f")):
            assert televisit.sql(f"select {may.format(privilege)}") == allowed
    finally:
        televisit.cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)
