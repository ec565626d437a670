"""Rows of appointments, together with the consultation that each of them is made for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from domain.appointment import APPOINTMENT_MAX, Appointment, AppointmentState
from domain.consultation import ConsultationState
from domain.his_slots import Claim
from domain.ids import AppointmentId, PatientId, PractitionerId
from storage.bookings import claim_params
from storage.pool import Row, Tx
from storage.violations import explained

_END_OF_TIME: Final = datetime(9999, 1, 1, tzinfo=UTC)
_LAST_ID: Final = UUID(int=2**128 - 1)


@dataclass(frozen=True, slots=True)
class Doctor:
    """What a new appointment takes over from the doctor's row."""

    id: PractitionerId
    number: int
    name: str
    title: str
    specialty: str


async def patient_name(tx: Tx, patient_id: PatientId, starts_at: datetime) -> str | None:
    """Return the name of a patient who may be booked for at that time, or None when there is none.

    A child whom nobody will act for by then, because it is of age, is none.
    """
    row = await tx.one("appointment_patient", {"id": patient_id, "starts_at": starts_at})
    return None if row is None else str(row["name"])


async def doctor(tx: Tx, practitioner_id: PractitionerId) -> Doctor | None:
    """Return a doctor who may be booked, or None when there is none: other practitioners are not doctors."""
    row = await tx.one("appointment_doctor", {"id": practitioner_id})
    if row is None:
        return None
    return Doctor(row["id"], row["number"], row["name"], row["title"], row["specialty"])


async def insert(
    tx: Tx, appointment: Appointment, practitioner_number: int, claim: Claim, at: datetime
) -> None:
    """Insert the appointment and its consultation; raise Conflict when it overlaps another of the doctor."""
    with explained():
        await tx.run(
            "appointment_insert",
            {
                "id": appointment.id,
                "patient_id": appointment.patient_id,
                "practitioner_id": appointment.practitioner_id,
                "practitioner_number": practitioner_number,
                "state": appointment.state.value,
                "starts_at": appointment.starts_at,
                "ends_at": appointment.ends_at,
                "at": at,
                **claim_params(claim),
            },
        )
    await tx.run(
        "appointment_consultation_insert",
        {
            "id": appointment.consultation_id,
            "appointment_id": appointment.id,
            "state": appointment.consultation_state.value,
            "at": at,
        },
    )


async def by_id(tx: Tx, appointment_id: AppointmentId) -> Appointment | None:
    """Return the appointment, or None when there is none."""
    row = await tx.one("appointment_by_id", {"id": appointment_id})
    return None if row is None else _appointment(row)


async def by_id_locked(tx: Tx, appointment_id: AppointmentId) -> Appointment | None:
    """Return the appointment after locking its consultation, so that no action of the visit comes between."""
    await tx.one("appointment_lock", {"id": appointment_id})
    return await by_id(tx, appointment_id)


async def of_patients(
    tx: Tx, patient_ids: Sequence[PatientId], start: datetime, end: datetime
) -> list[Appointment]:
    """Return the appointments of these patients that touch [start, end), in order of time."""
    return await _between(tx, "appointment_of_patient", start, end, {"patient_ids": list(patient_ids)})


async def past_of_patients(
    tx: Tx,
    patient_ids: Sequence[PatientId],
    before: tuple[datetime, UUID] | None,
    closed_before: datetime,
    limit: int,
) -> list[tuple[Appointment, bool]]:
    """Return these patients' appointments that are over, the newest first, before that moment and id.

    Who ended before `closed_before` cannot come any more. With each goes whether the hospital called it off.
    """
    starts_at, row_id = before or (_END_OF_TIME, _LAST_ID)
    rows = await tx.all(
        "appointment_past",
        {
            "patient_ids": list(patient_ids),
            "starts_at": starts_at,
            "id": row_id,
            "closed_before": closed_before,
            "limit": limit,
        },
    )
    return [(_appointment(row), row["called_off"]) for row in rows]


async def of_practitioner(
    tx: Tx, practitioner_id: PractitionerId, start: datetime, end: datetime
) -> list[Appointment]:
    """Return the doctor's appointments that touch [start, end), in order of time."""
    return await _between(tx, "appointment_of_practitioner", start, end, {"practitioner_id": practitioner_id})


async def between(tx: Tx, start: datetime, end: datetime) -> list[Appointment]:
    """Return all appointments that touch [start, end), in order of time."""
    return await _between(tx, "appointment_between", start, end, {})


async def cancel(tx: Tx, before: Appointment, after: Appointment, at: datetime) -> bool:
    """Move the appointment and its consultation from `before` to `after`; say whether both were as before."""
    consultation = await tx.run(
        "appointment_consultation_cancel",
        {
            "id": before.consultation_id,
            "old": before.consultation_state.value,
            "new": after.consultation_state.value,
            "at": at,
        },
    )
    appointment = await tx.run(
        "appointment_move", {"id": before.id, "old": before.state.value, "new": after.state.value}
    )
    return consultation == appointment == 1


async def _between(
    tx: Tx, name: str, start: datetime, end: datetime, params: dict[str, Any]
) -> list[Appointment]:
    # What started earlier is over before the range: no appointment is longer. The index gets a lower bound.
    earliest = start - APPOINTMENT_MAX
    rows = await tx.all(name, {**params, "start": start, "end": end, "earliest": earliest})
    return [_appointment(row) for row in rows]


def _appointment(row: Row) -> Appointment:
    return Appointment(
        row["id"],
        row["consultation_id"],
        row["patient_id"],
        row["patient_name"],
        row["practitioner_id"],
        row["practitioner_name"],
        row["practitioner_title"],
        row["specialty"],
        AppointmentState(row["state"]),
        ConsultationState(row["consultation_state"]),
        row["starts_at"],
        row["ends_at"],
    )
