"""On what ground a seat is taken: it is ours, it is of the HIS's quota, or the HIS is asked and told.

Parts of actions: whoever calls has asked for permission and writes the line. What the HIS says is
his_slots' part.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from actions.context import Context
from domain.booking import Booking, free_seat
from domain.errors import OwnFault
from domain.his_slots import (
    OWN_CLAIM,
    SLOT_REQUEST,
    Claim,
    HisNotConnected,
    SlotOwner,
    SlotRequest,
    SlotRequestEvent,
    SlotRequestState,
    answer_by,
)
from domain.ids import AppointmentId, PractitionerId
from domain.jobs import his_ask, his_release
from storage import his_slots
from storage.job_queue import enqueue


async def claim_at(
    ctx: Context, practitioner_id: PractitionerId, starts_at: datetime, *, but_for: UUID | None = None
) -> Claim:
    """Return the ground on which a seat of a doctor's slot can be taken.

    The caller has locked the doctor, so that a seat of the quota stays free until the end of the
    transaction. What the appointment `but_for` takes counts as free. Raise HisNotConnected when the HIS
    would have to be asked and is not there.
    """
    found = (await his_slots.ownerships(ctx.tx, [practitioner_id])).get(practitioner_id)
    if found is None or found.owner is SlotOwner.OURS:
        return OWN_CLAIM
    day = found.day_of(starts_at)
    await his_slots.release_ended(ctx.tx, practitioner_id, day, ctx.now)
    taken = await his_slots.quota_taken(ctx.tx, [practitioner_id], day, day, ctx.now, but_for)
    seats = taken.get((practitioner_id, day), [])
    seat = free_seat(found.quota_a_day, seats) if len(seats) < found.quota_a_day else None
    if seat is not None:
        return Claim(SlotOwner.HIS, day, seat)
    if not ctx.his_connected:
        raise HisNotConnected
    return Claim(SlotOwner.HIS)


async def claimable(
    ctx: Context, practitioner_id: PractitionerId, start: datetime, end: datetime
) -> Callable[[datetime], bool]:
    """Return what tells of any slot that begins in [start, end) whether claim_at would find a ground for it.

    It asks the database a few times, however many slots there are, and writes nothing.
    """
    found = (await his_slots.ownerships(ctx.tx, [practitioner_id])).get(practitioner_id)
    if found is None or found.owner is SlotOwner.OURS or ctx.his_connected:
        return lambda _: True
    if not found.quota_a_day:
        return lambda _: False
    taken = await his_slots.quota_taken(
        ctx.tx, [practitioner_id], found.day_of(start), found.day_of(end), ctx.now
    )
    return lambda starts_at: (
        len(taken.get((practitioner_id, found.day_of(starts_at)), ())) < found.quota_a_day
    )


async def ask(ctx: Context, wanted: Booking) -> None:
    """Ask the HIS for the slot of a pending appointment: by a job, once this transaction is durable."""
    request = SlotRequest(
        ctx.new_id(),
        wanted.id,
        wanted.patient_id,
        wanted.practitioner_id,
        wanted.starts_at,
        wanted.ends_at,
        SlotRequestState.OPEN,
        answer_by(wanted.starts_at, ctx.now),
    )
    await his_slots.insert_request(ctx.tx, request, ctx.now)
    await enqueue(ctx.tx, his_ask(request.id))


async def give_back(ctx: Context, appointment_id: AppointmentId) -> None:
    """Withdraw what the HIS was asked for an appointment, or had confirmed: a job tells it.

    Nothing happens for one of which the HIS was never asked.
    """
    request = await his_slots.standing_request(ctx.tx, appointment_id)
    if request is None:
        return
    await decided(ctx, request, SlotRequestEvent.WITHDRAW)
    await enqueue(ctx.tx, his_release(request.id))


async def decided(ctx: Context, request: SlotRequest, event: SlotRequestEvent) -> None:
    """Move a locked request. Raise WrongState when this cannot happen to it."""
    state = SLOT_REQUEST.next(request.state, event)
    if not await his_slots.decide(ctx.tx, request, state, ctx.now):
        raise OwnFault(f"slot request {request.id} changed while it was locked")
