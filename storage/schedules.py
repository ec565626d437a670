"""Rows of schedules: weekly templates, exceptions and leave; and what is booked, read from an index."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from domain.appointment import APPOINTMENT_MAX
from domain.ids import PractitionerId
from domain.schedule import Booked, DayException, ExceptionKind, Hours, Leave, PlaceDay, Plan, Template
from storage.pool import Row, Tx
from storage.violations import explained

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EVERY_WEEKDAY = [1, 2, 3, 4, 5, 6, 7]


@dataclass(frozen=True, slots=True)
class Counts:
    """How much of a schedule there is that still matters."""

    templates: int
    exceptions: int
    leaves: int


def weekdays_near(day: PlaceDay | None) -> Row:
    """Return parameters: the day's weekday where its zone is kept, and those that it can be elsewhere."""
    if day is None:
        return {"zone": "", "weekday": _EVERY_WEEKDAY, "near": _EVERY_WEEKDAY}
    near = [(day.day + timedelta(days=step)).isoweekday() for step in (-1, 0, 1)]
    return {"zone": day.zone.key, "weekday": [day.day.isoweekday()], "near": near}


async def plans(
    tx: Tx,
    practitioner_ids: Sequence[PractitionerId],
    start: datetime,
    end: datetime,
    day: PlaceDay | None = None,
) -> dict[PractitionerId, Plan]:
    """Return what the doctors' slots of [start, end) follow from; each doctor asked for has a plan.

    Whoever says that the range lies within one day has less to wait for.
    """
    # The day of some zone may be the one before or after that of UTC.
    first = start.astimezone(UTC).date() - timedelta(days=1)
    last = end.astimezone(UTC).date() + timedelta(days=1)
    of = {"ids": list(practitioner_ids), "first": first, "last": last}
    templates = await tx.all("schedule_templates", {**of, **weekdays_near(day)})
    exceptions = await tx.all("schedule_exceptions", of)
    leaves = await tx.all("schedule_leaves", {"ids": list(practitioner_ids), "start": start, "end": end})
    found: dict[PractitionerId, tuple[list[Template], list[DayException], list[Leave]]] = {
        one: ([], [], []) for one in practitioner_ids
    }
    for row in templates:
        found[row["practitioner_id"]][0].append(_template(row))
    for row in exceptions:
        found[row["practitioner_id"]][1].append(_exception(row))
    for row in leaves:
        found[row["practitioner_id"]][2].append(_leave(row))
    return {one: Plan(*parts) for one, parts in found.items()}


async def booked(
    tx: Tx, practitioner_ids: Sequence[PractitionerId], start: datetime, end: datetime, now: datetime
) -> dict[PractitionerId, list[Booked]]:
    """Return when the doctors' appointments and good holds that can touch [start, end) begin and end."""
    rows = await tx.all(
        "schedule_booked",
        {"ids": list(practitioner_ids), "earliest": start - APPOINTMENT_MAX, "end": end, "now": now},
    )
    found: dict[PractitionerId, list[Booked]] = {one: [] for one in practitioner_ids}
    for row in rows:
        found[row["practitioner_id"]] = [
            (_EPOCH + timedelta(microseconds=begins), _EPOCH + timedelta(microseconds=ends))
            for begins, ends in zip(row["begins_us"], row["ends_us"], strict=True)
        ]
    return found


async def booked_between(tx: Tx, practitioner_id: PractitionerId, start: datetime, end: datetime) -> int:
    """Return how many booked appointments of the doctor touch [start, end)."""
    row = await tx.one(
        "schedule_booked_between",
        {"id": practitioner_id, "start": start, "end": end, "earliest": start - APPOINTMENT_MAX},
    )
    return 0 if row is None else int(row["booked"])


async def whole_plan(tx: Tx, practitioner_id: PractitionerId, today: date, now: datetime) -> Plan:
    """Return all templates of a doctor, and the exceptions and leaves that are not over."""
    far = date(9999, 12, 31)
    of = {"ids": [practitioner_id], "last": far}
    templates = await tx.all("schedule_templates", {**of, "first": date(1, 1, 1), **weekdays_near(None)})
    exceptions = await tx.all("schedule_exceptions", {**of, "first": today})
    leaves = await own_leaves(tx, practitioner_id, now)
    return Plan([_template(row) for row in templates], [_exception(row) for row in exceptions], leaves)


