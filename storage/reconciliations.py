"""Rows of comparisons with the providers' lists. They are inserted and never change."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain.payment import ProviderName
from domain.reconciliation import Difference, DifferenceKind, Movement, MovementKind
from storage.pool import Row, Tx


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """One comparison of a day: how many movements each side had, and where they differ."""

    id: UUID
    provider: ProviderName
    day: date
    ours: int
    theirs: int
    at: datetime
    differences: tuple[Difference, ...]


async def movements(tx: Tx, provider: ProviderName, start: datetime, end: datetime) -> list[Movement]:
    """Return what moved at a provider in [start, end), as we have it."""
    rows = await tx.all("payment_movements", {"provider": provider.value, "start": start, "end": end})
    return [_movement(row) for row in rows]


async def named(tx: Tx, provider: ProviderName, theirs: Iterable[Movement]) -> list[Movement]:
    """Return what moved here on any day under the names of these movements of a provider."""
    names = [item.reference for item in theirs]
    rows = await tx.all("payment_movements_named", {"provider": provider.value, "names": names})
    return [_movement(row) for row in rows]


async def listed(tx: Tx, provider: ProviderName, day: date, ours: Iterable[Movement]) -> list[Movement]:
    """Return what a provider's lists of other days have shown under the names of our movements."""
    names = [item.reference for item in ours]
    given = {"provider": provider.value, "day": day, "names": names}
    return [_movement(row) for row in await tx.all("provider_movements_named", given)]


async def keep_listed(tx: Tx, provider: ProviderName, day: date, theirs: Sequence[Movement]) -> None:
    """Keep what a provider's list of a day shows; what it has shown before stays as it was."""
    await tx.run(
        "provider_movements_insert",
        {
            "provider": provider.value,
            "day": day,
            "kind": [item.kind.value for item in theirs],
            "reference": [item.reference for item in theirs],
            "payment_id": [item.payment_id for item in theirs],
            "amount_minor": [item.amount_minor for item in theirs],
            "currency": [item.currency for item in theirs],
        },
    )


async def insert(tx: Tx, item: Reconciliation, start: datetime, end: datetime) -> None:
    """Insert a comparison of [start, end) and its differences."""
    await tx.run(
        "reconciliation_insert",
        {
            "id": item.id,
            "provider": item.provider.value,
            "day": item.day,
            "start": start,
            "end": end,
            "ours": item.ours,
            "theirs": item.theirs,
            "at": item.at,
        },
    )
    if item.differences:
        found = item.differences
        await tx.run(
            "reconciliation_differences_insert",
            {
                "id": item.id,
                "kind": [one.kind.value for one in found],
                "movement": [one.movement.value for one in found],
                "reference": [one.reference for one in found],
                "payment_id": [one.payment_id for one in found],
                "ours_minor": [one.ours_minor for one in found],
                "theirs_minor": [one.theirs_minor for one in found],
                "currency": [one.currency for one in found],
            },
        )


async def is_done(tx: Tx, provider: ProviderName, day: date) -> bool:
    """Say whether this day was compared with this provider's list."""
    return await tx.one("reconciliation_done", {"provider": provider.value, "day": day}) is not None


async def latest(tx: Tx, limit: int) -> list[Reconciliation]:
    """Return the latest comparison of each day, the newest day first."""
    rows = await tx.all("reconciliation_latest", {"limit": limit})
    found = await _differences(tx, [row["id"] for row in rows])
    return [
        Reconciliation(
            row["id"],
            ProviderName(row["provider"]),
            row["day"],
            row["ours"],
            row["theirs"],
            row["at"],
            tuple(found.get(row["id"], ())),
        )
        for row in rows
    ]


async def _differences(tx: Tx, ids: Sequence[UUID]) -> dict[UUID, list[Difference]]:
    found: dict[UUID, list[Difference]] = {}
    for row in await tx.all("reconciliation_differences", {"ids": list(ids)}):
        found.setdefault(row["reconciliation_id"], []).append(
            Difference(
                DifferenceKind(row["kind"]),
                MovementKind(row["movement"]),
                row["reference"],
                row["payment_id"],
                row["ours_minor"],
                row["theirs_minor"],
                row["currency"],
            )
        )
    return found


def _movement(row: Row) -> Movement:
    return Movement(
        MovementKind(row["movement"]),
        row["reference"] or str(row["payment_id"]),
        row["payment_id"],
        row["amount_minor"],
        row["currency"],
    )
