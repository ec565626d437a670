"""Telling a patient of a visit: the notices that an action makes, in its own transaction.

`tell` is a step of actions, as queueing a job is: the action that calls it has checked who may do what and
writes the audit line. Sending is deliveries' part.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from actions.context import Context, permit, record
from actions.jobs import effect_done, mark_effect
from domain.errors import OwnFault
from domain.ids import AppointmentId
from domain.jobs import send_notice
from domain.notices import (
    OF_A_BOOKED_VISIT,
    OF_THE_CALENDAR,
    REMINDERS,
    DeliveryState,
    Fact,
    Notice,
    channels,
    check_facts,
    reminders,
    useful_until,
)
from domain.permissions import Action
from storage import consultations, job_queue, notices
from storage.notices import NewNotice, Recipient


@dataclass(frozen=True, slots=True)
class _Telling:
    """What `tell` was asked for, and whom it concerns."""

    ctx: Context
    appointment_id: UUID
    to: Recipient
    sequence: int
    facts: Mapping[str, str | int]


async def tell(
    ctx: Context, notice: Notice, appointment_id: UUID, *, occasion: str | UUID | None = None, **facts: Fact
) -> None:
    """Have the patient of this appointment told, when and only when the transaction commits.

    Call it after the change that it tells of. The calendar's number rises with every appointment-changed and
    appointment-cancelled; what waited of before is dropped. Made and changed ones bring their reminders.
    Other notices go once for each appointment and number, or once for each `occasion` (at most 60
    characters) where there can be several: an offer's or a refund's id. `facts` are those of
    domain.notices.FACTS. Nothing happens for a patient whose account is disabled or has no address.

    Raise OwnFault for an unknown appointment, facts that are not those, or a reminder, which comes by
    itself.
    """
    if notice in REMINDERS:
        raise OwnFault("reminders come with the appointment")
    check_facts(notice, facts)
    to = await notices.recipient(ctx.tx, appointment_id)
    if to is None:
        raise OwnFault(f"a notice is about the appointment {appointment_id}, which is not there")
    sequence = await _number(ctx, notice, appointment_id, to)
    kept = {name: fact.isoformat() if isinstance(fact, datetime) else fact for name, fact in facts.items()}
    telling = _Telling(ctx, appointment_id, to, sequence, kept)
    offer_ends_at = facts.get("offer_ends_at")
    until = useful_until(
        notice, to.starts_at, ctx.now, offer_ends_at if isinstance(offer_ends_at, datetime) else None
    )
    await _keep(telling, notice, str(occasion or f"calendar-{sequence}"), ctx.now, until)
    if notice in (Notice.APPOINTMENT_MADE, Notice.APPOINTMENT_CHANGED):
        # Also for who wants none: that is asked when their time comes, and wishes change.
        for reminder, due_at in reminders(to.starts_at, ctx.now):
            until = useful_until(reminder, to.starts_at, ctx.now)
            await _keep(telling, reminder, f"calendar-{sequence}", due_at, until)


async def told_before(ctx: Context, consultation_id: UUID, key: str) -> None:
    """Make the notice that a visit ended of a job with this key, which an earlier version queued."""
    permit(ctx, Action.MAIL_SEND)
    if await effect_done(ctx, key):
        return
    visit = await consultations.by_id(ctx.tx, consultation_id)
    await tell(ctx, Notice.VISIT_ENDED, visit.appointment_id)
    await mark_effect(ctx, key)
    await record(
        ctx,
        Action.MAIL_SEND,
        ("consultation", visit.id),
        patient_id=visit.patient_id,
        detail={"step": "handed_over"},
    )


async def _number(ctx: Context, notice: Notice, appointment_id: UUID, to: Recipient) -> int:
    if notice not in OF_THE_CALENDAR:
        return to.sequence
    if notice is Notice.APPOINTMENT_MADE:
        await notices.begin_calendar(ctx.tx, appointment_id, ctx.now)
        return to.sequence
    sequence = await notices.move_calendar(ctx.tx, appointment_id, ctx.now)
    await notices.drop_superseded(ctx.tx, appointment_id, OF_A_BOOKED_VISIT, sequence, ctx.now)
    return sequence


async def _keep(telling: _Telling, kind: Notice, occasion: str, due_at: datetime, until: datetime) -> None:
    ctx, to = telling.ctx, telling.to
    if to.disabled or until <= ctx.now:
        return
    now_due = due_at <= ctx.now
    for channel in channels(to.preferences.way, email=to.has_email, phone=to.has_phone):
        new = NewNotice(
            ctx.new_id(),
            kind,
            AppointmentId(telling.appointment_id),
            occasion,
            to.account_id,
            channel,
            telling.sequence,
            telling.facts if kind not in REMINDERS else {},
            DeliveryState.QUEUED if now_due else DeliveryState.WAITING,
            due_at,
            until,
        )
        kept = await notices.insert(ctx.tx, new, ctx.now)
        if kept is not None and now_due:
            await job_queue.enqueue(ctx.tx, send_notice(kept))
