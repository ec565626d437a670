"""The audit trail's lines about the patients of one account, as made by others. Nothing is written here."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from domain.accounts import Role
from domain.ids import PatientId
from domain.readers import Access
from storage.pool import Tx


async def patients_of(tx: Tx, account_id: UUID, now: datetime) -> list[PatientId]:
    """Return the patients whose data this account may know of: its own, and those for whom it acts."""
    rows = await tx.all("readers_patients", {"account_id": account_id, "now": now})
    return [row["id"] for row in rows]


async def accesses(
    tx: Tx,
    account_id: UUID,
    patients: Sequence[PatientId],
    before_id: int,
    limit: int,
    *,
    people: bool | None = None,
) -> list[Access]:
    """Return up to `limit` lines with an id below `before_id`, newest first, without the account's own.

    With `people` only what people did, or only what the hospital itself did without anybody.
    """
    rows = await tx.all(
        "readers_of_account",
        {
            "account_id": account_id,
            "patients": list(patients),
            "before_id": before_id,
            "limit": limit,
            "people": people,
        },
    )
    return [
        Access(
            row["id"],
            row["at"],
            row["at"],
            1,
            row["actor_id"],
            row["actor_name"],
            None if row["actor_role"] is None else Role(row["actor_role"]),
            row["action"],
            row["outcome"],
            row["visit_at"],
            row["reason"],
        )
        for row in rows
    ]
