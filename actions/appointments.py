"""Appointments: making them, cancelling them, reading them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from actions.acting import acting_for, acting_patients
from actions.cancelling import cancel_locked
from actions.context import Context, permit, record, record_patients
from actions.freed_seats import tell_waitlist
from actions.notices import tell
from actions.refunds import refund_for
from actions.slot_claims import claim_at, give_back
from domain.appointment import Appointment, AppointmentState, check_times
from domain.consultation import ARRIVE_AFTER, ConsultationState
from domain.errors import FieldFault, InvalidInput, NotFound, OwnFault
from domain.his_slots import HisConfirms, HisNotConnected
from domain.ids import AppointmentId, ConsultationId, PatientId, PractitionerId
from domain.notices import Notice
from domain.payment import RefundReason
from domain.permissions import Action, allowed
from storage import appointments, bookings, notices

RANGE_MAX = timedelta(days=92)
"""How long a range of everybody's appointments may be: it is answered whole."""
OWN_RANGE_MAX = timedelta(days=366)
"""How long a range of one's own may be. What is over is read page by page (past_appointments)."""


@dataclass(frozen=True, slots=True)
class PastAppointment:
    """An appointment that is over, and whether it was the hospital that called it off."""

    appointment: Appointment
    called_off: bool


async def create_appointment(
    ctx: Context,
    patient_id: PatientId,
    practitioner_id: PractitionerId,
    starts_at: datetime,
    ends_at: datetime,
) -> Appointment:
    """Book an appointment and plan its consultation. Times are aware.

    Raise InvalidInput for times that cannot be, NotFound for an unknown or disabled patient or doctor,
    Conflict when the doctor has another appointment at this time: the database decides, so that of two
    bookings at once one wins. Conflict (his.confirms), too, where the hospital's own system owns the doctor's
    slots and has ceded none of that day any more.
    """
    permit(ctx, Action.APPOINTMENT_CREATE)
    check_times(starts_at, ends_at, ctx.now)
    patient_name = await appointments.patient_name(ctx.tx, patient_id, starts_at)
    if patient_name is None:
        raise NotFound("patient")
    doctor = await appointments.doctor(ctx.tx, practitioner_id)
    if doctor is None:
        raise NotFound("doctor")
    appointment = Appointment(
        AppointmentId(ctx.new_id()),
        ConsultationId(ctx.new_id()),
        patient_id,
        patient_name,
        practitioner_id,
        doctor.name,
        doctor.title,
        doctor.specialty,
        AppointmentState.BOOKED,
        ConsultationState.PLANNED,
        starts_at,
        ends_at,
    )
    await bookings.lock_doctor(ctx.tx, practitioner_id)
    try:
        claim = await claim_at(ctx, practitioner_id, starts_at)
    except HisNotConnected:
        raise HisConfirms from None
    if claim.needs_confirmation:
        raise HisConfirms
    await bookings.release_ended(ctx.tx, practitioner_id, starts_at, ends_at, ctx.now)
    await appointments.insert(ctx.tx, appointment, doctor.number, claim, ctx.now)
    await record(
        ctx,
        Action.APPOINTMENT_CREATE,
        ("appointment", appointment.id),
        patient_id=patient_id,
        detail={"practitioner_id": str(practitioner_id)},
    )
    await tell(ctx, Notice.APPOINTMENT_MADE, appointment.id)
    return appointment


async def cancel_appointment(ctx: Context, appointment_id: AppointmentId) -> Appointment:
    """Cancel an appointment and its consultation for the hospital, which gives the doctor's time free again.

    What was paid for it is asked back in the same transaction.

    Raise NotFound, or WrongState when the visit has begun, is over, or was cancelled before.
    """
    permit(ctx, Action.APPOINTMENT_CANCEL)
    await give_back(ctx, appointment_id)
    before = await appointments.by_id_locked(ctx.tx, appointment_id)
    if before is None:
        raise NotFound("appointment")
    after = await cancel_locked(ctx, before)
    await tell_waitlist(ctx, before.practitioner_id)
    await record(
        ctx, Action.APPOINTMENT_CANCEL, ("appointment", appointment_id), patient_id=before.patient_id
    )
    await refund_for(ctx, appointment_id, RefundReason.CANCELLED_BY_HOSPITAL)
    await tell(ctx, Notice.APPOINTMENT_CANCELLED, appointment_id, by="hospital")
    return after


