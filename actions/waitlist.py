"""The waitlist as patients use it: joining a doctor's list, leaving it, seeing where one waits.

Who is offered what becomes free is said in waitlist_offers.
"""

from datetime import datetime
from uuid import UUID

from actions.acting import acting_for, acting_patients
from actions.context import Context, permit, record, record_patients
from actions.family import demand_child_at, unconsented
from actions.freed_seats import tell_waitlist
from actions.slot_claims import claimable
from actions.waitlist_offers import settle
from domain.appointment import APPOINTMENT_MAX
from domain.booking import ALTERNATIVES, Alternative
from domain.errors import Code, InvalidInput, NotFound, OwnFault, TooMany
from domain.ids import PatientId, PractitionerId
from domain.permissions import Action
from domain.schedule import HORIZON, free_slots
from domain.waitlist import (
    ENTRIES_MAX,
    WAITLIST,
    TimesFree,
    WaitlistEntry,
    WaitlistEvent,
    WaitlistState,
    check_range,
)
from storage import bookings, schedules, waitlist
from storage.bookings import BookableDoctor


async def join(
    ctx: Context,
    practitioner_id: PractitionerId,
    begins_at: datetime | None,
    ends_at: datetime | None,
    asked_for: UUID | None = None,
    *,
    guardian_consents: bool = False,
) -> WaitlistEntry:
    """Have a patient of the actor's wait for a slot of a doctor that begins in [begins_at, ends_at).

    `asked_for` None is the own person; for a child the guardian has to consent, for the visit that comes of
    it. Without times it is any that can be booked from now on, within HORIZON. Who waits for this doctor
    already keeps the place as it is. Raise NotFound for who is no doctor in practice, InvalidInput, Conflict
    (family.of_age), TimesFree where one need not wait, TooMany past ENTRIES_MAX, ActionRefused for a patient
    for whom the actor does not act.
    """
    permit(ctx, Action.WAITLIST_JOIN)
    begins, ends = begins_at or ctx.now, ends_at or ctx.now + HORIZON
    check_range(begins, ends, ctx.now)
    patient_id = (await acting_for(ctx, asked_for, Action.WAITLIST_JOIN)).patient_id
    if not await bookings.lock_patient(ctx.tx, patient_id):
        raise NotFound("patient")
    # Looked up again with the lock in hand: whoever removes a family member waits for it, too.
    acting = await acting_for(ctx, patient_id, Action.WAITLIST_JOIN)
    demand_child_at(acting, begins)
    if unsaid := unconsented(acting, guardian_consents=guardian_consents):
        raise InvalidInput("The guardian has to consent.", unsaid)
    # What is over does not stand in the way of what begins.
    await settle(ctx, patient_id)
    doctor = await bookings.lock_doctor(ctx.tx, practitioner_id)
    if doctor is None:
        raise NotFound("doctor")
    own = await waitlist.of_patients(ctx.tx, [patient_id], ctx.now)
    before = next((one for one in own if one.practitioner_id == practitioner_id), None)
    if before is not None:
        return before
    if len(own) >= ENTRIES_MAX:
        raise TooMany(Code.WAITLIST_TOO_MANY, "waitlists", len(own) + 1, ENTRIES_MAX)
    # A time at which the guardian's right is over is of no use: it could not be booked.
    last = min(ends, ctx.now + HORIZON, acting.right.ends_at or ends)
    if free := await _free_times(ctx, doctor, patient_id, begins, last):
        raise TimesFree(free)
    entry_id = ctx.new_id()
    await waitlist.insert(ctx.tx, entry_id, patient_id, practitioner_id, begins, ends, ctx.now)
    await record(
        ctx,
        Action.WAITLIST_JOIN,
        ("waitlist_entry", entry_id),
        patient_id=patient_id,
        detail={"practitioner_id": str(practitioner_id)}
        | ({"guardian_consents": True} if acting.right.of_guardian else {}),
    )
    own = await waitlist.of_patients(ctx.tx, [patient_id], ctx.now)
    return next(one for one in own if one.id == entry_id)


async def leave(ctx: Context, entry_id: UUID) -> None:
    """Leave a list; a slot that is kept is free at once. Again it changes nothing.

    Raise NotFound, ActionRefused for somebody else's, WrongState when the offer was taken or it is over.
    """
    permit(ctx, Action.WAITLIST_LEAVE)
    place = await waitlist.locked(ctx.tx, entry_id)
    if place is None:
        raise NotFound("place on the waitlist")
    subject = ("waitlist_entry", entry_id)
    await acting_for(ctx, place.patient_id, Action.WAITLIST_LEAVE, subject)
    if place.state is WaitlistState.LEFT:
        return
    WAITLIST.next(place.state, WaitlistEvent.LEAVE)
    if place.appointment_id is not None and await bookings.release(ctx.tx, place.appointment_id):
        await tell_waitlist(ctx, place.practitioner_id)
    if not await waitlist.leave(ctx.tx, place, ctx.now):
        raise OwnFault(f"place {entry_id} changed while it was locked")
    await record(ctx, Action.WAITLIST_LEAVE, subject, patient_id=place.patient_id)


async def own_entries(ctx: Context) -> list[WaitlistEntry]:
    """Return where all the actor's patients wait, with the slots that are kept at this moment."""
    permit(ctx, Action.WAITLIST_READ_OWN)
    patient_ids = await acting_patients(ctx)
    found = await waitlist.of_patients(ctx.tx, patient_ids, ctx.now)
    await record_patients(ctx, Action.WAITLIST_READ_OWN, patient_ids)
    return found


async def _free_times(
    ctx: Context, doctor: BookableDoctor, patient_id: PatientId, start: datetime, end: datetime
) -> list[Alternative]:
    """Return the first free times of the doctor, locked by the caller, at which the patient has no visit."""
    start = max(start, ctx.now)
    if end <= start:
        return []
    plan = (await schedules.plans(ctx.tx, [doctor.id], start, end))[doctor.id]
    taken = (await schedules.booked(ctx.tx, [doctor.id], start, end, ctx.now))[doctor.id]
    found: list[Alternative] = []
    # All of it is read at once: half a year has thousands of slots, and the doctor is locked meanwhile.
    own = await bookings.own_at(ctx.tx, patient_id, start, end + APPOINTMENT_MAX, ctx.now)
    can_be_claimed = await claimable(ctx, doctor.id, start, end)
    for slot in free_slots(plan, taken, start, end, ctx.now):
        if any(one.starts_at < slot.ends_at and slot.starts_at < one.ends_at for one in own):
            continue
        # What nobody could confirm is not free.
        if not can_be_claimed(slot.starts_at):
            continue
        found.append(
            Alternative(
                doctor.id,
                doctor.name,
                doctor.title,
                slot.starts_at,
                slot.ends_at,
                doctor.fee_minor,
                doctor.currency,
            )
        )
        if len(found) == ALTERNATIVES:
            break
    return found
