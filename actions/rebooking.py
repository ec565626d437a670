"""The hospital calls a booked visit off, and its patient chooses another time or the whole fee."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from typing import Final
from uuid import UUID

from actions.acting import acting_for, acting_patients
from actions.booking_slots import alternatives, or_slot_taken, seat_at
from actions.cancelling import cancel_locked
from actions.context import ActionRefused, Context, UnitOfWork, permit, record, record_patients
from actions.each_alone import each_alone
from actions.family import demand_child_at
from actions.notices import tell
from actions.refunds import refund_for
from actions.slot_claims import ask, claim_at, give_back
from domain.accounts import SYSTEM, Role
from domain.appointment import APPOINTMENT, AppointmentEvent, AppointmentState
from domain.booking import Alternative, Booking
from domain.consultation import ConsultationState
from domain.errors import Code, Conflict, FieldFault, InvalidInput, NotFound, OwnFault, WrongState
from domain.ids import AppointmentId, ConsultationId, PractitionerId
from domain.notices import Notice
from domain.payment import RefundReason
from domain.permissions import Action
from domain.rebooking import (
    OFFER,
    OFFER_LIFE,
    SAID_BY_STAFF,
    SAME_DOCTOR,
    OfferEvent,
    OfferReason,
    OfferState,
    RebookingOffer,
)
from domain.schedule import HORIZON, Leave, free_slots
from storage import appointments, bookings, changes, his_slots, practitioners, schedules
from storage.bookings import BookableDoctor

_DUE_AT_ONCE: Final = 50


@dataclass(frozen=True, slots=True)
class Choice:
    """An open offer with what can be chosen instead, all of it at no other price."""

    offer: RebookingOffer
    alternatives: tuple[Alternative, ...]


async def offer(ctx: Context, appointment_id: AppointmentId, why: OfferReason) -> UUID:
    """Call a booked or requested visit off: its seat is free, its patient is offered other times, or the fee.

    A part of actions: whoever calls has asked for permission and writes the line. Until the patient chooses,
    for OFFER_LIFE, what was paid stays with the visit; then all of it goes back. Return the offer's id. Raise
    NotFound, WrongState when it is neither, or somebody has come to it.
    """
    before = await bookings.by_id(ctx.tx, appointment_id)
    if before is None:
        raise NotFound("appointment")
    # First of all: whatever is said of a request waits for its row.
    await give_back(ctx, appointment_id)
    if before.state is AppointmentState.PENDING:
        cancelled = APPOINTMENT.next(before.state, AppointmentEvent.CANCEL)
        if not await his_slots.move_pending(ctx.tx, appointment_id, cancelled):
            raise WrongState(APPOINTMENT.code, APPOINTMENT.what, "decided", "call-off")
    else:
        await _end_visit(ctx, appointment_id)
    offer_id = ctx.new_id()
    await changes.insert_offer(
        ctx.tx,
        offer_id,
        appointment_id,
        before.practitioner_id,
        before.starts_at,
        why,
        made_by=ctx.actor.account_id,
        at=ctx.now,
        ends_at=ctx.now + OFFER_LIFE,
    )
    await tell(ctx, Notice.REBOOKING_OFFER, appointment_id)
    return offer_id


async def _end_visit(ctx: Context, appointment_id: AppointmentId) -> None:
    """Cancel a visit that is booked and its consultation."""
    before = await appointments.by_id_locked(ctx.tx, appointment_id)
    if before is None:
        raise WrongState(APPOINTMENT.code, APPOINTMENT.what, "held", "call-off")
    if before.consultation_state is not ConsultationState.PLANNED:
        state = before.consultation_state.value
        raise WrongState(Code.CONSULTATION_WRONG_STATE, "consultation", state, "call-off")
    await cancel_locked(ctx, before)


async def call_off(ctx: Context, appointment_id: AppointmentId, why: OfferReason) -> None:
    """Call a visit off, as its doctor or the administration; its time is closed, as leave, for others too.

    Whoever else has a seat of this time is called off with it, and who holds one loses it.
    Raise InvalidInput for a reason that is not theirs to give, NotFound, ActionRefused for another doctor's,
    WrongState when it is not booked or the patient has come.
    """
    permit(ctx, Action.APPOINTMENT_CALL_OFF)
    if why not in SAID_BY_STAFF:
        raise InvalidInput("This is no reason to give.", {"why": FieldFault.NOT_A_CHOICE})
    visit = await appointments.by_id(ctx.tx, appointment_id)
    if visit is None:
        raise NotFound("appointment")
    subject = ("appointment", appointment_id)
    if ctx.actor.role is Role.DOCTOR and visit.practitioner_id != ctx.actor.practitioner_id:
        raise ActionRefused(Action.APPOINTMENT_CALL_OFF, subject, visit.patient_id)
    # Whoever takes a seat of this time waits, and finds it closed.
    await practitioners.by_id(ctx.tx, visit.practitioner_id, lock=True)
    await offer(ctx, appointment_id, why)
    closed = Leave(ctx.new_id(), visit.starts_at, visit.ends_at)
    await schedules.insert_leave(ctx.tx, visit.practitioner_id, closed, ctx.now)
    await clear(ctx, visit.practitioner_id, visit.starts_at, visit.ends_at, why)
    detail = {"why": why.value}
    await record(ctx, Action.APPOINTMENT_CALL_OFF, subject, patient_id=visit.patient_id, detail=detail)


async def clear(
    ctx: Context, practitioner_id: PractitionerId, start: datetime, end: datetime, why: OfferReason
) -> int:
    """Call off what is booked of a doctor in [start, end) and end what is held; return how many visits.

    A part of actions that take hours away. The doctor is locked by who calls. Visits to which the patient
    has come stay: the doctor sees to them.
    """
    # Holds first: one that is being booked at this moment is waited for, and then is among the visits.
    for appointment_id, patient_id in await changes.end_holds(ctx.tx, practitioner_id, start, end):
        await record(ctx, Action.BOOKING_EXPIRE, ("appointment", appointment_id), patient_id=patient_id)
    # Requests before visits: one that is confirmed at this moment is among the one or the other.
    requests = await changes.pending_within(ctx.tx, practitioner_id, start, end)
    visits = list(dict.fromkeys(await changes.visits_within(ctx.tx, practitioner_id, start, end) + requests))
    for appointment_id, patient_id in visits:
        await offer(ctx, appointment_id, why)
        await record(
            ctx,
            Action.APPOINTMENT_CALL_OFF,
            ("appointment", appointment_id),
            patient_id=patient_id,
            detail={"why": why.value},
        )
    return len(visits)


async def own_offers(ctx: Context) -> list[Choice]:
    """Return the offers among which the actor can choose, each with times that are free at this moment."""
    permit(ctx, Action.REBOOKING_READ_OWN)
    patient_ids = await acting_patients(ctx)
    found = await changes.open_offers(ctx.tx, patient_ids, ctx.now)
    choices = [Choice(one, tuple(await _instead(ctx, one))) for one in found]
    await record_patients(ctx, Action.REBOOKING_READ_OWN, patient_ids)
    return choices


async def accept(
    ctx: Context, offer_id: UUID, practitioner_id: PractitionerId, starts_at: datetime
) -> Booking:
    """Choose another time for a visit that was called off; what was paid goes with it. Return the visit.

    It is booked, or pending where the hospital's own system has to confirm the time. It may be any free slot
    of the same doctor, or of one of the same specialty whose fee is the same. Raise
    SlotTaken when it is gone, Conflict for a time at which the patient has something else or (family.of_age)
    is no child any more, InvalidInput for a doctor who costs otherwise, WrongState when the choice is made or
    its time over, NotFound, ActionRefused.
    """
    permit(ctx, Action.REBOOKING_ACCEPT)
    starts_at = starts_at.astimezone(UTC)
    found = await _own(ctx, offer_id, Action.REBOOKING_ACCEPT)
    if not await bookings.lock_patient(ctx.tx, found.patient_id):
        raise NotFound("patient")
    doctor = await bookings.lock_doctor(ctx.tx, practitioner_id)
    if doctor is None:
        raise NotFound("doctor")
    await appointments.by_id_locked(ctx.tx, found.appointment_id)
    found = await _own(ctx, offer_id, Action.REBOOKING_ACCEPT)
    state = OFFER.next(found.state, OfferEvent.ACCEPT)
    if ctx.now >= found.ends_at:
        raise WrongState(OFFER.code, OFFER.what, "over", OfferEvent.ACCEPT.value)
    await _check_doctor(ctx, found, doctor)
    demand_child_at(await acting_for(ctx, found.patient_id, Action.REBOOKING_ACCEPT), starts_at)
    slot, seat = await seat_at(ctx, doctor.id, starts_at)
    claim = await claim_at(ctx, doctor.id, slot.starts_at)
    if await bookings.own_at(ctx.tx, found.patient_id, slot.starts_at, slot.ends_at, ctx.now):
        raise Conflict(Code.BOOKING_OWN_OVERLAP, "You have another visit at this time.")
    with or_slot_taken(doctor.id, starts_at):
        booked = await changes.rebook(ctx.tx, found.appointment_id, doctor, slot, seat, claim)
    if not booked or not await changes.decide(ctx.tx, found, state, ctx.now):
        raise OwnFault(f"offer {offer_id} changed while its visit was locked")
    await record(
        ctx,
        Action.REBOOKING_ACCEPT,
        ("appointment", found.appointment_id),
        patient_id=found.patient_id,
        detail={"practitioner_id": str(doctor.id), "now": slot.starts_at.isoformat()},
    )
    visit = await _known(ctx, found.appointment_id)
    if claim.needs_confirmation:
        await ask(ctx, visit)
    else:
        await plan(ctx, visit)
        await tell(ctx, Notice.APPOINTMENT_CHANGED, visit.id, was_starts_at=found.starts_at)
    return await _known(ctx, visit.id)


async def decline(ctx: Context, offer_id: UUID) -> None:
    """Have the whole fee back instead of another time. Again it changes nothing.

    Raise NotFound, ActionRefused for somebody else's, WrongState when another time was chosen.
    """
    permit(ctx, Action.REBOOKING_DECLINE)
    found = await _own(ctx, offer_id, Action.REBOOKING_DECLINE)
    await appointments.by_id_locked(ctx.tx, found.appointment_id)
    found = await _own(ctx, offer_id, Action.REBOOKING_DECLINE)
    if found.state is not OfferState.REFUNDED:
        await _give_back(ctx, found)


async def tick(work: UnitOfWork, request_id: str) -> int:
    """Give the fee back where nobody chose in time; return how many offers ended. Raise PartnerDown."""
    async with work.begin(SYSTEM, request_id) as ctx:
        due = await changes.due_offers(ctx.tx, ctx.now, _DUE_AT_ONCE)

    async def end(offer_id: UUID) -> bool:
        async with work.begin(SYSTEM, request_id) as ctx:
            permit(ctx, Action.REBOOKING_DECLINE)
            found = await changes.offer_by_id(ctx.tx, offer_id)
            if found is None:
                return False
            await appointments.by_id_locked(ctx.tx, found.appointment_id)
            found = await changes.offer_by_id(ctx.tx, offer_id)
            if found is None or not OFFER.allows(found.state, OfferEvent.DECLINE):
                return False
            await _give_back(ctx, found)
        return True

    return await each_alone(due, end, "rebooking.not_ended", lambda offer_id: offer_id)


async def _give_back(ctx: Context, found: RebookingOffer) -> None:
    state = OFFER.next(found.state, OfferEvent.DECLINE)
    if not await changes.decide(ctx.tx, found, state, ctx.now):
        raise OwnFault(f"offer {found.id} changed while its visit was locked")
    await refund_for(ctx, found.appointment_id, RefundReason.CANCELLED_BY_HOSPITAL)
    await record(
        ctx, Action.REBOOKING_DECLINE, ("appointment", found.appointment_id), patient_id=found.patient_id
    )


async def plan(ctx: Context, visit: Booking) -> None:
    """Plan the consultation of a visit that is booked now; one that was called off gets its own back.

    A part of actions.
    """
    if not await his_slots.replan(ctx.tx, visit.id):
        booked = replace(visit, consultation_id=ConsultationId(ctx.new_id()))
        await bookings.add_consultation(ctx.tx, booked, ctx.now)


async def _known(ctx: Context, appointment_id: AppointmentId) -> Booking:
    found = await bookings.by_id(ctx.tx, appointment_id)
    if found is None:
        raise OwnFault(f"appointment {appointment_id} is gone")
    return found


async def _instead(ctx: Context, found: RebookingOffer) -> list[Alternative]:
    """Return the next free times of the same doctor, then others of the specialty at the same fee."""
    near = await alternatives(ctx, found.practitioner_id, found.starts_at)
    others = [one for one in near if one.practitioner_id != found.practitioner_id and _same_fee(found, one)]
    first = await bookings.colleagues(ctx.tx, found.practitioner_id, ctx.request_id, 1)
    doctor = next((one for one in first if one.id == found.practitioner_id), None)
    if doctor is None:
        return others
    start, end = max(ctx.now, min(found.starts_at, ctx.now + HORIZON)), ctx.now + HORIZON
    plan = (await schedules.plans(ctx.tx, [doctor.id], start, end))[doctor.id]
    taken = (await schedules.booked(ctx.tx, [doctor.id], start, end, ctx.now))[doctor.id]
    own = [
        Alternative(
            doctor.id, doctor.name, doctor.title, slot.starts_at, slot.ends_at, doctor.fee_minor,
            doctor.currency,
        )
        for slot in islice(free_slots(plan, taken, start, end, ctx.now), SAME_DOCTOR)
    ]  # fmt: skip
    return own + others


def _same_fee(found: RebookingOffer, other: Alternative | BookableDoctor) -> bool:
    return found.fee_minor is None or (found.fee_minor, found.currency) == (other.fee_minor, other.currency)


async def _check_doctor(ctx: Context, found: RebookingOffer, doctor: BookableDoctor) -> None:
    if doctor.id == found.practitioner_id:
        return
    specialty = await changes.specialty(ctx.tx, found.practitioner_id)
    if specialty is not doctor.specialty_code or not _same_fee(found, doctor):
        raise InvalidInput(
            "Another doctor is of the same specialty and fee.", {"practitioner_id": FieldFault.NOT_A_CHOICE}
        )


async def _own(ctx: Context, offer_id: UUID, action: Action) -> RebookingOffer:
    found = await changes.offer_by_id(ctx.tx, offer_id)
    if found is None:
        raise NotFound("offer")
    await acting_for(ctx, found.patient_id, action, ("appointment", found.appointment_id))
    return found