async def own_appointments(ctx: Context, start: datetime, end: datetime) -> list[Appointment]:
    """Return the actor's own appointments that touch [start, end), in order of time.

    A patient's own are those booked for him or for the family, a doctor's those booked with her. Raise
    InvalidInput for a range that is none, or longer than OWN_RANGE_MAX.
    """
    permit(ctx, Action.APPOINTMENT_READ_OWN)
    _check_range(start, end, OWN_RANGE_MAX)
    actor = ctx.actor
    if actor.patient_id is not None:
        found = await appointments.of_patients(ctx.tx, await acting_patients(ctx), start, end)
    elif actor.practitioner_id is not None:
        found = await appointments.of_practitioner(ctx.tx, actor.practitioner_id, start, end)
    else:
        raise OwnFault(f"account {actor.account_id} may have appointments but is nobody who can")
    await record_patients(ctx, Action.APPOINTMENT_READ_OWN, [item.patient_id for item in found])
    return found


async def past_appointments(
    ctx: Context, before: tuple[datetime, UUID] | None, limit: int
) -> tuple[list[PastAppointment], bool]:
    """Return up to `limit` of the patient's and family's visits that are over, and whether there are more.

    The newest come first, before the pair of beginning and id. Those that were cancelled are among them,
    whenever they were for; one that nobody came to is, once its waiting room is closed for good.
    """
    permit(ctx, Action.APPOINTMENT_READ_PAST)
    found = await appointments.past_of_patients(
        ctx.tx, await acting_patients(ctx), before, ctx.now - ARRIVE_AFTER, limit + 1
    )
    shown = [PastAppointment(one, called_off) for one, called_off in found[:limit]]
    await record_patients(ctx, Action.APPOINTMENT_READ_PAST, [one.appointment.patient_id for one in shown])
    return shown, len(found) > limit


async def any_appointments(ctx: Context, start: datetime, end: datetime) -> list[Appointment]:
    """Return everybody's appointments that touch [start, end), in order of time.

    Raise InvalidInput for a range that is none, or longer than RANGE_MAX.
    """
    permit(ctx, Action.APPOINTMENT_READ_ANY)
    _check_range(start, end, RANGE_MAX)
    found = await appointments.between(ctx.tx, start, end)
    await record_patients(ctx, Action.APPOINTMENT_READ_ANY, [item.patient_id for item in found])
    return found


async def read_appointment(ctx: Context, appointment_id: AppointmentId) -> Appointment:
    """Return one appointment to its patient or who acts, its doctor or the administration. Raise NotFound."""
    any_one = allowed(ctx.actor, Action.APPOINTMENT_READ_ANY)
    action = Action.APPOINTMENT_READ_ANY if any_one else Action.APPOINTMENT_READ_OWN
    permit(ctx, action)
    found = await appointments.by_id(ctx.tx, appointment_id)
    if found is None:
        raise NotFound("appointment")
    if not any_one and ctx.actor.practitioner_id != found.practitioner_id:
        await acting_for(ctx, found.patient_id, action, ("appointment", appointment_id))
    await record(ctx, action, ("appointment", appointment_id), patient_id=found.patient_id)
    return found


def _check_range(start: datetime, end: datetime, longest: timedelta) -> None:
    fields = {
        name: FieldFault.BAD_FORMAT
        for name, moment in (("from", start), ("to", end))
        if moment.tzinfo is None
    }
    if not fields and end <= start:
        fields["to"] = FieldFault.OUT_OF_ORDER
    elif not fields and end - start > longest:
        fields["to"] = FieldFault.TOO_LARGE
    if fields:
        raise InvalidInput("The range of time is not valid.", fields)


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """An appointment with its number in calendars: a higher one replaces what a lower one said."""

    appointment: Appointment
    sequence: int
    changed_at: datetime


async def calendar_entry(ctx: Context, appointment_id: AppointmentId) -> CalendarEntry:
    """Return what a calendar shows of an appointment, to whoever may read it. Raise as read_appointment."""
    found = await read_appointment(ctx, appointment_id)
    number = await notices.calendar(ctx.tx, appointment_id)
    # One that an earlier version made has none yet.
    sequence, changed_at = (0, ctx.now) if number is None else number
    return CalendarEntry(found, sequence, changed_at)
