"""The waitlist: who is offered what becomes free, for how long, and what follows when it is not taken."""

import os
from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import uuid4

import pytest

from actions import booking, schedules, waitlist
from actions.context import ActionRefused, UnitOfWork
from chat_archive.data_keys import KeyRing
from domain.accounts import SYSTEM, Account, actor_of
from domain.booking import SlotTaken
from domain.errors import Code, InvalidInput, NotFound, TooMany, WrongState
from domain.his_slots import SlotOwner
from domain.waitlist import ENTRIES_MAX, OFFER_HOLD, TimesFree, WaitlistState
from storage.pool import Database, Tx
from tests.bookable import give_hours, hold_slot, make_bookable, make_free, practitioner_of
from tests.conftest import Clock
from tests.integration.actions.listed import DAY, freed, full_doctor, joined, own_places, taken, ticked
from tests.integration.actions.paying import NINE
from tests.people import make_appointment, make_doctor, make_patient
from tests.rows import rows, trail

_HALF_HOUR = timedelta(minutes=30)


@pytest.fixture
async def doctor(work: UnitOfWork, clock: Clock) -> Account:
    return await full_doctor(work, clock)


async def test_a_freed_seat_is_kept_for_who_waits_first_and_becomes_the_visit(
    work: UnitOfWork, doctor: Account, dsn: str, clock: Clock
) -> None:
    first = await make_patient(work, email="li@example.org")
    second = await make_patient(work)
    entry = await joined(work, first, doctor, None, NINE + 10 * DAY)
    clock.forward(timedelta(seconds=1))
    await joined(work, second, doctor, None, NINE + 10 * DAY)
    assert await ticked(work) == 0, "nothing is free"
    await freed(work, dsn, NINE + 3 * DAY)
    assert await ticked(work) == 1
    assert await ticked(work) == 0
    (offered,) = await own_places(work, first)
    assert (offered.id, offered.state, offered.starts_at) == (
        entry.id,
        WaitlistState.OFFERED,
        NINE + 3 * DAY,
    )
    assert offered.held_until == clock.at + OFFER_HOLD
    assert [one.state for one in await own_places(work, second)] == [WaitlistState.WAITING]
    assert rows(dsn, "select kind, facts ->> 'offer_ends_at' from notice where kind = 'waitlist-offer'") == [
        ("waitlist-offer", offered.held_until.isoformat())
    ]
    with pytest.raises(SlotTaken):
        async with work.begin(actor_of(second), "test") as ctx:
            await hold_slot(ctx, doctor, NINE + 3 * DAY)
    clock.forward(OFFER_HOLD - timedelta(seconds=1))
    assert (await taken(work, first, offered)).state.value == "booked"
    assert await own_places(work, first) == [], "booked, before anybody settled it"
    assert await ticked(work) == 0
    assert len(trail(dsn, "waitlist.settle")) == 1


@pytest.mark.parametrize("how", ["declined", "ended"])
async def test_what_is_not_taken_goes_to_the_next_and_never_comes_twice(
    work: UnitOfWork, doctor: Account, dsn: str, clock: Clock, how: str
) -> None:
    first, second = await make_patient(work), await make_patient(work)
    for one in (first, second):
        await joined(work, one, doctor, None, NINE + 10 * DAY)
        clock.forward(timedelta(seconds=1))
    await freed(work, dsn, NINE + 3 * DAY)
    assert await ticked(work) == 1
    (offered,) = await own_places(work, first)
    assert offered.appointment_id is not None
    if how == "declined":
        async with work.begin(actor_of(first), "test") as ctx:
            await booking.release(ctx, offered.appointment_id)
    else:
        clock.forward(OFFER_HOLD)
        assert await booking.tick(work, "test") == 1
    assert await ticked(work) == 1
    assert [one.state for one in await own_places(work, first)] == [WaitlistState.WAITING]
    (kept,) = await own_places(work, second)
    assert (kept.state, kept.starts_at) == (WaitlistState.OFFERED, NINE + 3 * DAY)
    async with work.begin(actor_of(second), "test") as ctx:
        await waitlist.leave(ctx, kept.id)
    assert await ticked(work) == 0, "the first one was offered it before"
    await freed(work, dsn, NINE + 4 * DAY)
    assert await ticked(work) == 1
    assert (await own_places(work, first))[0].starts_at == NINE + 4 * DAY


async def test_only_days_of_use_are_offered_and_no_time_of_ones_own(
    work: UnitOfWork, doctor: Account, dsn: str, clock: Clock
) -> None:
    picky, busy = await make_patient(work), await make_patient(work)
    await joined(work, picky, doctor, NINE + 5 * DAY, NINE + 6 * DAY)
    clock.forward(timedelta(seconds=1))
    await joined(work, busy, doctor, None, NINE + 10 * DAY)
    await make_appointment(work, busy, await make_doctor(work), NINE + 3 * DAY + timedelta(minutes=10))
    await freed(work, dsn, NINE + 3 * DAY)
    assert await ticked(work) == 0
    await freed(work, dsn, NINE + 5 * DAY)
    assert await ticked(work) == 1
    assert [one.state for one in await own_places(work, picky)] == [WaitlistState.OFFERED]


async def test_what_begins_too_soon_to_be_kept_is_passed_over(work: UnitOfWork, clock: Clock) -> None:
    clock.at = NINE - timedelta(hours=1, minutes=55)
    doctor, patient = await make_doctor(work), await make_patient(work)
    await joined(work, patient, doctor)
    await give_hours(work, doctor)
    assert await ticked(work) == 1
    (offered,) = await own_places(work, patient)
    assert offered.starts_at == NINE + _HALF_HOUR


