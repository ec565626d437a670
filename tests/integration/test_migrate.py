"""Migrations run once, in order, and refuse edited history."""

import pytest

from domain.errors import OwnFault
from storage.migrate import migrate, pending, shipped
from storage.pool import Database
from tests.conftest import Clock


async def test_all_migrations_are_applied_once(database: Database, clock: Clock) -> None:
    assert await pending(database) == []
    assert await migrate(database, clock) == []


async def test_an_edited_migration_is_refused(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.script("update schema_migration set digest = 'other' where version = 1")
    with pytest.raises(OwnFault, match="edited"):
        await pending(database)


async def test_a_database_from_a_newer_version_is_refused(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.script("insert into schema_migration values (9999, 'later', '', '2030-01-01')")
    with pytest.raises(OwnFault, match="9999"):
        await pending(database)


def test_migrations_are_numbered_without_gaps() -> None:
    assert [step.version for step in shipped()] == list(range(1, len(shipped()) + 1))
