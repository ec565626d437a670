"""Delivering notices: what sending one needs, what became of it, and the administration's view of both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from actions.context import Context, permit, record, record_patients
from domain.appointment import AppointmentState
from domain.consultation import ConsultationState
from domain.errors import NotFound, OwnFault
from domain.ids import AppointmentId
from domain.jobs import send_notice
from domain.notices import (
    DELIVERY,
    OF_A_BOOKED_VISIT,
    REMINDERS,
    DeliveryEvent,
    DeliveryState,
    Notice,
    NoticeChannel,
    Reason,
    put_off_until,
)
from domain.permissions import Action
from storage import job_queue, notices
from storage.notices import Delivery, KeptNotice, NoticeInHand

DELIVERIES_MAX: Final = 100
"""Deliveries on one page at most."""
AGAIN_USEFUL_FOR: Final = timedelta(days=1)
FIGURES_DAYS: Final = 30


@dataclass(frozen=True, slots=True)
class Letter:
    """What one notice to one person needs to be written and sent. `zone` is the recipient's."""

    id: UUID
    kind: Notice
    channel: NoticeChannel
    to: str
    locale: str
    zone: ZoneInfo
    patient_name: str
    practitioner_name: str
    appointment_id: AppointmentId
    starts_at: datetime
    ends_at: datetime
    calendar_sequence: int
    calendar_changed_at: datetime
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DeliveryFigures:
    """How notices of the last `days` days went: how many are in each state, by channel."""

    days: int
    counts: Mapping[tuple[NoticeChannel, DeliveryState, bool], int]


async def letter(ctx: Context, notice_id: UUID, hospital_zone: ZoneInfo) -> Letter | None:
    """Return what sending a notice needs, or None when there is nothing to send now.

    Whether it still is to be sent is decided here, at the last moment: a visit that was moved or cancelled
    meanwhile, a time that is over, a wish, quiet hours. Each such end is kept with its reason.
    """
    permit(ctx, Action.NOTICE_SEND)
    kept = await notices.to_send(ctx.tx, notice_id)
    if kept is None or kept.state not in (DeliveryState.QUEUED, DeliveryState.FAILED):
        return None
    zone = hospital_zone if kept.time_zone is None else ZoneInfo(kept.time_zone)
    why = _pointless(kept, ctx.now)
    if why is not None:
        await _move(ctx, kept, DeliveryEvent.DROP, reason=why.value)
        return None
    wait = put_off_until(
        kept.kind,
        kept.channel,
        ctx.now,
        zone,
        starts_at=kept.starts_at,
        offer_ends_at=kept.useful_until if kept.kind is Notice.WAITLIST_OFFER else None,
    )
    if wait is not None:
        await _move(ctx, kept, DeliveryEvent.PUT_OFF, due_at=wait)
        return None
    if kept.address is None:
        raise OwnFault("a notice without an address is pointless")
    await record(
        ctx,
        Action.NOTICE_SEND,
        ("notice", kept.id),
        patient_id=kept.patient_id,
        detail={"step": "prepared", "kind": kept.kind, "by": kept.channel},
    )
    return Letter(
        kept.id,
        kept.kind,
        kept.channel,
        kept.address,
        kept.locale,
        zone,
        kept.patient_name,
        kept.practitioner_name,
        kept.appointment_id,
        kept.starts_at,
        kept.ends_at,
        kept.calendar_sequence,
        kept.calendar_changed_at,
        kept.facts,
    )


async def sent(ctx: Context, notice_id: UUID, provider_id: str | None) -> None:
    """Keep that a notice was taken, under the provider's own name for it. None: there is no provider."""
    permit(ctx, Action.NOTICE_SEND)
    kept = await _in_hand(ctx, notice_id)
    if kept is None:
        return
    if provider_id is None:
        await _move(ctx, kept, DeliveryEvent.DROP, reason=Reason.NO_SERVER.value)
    else:
        await _move(ctx, kept, DeliveryEvent.SEND, provider_id=provider_id[:200], tries=1)


