"""Rows of the waitlist: places in doctors' lists, and what was offered to whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.appointment import APPOINTMENT_MAX
from domain.ids import AppointmentId, PatientId, PractitionerId
from domain.schedule import Slot
from domain.waitlist import WaitlistEntry, WaitlistState
from storage.pool import Row, Tx


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a list as its row says it."""

    id: UUID
    patient_id: PatientId
    practitioner_id: PractitionerId
    state: WaitlistState
    begins_at: datetime
    ends_at: datetime
    appointment_id: AppointmentId | None
    created_at: datetime


async def insert(
    tx: Tx,
    entry_id: UUID,
    patient_id: PatientId,
    practitioner_id: PractitionerId,
    begins_at: datetime,
    ends_at: datetime,
    at: datetime,
) -> None:
    """Insert a place at the end of the list."""
    await tx.run(
        "waitlist_insert",
        {
            "id": entry_id,
            "patient_id": patient_id,
            "practitioner_id": practitioner_id,
            "begins_at": begins_at,
            "ends_at": ends_at,
            "at": at,
        },
    )


async def of_patients(tx: Tx, patient_ids: Sequence[PatientId], now: datetime) -> list[WaitlistEntry]:
    """Return the places that these patients have, the oldest first."""
    rows = await tx.all("waitlist_of_patients", {"patient_ids": list(patient_ids), "now": now})
    return [
        WaitlistEntry(
            row["id"],
            row["patient_id"],
            row["practitioner_id"],
            row["practitioner_name"],
            row["practitioner_title"],
            row["specialty"],
            WaitlistState(row["state"]),
            row["begins_at"],
            row["ends_at"],
            row["appointment_id"],
            row["starts_at"],
            row["held_until"],
            row["fee_minor"],
            row["currency"],
            row["patient_name"],
        )
        for row in rows
    ]


async def locked(tx: Tx, entry_id: UUID) -> Place | None:
    """Return a place, keeping others from changing it; None when there is none."""
    row = await tx.one("waitlist_lock", {"id": entry_id})
    return None if row is None else _place(row)


async def wanted_doctors(
    tx: Tx, now: datetime, after: PractitionerId | None, limit: int
) -> list[PractitionerId]:
    """Return up to `limit` doctors for whom somebody waits, those after one of them."""
    rows = await tx.all("waitlist_doctors", {"now": now, "after": after, "limit": limit})
    return [row["practitioner_id"] for row in rows]


async def wanted(tx: Tx, practitioner_id: PractitionerId, now: datetime) -> tuple[datetime, datetime] | None:
    """Return the range in which somebody waits for a doctor's slots to begin; None when nobody does."""
    row = await tx.one("waitlist_wanted", {"practitioner_id": practitioner_id, "now": now})
    return None if row is None or row["begins_at"] is None else (row["begins_at"], row["ends_at"])


async def first(
    tx: Tx,
    practitioner_id: PractitionerId,
    seats: Sequence[Slot],
    but_for: Sequence[UUID],
    now: datetime,
) -> tuple[int, Place] | None:
    """Return the index of the first of these seats that somebody can use, and who of those waits longest.

    None when nobody waits who could use any. The places `but_for` are left out.
    """
    row = await tx.one(
        "waitlist_first",
        {
            "practitioner_id": practitioner_id,
            "starts": [seat.starts_at for seat in seats],
            "ends": [seat.ends_at for seat in seats],
            "but_for": list(but_for),
            "longest": APPOINTMENT_MAX,
            "now": now,
        },
    )
    return None if row is None else (row["number"] - 1, _place(row))


async def offer(
    tx: Tx, entry_id: UUID, appointment_id: AppointmentId, starts_at: datetime, at: datetime
) -> bool:
    """Tie a hold to a place that waits; say whether it did."""
    if not await tx.run("waitlist_offer", {"id": entry_id, "appointment_id": appointment_id}):
        return False
    await tx.run(
        "waitlist_offer_insert",
        {"id": entry_id, "appointment_id": appointment_id, "starts_at": starts_at, "at": at},
    )
    return True


async def leave(tx: Tx, place: Place, at: datetime) -> bool:
    """Give a place up; say whether it was as it was."""
    return await tx.run("waitlist_leave", {"id": place.id, "old": place.state.value, "at": at}) == 1


async def leave_all(tx: Tx, patient_id: PatientId, at: datetime) -> list[UUID]:
    """Give up every place of a patient's to which nothing is kept; return which they were."""
    found = await tx.all("waitlist_leave_all", {"patient_id": patient_id, "at": at})
    return [row["id"] for row in found]


async def settle(
    tx: Tx, at: datetime, patient_id: PatientId | None = None
) -> list[tuple[UUID, PatientId, WaitlistState]]:
    """Move places whose offer was taken or missed, or whose days are over; return them as they are now.

    Those of one patient, or of all.
    """
    return [
        (row["id"], row["patient_id"], state)
        for name, state in (
            ("waitlist_taken", WaitlistState.BOOKED),
            ("waitlist_missed", WaitlistState.WAITING),
            ("waitlist_over", WaitlistState.OVER),
        )
        for row in await tx.all(name, {"at": at, "patient_id": patient_id})
    ]


def _place(row: Row) -> Place:
    return Place(
        row["id"],
        row["patient_id"],
        row["practitioner_id"],
        WaitlistState(row["state"]),
        row["begins_at"],
        row["ends_at"],
        row["appointment_id"],
        row["created_at"],
    )
