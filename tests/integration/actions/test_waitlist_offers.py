"""Offering what becomes free: at once, in order, and whatever goes wrong at one place or one doctor."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

import pytest

from actions import appointments, booking, changes, schedules, waitlist, waitlist_offers
from actions.context import UnitOfWork
from booking_api import waitlist_jobs
from domain.accounts import Account, actor_of
from domain.changes import ChangePolicy
from domain.errors import NotFound, OwnFault
from domain.ids import AppointmentId
from domain.jobs import JobCall, JobName
from domain.waitlist import WaitlistState
from tests.bookable import give_hours, hold_slot, make_bookable, make_free, practitioner_of
from tests.conftest import Clock
from tests.integration.actions.listed import DAY, ZONE, freed, full_doctor, joined, own_places, ticked
from tests.integration.actions.paying import NINE
from tests.people import make_admin, make_doctor, make_patient
from tests.rows import blocked, execute, rows
from tests.waiting import until

_POLICY = ChangePolicy()
_SECOND = timedelta(seconds=1)


@pytest.fixture
async def doctor(work: UnitOfWork, clock: Clock) -> Account:
    return await full_doctor(work, clock)


def _queued(dsn: str) -> list[dict[str, str]]:
    return [
        row[0]
        for row in rows(
            dsn, "select args from procrastinate_jobs where task_name = 'waitlist.offer' order by id"
        )
    ]


async def _run(work: UnitOfWork, args: dict[str, str]) -> None:
    """Do one queued job as the runner does."""
    handle = waitlist_jobs.handlers(work, ZONE.key)[JobName.OFFER_FREED]
    await handle(JobCall(args["key"], {"practitioner_id": args["practitioner_id"]}, 1))


async def _states(work: UnitOfWork, *who: Account) -> list[WaitlistState]:
    return [entry.state for one in who for entry in await own_places(work, one)]


async def _release(work: UnitOfWork, owner: Account, visit: AppointmentId) -> None:
    async with work.begin(actor_of(owner), "test") as ctx:
        await booking.release(ctx, visit)


async def _cancel(work: UnitOfWork, owner: Account, visit: AppointmentId) -> None:
    await _confirm(work, owner, visit)
    async with work.begin(actor_of(owner), "test") as ctx:
        await changes.cancel_own(ctx, visit, _POLICY, 0)


async def _move(work: UnitOfWork, owner: Account, visit: AppointmentId) -> None:
    await _confirm(work, owner, visit)
    async with work.begin(actor_of(owner), "test") as ctx:
        await changes.move_own(ctx, visit, NINE + 15 * DAY, _POLICY)


async def _cancelled_by_staff(work: UnitOfWork, owner: Account, visit: AppointmentId) -> None:
    await _confirm(work, owner, visit)
    async with work.begin(actor_of(await make_admin(work)), "test") as ctx:
        await appointments.cancel_appointment(ctx, visit)


async def _confirm(work: UnitOfWork, owner: Account, visit: AppointmentId) -> None:
    async with work.begin(actor_of(owner), "test") as ctx:
        await booking.confirm_own(ctx, visit)


@pytest.mark.parametrize("give_up", [_release, _cancel, _move, _cancelled_by_staff])
async def test_what_is_given_up_is_offered_by_a_job_of_the_same_moment(
    work: UnitOfWork,
    doctor: Account,
    dsn: str,
    give_up: Callable[[UnitOfWork, Account, AppointmentId], Awaitable[None]],
) -> None:
    owner, first = await make_patient(work), await make_patient(work)
    async with work.begin(actor_of(owner), "test") as ctx:
        held = await hold_slot(ctx, doctor, NINE + 14 * DAY)
    await joined(work, first, doctor, None, NINE + 15 * DAY)
    assert _queued(dsn) == []
    await give_up(work, owner, held.id)
    (args,) = _queued(dsn)
    assert args["practitioner_id"] == str(practitioner_of(doctor))
    for _ in range(2):
        await _run(work, args)
    (offered,) = await own_places(work, first)
    assert (offered.state, offered.starts_at) == (WaitlistState.OFFERED, NINE + 14 * DAY)
    assert len(rows(dsn, "select id from notice where kind = 'waitlist-offer'")) <= 1
    assert await ticked(work) == 0


async def test_an_offer_that_is_left_goes_on_at_once_and_hours_that_open_are_offered(
    work: UnitOfWork, doctor: Account, dsn: str, clock: Clock
) -> None:
    first, second, third = [await make_patient(work) for _ in range(3)]
    for one in (first, second, third):
        await joined(work, one, doctor, None, NINE + 5 * DAY)
        clock.forward(_SECOND)
    await freed(work, dsn, NINE + 3 * DAY)
    assert await ticked(work) == 1
    (offered,) = await own_places(work, first)
    async with work.begin(actor_of(first), "test") as ctx:
        await waitlist.leave(ctx, offered.id)
    await _run(work, _queued(dsn)[-1])
    assert await _states(work, second, third) == [WaitlistState.OFFERED, WaitlistState.WAITING]
    before = _queued(dsn)
    await give_hours(work, doctor, begins=14 * 60, ends=14 * 60 + 30)
    await _run(work, _queued(dsn)[len(before)])
    (offered,) = await own_places(work, third)
    assert offered.starts_at == NINE + timedelta(hours=5)


async def test_a_leave_that_ends_is_offered_and_nothing_is_queued_where_nobody_waits(
    work: UnitOfWork, clock: Clock, dsn: str
) -> None:
    clock.at = NINE - timedelta(hours=21)
    doctor, patient = await make_bookable(work), await make_patient(work)
    async with work.begin(actor_of(doctor), "test") as ctx:
        entered = await schedules.add_own_leave(ctx, NINE, NINE + 100 * DAY)
        await schedules.remove_own_leave(ctx, entered.leave.id)
        entered = await schedules.add_own_leave(ctx, NINE, NINE + 100 * DAY)
    assert _queued(dsn) == []
    await joined(work, patient, doctor)
    async with work.begin(actor_of(doctor), "test") as ctx:
        await schedules.remove_own_leave(ctx, entered.leave.id)
    await _run(work, _queued(dsn)[-1])
    assert await _states(work, patient) == [WaitlistState.OFFERED]


async def test_what_is_rolled_back_offers_nothing(work: UnitOfWork, doctor: Account, dsn: str) -> None:
    owner = await make_patient(work)
    async with work.begin(actor_of(owner), "test") as ctx:
        held = await hold_slot(ctx, doctor, NINE + 14 * DAY)
    await joined(work, await make_patient(work), doctor, None, NINE + 15 * DAY)
    with pytest.raises(NotFound):
        async with work.begin(actor_of(owner), "test") as ctx:
            await booking.release(ctx, held.id)
            raise NotFound("anything")
    assert _queued(dsn) == []


async def test_a_place_at_which_something_fails_stands_in_nobodys_way(
    work: UnitOfWork, doctor: Account, dsn: str, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    broken, first, second = [await make_patient(work) for _ in range(3)]
    elsewhere = await make_doctor(work)
    await make_free(work, elsewhere)
    entry = await joined(work, broken, doctor, None, NINE + 10 * DAY)
    clock.forward(_SECOND)
    await joined(work, first, doctor, None, NINE + 10 * DAY)
    await joined(work, second, elsewhere)
    await give_hours(work, elsewhere, begins=9 * 60, ends=9 * 60 + 30)
    execute(
        dsn,
        "create function fail() returns trigger language plpgsql as $$ begin"
        f" if new.entry_id = '{entry.id}' then raise exception 'broken'; end if; return new; end $$;"
        " create trigger fails before insert on waitlist_offer for each row execute function fail()",
    )
    await freed(work, dsn, NINE + 3 * DAY)
    with pytest.raises(OwnFault):
        await _run(work, {"key": "test", "practitioner_id": str(practitioner_of(doctor))})
    assert await _states(work, broken, first) == [WaitlistState.WAITING, WaitlistState.OFFERED]
    await freed(work, dsn, NINE + 4 * DAY)
    assert await ticked(work) == 1
    assert await _states(work, broken, second) == [WaitlistState.WAITING, WaitlistState.OFFERED]
    execute(dsn, "drop trigger fails on waitlist_offer")
    assert await ticked(work) == 1
    (offered,) = await own_places(work, broken)
    assert offered.starts_at == NINE + 4 * DAY


async def test_a_doctor_at_whom_something_fails_stands_in_no_others_way(
    work: UnitOfWork, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.at = NINE - timedelta(hours=21)
    doctors = [await make_doctor(work) for _ in range(3)]
    patients = [await make_patient(work) for _ in doctors]
    for doctor, patient in zip(doctors, patients, strict=True):
        await joined(work, patient, doctor)
        await give_hours(work, doctor)
    real, sick = waitlist_offers.offer_free, min(practitioner_of(one) for one in doctors)

    async def offer_free(work: UnitOfWork, practitioner_id: UUID, *rest: object) -> waitlist_offers.Offered:
        if practitioner_id == sick:
            raise KeyError("a plan that nobody can read")
        return await real(work, practitioner_id, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(waitlist_offers, "offer_free", offer_free)
    # One doctor a page: none is left out behind a limit.
    monkeypatch.setattr(waitlist_offers, "_DOCTORS_AT_ONCE", 1)
    assert await ticked(work) == 2


async def test_however_many_wait_in_front_for_other_days_the_seat_goes_to_who_can_use_it(
    work: UnitOfWork, doctor: Account, dsn: str, clock: Clock
) -> None:
    last = await make_patient(work)
    for other in await asyncio.gather(*(make_patient(work) for _ in range(51))):
        await joined(work, other, doctor, NINE + 5 * DAY, NINE + 6 * DAY)
    clock.forward(_SECOND)
    await joined(work, last, doctor, None, NINE + 10 * DAY)
    await freed(work, dsn, NINE + 3 * DAY)
    assert await ticked(work) == 1
    assert await _states(work, last) == [WaitlistState.OFFERED]


async def test_days_end_before_their_last_moment(
    work: UnitOfWork, doctor: Account, dsn: str, clock: Clock
) -> None:
    before, of_use = await make_patient(work), await make_patient(work)
    await joined(work, before, doctor, None, NINE + 3 * DAY)
    clock.forward(_SECOND)
    await joined(work, of_use, doctor, NINE + 3 * DAY, NINE + 3 * DAY + _SECOND)
    await freed(work, dsn, NINE + 3 * DAY)
    assert await ticked(work) == 1
    assert await _states(work, before, of_use) == [WaitlistState.WAITING, WaitlistState.OFFERED]


async def test_who_did_not_take_an_offer_stands_at_the_end_of_the_list(
    work: UnitOfWork, doctor: Account, dsn: str, clock: Clock
) -> None:
    first, second, third = [await make_patient(work) for _ in range(3)]
    for one in (first, second, third):
        await joined(work, one, doctor, None, NINE + 10 * DAY)
        clock.forward(_SECOND)
    await freed(work, dsn, NINE + 3 * DAY)
    assert await ticked(work) == 1
    (offered,) = await own_places(work, first)
    assert offered.appointment_id is not None
    await _release(work, first, offered.appointment_id)
    assert await ticked(work) == 1
    for day, takers in ((4, [third]), (5, [third, first])):
        await freed(work, dsn, NINE + day * DAY)
        assert await ticked(work) == 1
        assert await _states(work, *takers) == [WaitlistState.OFFERED] * len(takers)


async def test_who_leaves_while_an_offer_is_made_gets_none_and_the_next_one_does(
    work: UnitOfWork, doctor: Account, dsn: str, clock: Clock
) -> None:
    first, second = await make_patient(work), await make_patient(work)
    entry = await joined(work, first, doctor, None, NINE + 10 * DAY)
    clock.forward(_SECOND)
    await joined(work, second, doctor, None, NINE + 10 * DAY)
    await freed(work, dsn, NINE + 3 * DAY)

    async def _somebody_waits() -> bool:
        return blocked(dsn)

    async with asyncio.TaskGroup() as group, work.begin(actor_of(first), "test") as ctx:
        await waitlist.leave(ctx, entry.id)
        offering = group.create_task(waitlist_offers.offer_free(work, practitioner_of(doctor), ZONE, "test"))
        await until(_somebody_waits)
    assert offering.result() == waitlist_offers.Offered(made=1, failed=0)
    assert await _states(work, first, second) == [WaitlistState.OFFERED]
