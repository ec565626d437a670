"""Rows of appointments as their patients book them: holds, seats, and what is taken of a doctor."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.appointment import APPOINTMENT_MAX, AppointmentState
from domain.booking import Answers, Booking
from domain.diagnosis import DiagnosisBasis
from domain.his_slots import Claim, SlotOwner
from domain.ids import AppointmentId, PatientId, PractitionerId
from domain.practitioner import Specialty
from storage.pool import Row, Tx
from storage.violations import explained


@dataclass(frozen=True, slots=True)
class BookableDoctor:
    """What a booking takes over from the doctor's rows."""

    id: PractitionerId
    number: int
    name: str
    title: str
    specialty: str
    specialty_code: Specialty
    fee_minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class Colleague:
    """A doctor whose slots can be offered instead of another's."""

    id: PractitionerId
    name: str
    title: str
    fee_minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class TakenSeat:
    """A seat that is not free in [starts_at, ends_at), and the appointment that takes it."""

    id: AppointmentId
    starts_at: datetime
    ends_at: datetime
    seat: int


@dataclass(frozen=True, slots=True)
class OwnAt:
    """Something of the patient's own at a time."""

    id: AppointmentId
    practitioner_id: PractitionerId
    state: AppointmentState
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class HoldCounts:
    """How many slots a patient holds, how many were taken hold of since a moment, and when the first."""

    open: int
    recent: int
    first_at: datetime | None


async def lock_patient(tx: Tx, patient_id: PatientId) -> str | None:
    """Have other bookings of this patient wait until the end; return the name, None for no such patient."""
    row = await tx.one("booking_lock_patient", {"id": patient_id})
    return None if row is None else row["name"]


async def lock_doctor(tx: Tx, practitioner_id: PractitionerId) -> BookableDoctor | None:
    """Return a doctor who may be booked, having others who want a seat wait; None when there is none.

    Whoever locks a patient too does that before.
    """
    row = await tx.one("booking_lock_doctor", {"id": practitioner_id})
    if row is None:
        return None
    return BookableDoctor(
        row["id"],
        row["number"],
        row["name"],
        row["title"],
        row["specialty"],
        Specialty(row["specialty_code"]),
        row["fee_minor"],
        row["currency"],
    )


async def release_ended(
    tx: Tx, practitioner_id: PractitionerId, start: datetime, end: datetime, now: datetime
) -> int:
    """End the doctor's holds that are over and touch [start, end); return how many there were."""
    return await tx.run(
        "booking_release_ended",
        {
            "practitioner_id": practitioner_id,
            "start": start,
            "end": end,
            "earliest": start - APPOINTMENT_MAX,
            "now": now,
        },
    )


async def taken(
    tx: Tx, practitioner_id: PractitionerId, start: datetime, end: datetime, now: datetime
) -> list[TakenSeat]:
    """Return what is taken of the doctor and can touch [start, end)."""
    rows = await tx.all(
        "booking_taken",
        {
            "practitioner_id": practitioner_id,
            "earliest": start - APPOINTMENT_MAX,
            "end": end,
            "now": now,
        },
    )
    return [TakenSeat(row["id"], row["starts_at"], row["ends_at"], row["seat"]) for row in rows]


async def own_at(tx: Tx, patient_id: PatientId, start: datetime, end: datetime, now: datetime) -> list[OwnAt]:
    """Return the patient's own visits and good holds that touch [start, end)."""
    rows = await tx.all(
        "booking_of_patient_at",
        {
            "patient_id": patient_id,
            "start": start,
            "end": end,
            "earliest": start - APPOINTMENT_MAX,
            "now": now,
        },
    )
    return [
        OwnAt(
            row["id"],
            row["practitioner_id"],
            AppointmentState(row["state"]),
            row["starts_at"],
            row["ends_at"],
        )
        for row in rows
    ]


async def hold_counts(tx: Tx, patient_id: PatientId, since: datetime, now: datetime) -> HoldCounts:
    """Return how many slots the patient holds, and took hold of since a moment."""
    row = await tx.one("booking_hold_counts", {"patient_id": patient_id, "since": since, "now": now})
    if row is None:
        raise LookupError("an aggregate returns one row")
    return HoldCounts(row["open"], row["recent"], row["first_at"])


async def insert(tx: Tx, booking: Booking, practitioner_number: int, at: datetime) -> None:
    """Insert an appointment without a consultation; raise Conflict when its seat is taken."""
    with explained():
        await tx.run(
            "booking_insert",
            {
                "id": booking.id,
                "patient_id": booking.patient_id,
                "practitioner_id": booking.practitioner_id,
                "practitioner_number": practitioner_number,
                "state": booking.state.value,
                "starts_at": booking.starts_at,
                "ends_at": booking.ends_at,
                "seat": booking.seat,
                "held_until": booking.held_until,
                "fee_minor": booking.fee_minor,
                "currency": booking.currency,
                "at": at,
                **claim_params(booking.claim),
                **_answer_params(booking.answers),
            },
        )