async def not_sent(ctx: Context, notice_id: UUID, reason: str, *, final: bool) -> None:
    """Keep that a notice was not taken, and why: a stable word. A `final` one is not tried again."""
    permit(ctx, Action.NOTICE_SEND)
    kept = await _in_hand(ctx, notice_id)
    if kept is not None:
        event = DeliveryEvent.GIVE_UP if final else DeliveryEvent.FAIL
        await _move(ctx, kept, event, reason=reason[:120], tries=1)


async def list_deliveries(
    ctx: Context, states: Sequence[DeliveryState], before_id: UUID | None, limit: int
) -> list[Delivery]:
    """Return deliveries in these states, the newest first, from `before_id` back.

    At most `limit`, which is DELIVERIES_MAX and one more at most.
    """
    permit(ctx, Action.NOTICE_LIST)
    found = await notices.deliveries(ctx.tx, states, before_id, min(limit, DELIVERIES_MAX + 1))
    await record_patients(ctx, Action.NOTICE_LIST, [item.patient_id for item in found])
    return found


async def delivery_figures(ctx: Context) -> DeliveryFigures:
    """Return how the notices of the last days went."""
    permit(ctx, Action.NOTICE_LIST)
    counts = await notices.figures(ctx.tx, ctx.now - timedelta(days=FIGURES_DAYS))
    await record(ctx, Action.NOTICE_LIST, detail={"step": "figures"})
    return DeliveryFigures(FIGURES_DAYS, counts)


async def send_again(ctx: Context, notice_id: UUID) -> None:
    """Queue a notice that was given up again, at once and with all its tries.

    Raise NotFound when there is no such notice, WrongState when it was not given up.
    """
    permit(ctx, Action.NOTICE_SEND_AGAIN)
    kept = await notices.to_send(ctx.tx, notice_id)
    if kept is None:
        raise NotFound("notice")
    until = max(kept.useful_until, ctx.now + AGAIN_USEFUL_FOR)
    # What is of a visit ahead stays so: nobody is reminded of yesterday.
    keeps = kept.kind in OF_A_BOOKED_VISIT or kept.kind is Notice.WAITLIST_OFFER
    await _move(ctx, kept, DeliveryEvent.SEND_AGAIN, due_at=ctx.now, useful_until=None if keeps else until)
    await job_queue.enqueue(ctx.tx, send_notice(notice_id))


async def _in_hand(ctx: Context, notice_id: UUID) -> NoticeInHand | None:
    kept = await notices.in_hand(ctx.tx, notice_id)
    # Somebody else may have ended it meanwhile, as after a worker that was thought dead.
    return kept if kept is not None and kept.state in (DeliveryState.QUEUED, DeliveryState.FAILED) else None


async def _move(ctx: Context, kept: KeptNotice | NoticeInHand, event: DeliveryEvent, **changes: Any) -> None:
    after = DELIVERY.next(kept.state, event)
    if not await notices.move(ctx.tx, kept.id, kept.state, after, ctx.now, **changes):
        raise OwnFault(f"notice {kept.id} changed while it was locked")
    again = event is DeliveryEvent.SEND_AGAIN
    await record(
        ctx,
        Action.NOTICE_SEND_AGAIN if again else Action.NOTICE_SEND,
        ("notice", kept.id),
        patient_id=kept.patient_id,
        detail={"step": event, "kind": kept.kind, "by": kept.channel},
    )


def _pointless(kept: KeptNotice, now: datetime) -> Reason | None:
    """Return why a notice is not to be sent any more, or None."""
    if kept.disabled:
        return Reason.DISABLED
    if kept.address is None:
        return Reason.NO_ADDRESS
    if kept.sequence < kept.calendar_sequence and kept.kind in OF_A_BOOKED_VISIT:
        return Reason.SUPERSEDED
    if kept.kind in OF_A_BOOKED_VISIT and kept.appointment_state is not AppointmentState.BOOKED:
        return Reason.NOT_BOOKED
    if kept.kind in REMINDERS:
        if kept.consultation_state is not ConsultationState.PLANNED:
            return Reason.ARRIVED
        if not kept.reminders:
            return Reason.REMINDERS_OFF
    if now > kept.useful_until:
        return Reason.TOO_LATE
    return None
