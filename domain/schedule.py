"""Schedules and the slots that follow from them (FHIR R4 Schedule, Slot). Slots are computed, never kept.

A doctor's hours are weekly templates, exceptions to them, and leave. Templates speak of a place's wall
clock; slots are moments. On days when the clocks change, a wall-clock time that does not exist begins no
slot, one that comes twice begins one slot (the first time), and every slot lasts as long as it says.
Intervals are half-open. Nothing here reads a clock.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.appointment import APPOINTMENT_MAX
from domain.errors import FieldFault, InvalidInput

HORIZON = timedelta(days=90)
"""How far ahead slots are offered."""
LEAD = timedelta(minutes=30)
"""How long before its beginning a slot is offered last: both sides have to get ready."""
DAY_MINUTES = 24 * 60
SLOT_MINUTES_MIN = 5
SLOT_MINUTES_MAX = 240
CAPACITY_MAX = 20
LEAVE_MAX = timedelta(days=366)

_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)


class ExceptionKind(StrEnum):
    """extra adds hours to a day; capacity gives hours that it has another capacity, 0 closes them."""

    EXTRA = "extra"
    CAPACITY = "capacity"


@dataclass(frozen=True, slots=True)
class Hours:
    """A part of a day on the wall clock of `zone`, cut into slots. Minutes count from midnight to 1440."""

    begins_minute: int
    ends_minute: int
    slot_minutes: int
    capacity: int
    zone: str


@dataclass(frozen=True, slots=True)
class Template:
    """Hours that come back each week. `weekday` is 1 (Monday) to 7 (ISO 8601); both valid days count."""

    id: UUID
    weekday: int
    hours: Hours
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class DayException:
    """What is different on one day. For the kind capacity `hours.slot_minutes` has no meaning."""

    id: UUID
    kind: ExceptionKind
    day: date
    hours: Hours


@dataclass(frozen=True, slots=True)
class Leave:
    """A time in which nothing is offered: [begins_at, ends_at)."""

    id: UUID
    begins_at: datetime
    ends_at: datetime

    @property
    def of_visit(self) -> bool:
        """Whether this is the time of one visit that was called off; people's leave is of whole days."""
        return self.ends_at - self.begins_at <= APPOINTMENT_MAX


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a doctor's slots follow from, but for what is booked."""

    templates: Sequence[Template] = ()
    exceptions: Sequence[DayException] = ()
    leaves: Sequence[Leave] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """A time in which a visit can begin: [starts_at, ends_at), with `free` places of `capacity`."""

    starts_at: datetime
    ends_at: datetime
    capacity: int
    free: int


@dataclass(frozen=True, slots=True)
class PlaceDay:
    """A calendar day of a place, as [begin, end)."""

    day: date
    zone: ZoneInfo

    @property
    def begin(self) -> datetime:
        """Return the day's first moment."""
        return datetime.combine(self.day, time.min, self.zone)

    @property
    def end(self) -> datetime:
        """Return the first moment after the day."""
        return datetime.combine(self.day + _DAY, time.min, self.zone)


Booked = tuple[datetime, datetime]
"""When an appointment that stands begins and ends."""


def slots(
    plan: Plan, booked: Sequence[Booked], start: datetime, end: datetime, now: datetime
) -> Iterator[Slot]:
    """Yield the slots that begin in [start, end), in order of time, those without a free place too.

    All moments are aware. Nothing begins before `now` + LEAD, nor HORIZON after `now` or later; nothing that
    touches a leave is offered. An appointment takes a place in every slot that it overlaps. Where hours
    overlap each other, the slot that begins first stands. Days are computed as they are asked for, so that
    who wants the first slot pays for the days up to it alone.
    """
    first = max(start, now + LEAD)
    last = min(end, now + HORIZON)
    if first >= last:
        return
    taken = sorted(booked)
    # No appointment ends before one that began long before it: what may touch is found by its beginning.
    longest = max((ends - begins for begins, ends in taken), default=timedelta(0))
    begins_taken = [begins for begins, _ in taken]
    free_from = datetime.min.replace(tzinfo=UTC)
    leaves = [leave for leave in plan.leaves if leave.begins_at < last + _DAY and first < leave.ends_at]
    for begins, ends, capacity in _offered(plan, first, last):
        if begins < first or begins >= last or begins < free_from:
            continue
        if leaves and any(leave.begins_at < ends and begins < leave.ends_at for leave in leaves):
            continue
        free_from = ends
        index = bisect_left(begins_taken, begins - longest)
        used = 0
        while index < len(taken) and taken[index][0] < ends:
            used += taken[index][1] > begins
            index += 1
        yield Slot(begins, ends, capacity, max(capacity - used, 0))


