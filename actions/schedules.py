"""Schedules: a doctor's weekly hours, exceptions and leave; the doctor's own part is the own leave."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from uuid import UUID

from actions.context import ActionRefused, Context, permit, record
from actions.freed_seats import tell_waitlist
from actions.rebooking import clear
from domain.errors import Code, NotFound, OwnFault, TooMany
from domain.his_slots import HisNotConnected, Ownership, SlotOwner, check_ownership
from domain.ids import PractitionerId
from domain.permissions import Action
from domain.rebooking import OfferReason
from domain.schedule import (
    DayException,
    ExceptionKind,
    Hours,
    Leave,
    Plan,
    Template,
    check_exception,
    check_leave,
    check_template,
    closed_by,
)
from storage import bookings, changes, his_slots, practitioners, schedules

TEMPLATES_MAX = 60
EXCEPTIONS_MAX = 400
LEAVES_MAX = 100
"""How much a doctor may have of each at once: slots are computed from all of it."""


@dataclass(frozen=True, slots=True)
class LeaveWithVisits:
    """A leave, and how many visits are booked in it.

    When it is entered they are called off, and their patients are offered other times: then `booked` counts
    these. Later it counts those that stay: their patients had come already.
    """

    leave: Leave
    booked: int


async def read_schedule(ctx: Context, practitioner_id: PractitionerId, today: date) -> Plan:
    """Return a doctor's templates, and the exceptions and leaves not over. Raise NotFound."""
    permit(ctx, Action.SCHEDULE_READ)
    await _known(ctx, practitioner_id)
    found = await schedules.whole_plan(ctx.tx, practitioner_id, today, ctx.now)
    await record(ctx, Action.SCHEDULE_READ, ("practitioner", practitioner_id))
    return found


async def slot_ownership(ctx: Context, practitioner_id: PractitionerId) -> Ownership | None:
    """Return who owns a doctor's slots; None while nobody has said, so that they are ours.

    Read beside the schedule, whose line it has.
    """
    permit(ctx, Action.SCHEDULE_READ)
    return (await his_slots.ownerships(ctx.tx, [practitioner_id])).get(practitioner_id)


async def set_slot_ownership(
    ctx: Context, practitioner_id: PractitionerId, owner: SlotOwner, quota_a_day: int, zone: str
) -> Ownership:
    """Say who owns a doctor's slots from now on, and how many of each day the HIS has ceded.

    What is booked, held or requested keeps the ground on which it was taken. Raise InvalidInput, NotFound,
    Conflict (his.not_connected) for the HIS where nobody could ask it.
    """
    permit(ctx, Action.SCHEDULE_CHANGE)
    check_ownership(owner, quota_a_day)
    if await bookings.lock_doctor(ctx.tx, practitioner_id) is None:
        await _known(ctx, practitioner_id)
    if owner is SlotOwner.HIS and not ctx.his_connected:
        raise HisNotConnected
    made = Ownership(owner, quota_a_day, zone)
    await his_slots.write_ownership(ctx.tx, practitioner_id, made, ctx.now)
    await record(
        ctx,
        Action.SCHEDULE_CHANGE,
        ("practitioner", practitioner_id),
        detail={"what": "slot-owner", "did": "change", "owner": owner.value, "quota_a_day": quota_a_day},
    )
    return made


async def add_template(
    ctx: Context,
    practitioner_id: PractitionerId,
    weekday: int,
    hours: Hours,
    valid_from: date,
    valid_to: date | None,
) -> Template:
    """Give a doctor weekly hours. Raise InvalidInput, NotFound, TooMany, Conflict when hours overlap."""
    permit(ctx, Action.SCHEDULE_CHANGE)
    check_template(weekday, hours, valid_from, valid_to)
    await _known(ctx, practitioner_id)
    counts = await schedules.counts(ctx.tx, practitioner_id, valid_from, ctx.now)
    _fits(counts.templates, TEMPLATES_MAX, "weekly hours")
    made = Template(ctx.new_id(), weekday, hours, valid_from, valid_to)
    await schedules.insert_template(ctx.tx, practitioner_id, made, ctx.now)
    await _changed(ctx, practitioner_id, "template", "add")
    return made


async def change_template(
    ctx: Context, template_id: UUID, weekday: int, hours: Hours, valid_from: date, valid_to: date | None
) -> Template:
    """Change weekly hours. Raise InvalidInput, NotFound, Conflict when they overlap others."""
    permit(ctx, Action.SCHEDULE_CHANGE)
    check_template(weekday, hours, valid_from, valid_to)
    changed = Template(template_id, weekday, hours, valid_from, valid_to)
    owner = await schedules.write_template(ctx.tx, changed)
    if owner is None:
        raise NotFound("weekly hours")
    await _changed(ctx, owner, "template", "change")
    return changed


