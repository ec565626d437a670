"""Rows of the ledger: inserted, never changed. PostgreSQL refuses a journal that does not balance."""

from datetime import datetime
from uuid import UUID

from domain.ledger import Journal, LedgerAccount
from storage.pool import Tx


async def write(tx: Tx, journal_id: UUID, journal: Journal, at: datetime) -> bool:
    """Write a journal; say whether it was new. The same happening is in the ledger once."""
    new = await tx.run(
        "ledger_journal_insert",
        {
            "id": journal_id,
            "kind": journal.kind.value,
            "reference": journal.reference,
            "lines": len(journal.entries),
            "at": at,
        },
    )
    if not new:
        return False
    await tx.run(
        "ledger_entries_insert",
        {
            "journal_id": journal_id,
            "account": [entry.account.value for entry in journal.entries],
            "amount_minor": [entry.amount_minor for entry in journal.entries],
            "currency": [entry.currency for entry in journal.entries],
        },
    )
    return True


async def balances(tx: Tx, start: datetime, end: datetime) -> dict[tuple[LedgerAccount, str], int]:
    """Return how each account moved in [start, end), in minor units of each currency; zero is left out."""
    rows = await tx.all("ledger_balances", {"start": start, "end": end})
    return {(LedgerAccount(row["account"]), row["currency"]): row["amount_minor"] for row in rows}
