"""The waitlist: patients wait for a doctor, and what becomes free is kept for the first of them for a while.

An offer is a hold like any other, only longer, so that the same constraint keeps its seat. It is taken by
paying or booking the hold, and declined by giving the hold up.
"""

from datetime import datetime
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from actions.acting import acting_for, acting_patients
from actions.booking import insert_held
from actions.booking_slots import seat_at
from actions.context import Context, UnitOfWork, permit, record, record_patients
from actions.family import demand_bookable, keep_consent_of
from actions.notices import tell
from domain.accounts import SYSTEM
from domain.appointment import AppointmentState
from domain.booking import Booking, SlotTaken
from domain.errors import Code, NotFound, OwnFault, TooMany
from domain.family import ConsentStep
from domain.ids import AppointmentId, PatientId, PractitionerId
from domain.notices import Notice
from domain.permissions import Action
from domain.schedule import HORIZON, Slot, free_slots
from domain.waitlist import (
    ENTRIES_MAX,
    LEAST_BEFORE,
    WAITLIST,
    WaitlistEntry,
    WaitlistEvent,
    WaitlistState,
    check_range,
    kept_until,
)
from storage import bookings, family, schedules, waitlist
from storage.waitlist import Place, WantedDoctor

_DOCTORS_AT_ONCE: Final = 200
_QUEUE_AT_ONCE: Final = 50


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
    (family.of_age), TooMany past ENTRIES_MAX, ActionRefused for a patient for whom the actor does not act.
    """
    permit(ctx, Action.WAITLIST_JOIN)
    begins, ends = begins_at or ctx.now, ends_at or ctx.now + HORIZON
    check_range(begins, ends, ctx.now)
    patient_id = (await acting_for(ctx, asked_for, Action.WAITLIST_JOIN)).patient_id
    if not await bookings.lock_patient(ctx.tx, patient_id):
        raise NotFound("patient")
    # Looked up again with the lock in hand: whoever removes a family member waits for it, too.
    acting = await acting_for(ctx, patient_id, Action.WAITLIST_JOIN)
    demand_bookable(acting, begins, guardian_consents=guardian_consents)
    # What is over does not stand in the way of what begins.
    await _settle(ctx, patient_id)
    if await bookings.lock_doctor(ctx.tx, practitioner_id) is None:
        raise NotFound("doctor")
    own = await waitlist.of_patients(ctx.tx, [patient_id], ctx.now)
    before = next((one for one in own if one.practitioner_id == practitioner_id), None)
    if before is not None:
        return before
    if len(own) >= ENTRIES_MAX:
        raise TooMany(Code.WAITLIST_TOO_MANY, "waitlists", len(own) + 1, ENTRIES_MAX)
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
    if place.appointment_id is not None:
        await bookings.release(ctx.tx, place.appointment_id)
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


async def tick(work: UnitOfWork, zone: ZoneInfo, request_id: str) -> int:
    """Settle what became of offers, then offer what is free to who waits first; return how many offers.

    `zone` is the hospital's: at night a slot is kept into the morning. Raise PartnerDown.
    """
    async with work.begin(SYSTEM, request_id) as ctx:
        permit(ctx, Action.WAITLIST_SETTLE)
        await _settle(ctx)
        doctors = await waitlist.wanted_doctors(ctx.tx, ctx.now, _DOCTORS_AT_ONCE)
    offered = 0
    for doctor in doctors:
        async with work.begin(SYSTEM, request_id) as ctx:
            pairs = await _pairs(ctx, doctor, zone)
        for place, slot in pairs:
            try:
                async with work.begin(SYSTEM, request_id) as ctx:
                    offered += await _offer(ctx, place, slot, zone)
            except SlotTaken:
                # Somebody was faster: the next look finds what is free then.
                continue
    return offered


async def _settle(ctx: Context, of: PatientId | None = None) -> None:
    for entry_id, patient_id, state in await waitlist.settle(ctx.tx, ctx.now, of):
        await record(
            ctx,
            Action.WAITLIST_SETTLE,
            ("waitlist_entry", entry_id),
            patient_id=patient_id,
            detail={"state": state.value},
        )


async def _pairs(ctx: Context, doctor: WantedDoctor, zone: ZoneInfo) -> list[tuple[Place, Slot]]:
    """Return who is offered which free slot: the earliest slot goes to the first who can use it."""
    permit(ctx, Action.WAITLIST_OFFER)
    start = max(doctor.begins_at, ctx.now + LEAST_BEFORE)
    end = min(doctor.ends_at, ctx.now + HORIZON)
    if end <= start:
        return []
    waiting = await waitlist.queue(ctx.tx, doctor.id, _QUEUE_AT_ONCE)
    plan = (await schedules.plans(ctx.tx, [doctor.id], start, end))[doctor.id]
    taken = (await schedules.booked(ctx.tx, [doctor.id], start, end, ctx.now))[doctor.id]
    pairs: list[tuple[Place, Slot]] = []
    for slot in free_slots(plan, taken, start, end, ctx.now):
        if kept_until(slot.starts_at, ctx.now, zone) is None:
            continue
        for _ in range(slot.free):
            first = await _first_for(ctx, waiting, slot)
            if first is None:
                break
            waiting.remove(first)
            pairs.append((first, slot))
        if not waiting:
            break
    return pairs


async def _first_for(ctx: Context, waiting: list[Place], slot: Slot) -> Place | None:
    for one in waiting:
        if not one.begins_at <= slot.starts_at < one.ends_at or slot.starts_at in one.offered:
            continue
        if one.right_ends_at is not None and slot.starts_at >= one.right_ends_at:
            continue
        if not await bookings.own_at(ctx.tx, one.patient_id, slot.starts_at, slot.ends_at, ctx.now):
            return one
    return None


async def _offer(ctx: Context, place: Place, slot: Slot, zone: ZoneInfo) -> int:
    permit(ctx, Action.WAITLIST_OFFER)
    until = kept_until(slot.starts_at, ctx.now, zone)
    if until is None:
        return 0
    patient_name = await bookings.lock_patient(ctx.tx, place.patient_id)
    if patient_name is None:
        return 0
    member = await family.member(ctx.tx, place.patient_id)
    if member is not None and not (member.right.holds(ctx.now) and member.right.holds(slot.starts_at)):
        return 0
    doctor = await bookings.lock_doctor(ctx.tx, place.practitioner_id)
    now = await waitlist.locked(ctx.tx, place.id)
    if doctor is None or now is None or now.state is not WaitlistState.WAITING:
        return 0
    found, seat = await seat_at(ctx, doctor.id, slot.starts_at)
    if await bookings.own_at(ctx.tx, place.patient_id, found.starts_at, found.ends_at, ctx.now):
        return 0
    held = Booking(
        AppointmentId(ctx.new_id()),
        None,
        place.patient_id,
        doctor.id,
        doctor.name,
        doctor.title,
        doctor.specialty,
        AppointmentState.HELD,
        found.starts_at,
        found.ends_at,
        seat,
        until,
        doctor.fee_minor,
        doctor.currency,
        patient_name,
    )
    await insert_held(ctx, held, doctor)
    # The guardian consented when the child was put on the list.
    await keep_consent_of(ctx, member, held.id, ConsentStep.BOOKING, now.created_at)
    if not await waitlist.offer(ctx.tx, place.id, held.id, held.starts_at, ctx.now):
        raise OwnFault(f"place {place.id} changed while it was locked")
    await record(
        ctx,
        Action.WAITLIST_OFFER,
        ("waitlist_entry", place.id),
        patient_id=place.patient_id,
        detail={"appointment_id": str(held.id)},
    )
    await tell(ctx, Notice.WAITLIST_OFFER, held.id, occasion=held.id, offer_ends_at=until)
    return 1