async def test_leaving_gives_the_seat_up_and_waiting_ends_with_its_days(
    work: UnitOfWork, doctor: Account, dsn: str, clock: Clock
) -> None:
    patient, other = await make_patient(work), await make_patient(work)
    await joined(work, patient, doctor, None, NINE + 10 * DAY)
    await freed(work, dsn, NINE + 3 * DAY)
    await ticked(work)
    (offered,) = await own_places(work, patient)
    with pytest.raises(ActionRefused):
        async with work.begin(actor_of(other), "test") as ctx:
            await waitlist.leave(ctx, offered.id)
    for _ in range(2):
        async with work.begin(actor_of(patient), "test") as ctx:
            await waitlist.leave(ctx, offered.id)
    assert await own_places(work, patient) == []
    async with work.begin(actor_of(other), "test") as ctx:
        await hold_slot(ctx, doctor, NINE + 3 * DAY)
    brief = await joined(work, patient, doctor, None, clock.at + _HALF_HOUR)
    clock.forward(_HALF_HOUR)
    await ticked(work)
    assert await own_places(work, patient) == []
    with pytest.raises(WrongState) as refusal:
        async with work.begin(actor_of(patient), "test") as ctx:
            await waitlist.leave(ctx, brief.id)
    assert refusal.value.code is Code.WAITLIST_WRONG_STATE
    assert (await joined(work, patient, doctor, None, NINE + 2 * DAY)).id != brief.id


async def test_one_waits_once_for_a_doctor_and_for_few_doctors(work: UnitOfWork, clock: Clock) -> None:
    patient = await make_patient(work)
    doctors = [await make_doctor(work) for _ in range(ENTRIES_MAX + 1)]
    first = await joined(work, patient, doctors[0])
    assert await joined(work, patient, doctors[0]) == first
    for one in doctors[1:ENTRIES_MAX]:
        await joined(work, patient, one)
    with pytest.raises(TooMany):
        await joined(work, patient, doctors[ENTRIES_MAX])
    with pytest.raises(InvalidInput):
        await joined(work, patient, doctors[0], clock.at, clock.at)
    with pytest.raises(NotFound):
        async with work.begin(actor_of(patient), "test") as ctx:
            await waitlist.join(ctx, uuid4(), None, None)  # type: ignore[arg-type]
    with pytest.raises(ActionRefused):
        await joined(work, doctors[0], doctors[1])


async def test_nobody_waits_for_what_is_free_and_is_told_the_times(
    work: UnitOfWork, doctor: Account, dsn: str, clock: Clock
) -> None:
    patient = await make_patient(work)
    with pytest.raises(TimesFree) as refusal:
        await joined(work, patient, doctor)
    assert refusal.value.code is Code.WAITLIST_TIMES_FREE
    assert [one.starts_at for one in refusal.value.alternatives] == [NINE + day * DAY for day in (14, 15, 16)]
    assert await ticked(work) == 0
    assert await own_places(work, patient) == []
    await freed(work, dsn, NINE + 3 * DAY)
    with pytest.raises(TimesFree):
        await joined(work, patient, doctor, None, NINE + 10 * DAY)
    # Another visit at that very time: it is of no use.
    await make_appointment(work, patient, await make_doctor(work), NINE + 3 * DAY + timedelta(minutes=10))
    assert (await joined(work, patient, doctor, None, NINE + 10 * DAY)).state is WaitlistState.WAITING


async def test_a_time_freed_at_night_is_kept_half_an_hour_into_the_morning(
    work: UnitOfWork, doctor: Account, dsn: str, clock: Clock
) -> None:
    patient = await make_patient(work)
    await joined(work, patient, doctor, None, NINE + 10 * DAY)
    # Six in the morning there: the quiet hours end at eight.
    clock.at = NINE - timedelta(hours=3)
    await freed(work, dsn, NINE + 3 * DAY)
    assert await ticked(work) == 1
    (offered,) = await own_places(work, patient)
    assert offered.held_until == NINE - timedelta(minutes=30)


@pytest.mark.parametrize(("quota", "free"), [(0, 0), (1, 3)])
async def test_joining_asks_the_database_a_few_times_however_many_slots_there_are(
    work: UnitOfWork,
    database: Database,
    keys: KeyRing,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    quota: int,
    free: int,
) -> None:
    clock.at = NINE - timedelta(hours=21)
    doctor, patient = await make_bookable(work, begins=0, ends=24 * 60 - 30), await make_patient(work)
    await make_free(work, doctor)
    connected = UnitOfWork(database, clock, os.urandom, keys, his_connected=True)
    async with connected.begin(SYSTEM, "own") as ctx:
        await schedules.set_slot_ownership(
            ctx, practitioner_of(doctor), SlotOwner.HIS, quota, "Asia/Shanghai"
        )
    asked = 0

    def counting(method: Callable[..., Awaitable[object]]) -> Callable[..., Awaitable[object]]:
        def called(*given: object, **named: object) -> Awaitable[object]:
            nonlocal asked
            asked += 1
            return method(*given, **named)

        return called

    for name in ("one", "all", "run"):
        monkeypatch.setattr(Tx, name, counting(getattr(Tx, name)))
    try:
        await joined(work, patient, doctor)
    except TimesFree as told:
        assert len(told.alternatives) == free
    else:
        assert free == 0
    assert asked < 40
