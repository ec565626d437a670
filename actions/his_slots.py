"""What the hospital's own system (HIS) says of its slots: confirmed, refused, given to somebody else.

The HIS is never asked inside a transaction. Asking again is the same request, and hearing an answer again
changes nothing. Without an answer in time the visit is called off as if it had refused.
"""

from typing import Final
from uuid import UUID

import structlog

from actions import rebooking
from actions.context import Context, UnitOfWork, permit, record
from actions.each_alone import each_alone
from actions.notices import tell
from actions.slot_claims import decided
from domain.accounts import SYSTEM
from domain.appointment import APPOINTMENT, AppointmentEvent, AppointmentState
from domain.errors import NotFound, OwnFault
from domain.his_slots import (
    ASK_AGAIN,
    SLOT_REQUEST,
    SlotAnswer,
    SlotRequest,
    SlotRequestEvent,
    SlotRequestState,
)
from domain.ids import AppointmentId
from domain.jobs import JobGivenUp, his_ask, his_release
from domain.notices import Notice
from domain.permissions import Action
from domain.rebooking import OfferReason
from providers.his import HospitalSlots, SlotOrder
from storage import bookings, his_slots
from storage.job_queue import enqueue

_AT_ONCE: Final = 50
_EVENTS: Final = {
    SlotAnswer.CONFIRMED: SlotRequestEvent.CONFIRM,
    SlotAnswer.REFUSED: SlotRequestEvent.REFUSE,
}

_log = structlog.get_logger(__name__)


async def bring(work: UnitOfWork, his: HospitalSlots, slot_request_id: UUID, request_id: str) -> None:
    """Bring an open request to the HIS and have its answer count. For its job: it may be run again.

    Raise PartnerDown when the HIS does not answer, JobGivenUp for a request that is none.
    """
    async with work.begin(SYSTEM, request_id) as ctx:
        permit(ctx, Action.HIS_ASK)
        found = await his_slots.request_by_id(ctx.tx, slot_request_id)
        if found is None:
            raise JobGivenUp("his.unknown_request")
        if found.state is not SlotRequestState.OPEN:
            return
        # Kept before anything leaves the house: what the HIS was told of a patient has its line.
        await record(ctx, Action.HIS_ASK, ("appointment", found.appointment_id), patient_id=found.patient_id)
    answer = await his.request(_order(found))
    async with work.begin(SYSTEM, request_id) as ctx:
        await hear(ctx, slot_request_id, answer)


async def bring_back(work: UnitOfWork, his: HospitalSlots, slot_request_id: UUID, request_id: str) -> None:
    """Tell the HIS that a slot is not wanted any more. For its job. Raise PartnerDown, JobGivenUp."""
    async with work.begin(SYSTEM, request_id) as ctx:
        permit(ctx, Action.HIS_ASK)
        found = await his_slots.request_by_id(ctx.tx, slot_request_id)
        if found is None:
            raise JobGivenUp("his.unknown_request")
    await his.release(_order(found))


async def hear(ctx: Context, slot_request_id: UUID, answer: SlotAnswer) -> bool:
    """Have an answer of the HIS count; say whether it changed anything. A repeated one does not.

    Confirmed: the visit is booked and its patient told. Refused: it is called off, with an offer of other
    times. What is confirmed after we gave it up is given back. Raise NotFound.
    """
    permit(ctx, Action.HIS_HEAR)
    found = await his_slots.request_by_id(ctx.tx, slot_request_id, lock=True)
    if found is None:
        raise NotFound("slot request")
    event = _EVENTS[answer]
    if not SLOT_REQUEST.allows(found.state, event):
        given_up = found.state in (SlotRequestState.WITHDRAWN, SlotRequestState.LAPSED)
        if given_up and answer is SlotAnswer.CONFIRMED:
            await enqueue(ctx.tx, his_release(found.id, int(ctx.now.timestamp())))
        return False
    await decided(ctx, found, event)
    if answer is SlotAnswer.CONFIRMED:
        await _accept(ctx, found)
    else:
        await rebooking.offer(ctx, found.appointment_id, OfferReason.HIS_CONFLICT)
    await _kept(ctx, found, answer.value)
    return True


