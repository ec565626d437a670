"""Which seat of a doctor can be had at a time, keeping it, and what is free instead when none can."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from actions.context import Context
from actions.slot_claims import claim_at
from domain.appointment import AppointmentState
from domain.booking import ALTERNATIVES, Alternative, Answers, Booking, SlotTaken, free_seat
from domain.errors import Code, Conflict
from domain.ids import AppointmentId, PatientId, PractitionerId
from domain.schedule import HORIZON, Slot, free_slots, slots
from storage import bookings, schedules
from storage.bookings import BookableDoctor

_DAY = timedelta(days=1)
_NEAR = timedelta(days=7)
"""How far on both sides of a time alternatives are looked for."""
_COLLEAGUES = 12
"""Among how many doctors of a specialty they are looked for."""


async def seat_at(
    ctx: Context, practitioner_id: PractitionerId, starts_at: datetime, *, but_for: UUID | None = None
) -> tuple[Slot, int]:
    """Return the doctor's slot that begins at `starts_at` and a free seat of it; raise SlotTaken.

    The caller has locked the doctor, so that the seat stays free until the end of the transaction. Holds
    that are over are ended here. What the appointment `but_for` takes counts as free.
    """
    start, end = starts_at - _DAY, starts_at + _DAY
    plan = (await schedules.plans(ctx.tx, [practitioner_id], start, end))[practitioner_id]
    # Where hours overlap, what stands follows from the slots before.
    found = next(
        (one for one in slots(plan, (), start, end, ctx.now) if one.starts_at == starts_at),
        None,
    )
    if found is None:
        raise SlotTaken(practitioner_id, starts_at)
    await bookings.release_ended(ctx.tx, practitioner_id, found.starts_at, found.ends_at, ctx.now)
    taken = [
        one.seat
        for one in await bookings.taken(ctx.tx, practitioner_id, found.starts_at, found.ends_at, ctx.now)
        if one.ends_at > found.starts_at and one.id != but_for
    ]
    seat = free_seat(found.capacity, taken)
    if seat is None or len(taken) >= found.capacity:
        raise SlotTaken(practitioner_id, starts_at)
    return found, seat


async def hold_seat(
    ctx: Context,
    patient: tuple[PatientId, str],
    doctor: BookableDoctor,
    slot: Slot,
    seat: int,
    held_until: datetime,
    answers: Answers | None = None,
) -> Booking:
    """Keep a seat that seat_at returned for a patient (id and name), at the fee of this moment.

    Without `answers` the patient is asked before it is booked.

    Raise SlotTaken when the constraint finds it taken after all, HisNotConnected where nobody could confirm
    it but the hospital's own system, which is not there.
    """
    held = Booking(
        AppointmentId(ctx.new_id()),
        None,
        patient[0],
        doctor.id,
        doctor.name,
        doctor.title,
        doctor.specialty,
        AppointmentState.HELD,
        slot.starts_at,
        slot.ends_at,
        seat,
        held_until,
        doctor.fee_minor,
        doctor.currency,
        patient[1],
        await claim_at(ctx, doctor.id, slot.starts_at),
        answers=answers,
    )
    with or_slot_taken(doctor.id, slot.starts_at):
        await bookings.insert(ctx.tx, held, doctor.number, ctx.now)
    return held


@contextmanager
def or_slot_taken(practitioner_id: PractitionerId, starts_at: datetime) -> Iterator[None]:
    """Raise SlotTaken for the constraint's Conflict: the staff enters visits without asking for the lock."""
    try:
        yield
    except Conflict as conflict:
        if conflict.code is not Code.APPOINTMENT_OVERLAP:
            raise
        raise SlotTaken(practitioner_id, starts_at) from conflict


async def alternatives(
    ctx: Context, practitioner_id: PractitionerId, starts_at: datetime
) -> list[Alternative]:
    """Return free slots near a time: of the same doctor, then of others of the specialty, nearest first.

    What the public directory tells, so no permission is asked and no line is written. At most ALTERNATIVES
    of the doctor and as many of others, one of each.
    """
    doctors = await bookings.colleagues(ctx.tx, practitioner_id, ctx.request_id, _COLLEAGUES)
    middle = min(max(starts_at, ctx.now), ctx.now + HORIZON)
    start, end = max(middle - _NEAR, ctx.now), middle + _NEAR
    ids = [one.id for one in doctors]
    plans = await schedules.plans(ctx.tx, ids, start, end) if ids else {}
    taken = await schedules.booked(ctx.tx, ids, start, end, ctx.now) if ids else {}
    own: list[Alternative] = []
    others: list[Alternative] = []
    for one in doctors:
        free = sorted(
            free_slots(plans[one.id], taken[one.id], start, end, ctx.now),
            key=lambda slot: abs(slot.starts_at - starts_at),
        )
        is_own = one.id == practitioner_id
        (own if is_own else others).extend(
            Alternative(
                one.id, one.name, one.title, slot.starts_at, slot.ends_at, one.fee_minor, one.currency
            )
            for slot in islice(free, ALTERNATIVES if is_own else 1)
        )
    others.sort(key=lambda alternative: abs(alternative.starts_at - starts_at))
    return own + others[:ALTERNATIVES]