def free_slots(
    plan: Plan, booked: Sequence[Booked], start: datetime, end: datetime, now: datetime
) -> Iterator[Slot]:
    """Yield the slots of `slots` that have a place left."""
    return (slot for slot in slots(plan, booked, start, end, now) if slot.free > 0)


_Piece = tuple[datetime, datetime, int]


def _offered(plan: Plan, first: datetime, last: datetime) -> Iterator[_Piece]:
    """Yield what the hours offer round [first, last), in order of beginning; may overlap."""
    # A zone's day lies up to 14 hours before and 12 after that of UTC: the neighbours are looked at too.
    day = first.astimezone(UTC).date() - _DAY
    end = last.astimezone(UTC).date() + _DAY
    waiting: list[_Piece] = []
    while day <= end:
        waiting += _of_day(plan, day)
        day += _DAY
        # What the days to come can add begins no earlier than this, wherever the hours are kept.
        certain = datetime.combine(day, time.min, UTC) - timedelta(hours=15)
        waiting.sort()
        count = bisect_left(waiting, (certain,))
        yield from waiting[:count]
        del waiting[:count]
    yield from waiting


def _of_day(plan: Plan, day: date) -> list[_Piece]:
    weekday = day.isoweekday()
    hours = [
        template.hours
        for template in plan.templates
        if template.weekday == weekday
        and template.valid_from <= day
        and (template.valid_to is None or day <= template.valid_to)
    ]
    capacities: list[Hours] = []
    for exception in plan.exceptions:
        if exception.day == day:
            is_extra = exception.kind is ExceptionKind.EXTRA
            (hours if is_extra else capacities).append(exception.hours)
    if not hours:
        return []
    pieces = [piece for one in hours for piece in cut(one, day)]
    for other in capacities:
        begins, ends = _moment(day, other.begins_minute, other.zone), _end(day, other)
        pieces = [
            (starts, stops, other.capacity if starts < ends and begins < stops else capacity)
            for starts, stops, capacity in pieces
        ]
    return [piece for piece in pieces if piece[2] > 0]


@lru_cache(maxsize=8192)
def cut(hours: Hours, day: date) -> tuple[_Piece, ...]:
    """Return the slots of these hours on this day as (begin, end, capacity), without overlap.

    Kept for a while: many doctors have the same hours.
    """
    lasts = timedelta(minutes=hours.slot_minutes)
    found: list[_Piece] = []
    midnight, plain = _day_of(hours.zone, day)
    for minute in range(hours.begins_minute, hours.ends_minute - hours.slot_minutes + 1, hours.slot_minutes):
        if plain:
            begins = midnight + minute * _MINUTE
        else:
            if not _exists(day, minute, hours.zone):
                continue
            begins = _moment(day, minute, hours.zone)
            # The clock jumped within the slot before, which lasts its whole length.
            if found and begins < found[-1][1]:
                continue
        found.append((begins, begins + lasts, hours.capacity))
    return tuple(found)


@lru_cache(maxsize=4096)
def _day_of(zone: str, day: date) -> tuple[datetime, bool]:
    """Return the day's first moment in UTC, and whether its wall clock runs evenly to the next."""
    place = ZoneInfo(zone)
    begin = datetime.combine(day, time.min, place)
    offset = begin.utcoffset()
    # Every clock change in use moves the offset within the day: looked at each half hour, none is missed.
    even = all(
        (begin + step * timedelta(minutes=30)).replace(fold=fold).utcoffset() == offset
        for step in range(49)
        for fold in (0, 1)
    )
    return begin.astimezone(UTC), even


