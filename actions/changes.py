"""What a patient does to a booked visit: looking what it costs, cancelling it, moving it to another time."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from actions.acting import acting_for
from actions.booking_slots import or_slot_taken, seat_at
from actions.cancelling import cancel_locked
from actions.context import Context, permit, record
from actions.family import demand_child_at
from actions.freed_seats import tell_waitlist
from actions.notices import tell
from actions.refunds import refund_for
from actions.slot_claims import claim_at, give_back
from domain.appointment import APPOINTMENT, AppointmentEvent
from domain.booking import Booking, SlotTaken
from domain.changes import (
    CancelStep,
    ChangePolicy,
    Terms,
    TermsChanged,
    back_percent,
    check_cancel,
    check_move,
    terms,
)
from domain.consultation import ConsultationState
from domain.errors import Code, Conflict, NotFound, OwnFault, WrongState
from domain.his_slots import HisConfirms
from domain.ids import AppointmentId
from domain.notices import Notice
from domain.payment import PaymentState, RefundReason
from domain.permissions import Action
from storage import appointments, bookings, changes, payments
from storage.changes import Changeable


@dataclass(frozen=True, slots=True)
class Cancelled:
    """A visit that was cancelled, and what comes back of what was paid, in minor units."""

    booking: Booking
    back_minor: int


async def read_terms(ctx: Context, appointment_id: AppointmentId, policy: ChangePolicy) -> Terms:
    """Return what cancelling or moving a visit of one of the actor's patients means at this moment.

    Raise NotFound, ActionRefused for somebody else's, WrongState when it is not booked, or has begun.
    """
    permit(ctx, Action.BOOKING_READ_OWN)
    visit, state = await _own(ctx, appointment_id, Action.BOOKING_READ_OWN)
    _check_planned(visit, state)
    found = await _terms(ctx, visit, state, policy)
    await record(ctx, Action.BOOKING_READ_OWN, ("appointment", appointment_id), patient_id=visit.patient_id)
    return found


async def cancel_own(
    ctx: Context, appointment_id: AppointmentId, policy: ChangePolicy, back_minor: int
) -> Cancelled:
    """Cancel a visit of one of the actor's patients: the seat is free, what policy says is asked back.

    `back_minor` is what the patient was told before: TermsChanged when it is not so any more. Raise NotFound,
    ActionRefused for somebody else's, WrongState when its time has begun (booking.begun), it is not booked or
    the patient already waits.
    """
    permit(ctx, Action.BOOKING_CANCEL)
    await _own(ctx, appointment_id, Action.BOOKING_CANCEL)
    await give_back(ctx, appointment_id)
    before = await appointments.by_id_locked(ctx.tx, appointment_id)
    visit, state = await _own(ctx, appointment_id, Action.BOOKING_CANCEL)
    _check_planned(visit, state)
    found = await _terms(ctx, visit, state, policy)
    check_cancel(found)
    if found.back_minor != back_minor:
        raise TermsChanged
    if before is None:
        raise OwnFault(f"appointment {appointment_id} has a consultation and none")
    after = await cancel_locked(ctx, before)
    await tell_waitlist(ctx, visit.practitioner_id)
    await refund_for(ctx, appointment_id, RefundReason.CANCELLED_BY_PATIENT, back_percent(found))
    await record(
        ctx,
        Action.BOOKING_CANCEL,
        ("appointment", appointment_id),
        patient_id=visit.patient_id,
        detail={"step": found.step.value, "back_minor": found.back_minor},
    )
    await tell(ctx, Notice.APPOINTMENT_CANCELLED, appointment_id, by="patient")
    return Cancelled(replace(visit, state=after.state), found.back_minor)


async def move_own(
    ctx: Context, appointment_id: AppointmentId, starts_at: datetime, policy: ChangePolicy
) -> Booking:
    """Move a visit of one of the actor's patients to another slot of the doctor; what was paid goes with it.

    The visit keeps its id: of its old and its new seat it has exactly one at any moment. Moving it to where
    it is changes nothing. Raise SlotTaken when the slot is gone, Conflict for a time at which the patient
    has something else or (family.of_age) is no child any more, or (his.confirms) that the hospital's own
    system would have to confirm: nobody gives a certain visit up for an uncertain one. WrongState when it is
    too late (booking.too_late), not booked, or the patient waits; NotFound, ActionRefused for somebody
    else's.
    """
    permit(ctx, Action.BOOKING_MOVE)
    starts_at = starts_at.astimezone(UTC)
    visit, _ = await _own(ctx, appointment_id, Action.BOOKING_MOVE)
    # Whoever takes a seat locks the patient, the doctor, then the visit, in this order.
    if not await bookings.lock_patient(ctx.tx, visit.patient_id):
        raise NotFound("patient")
    doctor = await bookings.lock_doctor(ctx.tx, visit.practitioner_id)
    await appointments.by_id_locked(ctx.tx, appointment_id)
    visit, state = await _own(ctx, appointment_id, Action.BOOKING_MOVE)
    _check_planned(visit, state)
    if visit.starts_at == starts_at:
        return visit
    found = await _terms(ctx, visit, state, policy)
    check_move(found)
    demand_child_at(await acting_for(ctx, visit.patient_id, Action.BOOKING_MOVE), starts_at)
    if doctor is None:
        raise SlotTaken(visit.practitioner_id, starts_at)
    slot, seat = await seat_at(ctx, doctor.id, starts_at, but_for=appointment_id)
    claim = await claim_at(ctx, doctor.id, slot.starts_at, but_for=appointment_id)
    if claim.needs_confirmation:
        raise HisConfirms
    await give_back(ctx, appointment_id)
    own = await bookings.own_at(ctx.tx, visit.patient_id, slot.starts_at, slot.ends_at, ctx.now)
    if any(one.id != appointment_id for one in own):
        raise Conflict(Code.BOOKING_OWN_OVERLAP, "You have another visit at this time.")
    late = found.step is not CancelStep.FREE
    with or_slot_taken(doctor.id, starts_at):
        moved = await changes.move(ctx.tx, appointment_id, visit.starts_at, slot, seat, claim, late=late)
    if not moved:
        raise OwnFault(f"appointment {appointment_id} changed while it was locked")
    await tell_waitlist(ctx, visit.practitioner_id)
    await record(
        ctx,
        Action.BOOKING_MOVE,
        ("appointment", appointment_id),
        patient_id=visit.patient_id,
        detail={"was": visit.starts_at.isoformat(), "now": slot.starts_at.isoformat()},
    )
    await tell(ctx, Notice.APPOINTMENT_CHANGED, appointment_id, was_starts_at=visit.starts_at)
    return replace(visit, starts_at=slot.starts_at, ends_at=slot.ends_at, seat=seat)


async def _own(
    ctx: Context, appointment_id: AppointmentId, action: Action
) -> tuple[Booking, Changeable | None]:
    visit = await bookings.by_id(ctx.tx, appointment_id)
    if visit is None:
        raise NotFound("booking")
    await acting_for(ctx, visit.patient_id, action, ("appointment", appointment_id))
    return visit, await changes.found(ctx.tx, appointment_id)


def _check_planned(visit: Booking, state: Changeable | None) -> None:
    """Raise WrongState unless the visit is booked and nobody is in it."""
    APPOINTMENT.next(visit.state, AppointmentEvent.MISS)
    if state is None or state.consultation_state is not ConsultationState.PLANNED:
        now = "none" if state is None else state.consultation_state.value
        raise WrongState(Code.CONSULTATION_WRONG_STATE, "consultation", now, "change")


async def _terms(ctx: Context, visit: Booking, state: Changeable | None, policy: ChangePolicy) -> Terms:
    paid = [
        one for one in await payments.of_appointment(ctx.tx, visit.id) if one.state is PaymentState.CAPTURED
    ]
    return terms(
        policy,
        visit.starts_at,
        ctx.now,
        moved_late=state is not None and state.moved_late,
        paid_minor=sum(one.amount_minor - one.refunded_minor for one in paid),
        currency=paid[0].currency if paid else None,
    )