async def remove_template(ctx: Context, template_id: UUID) -> None:
    """Take weekly hours away; what is booked stays booked. Raise NotFound."""
    permit(ctx, Action.SCHEDULE_CHANGE)
    owner = await schedules.delete_template(ctx.tx, template_id)
    if owner is None:
        raise NotFound("weekly hours")
    await _changed(ctx, owner, "template", "remove")


async def add_exception(
    ctx: Context,
    practitioner_id: PractitionerId,
    kind: ExceptionKind,
    day: date,
    hours: Hours,
    today: date,
) -> DayException:
    """Make one day different; what is booked in hours that it closes is called off, with an offer.

    Raise InvalidInput, NotFound, TooMany.
    """
    permit(ctx, Action.SCHEDULE_CHANGE)
    check_exception(kind, day, hours, today)
    await _known(ctx, practitioner_id)
    counts = await schedules.counts(ctx.tx, practitioner_id, today, ctx.now)
    _fits(counts.exceptions, EXCEPTIONS_MAX, "exceptions")
    made = DayException(ctx.new_id(), kind, day, hours)
    await schedules.insert_exception(ctx.tx, practitioner_id, made, ctx.now)
    closed = closed_by(made)
    if closed is not None and closed[1] > ctx.now:
        begins, ends = max(closed[0], ctx.now), closed[1]
        await clear(ctx, practitioner_id, begins, ends, OfferReason.DOCTOR_UNAVAILABLE)
    await _changed(ctx, practitioner_id, "exception", "add")
    return made


async def visits_in_closed_hours(
    ctx: Context, practitioner_id: PractitionerId, day: date, hours: Hours, today: date
) -> int:
    """Return how many visits an exception that closes these hours would call off.

    The capacity of `hours` counts for nothing. Raise InvalidInput, NotFound.
    """
    permit(ctx, Action.SCHEDULE_READ)
    hours = replace(hours, slot_minutes=0, capacity=0)
    check_exception(ExceptionKind.CAPACITY, day, hours, today)
    if await practitioners.by_id(ctx.tx, practitioner_id) is None:
        raise NotFound("doctor")
    closed = closed_by(DayException(ctx.new_id(), ExceptionKind.CAPACITY, day, hours))
    if closed is None:
        raise OwnFault("hours without a place are not closed")
    found = await _called_off(ctx, practitioner_id, *closed)
    await record(ctx, Action.SCHEDULE_READ, ("practitioner", practitioner_id))
    return found


async def remove_exception(ctx: Context, exception_id: UUID) -> None:
    """Take an exception away. Raise NotFound."""
    permit(ctx, Action.SCHEDULE_CHANGE)
    owner = await schedules.delete_exception(ctx.tx, exception_id)
    if owner is None:
        raise NotFound("exception")
    await _changed(ctx, owner, "exception", "remove")


async def add_leave(
    ctx: Context, practitioner_id: PractitionerId, begins_at: datetime, ends_at: datetime
) -> LeaveWithVisits:
    """Enter any doctor's leave, [begins_at, ends_at). Raise InvalidInput, NotFound, TooMany."""
    permit(ctx, Action.SCHEDULE_CHANGE)
    made = await _leave(ctx, practitioner_id, begins_at, ends_at)
    await _changed(ctx, practitioner_id, "leave", "add")
    return made


async def visits_in_leave(
    ctx: Context, practitioner_id: PractitionerId, begins_at: datetime, ends_at: datetime
) -> int:
    """Return how many visits a leave would call off. Raise NotFound."""
    permit(ctx, Action.SCHEDULE_READ)
    if await practitioners.by_id(ctx.tx, practitioner_id) is None:
        raise NotFound("doctor")
    found = await _called_off(ctx, practitioner_id, begins_at, ends_at)
    await record(ctx, Action.SCHEDULE_READ, ("practitioner", practitioner_id))
    return found


async def visits_in_own_leave(ctx: Context, begins_at: datetime, ends_at: datetime) -> int:
    """Return how many of the doctor's visits a leave would call off."""
    permit(ctx, Action.LEAVE_READ_OWN)
    own = _own_id(ctx)
    found = await _called_off(ctx, own, begins_at, ends_at)
    await record(ctx, Action.LEAVE_READ_OWN, ("practitioner", own))
    return found


async def remove_leave(ctx: Context, leave_id: UUID) -> None:
    """Take any doctor's leave away: its hours are offered again. Raise NotFound."""
    permit(ctx, Action.SCHEDULE_CHANGE)
    owner = await _leave_owner(ctx, leave_id)
    await schedules.delete_leave(ctx.tx, leave_id)
    await _changed(ctx, owner, "leave", "remove")