def _wall(day: date, minute: int) -> datetime:
    return datetime.combine(day, time.min) + minute * _MINUTE


def _moment(day: date, minute: int, zone: str) -> datetime:
    return _wall(day, minute).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def _end(day: date, hours: Hours) -> datetime:
    """Return when these hours are over: of a time that comes twice, the second."""
    return _wall(day, hours.ends_minute).replace(tzinfo=ZoneInfo(hours.zone), fold=1).astimezone(UTC)


def _exists(day: date, minute: int, zone: str) -> bool:
    wall = _wall(day, minute)
    return _moment(day, minute, zone).astimezone(ZoneInfo(zone)).replace(tzinfo=None) == wall


def check_hours(hours: Hours, *, slots_matter: bool = True) -> dict[str, FieldFault]:
    """Return what is wrong with these hours, by field; `zone` is not judged here.

    A slot that is longer than its hours would never be offered.
    """
    wrong: dict[str, FieldFault] = {}
    if not 0 <= hours.begins_minute < DAY_MINUTES:
        wrong["begins"] = FieldFault.BAD_FORMAT
    if not 0 < hours.ends_minute <= DAY_MINUTES:
        wrong["ends"] = FieldFault.BAD_FORMAT
    if not wrong and hours.ends_minute <= hours.begins_minute:
        wrong["ends"] = FieldFault.OUT_OF_ORDER
    if slots_matter:
        if hours.slot_minutes < SLOT_MINUTES_MIN:
            wrong["slot_minutes"] = FieldFault.TOO_SMALL
        elif hours.slot_minutes > SLOT_MINUTES_MAX or (
            not wrong and hours.slot_minutes > hours.ends_minute - hours.begins_minute
        ):
            wrong["slot_minutes"] = FieldFault.TOO_LARGE
    if hours.capacity < (1 if slots_matter else 0):
        wrong["capacity"] = FieldFault.TOO_SMALL
    elif hours.capacity > CAPACITY_MAX:
        wrong["capacity"] = FieldFault.TOO_LARGE
    return wrong


def closed_by(exception: DayException) -> tuple[datetime, datetime] | None:
    """Return the time that an exception closes, as [begin, end); None when it leaves or adds places."""
    if exception.kind is not ExceptionKind.CAPACITY or exception.hours.capacity:
        return None
    hours = exception.hours
    return _moment(exception.day, hours.begins_minute, hours.zone), _end(exception.day, hours)


def check_template(weekday: int, hours: Hours, valid_from: date, valid_to: date | None) -> None:
    """Raise InvalidInput with every wrong field of a weekly template."""
    wrong = check_hours(hours)
    if not 1 <= weekday <= 7:
        wrong["weekday"] = FieldFault.NOT_A_CHOICE
    if valid_to is not None and valid_to < valid_from:
        wrong["valid_to"] = FieldFault.OUT_OF_ORDER
    if wrong:
        raise InvalidInput("The weekly hours are not valid.", wrong)


def check_exception(kind: ExceptionKind, day: date, hours: Hours, today: date) -> None:
    """Raise InvalidInput with every wrong field of an exception."""
    wrong = check_hours(hours, slots_matter=kind is ExceptionKind.EXTRA)
    if day < today:
        wrong["day"] = FieldFault.IN_THE_PAST
    elif day > today + timedelta(days=366):
        wrong["day"] = FieldFault.TOO_LARGE
    if wrong:
        raise InvalidInput("The exception is not valid.", wrong)


def check_leave(begins_at: datetime, ends_at: datetime, now: datetime) -> None:
    """Raise InvalidInput with every wrong field of a leave."""
    wrong: dict[str, FieldFault] = {}
    if ends_at <= begins_at:
        wrong["to"] = FieldFault.OUT_OF_ORDER
    elif ends_at <= now:
        wrong["to"] = FieldFault.IN_THE_PAST
    elif ends_at - begins_at > LEAVE_MAX:
        wrong["to"] = FieldFault.TOO_LARGE
    if begins_at > now + 2 * LEAVE_MAX:
        wrong["from"] = FieldFault.TOO_LARGE
    if wrong:
        raise InvalidInput("The leave is not valid.", wrong)
