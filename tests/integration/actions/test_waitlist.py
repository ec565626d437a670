"""The waitlist: who is offered what becomes free, for how long, and what follows when it is not taken."""

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from actions import booking, waitlist
from actions.context import ActionRefused, UnitOfWork
from domain.accounts import Account, actor_of
from domain.booking import Booking, SlotTaken
from domain.errors import Code, InvalidInput, NotFound, TooMany, WrongState
from domain.waitlist import ENTRIES_MAX, OFFER_HOLD, WaitlistEntry, WaitlistState
from tests.bookable import make_bookable, make_free, practitioner_of
from tests.conftest import Clock
from tests.integration.actions.paying import NINE
from tests.people import make_appointment, make_doctor, make_patient
from tests.rows import execute, rows, trail

_ZONE = ZoneInfo("Asia/Shanghai")
_HALF_HOUR = timedelta(minutes=30)
_DAY = timedelta(days=1)


@pytest.fixture
async def doctor(work: UnitOfWork, clock: Clock) -> Account:
    """A doctor with one slot a day, of which all of the next two weeks are taken. It is noon there."""
    clock.at = NINE - timedelta(hours=21)
    found = await make_bookable(work, begins=9 * 60, ends=9 * 60 + 30)
    await make_free(work, found)
    for day in range(14):
        await make_appointment(work, await make_patient(work), found, NINE + day * _DAY)
    return found


async def _join(
    work: UnitOfWork,
    who: Account,
    doctor: Account,
    start: datetime | None = None,
    end: datetime | None = None,
) -> WaitlistEntry:
    async with work.begin(actor_of(who), "test") as ctx:
        return await waitlist.join(ctx, practitioner_of(doctor), start, end)


async def _own(work: UnitOfWork, who: Account) -> list[WaitlistEntry]:
    async with work.begin(actor_of(who), "test") as ctx:
        return await waitlist.own_entries(ctx)


async def _free(work: UnitOfWork, dsn: str, at: datetime) -> None:
    execute(
        dsn,
        "update consultation c set state = 'cancelled', ended_at = %s from appointment a"
        " where a.id = c.appointment_id and a.starts_at = %s",
        at,
        at,
    )
    execute(dsn, "update appointment set state = 'cancelled' where starts_at = %s", at)


async def _tick(work: UnitOfWork) -> int:
    return await waitlist.tick(work, _ZONE, "test")


async def _book(work: UnitOfWork, who: Account, entry: WaitlistEntry) -> Booking:
    assert entry.appointment_id is not None
    async with work.begin(actor_of(who), "test") as ctx:
        return await booking.confirm_own(ctx, entry.appointment_id)


async def test_a_freed_seat_is_kept_for_who_waits_first_and_becomes_the_visit(
    work: UnitOfWork, doctor: Account, dsn: str, clock: Clock
) -> None:
    first = await make_patient(work, email="li@example.org")
    second = await make_patient(work)
    entry = await _join(work, first, doctor, None, NINE + 10 * _DAY)
    clock.forward(timedelta(seconds=1))
    await _join(work, second, doctor, None, NINE + 10 * _DAY)
    assert await _tick(work) == 0, "nothing is free"
    await _free(work, dsn, NINE + 3 * _DAY)
    assert await _tick(work) == 1
    assert await _tick(work) == 0
    (offered,) = await _own(work, first)
    assert (offered.id, offered.state, offered.starts_at) == (
        entry.id,
        WaitlistState.OFFERED,
        NINE + 3 * _DAY,
    )
    assert offered.held_until == clock.at + OFFER_HOLD
    assert [one.state for one in await _own(work, second)] == [WaitlistState.WAITING]
    assert rows(dsn, "select kind, facts ->> 'offer_ends_at' from notice where kind = 'waitlist-offer'") == [
        ("waitlist-offer", offered.held_until.isoformat())
    ]
    with pytest.raises(SlotTaken):
        async with work.begin(actor_of(second), "test") as ctx:
            await booking.hold(ctx, practitioner_of(doctor), NINE + 3 * _DAY)
    clock.forward(OFFER_HOLD - timedelta(seconds=1))
    assert (await _book(work, first, offered)).state.value == "booked"
    assert await _own(work, first) == [], "booked, before anybody settled it"
    assert await _tick(work) == 0
    assert len(trail(dsn, "waitlist.settle")) == 1


