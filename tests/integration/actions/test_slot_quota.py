"""What the hospital's own system has ceded is booked without asking, and never more than that."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from actions import booking, changes, doctor_directory, schedules
from actions.appointments import create_appointment
from actions.context import ActionRefused, UnitOfWork
from domain.accounts import SYSTEM, Account, actor_of
from domain.appointment import AppointmentState
from domain.booking import HOLD, Booking
from domain.changes import ChangePolicy
from domain.errors import Code, Conflict, FieldFault, InvalidInput, NotFound
from domain.his_slots import HisConfirms, HisNotConnected, SlotOwner
from domain.ids import PatientId, PractitionerId
from domain.jobs import JobName
from storage.pool import Database
from storage.violations import explained
from tests.bookable import NOTHING_SHOWN, practitioner_of
from tests.conftest import Clock
from tests.integration.actions.changing import HALF_HOUR, NEXT, booked, held, read
from tests.integration.actions.his_desk import ZONE, Desk, open_desk
from tests.people import make_admin
from tests.rows import rows, trail

DAY = timedelta(days=1)


@pytest.fixture
async def desk(work: UnitOfWork, database: Database, clock: Clock, dsn: str, tmp_path: Path) -> Desk:
    return await open_desk(work, database, clock, dsn, tmp_path, capacity=3)


async def _hold(desk: Desk, who: Account) -> Booking:
    return await held(desk.counter, NEXT, who)


async def test_within_the_quota_a_visit_is_booked_without_asking(desk: Desk) -> None:
    await desk.own(desk.counter.doctor, 1)
    visit = await booked(desk.counter)
    assert (visit.state, visit.needs_confirmation) == (AppointmentState.BOOKED, False)
    assert desk.requests() == [] and desk.jobs(JobName.HIS_ASK) == 0
    assert (await held(desk.counter, NEXT + DAY, await desk.patient())).needs_confirmation is False


async def test_of_many_at_once_no_more_than_the_quota_are_booked_without_asking(desk: Desk) -> None:
    await desk.own(desk.counter.doctor, 2)
    patients = [await desk.patient() for _ in range(3)]
    kept = await asyncio.gather(*(_hold(desk, who) for who in patients))
    assert sorted(one.needs_confirmation for one in kept) == [False, False, True]
    again = await held(desk.counter, NEXT + HALF_HOUR)
    assert again.needs_confirmation, "the quota is of the day"
    taken = rows(desk.dsn, "select quota_seat from appointment where quota_seat is not null order by 1")
    assert taken == [(1,), (2,)]


async def test_a_seat_of_the_quota_comes_back_with_a_hold_that_ends(desk: Desk) -> None:
    await desk.own(desk.counter.doctor, 1)
    first, second = await desk.patient(), await desk.patient()
    kept = await held(desk.counter, NEXT, first)
    assert (await held(desk.counter, NEXT + HALF_HOUR, second)).needs_confirmation
    desk.clock.forward(HOLD)
    assert not (await held(desk.counter, NEXT + 2 * HALF_HOUR)).needs_confirmation
    assert await desk.counter.booking(kept.id) == "expired"


async def test_a_late_payment_is_requested_when_the_quota_is_gone_meanwhile(desk: Desk) -> None:
    await desk.own(desk.counter.doctor, 1)
    kept = await held(desk.counter)
    payment = await desk.counter.start(kept.id)
    desk.clock.forward(HOLD)
    await held(desk.counter, NEXT + HALF_HOUR, await desk.patient())
    await desk.counter.hear(await desk.counter.notice(payment))
    assert (await read(desk.counter, kept.id)).state is AppointmentState.PENDING
    assert [state for _, state in desk.requests()] == ["open"]


async def test_a_visit_moves_within_the_quota_and_never_to_a_time_that_is_uncertain(desk: Desk) -> None:
    await desk.own(desk.counter.doctor, 1)
    visit = await booked(desk.counter)
    await booked(desk.counter, NEXT + DAY, await desk.patient())
    policy = ChangePolicy()
    async with desk.work.begin(actor_of(desk.counter.patient), "test") as ctx:
        moved = await changes.move_own(ctx, visit.id, NEXT + HALF_HOUR, policy)
    assert moved.starts_at == NEXT + HALF_HOUR
    with pytest.raises(HisConfirms):
        async with desk.work.begin(actor_of(desk.counter.patient), "test") as ctx:
            await changes.move_own(ctx, visit.id, NEXT + DAY, policy)
    assert (await read(desk.counter, visit.id)).starts_at == NEXT + HALF_HOUR


async def test_a_confirmed_visit_that_is_cancelled_is_given_back(desk: Desk) -> None:
    visit = await booked(desk.counter)
    await desk.run()
    async with desk.work.begin(actor_of(desk.counter.patient), "test") as ctx:
        await changes.cancel_own(ctx, visit.id, ChangePolicy(), 5000)
    assert [state for _, state in desk.requests()] == ["withdrawn"]
    assert desk.jobs(JobName.HIS_RELEASE) == 1


async def test_the_staff_enters_visits_within_the_quota_alone(desk: Desk) -> None:
    await desk.own(desk.counter.doctor, 1)
    patient_id = desk.counter.patient.patient_id
    assert patient_id is not None

    async def enter(at_hour: int) -> None:
        begins = NEXT + timedelta(hours=at_hour)
        async with desk.work.begin(SYSTEM, "test") as ctx:
            await create_appointment(
                ctx, PatientId(patient_id), practitioner_of(desk.counter.doctor), begins, begins + HALF_HOUR
            )

    await enter(0)
    with pytest.raises(HisConfirms):
        await enter(2)


async def test_slots_say_whether_they_need_to_be_confirmed(desk: Desk) -> None:
    await desk.own(desk.counter.doctor, 1)
    await held(desk.counter)
    doctor_id = practitioner_of(desk.counter.doctor)
    async with desk.work.begin(SYSTEM, "test") as ctx:
        found = await doctor_directory.doctor_slots(ctx, doctor_id, NEXT, NEXT + DAY + HALF_HOUR)
        asked = await doctor_directory.to_confirm(ctx, doctor_id, found)
    days = {(slot.starts_at.date(), slot.starts_at in asked) for slot in found}
    assert days == {(NEXT.date(), True), ((NEXT + DAY).date(), False)}


async def test_slots_of_ours_never_do(desk: Desk) -> None:
    async with desk.work.begin(SYSTEM, "test") as ctx:
        doctor_id = practitioner_of(desk.counter.doctor)
        await schedules.set_slot_ownership(ctx, doctor_id, SlotOwner.OURS, 0, ZONE)
        found = await doctor_directory.doctor_slots(ctx, doctor_id, NEXT, NEXT + DAY)
        assert found and await doctor_directory.to_confirm(ctx, doctor_id, found) == frozenset()
    assert not (await held(desk.counter)).needs_confirmation


async def test_without_a_connection_nothing_is_given_to_the_his_and_nothing_requested(
    desk: Desk, work: UnitOfWork
) -> None:
    doctor_id = practitioner_of(desk.counter.doctor)
    with pytest.raises(HisNotConnected) as refusal:
        async with work.begin(SYSTEM, "test") as ctx:
            await schedules.set_slot_ownership(ctx, doctor_id, SlotOwner.HIS, 3, ZONE)
    assert refusal.value.code is Code.HIS_NOT_CONNECTED
    with pytest.raises(HisNotConnected):
        async with work.begin(actor_of(desk.counter.patient), "test") as ctx:
            await booking.hold(ctx, doctor_id, NEXT, said=NOTHING_SHOWN)
    # What it ceded while it was there is ours to give.
    await desk.own(desk.counter.doctor, 1)
    async with work.begin(actor_of(desk.counter.patient), "test") as ctx:
        assert not (await booking.hold(ctx, doctor_id, NEXT, said=NOTHING_SHOWN)).needs_confirmation


@pytest.mark.parametrize(
    ("owner", "quota", "fault"),
    [
        (SlotOwner.HIS, -1, FieldFault.TOO_SMALL),
        (SlotOwner.HIS, 100_000, FieldFault.TOO_LARGE),
        (SlotOwner.OURS, 1, FieldFault.TOO_LARGE),
    ],
)
async def test_a_quota_that_cannot_be_is_refused(
    desk: Desk, owner: SlotOwner, quota: int, fault: FieldFault
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        async with desk.work.begin(SYSTEM, "test") as ctx:
            await schedules.set_slot_ownership(ctx, practitioner_of(desk.counter.doctor), owner, quota, ZONE)
    assert refusal.value.fields == {"quota_a_day": fault}


async def test_only_the_administration_says_who_owns_slots(desk: Desk) -> None:
    doctor_id = practitioner_of(desk.counter.doctor)
    for who in (desk.counter.patient, desk.counter.doctor):
        with pytest.raises(ActionRefused):
            async with desk.work.begin(actor_of(who), "test") as ctx:
                await schedules.set_slot_ownership(ctx, doctor_id, SlotOwner.HIS, 0, ZONE)
    admin = await make_admin(desk.work)
    async with desk.work.begin(actor_of(admin), "test") as ctx:
        await schedules.set_slot_ownership(ctx, doctor_id, SlotOwner.HIS, 4, ZONE)
        owned = await schedules.slot_ownership(ctx, doctor_id)
    assert owned is not None and owned.quota_a_day == 4
    assert trail(desk.dsn, "schedule.change")
    with pytest.raises(NotFound):
        async with desk.work.begin(actor_of(admin), "test") as ctx:
            await schedules.set_slot_ownership(ctx, PractitionerId(ctx.new_id()), SlotOwner.HIS, 0, ZONE)


async def test_the_database_itself_gives_a_seat_of_the_quota_once(desk: Desk) -> None:
    await desk.own(desk.counter.doctor, 2)
    await held(desk.counter, NEXT, await desk.patient())
    await held(desk.counter, NEXT + HALF_HOUR)
    with pytest.raises(Conflict) as refusal:
        async with desk.work.begin(SYSTEM, "test") as ctx:
            with explained():
                await ctx.tx.script("update appointment set quota_seat = 1")
    assert refusal.value.code is Code.APPOINTMENT_OVERLAP
