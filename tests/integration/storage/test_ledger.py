"""What the database itself refuses about the ledger, whoever writes to it."""

from datetime import UTC, datetime
from uuid import uuid4

import psycopg2
import pytest

from domain.ledger import JournalKind, LedgerAccount, journal
from storage import ledger
from storage.pool import Database
from tests.rows import execute, rows

_WRONG = """
    with j as (
        insert into ledger_journal (id, kind, reference, lines, at)
        values ('ID', 'capture', 'x', 2, '2026-01-01Z') returning id
    )
    insert into ledger_entry (journal_id, line, account, amount_minor, currency)
    select j.id, row_number() over (), e.* from j, (values ENTRIES) as e
"""
AT = datetime(2026, 11, 23, tzinfo=UTC)


async def write(database: Database, amount: int = 5000, reference: str = "p1") -> bool:
    async with database.transaction() as tx:
        entry = journal(JournalKind.CAPTURE, reference, amount, "CNY")
        return await ledger.write(tx, uuid4(), entry, AT)


async def test_the_same_happening_is_written_once(database: Database, dsn: str) -> None:
    assert [await write(database), await write(database, 7)] == [True, False]
    assert rows(dsn, "select count(*), sum(amount_minor) from ledger_entry") == [(2, 0)]
    async with database.transaction() as tx:
        found = await ledger.balances(tx, AT, datetime(2027, 1, 1, tzinfo=UTC))
        assert found == {(LedgerAccount.PROVIDER, "CNY"): 5000, (LedgerAccount.VISITS, "CNY"): -5000}
        assert await ledger.balances(tx, datetime(2026, 1, 1, tzinfo=UTC), AT) == {}


@pytest.mark.parametrize(
    "entries",
    [
        "('provider', 5, 'CNY'), ('visits', -4, 'CNY')",
        "('provider', 5, 'CNY'), ('visits', -5, 'USD')",
        "('provider', 5, 'CNY'), ('visits', -2, 'CNY'), ('visits', -3, 'CNY')",
        "('provider', 5, 'CNY')",
    ],
)
def test_what_does_not_balance_is_refused_with_the_transaction(dsn: str, entries: str) -> None:
    statement = _WRONG.replace("ENTRIES", entries).replace("ID", str(uuid4()))
    with pytest.raises(psycopg2.errors.CheckViolation, match="does not balance"):
        execute(dsn, statement)
    assert rows(dsn, "select 1 from ledger_journal") == []


async def test_nothing_is_added_to_a_journal_that_stands(database: Database, dsn: str) -> None:
    await write(database)
    more = """
        insert into ledger_entry (journal_id, line, account, amount_minor, currency)
        select id, line, 'visits', amount_minor, 'CNY'
        from ledger_journal, (values (3, 9), (4, -9)) as e (line, amount_minor)
    """
    with pytest.raises(psycopg2.errors.CheckViolation, match="does not balance"):
        execute(dsn, more)


@pytest.mark.parametrize(
    "change",
    [
        "update ledger_entry set amount_minor = -amount_minor",
        "delete from ledger_entry",
        "update ledger_journal set at = '2030-01-01Z'",
        "delete from ledger_journal",
    ],
)
async def test_what_is_written_stands(database: Database, dsn: str, change: str) -> None:
    await write(database)
    with pytest.raises(psycopg2.errors.InsufficientPrivilege, match="insert-only"):
        execute(dsn, change)


def test_a_journal_without_entries_is_refused(dsn: str) -> None:
    with pytest.raises(psycopg2.errors.CheckViolation, match="does not balance"):
        execute(
            dsn,
            "insert into ledger_journal (id, kind, reference, lines, at)"
            " values (%s, 'capture', 'x', 2, '2026-01-01Z')",
            str(uuid4()),
        )