async def by_id(tx: Tx, appointment_id: AppointmentId, *, lock: bool = False) -> Booking | None:
    """Return the booking, or None. `lock` keeps others from changing it; lock its doctor before."""
    if lock:
        await tx.one("booking_lock", {"id": appointment_id})
    row = await tx.one("booking_by_id", {"id": appointment_id})
    return None if row is None else _booking(row)


async def of_patients(tx: Tx, patient_ids: Sequence[PatientId], now: datetime, limit: int) -> list[Booking]:
    """Return the good holds and visits of these patients, the latest first; no holds that ended."""
    params = {"patient_ids": list(patient_ids), "now": now, "limit": limit}
    rows = await tx.all("booking_of_patient", params)
    return [_booking(row) for row in rows]


async def book_held(tx: Tx, appointment_id: AppointmentId, now: datetime) -> bool:
    """Move a hold that is still good to booked; say whether it was one."""
    return await tx.run("booking_book_held", {"id": appointment_id, "now": now}) == 1


async def book_again(tx: Tx, appointment_id: AppointmentId, seat: int, claim: Claim) -> bool:
    """Move a hold that is over to this seat, booked or pending as the claim asks; say whether it was one.

    Raise Conflict when the seat is taken.
    """
    params = {"id": appointment_id, "seat": seat, "state": standing(claim).value, **claim_params(claim)}
    with explained():
        return await tx.run("booking_book_again", params) == 1


def standing(claim: Claim) -> AppointmentState:
    """Return the state of an appointment whose patient wants it: it may need to be confirmed."""
    return AppointmentState.PENDING if claim.needs_confirmation else AppointmentState.BOOKED


def claim_params(claim: Claim) -> Row:
    """Return a claim as the columns of an appointment."""
    return {"slot_owner": claim.owner.value, "quota_day": claim.day, "quota_seat": claim.seat}


async def add_consultation(tx: Tx, booking: Booking, at: datetime) -> None:
    """Plan the consultation of a booking that names it: from now on it is a visit like any other."""
    await tx.run(
        "appointment_consultation_insert",
        {"id": booking.consultation_id, "appointment_id": booking.id, "state": "planned", "at": at},
    )


async def answer(tx: Tx, appointment_id: AppointmentId, said: Answers, now: datetime) -> bool:
    """Keep what the patient of a hold that is still good said; say whether it was one."""
    return await tx.run("booking_answer", {"id": appointment_id, "now": now, **_answer_params(said)}) == 1


async def release(tx: Tx, appointment_id: AppointmentId) -> bool:
    """Move a hold to cancelled; say whether it was one."""
    return await tx.run("booking_release", {"id": appointment_id}) == 1


async def expire_due(tx: Tx, now: datetime, limit: int) -> list[tuple[AppointmentId, PatientId]]:
    """End up to `limit` holds that are over; return them with whose they were."""
    rows = await tx.all("booking_expire_due", {"now": now, "limit": limit})
    return [(row["id"], row["patient_id"]) for row in rows]


async def colleagues(tx: Tx, practitioner_id: PractitionerId, seed: str, limit: int) -> Sequence[Colleague]:
    """Return this doctor, if approved, then others of the specialty, in an order that `seed` shuffles."""
    rows = await tx.all(
        "booking_colleagues", {"practitioner_id": practitioner_id, "seed": seed, "limit": limit}
    )
    return [
        Colleague(row["id"], row["name"], row["title"], row["fee_minor"], row["currency"]) for row in rows
    ]


def _booking(row: Row) -> Booking:
    return Booking(
        row["id"],
        row["consultation_id"],
        row["patient_id"],
        row["practitioner_id"],
        row["practitioner_name"],
        row["practitioner_title"],
        row["specialty"],
        AppointmentState(row["state"]),
        row["starts_at"],
        row["ends_at"],
        row["seat"],
        row["held_until"],
        row["fee_minor"],
        row["currency"],
        row["patient_name"],
        Claim(SlotOwner(row["slot_owner"]), row["quota_day"], row["quota_seat"]),
        row["answer_by"],
        _answers(row),
    )


def _answers(row: Row) -> Answers | None:
    if row["red_flags"] is None:
        return None
    return Answers(row["red_flags"], DiagnosisBasis(row["diagnosis"]))


def _answer_params(said: Answers | None) -> Row:
    if said is None:
        return {"red_flags": None, "diagnosis": None}
    return {"red_flags": said.red_flags, "diagnosis": said.diagnosis.value}
