"""The hospital's directory of doctors: for anyone, so no permission is asked and no line is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from actions.context import Context
from domain.errors import FieldFault, InvalidInput, NotFound
from domain.his_slots import SlotOwner
from domain.ids import PractitionerId
from domain.schedule import HORIZON, PlaceDay, Plan, Slot, free_slots, slots
from storage import his_slots, practitioners, schedules
from storage.practitioners import PublicDoctor

RANGE_MAX = timedelta(days=31)
"""How long a range of one doctor's slots may be: it is answered whole."""
NEXT_SLOTS = 8
"""How many free slots a doctor's page begins with."""
_BATCH_MAX = 500
"""How many doctors are looked through at once for one who has time on a day; a page is tried first."""
_STEPS = (timedelta(days=4), timedelta(days=14), HORIZON)
"""How far ahead first free slots are looked for: most are near, and the far is read for the rest alone."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a patient looks for; None leaves it open. `day` asks for a free slot on it."""

    specialty: str | None = None
    language: str | None = None
    name: str | None = None
    day: PlaceDay | None = None


@dataclass(frozen=True, slots=True)
class FoundDoctor:
    """A doctor in the list with the first free slot: of the day asked for, or of all."""

    doctor: PublicDoctor
    next_free: Slot | None


async def find_doctors(
    ctx: Context, wanted: Wanted, after: tuple[str, UUID] | None, limit: int
) -> tuple[list[FoundDoctor], bool]:
    """Return up to `limit` approved doctors by name after that pair, and whether there are more."""
    if wanted.day is None:
        page = await _candidates(ctx, wanted, after, limit + 1)
        shown = page[:limit]
        first = await _first_free(ctx, [one.id for one in shown])
        return [FoundDoctor(one, first.get(one.id)) for one in shown], len(page) > limit
    found: list[FoundDoctor] = []
    size, seen = limit + 1, 0
    while True:
        batch = await _candidates(ctx, wanted, after, size)
        seen += len(batch)
        free = await _free_between(
            ctx, [one.id for one in batch], wanted.day.begin, wanted.day.end, wanted.day
        )
        for one in batch:
            if one.id not in free:
                continue
            if len(found) == limit:
                return found, True
            found.append(FoundDoctor(one, free[one.id]))
        if len(batch) < size:
            return found, False
        after = (batch[-1].name, batch[-1].id)
        # Enough when the next have time as often as those before, and some more: each is dear to look
        # through. Where nobody had time, many.
        missing = limit + 1 - len(found)
        size = min(missing + missing * seen // len(found) if found else seen * 4, _BATCH_MAX)


async def read_doctor(ctx: Context, practitioner_id: PractitionerId) -> tuple[PublicDoctor, list[Slot]]:
    """Return an approved doctor and the next free slots. Raise NotFound."""
    found = await _public(ctx, practitioner_id)
    horizon = ctx.now + HORIZON
    plan, booked = await _parts(ctx, practitioner_id, ctx.now, horizon)
    free = free_slots(plan, booked, ctx.now, horizon, ctx.now)
    return found, [slot for slot, _ in zip(free, range(NEXT_SLOTS), strict=False)]


async def doctor_slots(
    ctx: Context, practitioner_id: PractitionerId, start: datetime, end: datetime
) -> list[Slot]:
    """Return an approved doctor's slots that begin in [start, end), those that are taken too.

    Raise NotFound, or InvalidInput for a range that is longer than RANGE_MAX.
    """
    if end - start > RANGE_MAX:
        raise InvalidInput("The range is too long.", {"to": FieldFault.TOO_LARGE})
    await _public(ctx, practitioner_id)
    plan, booked = await _parts(ctx, practitioner_id, start, end)
    return list(slots(plan, booked, start, end, ctx.now))


async def to_confirm(
    ctx: Context, practitioner_id: PractitionerId, found: Sequence[Slot]
) -> frozenset[datetime]:
    """Return when those of a doctor's slots begin that the hospital's own system has to confirm first.

    Those are its own on days of whose quota nothing is left at this moment.
    """
    owned = (await his_slots.ownerships(ctx.tx, [practitioner_id])).get(practitioner_id)
    if owned is None or owned.owner is SlotOwner.OURS or not found:
        return frozenset()
    days = {slot.starts_at: owned.day_of(slot.starts_at) for slot in found}
    taken = await his_slots.quota_taken(
        ctx.tx, [practitioner_id], min(days.values()), max(days.values()), ctx.now
    )
    return frozenset(
        starts_at
        for starts_at, day in days.items()
        if len(taken.get((practitioner_id, day), ())) >= owned.quota_a_day
    )


async def _public(ctx: Context, practitioner_id: PractitionerId) -> PublicDoctor:
    found = await practitioners.public_doctor(ctx.tx, practitioner_id)
    if found is None:
        raise NotFound("doctor")
    return found


async def _parts(
    ctx: Context, practitioner_id: PractitionerId, start: datetime, end: datetime
) -> tuple[Plan, list[tuple[datetime, datetime]]]:
    plans = await schedules.plans(ctx.tx, [practitioner_id], start, end)
    booked = await schedules.booked(ctx.tx, [practitioner_id], start, end, ctx.now)
    return plans[practitioner_id], booked[practitioner_id]


async def _candidates(
    ctx: Context, wanted: Wanted, after: tuple[str, UUID] | None, limit: int
) -> list[PublicDoctor]:
    return await practitioners.public_doctors(
        ctx.tx,
        specialty=wanted.specialty,
        language=wanted.language,
        name=wanted.name,
        day=wanted.day,
        after=after,
        limit=limit,
    )


async def _first_free(ctx: Context, ids: Sequence[PractitionerId]) -> dict[PractitionerId, Slot]:
    found: dict[PractitionerId, Slot] = {}
    start = ctx.now
    for step in _STEPS:
        left = [one for one in ids if one not in found]
        found |= await _free_between(ctx, left, start, ctx.now + step)
        start = ctx.now + step
    return found


async def _free_between(
    ctx: Context,
    ids: Sequence[PractitionerId],
    start: datetime,
    end: datetime,
    day: PlaceDay | None = None,
) -> dict[PractitionerId, Slot]:
    """Return the first free slot in [start, end) of each of these doctors who has one."""
    start, end = max(start, ctx.now), min(end, ctx.now + HORIZON)
    if not ids or start >= end:
        return {}
    plans = await schedules.plans(ctx.tx, ids, start, end, day)
    # Who offers nothing need not be asked what is booked.
    offering = [one for one, plan in plans.items() if plan.templates or plan.exceptions]
    booked = await schedules.booked(ctx.tx, offering, start, end, ctx.now) if offering else {}
    firsts = {one: next(free_slots(plans[one], booked[one], start, end, ctx.now), None) for one in offering}
    return {one: slot for one, slot in firsts.items() if slot is not None}