async def own_leaves(ctx: Context) -> list[LeaveWithVisits]:
    """Return the doctor's own leaves that are not over. The time of a visit that was called off is none."""
    permit(ctx, Action.LEAVE_READ_OWN)
    own = _own_id(ctx)
    found = [
        await _with_visits(ctx, own, leave)
        for leave in await schedules.own_leaves(ctx.tx, own, ctx.now)
        if not leave.of_visit
    ]
    await record(ctx, Action.LEAVE_READ_OWN, ("practitioner", own))
    return found


async def add_own_leave(ctx: Context, begins_at: datetime, ends_at: datetime) -> LeaveWithVisits:
    """Enter the doctor's own leave, [begins_at, ends_at). Raise InvalidInput, TooMany."""
    permit(ctx, Action.LEAVE_CHANGE_OWN)
    own = _own_id(ctx)
    made = await _leave(ctx, own, begins_at, ends_at)
    await record(ctx, Action.LEAVE_CHANGE_OWN, ("practitioner", own), detail={"did": "add"})
    return made


async def remove_own_leave(ctx: Context, leave_id: UUID) -> None:
    """Take the doctor's own leave away. Raise NotFound, ActionRefused for somebody else's.

    The time of a visit that was called off is no leave of hers: the administration opens it again.
    """
    permit(ctx, Action.LEAVE_CHANGE_OWN)
    owner = await _leave_owner(ctx, leave_id)
    if owner != ctx.actor.practitioner_id:
        raise ActionRefused(Action.LEAVE_CHANGE_OWN, ("practitioner", owner))
    entered = await schedules.own_leaves(ctx.tx, owner, ctx.now)
    if any(one.id == leave_id and one.of_visit for one in entered):
        raise NotFound("leave")
    await schedules.delete_leave(ctx.tx, leave_id)
    await tell_waitlist(ctx, owner)
    await record(ctx, Action.LEAVE_CHANGE_OWN, ("practitioner", owner), detail={"did": "remove"})


async def _leave(
    ctx: Context, practitioner_id: PractitionerId, begins_at: datetime, ends_at: datetime
) -> LeaveWithVisits:
    check_leave(begins_at, ends_at, ctx.now)
    await _known(ctx, practitioner_id)
    counts = await schedules.counts(ctx.tx, practitioner_id, ctx.now.date(), ctx.now)
    _fits(counts.leaves, LEAVES_MAX, "leaves")
    made = Leave(ctx.new_id(), begins_at.astimezone(UTC), ends_at.astimezone(UTC))
    await schedules.insert_leave(ctx.tx, practitioner_id, made, ctx.now)
    begins = max(made.begins_at, ctx.now)
    moved = await clear(ctx, practitioner_id, begins, made.ends_at, OfferReason.DOCTOR_LEAVE)
    return LeaveWithVisits(made, moved)


async def _called_off(
    ctx: Context, practitioner_id: PractitionerId, begins_at: datetime, ends_at: datetime
) -> int:
    begins_at = max(begins_at, ctx.now)
    found = await changes.visits_within(ctx.tx, practitioner_id, begins_at, ends_at)
    return len(found) + len(await changes.pending_within(ctx.tx, practitioner_id, begins_at, ends_at))


async def _with_visits(ctx: Context, practitioner_id: PractitionerId, leave: Leave) -> LeaveWithVisits:
    begins = max(leave.begins_at, ctx.now)
    return LeaveWithVisits(
        leave, await schedules.booked_between(ctx.tx, practitioner_id, begins, leave.ends_at)
    )


async def _leave_owner(ctx: Context, leave_id: UUID) -> PractitionerId:
    owner = await schedules.leave_owner(ctx.tx, leave_id)
    if owner is None:
        raise NotFound("leave")
    return owner


async def _known(ctx: Context, practitioner_id: PractitionerId) -> None:
    """Raise NotFound for who is no doctor; lock the profile, so that counting and adding are one."""
    if await practitioners.by_id(ctx.tx, practitioner_id, lock=True) is None:
        raise NotFound("doctor")


async def _changed(ctx: Context, practitioner_id: PractitionerId, what: str, did: str) -> None:
    await tell_waitlist(ctx, practitioner_id)
    subject = ("practitioner", practitioner_id)
    await record(ctx, Action.SCHEDULE_CHANGE, subject, detail={"what": what, "did": did})


def _own_id(ctx: Context) -> PractitionerId:
    if ctx.actor.practitioner_id is None:
        raise OwnFault(f"account {ctx.actor.account_id} is a doctor without a practitioner")
    return ctx.actor.practitioner_id


def _fits(count: int, limit: int, what: str) -> None:
    if count >= limit:
        raise TooMany(Code.SCHEDULE_TOO_MANY, what, count + 1, limit)
