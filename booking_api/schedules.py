"""Schedules: weekly hours, exceptions and leave, for the administration; own leave for doctors."""

from actions import schedules
from booking_api import models_schedules as models
from booking_api.days import first_day, last_day
from booking_api.edge import Call, days_in_order
from domain.his_slots import Ownership, SlotOwner
from domain.ids import PractitionerId
from domain.schedule import DayException, ExceptionKind, Hours, Leave, Template


async def read_schedule(call: Call) -> models.ScheduleView:
    """GET /api/doctor-profiles/{id}/schedule."""
    async with call.begin() as ctx:
        found = await schedules.read_schedule(ctx, PractitionerId(call.uuid()), call.edge.today())
        owned = await schedules.slot_ownership(ctx, PractitionerId(call.uuid()))
    return models.ScheduleView(
        slots=_ownership(owned),
        his_connected=ctx.his_connected,
        hours=[_weekly(one) for one in found.templates],
        exceptions=[_exception(one) for one in found.exceptions],
        leaves=[_leave(call, one) for one in found.leaves],
    )


async def set_slot_ownership(call: Call) -> models.SlotOwnership:
    """POST /api/doctor-profiles/{id}/slot-ownership."""
    new = call.given(models.SlotOwnership)
    async with call.begin() as ctx:
        made = await schedules.set_slot_ownership(
            ctx, PractitionerId(call.uuid()), new.owner, new.quota_a_day, call.edge.hospital.time_zone
        )
    return _ownership(made)


async def add_weekly_hours(call: Call) -> models.WeeklyHours:
    """POST /api/doctor-profiles/{id}/hours."""
    new = call.given(models.NewWeeklyHours)
    async with call.begin() as ctx:
        made = await schedules.add_template(
            ctx,
            PractitionerId(call.uuid()),
            new.weekday,
            _hours(call, new),
            new.valid_from,
            new.valid_to,
        )
    return _weekly(made)


async def change_weekly_hours(call: Call) -> models.WeeklyHours:
    """POST /api/weekly-hours/{id}."""
    new = call.given(models.NewWeeklyHours)
    async with call.begin() as ctx:
        changed = await schedules.change_template(
            ctx, call.uuid(), new.weekday, _hours(call, new), new.valid_from, new.valid_to
        )
    return _weekly(changed)


async def remove_weekly_hours(call: Call) -> None:
    """DELETE /api/weekly-hours/{id}."""
    async with call.begin() as ctx:
        await schedules.remove_template(ctx, call.uuid())


async def add_schedule_exception(call: Call) -> models.ExceptionView:
    """POST /api/doctor-profiles/{id}/exceptions."""
    new = call.given(models.NewException)
    hours = _hours(call, new)
    if new.kind is ExceptionKind.CAPACITY:
        hours = Hours(hours.begins_minute, hours.ends_minute, 0, hours.capacity, hours.zone)
    async with call.begin() as ctx:
        made = await schedules.add_exception(
            ctx, PractitionerId(call.uuid()), new.kind, new.day, hours, call.edge.today()
        )
    return _exception(made)


async def remove_schedule_exception(call: Call) -> None:
    """DELETE /api/schedule-exceptions/{id}."""
    async with call.begin() as ctx:
        await schedules.remove_exception(ctx, call.uuid())


async def add_doctor_leave(call: Call) -> models.LeaveEntered:
    """POST /api/doctor-profiles/{id}/leave."""
    new = call.given(models.NewLeave)
    days_in_order(new.first_day, new.last_day)
    async with call.begin() as ctx:
        made = await schedules.add_leave(
            ctx,
            PractitionerId(call.uuid()),
            call.edge.begin_of(new.first_day),
            call.edge.end_of(new.last_day),
        )
    return _entered(call, made)


async def remove_doctor_leave(call: Call) -> None:
    """DELETE /api/doctor-leave/{id}."""
    async with call.begin() as ctx:
        await schedules.remove_leave(ctx, call.uuid())


async def list_own_leave(call: Call) -> models.OwnLeaves:
    """GET /api/leave."""
    async with call.begin() as ctx:
        found = await schedules.own_leaves(ctx)
    return models.OwnLeaves(leaves=[_entered(call, one) for one in found])


async def add_own_leave(call: Call) -> models.LeaveEntered:
    """POST /api/leave."""
    new = call.given(models.NewLeave)
    days_in_order(new.first_day, new.last_day)
    async with call.begin() as ctx:
        made = await schedules.add_own_leave(
            ctx, call.edge.begin_of(new.first_day), call.edge.end_of(new.last_day)
        )
    return _entered(call, made)


async def remove_own_leave(call: Call) -> None:
    """DELETE /api/leave/{id}."""
    async with call.begin() as ctx:
        await schedules.remove_own_leave(ctx, call.uuid())


def _ownership(owned: Ownership | None) -> models.SlotOwnership:
    if owned is None:
        return models.SlotOwnership(owner=SlotOwner.OURS)
    return models.SlotOwnership(owner=owned.owner, quota_a_day=owned.quota_a_day)


def _hours(call: Call, new: models.NewWeeklyHours | models.NewException) -> Hours:
    zone = new.time_zone or call.edge.hospital.time_zone
    return Hours(minute_of(new.begins), minute_of(new.ends), new.slot_minutes, new.capacity, zone)


def minute_of(text: str) -> int:
    """Return the minute of the day that a time such as 09:30 or 24:00 is."""
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _weekly(template: Template) -> models.WeeklyHours:
    hours = template.hours
    return models.WeeklyHours(
        id=template.id,
        weekday=template.weekday,
        begins=_clock(hours.begins_minute),
        ends=_clock(hours.ends_minute),
        slot_minutes=hours.slot_minutes,
        capacity=hours.capacity,
        time_zone=hours.zone,
        valid_from=template.valid_from,
        valid_to=template.valid_to,
    )


def _exception(exception: DayException) -> models.ExceptionView:
    hours = exception.hours
    return models.ExceptionView(
        id=exception.id,
        kind=exception.kind,
        day=exception.day,
        begins=_clock(hours.begins_minute),
        ends=_clock(hours.ends_minute),
        slot_minutes=hours.slot_minutes,
        capacity=hours.capacity,
        time_zone=hours.zone,
    )


def _leave(call: Call, leave: Leave) -> models.LeaveView:
    return models.LeaveView(
        id=leave.id,
        begins_at=leave.begins_at,
        ends_at=leave.ends_at,
        first_day=first_day(leave.begins_at, call.edge.zone),
        last_day=last_day(leave.ends_at, call.edge.zone),
    )


def _entered(call: Call, made: schedules.LeaveWithVisits) -> models.LeaveEntered:
    return models.LeaveEntered(leave=_leave(call, made.leave), booked=made.booked)
