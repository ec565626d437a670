"""Rows of changes to what is booked: moving, missing, calling off and the offers that follow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.appointment import APPOINTMENT_MAX
from domain.consultation import ARRIVE_BEFORE, ConsultationState
from domain.his_slots import Claim
from domain.ids import AppointmentId, PatientId, PractitionerId
from domain.practitioner import Specialty
from domain.rebooking import OfferReason, OfferState, RebookingOffer
from domain.schedule import Slot
from storage.bookings import BookableDoctor, claim_params, standing
from storage.pool import Row, Tx
from storage.violations import explained


@dataclass(frozen=True, slots=True)
class Changeable:
    """What a booked visit's row says beside what its patient sees."""

    moved_late: bool
    consultation_state: ConsultationState


async def found(tx: Tx, appointment_id: AppointmentId) -> Changeable | None:
    """Return what there is of a visit; None of a hold."""
    row = await tx.one("change_found", {"id": appointment_id})
    if row is None:
        return None
    return Changeable(row["moved_late"], ConsultationState(row["consultation_state"]))


async def move(
    tx: Tx, appointment_id: AppointmentId, was: datetime, slot: Slot, seat: int, claim: Claim, *, late: bool
) -> bool:
    """Give a booked visit another seat; say whether it was as it was. Raise Conflict when it is taken."""
    with explained():
        moved = await tx.run(
            "change_move",
            {
                "id": appointment_id,
                "was": was,
                "starts_at": slot.starts_at,
                "ends_at": slot.ends_at,
                "seat": seat,
                "late": late,
                **claim_params(claim),
            },
        )
    await tx.run("change_forget_safety", {"id": appointment_id})
    return moved == 1


async def rebook(
    tx: Tx, appointment_id: AppointmentId, doctor: BookableDoctor, slot: Slot, seat: int, claim: Claim
) -> bool:
    """Give a visit that was called off its new seat, booked or pending as the claim asks.

    Its consultation is for the caller to plan. Say whether it was one. Raise Conflict for a taken seat.
    """
    with explained():
        booked = await tx.run(
            "change_rebook",
            {
                "id": appointment_id,
                "practitioner_id": doctor.id,
                "practitioner_number": doctor.number,
                "starts_at": slot.starts_at,
                "ends_at": slot.ends_at,
                "seat": seat,
                "state": standing(claim).value,
                **claim_params(claim),
            },
        )
    await tx.run("change_forget_safety", {"id": appointment_id})
    return booked == 1


async def visits_within(
    tx: Tx, practitioner_id: PractitionerId, start: datetime, end: datetime
) -> list[tuple[AppointmentId, PatientId]]:
    """Return booked visits of the doctor in [start, end) that nobody came to yet, with whose they are."""
    rows = await tx.all("change_visits_within", _within(practitioner_id, start, end))
    return [(row["id"], row["patient_id"]) for row in rows]


async def pending_within(
    tx: Tx, practitioner_id: PractitionerId, start: datetime, end: datetime
) -> list[tuple[AppointmentId, PatientId]]:
    """Return requests for the doctor's time in [start, end) that wait, with whose they are."""
    rows = await tx.all("change_pending_within", _within(practitioner_id, start, end))
    return [(row["id"], row["patient_id"]) for row in rows]


async def end_holds(
    tx: Tx, practitioner_id: PractitionerId, start: datetime, end: datetime
) -> list[tuple[AppointmentId, PatientId]]:
    """End the doctor's holds that touch [start, end); return them with whose they were."""
    rows = await tx.all("change_end_holds", _within(practitioner_id, start, end))
    return [(row["id"], row["patient_id"]) for row in rows]


async def missed(
    tx: Tx, over_before: datetime, earliest: datetime, limit: int
) -> list[tuple[AppointmentId, PatientId]]:
    """Mark booked visits that were over before a moment and to which the patient did not come; return them.

    Who went before the planned start did not come: as domain.refund_policy.evidence has it.
    """
    rows = await tx.all(
        "change_missed",
        {
            "over_before": over_before,
            "earliest": earliest,
            "door_opens_before": ARRIVE_BEFORE,
            "limit": limit,
        },
    )
    return [(row["id"], row["patient_id"]) for row in rows]


async def came(tx: Tx, appointment_id: AppointmentId) -> bool:
    """Have a visit that was missed booked again; say whether it was one."""
    return await tx.run("change_came", {"id": appointment_id}) == 1


async def insert_offer(
    tx: Tx,
    offer_id: UUID,
    appointment_id: AppointmentId,
    practitioner_id: PractitionerId,
    starts_at: datetime,
    why: OfferReason,
    *,
    made_by: UUID | None,
    at: datetime,
    ends_at: datetime,
) -> None:
    """Insert an open offer."""
    await tx.run(
        "rebooking_insert",
        {
            "id": offer_id,
            "appointment_id": appointment_id,
            "practitioner_id": practitioner_id,
            "starts_at": starts_at,
            "why": why.value,
            "made_by": made_by,
            "at": at,
            "ends_at": ends_at,
        },
    )


async def offer_by_id(tx: Tx, offer_id: UUID) -> RebookingOffer | None:
    """Return an offer, or None."""
    row = await tx.one("rebooking_by_id", {"id": offer_id})
    return None if row is None else _offer(row)


async def open_offers(tx: Tx, patient_ids: Sequence[PatientId], now: datetime) -> list[RebookingOffer]:
    """Return the offers among which these patients can still choose, the earliest visit first."""
    rows = await tx.all("rebooking_of_patients", {"patient_ids": list(patient_ids), "now": now})
    return [_offer(row) for row in rows]


async def decide(tx: Tx, offer: RebookingOffer, state: OfferState, at: datetime) -> bool:
    """Move an offer; say whether it was as it was."""
    return (
        await tx.run(
            "rebooking_decide",
            {"id": offer.id, "old": offer.state.value, "new": state.value, "at": at},
        )
        == 1
    )


async def due_offers(tx: Tx, now: datetime, limit: int) -> list[UUID]:
    """Return open offers whose time is over."""
    return [row["id"] for row in await tx.all("rebooking_due", {"now": now, "limit": limit})]


async def specialty(tx: Tx, practitioner_id: PractitionerId) -> Specialty | None:
    """Return the doctor's specialty, None before there is one."""
    row = await tx.one("rebooking_specialty", {"practitioner_id": practitioner_id})
    return None if row is None or row["specialty_code"] is None else Specialty(row["specialty_code"])


def _within(practitioner_id: PractitionerId, start: datetime, end: datetime) -> Row:
    return {
        "practitioner_id": practitioner_id,
        "start": start,
        "end": end,
        "earliest": start - APPOINTMENT_MAX,
    }


def _offer(row: Row) -> RebookingOffer:
    return RebookingOffer(
        row["id"],
        row["appointment_id"],
        row["patient_id"],
        row["practitioner_id"],
        row["practitioner_name"],
        row["practitioner_title"],
        row["specialty"],
        OfferReason(row["why"]),
        OfferState(row["state"]),
        row["starts_at"],
        row["ends_at"],
        row["fee_minor"],
        row["currency"],
        row["patient_name"],
    )
