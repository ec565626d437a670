"""Counting what the archive holds, and listing what lacks. Reads only."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from domain.completeness import CompletenessList, ListedRecord, LogFigures, RangeFigures, WitnessFigures
from domain.errors import OwnFault
from storage.pool import Tx


class Cursor(NamedTuple):
    """The last consultation of a page, from which the next one goes on."""

    scheduled_start: datetime
    consultation_id: UUID


async def bound(tx: Tx) -> None:
    """Have PostgreSQL give up statements of this transaction that take too long, as GivenUp."""
    await tx.run("completeness_bound")


async def consultations(tx: Tx, begins_at: datetime, ends_at: datetime) -> int:
    """Return how many consultations are planned in [begins_at, ends_at)."""
    row = await tx.one("completeness_consultations", {"begins_at": begins_at, "ends_at": ends_at})
    return 0 if row is None else int(row["consultations"])


async def of_range(tx: Tx, begins_at: datetime, ends_at: datetime, now: datetime) -> RangeFigures:
    """Return the figures of the consultations planned in [begins_at, ends_at), as it is at `now`."""
    row = await tx.one("completeness_figures", {"begins_at": begins_at, "ends_at": ends_at, "now": now})
    if row is None:
        raise OwnFault("a count returned no row")
    return RangeFigures(**row)


async def of_log(tx: Tx) -> LogFigures:
    """Return the figures of the whole log."""
    row = await tx.one("completeness_log")
    if row is None:
        raise OwnFault("a count returned no row")
    return LogFigures(**row)


async def of_witnesses(tx: Tx, begins_at: datetime, ends_at: datetime) -> list[WitnessFigures]:
    """Return each witness that ever cosigned, with how often it did in [begins_at, ends_at)."""
    rows = await tx.all("completeness_witnesses", {"begins_at": begins_at, "ends_at": ends_at})
    return [
        WitnessFigures(row["witness"], row["cosignatures"], row["last_at"], row["last_size"]) for row in rows
    ]


async def listed(
    tx: Tx,
    what: CompletenessList,
    begins_at: datetime,
    ends_at: datetime,
    now: datetime,
    cursor: Cursor | None,
    limit: int,
) -> list[ListedRecord]:
    """Return up to `limit` consultations of a list, the latest planned start first, after `cursor`."""
    rows = await tx.all(
        "completeness_list",
        {
            "what": what.value,
            "begins_at": begins_at,
            "ends_at": ends_at,
            "now": now,
            "before_start": None if cursor is None else cursor.scheduled_start,
            "before_id": None if cursor is None else cursor.consultation_id,
            "limit": limit,
        },
    )
    return [
        ListedRecord(
            row["consultation_id"],
            row["patient_id"],
            row["patient_name"],
            row["practitioner_name"],
            row["state"],
            row["starts_at"],
            row["amount"],
            row["since"],
        )
        for row in rows
    ]
