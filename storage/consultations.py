"""Rows of consultations: reading, locking and moving them, queues and finding."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from chat_archive.data_keys import KeptKey
from chat_archive.entry import GENESIS, Head
from domain.appointment import AppointmentState
from domain.consultation import Consultation, ConsultationState, FoundConsultation, RecordMarks
from domain.errors import NotFound
from domain.family import ActingRight
from domain.ids import AppointmentId, PatientId, PractitionerId
from storage.archive import kept_key
from storage.pool import Row, Tx


@dataclass(frozen=True, slots=True)
class Locked:
    """A consultation, the end of its conversation and its data key, which nobody else can move now.

    `key` is None before the first entry.
    """

    consultation: Consultation
    head: Head
    key: KeptKey | None


class Place(NamedTuple):
    """Where a patient stands in a doctor's queue: how many come first, whether a visit is under way."""

    before: int
    busy: bool


class Cursor(NamedTuple):
    """The last consultation of a page, from which the next one goes on."""

    scheduled_start: datetime
    consultation_id: UUID


async def by_id(tx: Tx, consultation_id: UUID) -> Consultation:
    """Return the consultation, or raise NotFound."""
    row = await tx.one("consultation_by_id", {"id": consultation_id})
    if row is None:
        raise NotFound("consultation")
    return _consultation(row)


async def lock(tx: Tx, ids: Iterable[UUID]) -> dict[UUID, Locked]:
    """Lock the consultations and their conversations' heads until the transaction ends, in one roundtrip.

    Those that do not exist are left out. All callers lock in the same order, so that none waits in a circle.
    """
    rows = await tx.all("consultation_lock", {"ids": sorted(set(ids)), "genesis": GENESIS})
    return {
        row["id"]: Locked(
            _consultation(row),
            Head(row["id"], row["size"], bytes(row["last_hash"])),
            kept_key(row["id"], row),
        )
        for row in rows
    }


async def lock_one(tx: Tx, consultation_id: UUID) -> Locked:
    """Lock one consultation and its conversation's head, or raise NotFound."""
    found = await lock(tx, [consultation_id])
    if consultation_id not in found:
        raise NotFound("consultation")
    return found[consultation_id]


async def patients(tx: Tx, ids: Iterable[UUID]) -> dict[UUID, PatientId]:
    """Return whose consultations these are; ids of none are left out."""
    rows = await tx.all("consultation_patients", {"ids": list(ids)})
    return {row["id"]: row["patient_id"] for row in rows}


async def move(tx: Tx, before: Consultation, after: Consultation) -> bool:
    """Write the state and times of `after` if the state is still that of `before`; say whether it was."""
    return (
        await tx.run(
            "consultation_move",
            {
                "id": before.id,
                "old": before.state.value,
                "new": after.state.value,
                "arrived_at": after.arrived_at,
                "admitted_at": after.admitted_at,
                "ended_at": after.ended_at,
            },
        )
        == 1
    )


async def move_appointment(
    tx: Tx, appointment_id: AppointmentId, old: AppointmentState, new: AppointmentState
) -> bool:
    """Move a consultation's appointment from `old` to `new`; say whether it was in `old`."""
    return (
        await tx.run(
            "consultation_move_appointment", {"id": appointment_id, "old": old.value, "new": new.value}
        )
        == 1
    )


async def of_day(
    tx: Tx, practitioner_id: PractitionerId, day_start: datetime, day_end: datetime, may_come_since: datetime
) -> list[Consultation]:
    """Return the doctor's consultations of [day_start, day_end), in no order, cancelled ones left out.

    Those of earlier days are among them while somebody waits or is in them, and while their patient may
    still come: planned to end at `may_come_since` or later.
    """
    rows = await tx.all(
        "consultation_queue",
        {
            "practitioner_id": practitioner_id,
            "day_start": day_start,
            "day_end": day_end,
            "may_come_since": may_come_since,
        },
    )
    return [_consultation(row) for row in rows]


async def place(tx: Tx, consultation: Consultation) -> Place:
    """Return the place among those who wait for the same doctor; behind all of them before arriving."""
    row = await tx.one(
        "consultation_place",
        {
            "id": consultation.id,
            "practitioner_id": consultation.practitioner_id,
            "arrived_at": consultation.arrived_at,
        },
    )
    return Place(0, False) if row is None else Place(row["before"], row["in_progress"] > 0)


async def search(
    tx: Tx,
    *,
    patient_text: str | None,
    practitioner_id: UUID | None,
    start: datetime | None,
    end: datetime | None,
    cursor: Cursor | None,
    limit: int,
) -> list[FoundConsultation]:
    """Return up to `limit` consultations that fit, the latest planned start first, after `cursor`.

    `patient_text` stands in the patient's name, upper and lower case alike; the planned start is in
    [start, end). None leaves a condition out.
    """
    rows = await tx.all(
        "consultation_search",
        {
            "patient_text": patient_text,
            "practitioner_id": practitioner_id,
            "start": start,
            "end": end,
            "before_start": None if cursor is None else cursor.scheduled_start,
            "before_id": None if cursor is None else cursor.consultation_id,
            "limit": limit,
        },
    )
    return [
        FoundConsultation(
            _consultation(row),
            row["entries"],
            RecordMarks(row["closed"], row["sealed"], row["destroyed"], row["on_hold"]),
        )
        for row in rows
    ]


def _consultation(row: Row) -> Consultation:
    return Consultation(
        row["id"],
        row["appointment_id"],
        row["patient_id"],
        row["patient_account_id"],
        row["patient_name"],
        row["practitioner_id"],
        row["practitioner_account_id"],
        row["practitioner_name"],
        ConsultationState(row["state"]),
        row["starts_at"],
        row["ends_at"],
        row["arrived_at"],
        row["admitted_at"],
        row["ended_at"],
        ActingRight(row["right_active"], row["right_ends_at"]),
    )