async def own_leaves(tx: Tx, practitioner_id: PractitionerId, now: datetime) -> list[Leave]:
    """Return a doctor's leaves that are not over, in order of time."""
    far = datetime(9999, 12, 31, tzinfo=now.tzinfo)
    rows = await tx.all("schedule_leaves", {"ids": [practitioner_id], "start": now, "end": far})
    return [_leave(row) for row in rows]


async def counts(tx: Tx, practitioner_id: PractitionerId, today: date, now: datetime) -> Counts:
    """Return how many templates a doctor has, and exceptions and leaves that are not over."""
    row = await tx.one("schedule_counts", {"id": practitioner_id, "today": today, "now": now})
    if row is None:
        raise LookupError("a select without a table returns one row")
    return Counts(row["templates"], row["exceptions"], row["leaves"])


async def insert_template(tx: Tx, practitioner_id: PractitionerId, template: Template, at: datetime) -> None:
    """Insert weekly hours; raise Conflict when they overlap others of the doctor."""
    with explained():
        await tx.run(
            "schedule_template_insert",
            {"practitioner_id": practitioner_id, "at": at, **_template_params(template)},
        )


async def write_template(tx: Tx, template: Template) -> PractitionerId | None:
    """Change weekly hours; return whose they are, None when there are none. Raise Conflict for overlaps."""
    with explained():
        row = await tx.one("schedule_template_write", _template_params(template))
    return None if row is None else PractitionerId(row["practitioner_id"])


async def delete_template(tx: Tx, template_id: UUID) -> PractitionerId | None:
    """Take weekly hours away; return whose they were, None when there were none."""
    return _owner(await tx.one("schedule_template_delete", {"id": template_id}))


async def insert_exception(
    tx: Tx, practitioner_id: PractitionerId, exception: DayException, at: datetime
) -> None:
    """Insert an exception."""
    await tx.run(
        "schedule_exception_insert",
        {
            "id": exception.id,
            "practitioner_id": practitioner_id,
            "kind": exception.kind.value,
            "day": exception.day,
            "at": at,
            **_hours_params(exception.hours),
        },
    )


async def delete_exception(tx: Tx, exception_id: UUID) -> PractitionerId | None:
    """Take an exception away; return whose it was, None when there was none."""
    return _owner(await tx.one("schedule_exception_delete", {"id": exception_id}))


async def insert_leave(tx: Tx, practitioner_id: PractitionerId, leave: Leave, at: datetime) -> None:
    """Insert a leave."""
    await tx.run(
        "schedule_leave_insert",
        {
            "id": leave.id,
            "practitioner_id": practitioner_id,
            "begins_at": leave.begins_at,
            "ends_at": leave.ends_at,
            "at": at,
        },
    )


async def leave_owner(tx: Tx, leave_id: UUID) -> PractitionerId | None:
    """Return whose leave this is, None when there is none."""
    return _owner(await tx.one("schedule_leave_owner", {"id": leave_id}))


async def delete_leave(tx: Tx, leave_id: UUID) -> bool:
    """Take a leave away; say whether it was there."""
    return await tx.run("schedule_leave_delete", {"id": leave_id}) == 1


def _owner(row: Row | None) -> PractitionerId | None:
    return None if row is None else PractitionerId(row["practitioner_id"])


def _hours_params(hours: Hours) -> Row:
    return {
        "begins_minute": hours.begins_minute,
        "ends_minute": hours.ends_minute,
        "slot_minutes": hours.slot_minutes,
        "capacity": hours.capacity,
        "zone": hours.zone,
    }


def _template_params(template: Template) -> Row:
    return {
        "id": template.id,
        "weekday": template.weekday,
        "valid_from": template.valid_from,
        "valid_to": template.valid_to,
        **_hours_params(template.hours),
    }


def _hours(row: Row) -> Hours:
    return Hours(row["begins_minute"], row["ends_minute"], row["slot_minutes"], row["capacity"], row["zone"])


def _template(row: Row) -> Template:
    return Template(row["id"], row["weekday"], _hours(row), row["valid_from"], row["valid_to"])


def _exception(row: Row) -> DayException:
    return DayException(row["id"], ExceptionKind(row["kind"]), row["day"], _hours(row))


def _leave(row: Row) -> Leave:
    return Leave(row["id"], row["begins_at"], row["ends_at"])
