"""Notices whose time has come, and how people want to be told of their visits."""

from dataclasses import dataclass, replace
from typing import Final

from actions.context import Context, UnitOfWork, permit, record
from domain.accounts import SYSTEM
from domain.errors import OwnFault
from domain.ids import AccountId
from domain.jobs import send_notice
from domain.notices import (
    DeliveryState,
    Notice,
    NoticeChannel,
    Preferences,
    Reason,
    Way,
    channels,
    check_time_zone,
)
from domain.permissions import Action
from storage import job_queue, notices
from storage.notices import NewNotice, Reach

AT_ONCE: Final = 100
"""Notices that one transaction queues."""


@dataclass(frozen=True, slots=True)
class OwnPreferences:
    """How the actor wants to be told, and by what she can be."""

    wanted: Preferences
    account_locale: str
    email: str | None
    phone: str | None
    channels: tuple[NoticeChannel, ...]


async def tick(work: UnitOfWork, request_id: str) -> int:
    """Queue every notice whose time has come; return how many there were.

    A server that was down finds them all when it is back: what is too late by then is dropped when it is
    its turn. Raise PartnerDown when the database does not answer.
    """
    queued = 0
    while True:
        async with work.begin(SYSTEM, request_id) as ctx:
            permit(ctx, Action.NOTICE_SEND)
            due = await notices.take_due(ctx.tx, ctx.now, AT_ONCE)
            for notice_id in due:
                await job_queue.enqueue(ctx.tx, send_notice(notice_id))
        queued += len(due)
        if len(due) < AT_ONCE:
            return queued


async def read_preferences(ctx: Context) -> OwnPreferences:
    """Return how the actor wants to be told of visits."""
    permit(ctx, Action.NOTICE_PREFERENCES_READ)
    reach = await _reach(ctx)
    await record(ctx, Action.NOTICE_PREFERENCES_READ, patient_id=ctx.actor.patient_id)
    return _own(reach, reach.preferences)


async def change_preferences(ctx: Context, wanted: Preferences) -> OwnPreferences:
    """Keep how the actor wants to be told; reminders that wait follow it. Return it as it stands.

    Raise InvalidInput for a time zone that is none.
    """
    permit(ctx, Action.NOTICE_PREFERENCES_CHANGE)
    if wanted.time_zone is not None:
        check_time_zone(wanted.time_zone)
    account_id = _account(ctx)
    reach = await _reach(ctx)
    await notices.put_preferences(ctx.tx, account_id, wanted, ctx.now)
    await _follow(ctx, account_id, reach, wanted)
    await record(
        ctx,
        Action.NOTICE_PREFERENCES_CHANGE,
        patient_id=ctx.actor.patient_id,
        detail={"way": wanted.way, "locale": wanted.locale, "reminders": wanted.reminders},
    )
    return _own(reach, wanted)


async def _follow(ctx: Context, account_id: AccountId, reach: Reach, wanted: Preferences) -> None:
    """Have the reminders that wait, or that an earlier wish dropped, go the way that is wanted now."""
    ways = _channels(reach, wanted.way)
    waiting = await notices.waiting_reminders(ctx.tx, account_id)
    dropped = await notices.dropped_reminders(ctx.tx, account_id, ctx.now)
    for one in waiting:
        if one.channel not in ways:
            await notices.move(
                ctx.tx,
                one.id,
                DeliveryState.WAITING,
                DeliveryState.DROPPED,
                ctx.now,
                reason=Reason.OTHER_WAY.value,
            )
    for one in {_same(item): item for item in (*dropped, *waiting)}.values():
        for channel in ways:
            # One that is there already stays as it is.
            await notices.insert(ctx.tx, replace(one, id=ctx.new_id(), channel=channel), ctx.now)


def _same(one: NewNotice) -> tuple[object, Notice, str]:
    return one.appointment_id, one.kind, one.occasion


async def _reach(ctx: Context) -> Reach:
    reach = await notices.reach(ctx.tx, _account(ctx))
    if reach is None:
        raise OwnFault("somebody who is signed in has no account")
    return reach


def _account(ctx: Context) -> AccountId:
    if ctx.actor.account_id is None:
        raise OwnFault("the hospital itself is told nothing")
    return ctx.actor.account_id


def _channels(reach: Reach, way: Way | None) -> tuple[NoticeChannel, ...]:
    return channels(way, email=reach.email is not None, phone=reach.phone is not None)


def _own(reach: Reach, wanted: Preferences) -> OwnPreferences:
    return OwnPreferences(
        wanted, reach.account_locale, reach.email, reach.phone, _channels(reach, wanted.way)
    )