@pytest.mark.parametrize("how", ["declined", "ended"])
async def test_what_is_not_taken_goes_to_the_next_and_never_comes_twice(
    work: UnitOfWork, doctor: Account, dsn: str, clock: Clock, how: str
) -> None:
    first, second = await make_patient(work), await make_patient(work)
    for one in (first, second):
        await _join(work, one, doctor, None, NINE + 10 * _DAY)
        clock.forward(timedelta(seconds=1))
    await _free(work, dsn, NINE + 3 * _DAY)
    assert await _tick(work) == 1
    (offered,) = await _own(work, first)
    assert offered.appointment_id is not None
    if how == "declined":
        async with work.begin(actor_of(first), "test") as ctx:
            await booking.release(ctx, offered.appointment_id)
    else:
        clock.forward(OFFER_HOLD)
        assert await booking.tick(work, "test") == 1
    assert await _tick(work) == 1
    assert [one.state for one in await _own(work, first)] == [WaitlistState.WAITING]
    (kept,) = await _own(work, second)
    assert (kept.state, kept.starts_at) == (WaitlistState.OFFERED, NINE + 3 * _DAY)
    async with work.begin(actor_of(second), "test") as ctx:
        await waitlist.leave(ctx, kept.id)
    assert await _tick(work) == 0, "the first one was offered it before"
    await _free(work, dsn, NINE + 4 * _DAY)
    assert await _tick(work) == 1
    assert (await _own(work, first))[0].starts_at == NINE + 4 * _DAY


async def test_only_days_of_use_are_offered_and_no_time_of_ones_own(
    work: UnitOfWork, doctor: Account, dsn: str, clock: Clock
) -> None:
    picky, busy = await make_patient(work), await make_patient(work)
    await _join(work, picky, doctor, NINE + 5 * _DAY, NINE + 6 * _DAY)
    clock.forward(timedelta(seconds=1))
    await _join(work, busy, doctor, None, NINE + 10 * _DAY)
    await make_appointment(work, busy, await make_doctor(work), NINE + 3 * _DAY + timedelta(minutes=10))
    await _free(work, dsn, NINE + 3 * _DAY)
    assert await _tick(work) == 0
    await _free(work, dsn, NINE + 5 * _DAY)
    assert await _tick(work) == 1
    assert [one.state for one in await _own(work, picky)] == [WaitlistState.OFFERED]


async def test_what_begins_too_soon_to_be_kept_is_passed_over(work: UnitOfWork, clock: Clock) -> None:
    doctor, patient = await make_bookable(work), await make_patient(work)
    clock.at = NINE - timedelta(hours=1, minutes=55)
    await _join(work, patient, doctor)
    assert await _tick(work) == 1
    (offered,) = await _own(work, patient)
    assert offered.starts_at == NINE + _HALF_HOUR


async def test_leaving_gives_the_seat_up_and_waiting_ends_with_its_days(
    work: UnitOfWork, doctor: Account, dsn: str, clock: Clock
) -> None:
    patient, other = await make_patient(work), await make_patient(work)
    await _join(work, patient, doctor, None, NINE + 10 * _DAY)
    await _free(work, dsn, NINE + 3 * _DAY)
    await _tick(work)
    (offered,) = await _own(work, patient)
    with pytest.raises(ActionRefused):
        async with work.begin(actor_of(other), "test") as ctx:
            await waitlist.leave(ctx, offered.id)
    for _ in range(2):
        async with work.begin(actor_of(patient), "test") as ctx:
            await waitlist.leave(ctx, offered.id)
    assert await _own(work, patient) == []
    async with work.begin(actor_of(other), "test") as ctx:
        await booking.hold(ctx, practitioner_of(doctor), NINE + 3 * _DAY)
    brief = await _join(work, patient, doctor, None, clock.at + _HALF_HOUR)
    clock.forward(_HALF_HOUR)
    await _tick(work)
    assert await _own(work, patient) == []
    with pytest.raises(WrongState) as refusal:
        async with work.begin(actor_of(patient), "test") as ctx:
            await waitlist.leave(ctx, brief.id)
    assert refusal.value.code is Code.WAITLIST_WRONG_STATE
    assert (await _join(work, patient, doctor)).id != brief.id


async def test_one_waits_once_for_a_doctor_and_for_few_doctors(work: UnitOfWork, clock: Clock) -> None:
    patient = await make_patient(work)
    doctors = [await make_doctor(work) for _ in range(ENTRIES_MAX + 1)]
    first = await _join(work, patient, doctors[0])
    assert await _join(work, patient, doctors[0]) == first
    for one in doctors[1:ENTRIES_MAX]:
        await _join(work, patient, one)
    with pytest.raises(TooMany):
        await _join(work, patient, doctors[ENTRIES_MAX])
    with pytest.raises(InvalidInput):
        await _join(work, patient, doctors[0], clock.at, clock.at)
    with pytest.raises(NotFound):
        async with work.begin(actor_of(patient), "test") as ctx:
            await waitlist.join(ctx, uuid4(), None, None)  # type: ignore[arg-type]
    with pytest.raises(ActionRefused):
        await _join(work, doctors[0], doctors[1])