async def conflict(ctx: Context, appointment_id: AppointmentId) -> bool:
    """Have it count that the HIS gave a visit's slot to somebody else; say whether it changed anything.

    The visit is called off: its patient is told, and chooses another time or the whole fee. One that was
    called off before stays so. Raise NotFound, WrongState when its patient has come already: then people
    see to it.
    """
    permit(ctx, Action.HIS_HEAR)
    request = await his_slots.standing_request(ctx.tx, appointment_id)
    found = await bookings.by_id(ctx.tx, appointment_id)
    if found is None:
        raise NotFound("appointment")
    if not APPOINTMENT.allows(found.state, AppointmentEvent.CANCEL) or found.state is AppointmentState.HELD:
        return False
    if request is not None:
        await decided(ctx, request, SlotRequestEvent.REFUSE)
    await rebooking.offer(ctx, appointment_id, OfferReason.HIS_CONFLICT)
    subject = ("appointment", appointment_id)
    await record(ctx, Action.HIS_HEAR, subject, patient_id=found.patient_id, detail={"answer": "conflict"})
    return True


async def tick(work: UnitOfWork, request_id: str) -> int:
    """Call off what the HIS has not answered in time, and ask again for the rest; return how many ended.

    Raise PartnerDown when the database does not answer.
    """
    async with work.begin(SYSTEM, request_id) as ctx:
        permit(ctx, Action.HIS_ASK)
        due = await his_slots.due(ctx.tx, ctx.now, _AT_ONCE)
        for slot_request_id, times in await his_slots.ask_again(
            ctx.tx, ctx.now, ctx.now - ASK_AGAIN, _AT_ONCE
        ):
            await enqueue(ctx.tx, his_ask(slot_request_id, times))

    async def lapse(slot_request_id: UUID) -> bool:
        async with work.begin(SYSTEM, request_id) as ctx:
            permit(ctx, Action.HIS_HEAR)
            found = await his_slots.request_by_id(ctx.tx, slot_request_id, lock=True)
            if found is None or found.state is not SlotRequestState.OPEN:
                return False
            await decided(ctx, found, SlotRequestEvent.LAPSE)
            # It may have heard us and been silent: then it keeps a slot for nobody.
            await enqueue(ctx.tx, his_release(found.id))
            await rebooking.offer(ctx, found.appointment_id, OfferReason.HIS_CONFLICT)
            await _kept(ctx, found, "none")
        return True

    ended = await each_alone(due, lapse, "his.not_lapsed", lambda slot_request_id: slot_request_id)
    if ended:
        _log.warning("his.no_answer", requests=ended)
    return ended


async def _accept(ctx: Context, request: SlotRequest) -> None:
    """Book a pending visit. One that was called off before keeps its consultation."""
    before = await bookings.by_id(ctx.tx, request.appointment_id, lock=True)
    if before is None:
        raise OwnFault(f"appointment {request.appointment_id} is gone")
    state = APPOINTMENT.next(before.state, AppointmentEvent.ACCEPT)
    if not await his_slots.move_pending(ctx.tx, before.id, state):
        raise OwnFault(f"appointment {before.id} changed while it was locked")
    await rebooking.plan(ctx, before)
    await tell(ctx, Notice.APPOINTMENT_MADE, before.id)


async def _kept(ctx: Context, request: SlotRequest, answer: str) -> None:
    subject = ("appointment", request.appointment_id)
    await record(ctx, Action.HIS_HEAR, subject, patient_id=request.patient_id, detail={"answer": answer})


def _order(request: SlotRequest) -> SlotOrder:
    return SlotOrder(
        request.id, request.patient_id, request.practitioner_id, request.starts_at, request.ends_at
    )
