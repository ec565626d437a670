"""Violated constraints: those a caller can cause are explained, any other is our own fault and passes."""

import psycopg2
import pytest

from domain.errors import Code, Conflict
from storage.pool import Database, Tx
from storage.violations import _MEANINGS, explained

ACCOUNT = (
    "insert into account (id, login, password_hash, role, display_name, locale, demo, created_at) "
    "values (gen_random_uuid(), '{login}', '', '{role}', 'x', 'en', false, '2026-01-01')"
)


async def make(tx: Tx, login: str, role: str = "admin") -> None:
    await tx.script(ACCOUNT.format(login=login, role=role))


async def test_a_violation_that_a_caller_can_cause_is_explained(database: Database) -> None:
    with pytest.raises(Conflict) as refusal:
        async with database.transaction() as tx:
            await make(tx, "taken")
            with explained():
                await make(tx, "taken")
    assert refusal.value.code is Code.ACCOUNT_LOGIN_TAKEN
    assert "duplicate key" not in str(refusal.value)


async def test_any_other_violation_passes(database: Database) -> None:
    with pytest.raises(psycopg2.errors.CheckViolation):
        async with database.transaction() as tx:
            with explained():
                await make(tx, "surgeon", role="surgeon")


async def test_every_constraint_with_a_meaning_exists(database: Database) -> None:
    async with database.transaction() as tx:
        # A partial unique index is no constraint by the catalogue, and is violated like one.
        await tx.script(
            "select conname from pg_constraint"
            " union select indexrelid::regclass::text from pg_index where indisunique"
        )
        existing = {name for (name,) in await tx._cursor.fetchall()}
    assert set(_MEANINGS) <= existing
