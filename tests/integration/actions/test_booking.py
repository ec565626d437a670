"""Holding a slot and booking it: who gets it, for how long, and what a booked visit is."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from actions import booking
from actions.appointments import own_appointments
from actions.booking_slots import alternatives
from actions.consultations import arrive
from actions.context import ActionRefused, UnitOfWork
from actions.schedules import add_leave
from domain.accounts import SYSTEM, Account, actor_of
from domain.appointment import AppointmentState
from domain.booking import HOLD, HOLDS_A_DAY_MAX, HOLDS_MAX, Booking, PaymentDue, SlotTaken
from domain.errors import Code, Conflict, NotFound, Throttled, TooMany, WrongState
from domain.ids import AppointmentId, ConsultationId
from tests.bookable import hold_slot, make_bookable, make_free, practitioner_of
from tests.conftest import Clock
from tests.people import make_appointment, make_doctor, make_patient, note_safe
from tests.rows import blocked
from tests.waiting import until

NINE = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
"""Nine o'clock of the next day in Shanghai."""
_HALF_HOUR = timedelta(minutes=30)


async def _hold(work: UnitOfWork, patient: Account, doctor: Account, at: datetime = NINE) -> Booking:
    async with work.begin(actor_of(patient), "test") as ctx:
        return await hold_slot(ctx, doctor, at)


async def _paid(work: UnitOfWork, held: Booking) -> bool:
    async with work.begin(SYSTEM, "test") as ctx:
        return await booking.confirm(ctx, held.id)


async def _read(work: UnitOfWork, patient: Account, appointment_id: AppointmentId) -> Booking:
    async with work.begin(actor_of(patient), "test") as ctx:
        return await booking.read_booking(ctx, appointment_id)


async def test_a_held_slot_is_nobody_elses_until_the_hold_ends(work: UnitOfWork, clock: Clock) -> None:
    doctor, first, second = await make_bookable(work), await make_patient(work), await make_patient(work)
    held = await _hold(work, first, doctor)
    assert (held.state, held.seat, held.held_until) == (AppointmentState.HELD, 1, clock.at + HOLD)
    assert (held.fee_minor, held.currency, held.consultation_id) == (5000, "CNY", None)
    clock.forward(HOLD - timedelta(seconds=1))
    with pytest.raises(SlotTaken):
        await _hold(work, second, doctor)
    clock.forward(timedelta(seconds=1))
    assert (await _hold(work, second, doctor)).seat == 1
    assert (await _read(work, first, held.id)).state is AppointmentState.EXPIRED


async def test_holding_the_same_slot_again_is_the_same_hold(work: UnitOfWork, clock: Clock) -> None:
    doctor, patient = await make_bookable(work), await make_patient(work)
    held = await _hold(work, patient, doctor)
    clock.forward(timedelta(minutes=1))
    assert await _hold(work, patient, doctor) == held


async def test_a_slot_has_as_many_seats_as_its_capacity(work: UnitOfWork) -> None:
    doctor = await make_bookable(work, capacity=2)
    seats = [(await _hold(work, await make_patient(work), doctor)).seat for _ in range(2)]
    assert seats == [1, 2]
    with pytest.raises(SlotTaken):
        await _hold(work, await make_patient(work), doctor)


@pytest.mark.parametrize(
    "off",
    [timedelta(minutes=10), timedelta(hours=4), timedelta(days=-2), timedelta(days=91)],
    ids=["between", "after-hours", "past", "beyond-the-horizon"],
)
async def test_what_is_no_slot_cannot_be_held(work: UnitOfWork, off: timedelta) -> None:
    with pytest.raises(SlotTaken):
        await _hold(work, await make_patient(work), await make_bookable(work), NINE + off)


async def test_what_the_staff_entered_and_leave_take_a_slot(work: UnitOfWork) -> None:
    doctor, patient = await make_bookable(work), await make_patient(work)
    await make_appointment(work, await make_patient(work), doctor, NINE + timedelta(minutes=10))
    with pytest.raises(SlotTaken):
        await _hold(work, patient, doctor)
    async with work.begin(SYSTEM, "test") as ctx:
        begins = NINE + timedelta(hours=1)
        await add_leave(ctx, practitioner_of(doctor), begins, begins + _HALF_HOUR)
    with pytest.raises(SlotTaken):
        await _hold(work, patient, doctor, NINE + timedelta(hours=1))
    assert (await _hold(work, patient, doctor, NINE + timedelta(minutes=90))).seat == 1


async def test_the_staff_may_enter_a_visit_where_a_hold_ended(work: UnitOfWork, clock: Clock) -> None:
    doctor = await make_bookable(work)
    await _hold(work, await make_patient(work), doctor)
    other = await make_patient(work)
    with pytest.raises(Conflict) as refusal:
        await make_appointment(work, other, doctor, NINE)
    assert refusal.value.code is Code.APPOINTMENT_OVERLAP
    clock.forward(HOLD)
    await make_appointment(work, other, doctor, NINE)


async def test_a_patient_is_at_one_place_at_a_time(work: UnitOfWork) -> None:
    patient = await make_patient(work)
    await _hold(work, patient, await make_bookable(work))
    with pytest.raises(Conflict) as refusal:
        await _hold(work, patient, await make_bookable(work))
    assert refusal.value.code is Code.BOOKING_OWN_OVERLAP


async def test_a_patient_holds_few_slots_at_once_and_in_a_day(work: UnitOfWork, clock: Clock) -> None:
    doctor, patient = await make_bookable(work), await make_patient(work)
    for step in range(HOLDS_MAX):
        await _hold(work, patient, doctor, NINE + step * _HALF_HOUR)
    with pytest.raises(TooMany) as refusal:
        await _hold(work, patient, doctor, NINE + HOLDS_MAX * _HALF_HOUR)
    assert refusal.value.code is Code.BOOKING_TOO_MANY_HOLDS
    for _ in range(HOLDS_A_DAY_MAX - HOLDS_MAX):
        clock.forward(HOLD)
        await _hold(work, patient, doctor)
    clock.forward(HOLD)
    with pytest.raises(Throttled):
        await _hold(work, patient, doctor)
    clock.forward(timedelta(days=1))
    await _hold(work, patient, doctor, NINE + timedelta(days=1))


async def test_a_free_visit_is_booked_by_the_patient_and_goes_its_usual_way(
    work: UnitOfWork, clock: Clock
) -> None:
    doctor, patient = await make_bookable(work), await make_patient(work)
    await make_free(work, doctor)
    held = await _hold(work, patient, doctor)
    for _ in range(2):
        async with work.begin(actor_of(patient), "test") as ctx:
            booked = await booking.confirm_own(ctx, held.id)
    assert (booked.state, booked.held_until) == (AppointmentState.BOOKED, None)
    assert booked.consultation_id is not None
    for account in (patient, doctor):
        async with work.begin(actor_of(account), "test") as ctx:
            (visit,) = await own_appointments(ctx, NINE, NINE + _HALF_HOUR)
        assert (visit.id, visit.consultation_id) == (held.id, booked.consultation_id)
    clock.at = NINE
    async with work.begin(actor_of(patient), "test") as ctx:
        await note_safe(ctx, visit)
        arrived = await arrive(ctx, ConsultationId(booked.consultation_id))
    assert arrived.consultation.state.value == "arrived"


async def test_a_visit_with_a_fee_is_booked_by_its_payment_alone(work: UnitOfWork, clock: Clock) -> None:
    doctor, patient = await make_bookable(work), await make_patient(work)
    held = await _hold(work, patient, doctor)

    async def for_nothing() -> None:
        with pytest.raises(PaymentDue):
            async with work.begin(actor_of(patient), "test") as ctx:
                await booking.confirm_own(ctx, held.id)

    await for_nothing()
    clock.forward(HOLD)
    await for_nothing()
    assert await booking.tick(work, "test") == 1
    await for_nothing()
    assert (await _read(work, patient, held.id)).state is AppointmentState.EXPIRED
    assert await _paid(work, held)
    assert await _paid(work, held), "a payment that is told twice books once"
    assert (await _read(work, patient, held.id)).state is AppointmentState.BOOKED


async def test_who_pays_late_gets_the_slot_while_it_is_free(work: UnitOfWork, clock: Clock) -> None:
    doctor, first, second = await make_bookable(work), await make_patient(work), await make_patient(work)
    late = await _hold(work, first, doctor)
    clock.forward(HOLD)
    assert await booking.tick(work, "test") == 1
    assert await _paid(work, late)
    lost = await _hold(work, second, doctor, NINE + _HALF_HOUR)
    clock.forward(HOLD)
    await _hold(work, first, doctor, NINE + _HALF_HOUR)
    assert not await _paid(work, lost)
    assert (await _read(work, second, lost.id)).state is AppointmentState.EXPIRED


async def test_a_hold_that_was_given_up_is_free_at_once_and_not_booked_later(work: UnitOfWork) -> None:
    doctor, first, second = await make_bookable(work), await make_patient(work), await make_patient(work)
    held = await _hold(work, first, doctor)
    for _ in range(2):
        async with work.begin(actor_of(first), "test") as ctx:
            await booking.release(ctx, held.id)
    assert not await _paid(work, held)
    async with work.begin(actor_of(first), "test") as ctx:
        assert await booking.own_bookings(ctx) == []
    taken = await _hold(work, second, doctor)
    assert await _paid(work, taken)
    with pytest.raises(WrongState):
        async with work.begin(actor_of(second), "test") as ctx:
            await booking.release(ctx, taken.id)


async def test_bookings_are_their_patients_alone(work: UnitOfWork) -> None:
    doctor, patient, other = await make_bookable(work), await make_patient(work), await make_patient(work)
    held = await _hold(work, patient, doctor)
    for use in (booking.read_booking, booking.confirm_own, booking.release):
        with pytest.raises(ActionRefused):
            async with work.begin(actor_of(other), "test") as ctx:
                await use(ctx, held.id)
        with pytest.raises(NotFound):
            async with work.begin(actor_of(patient), "test") as ctx:
                await use(ctx, AppointmentId(ctx.new_id()))
    with pytest.raises(ActionRefused):
        await _hold(work, doctor, doctor)


async def test_alternatives_are_near_and_of_the_specialty(work: UnitOfWork, clock: Clock) -> None:
    doctor, colleague = await make_bookable(work), await make_bookable(work, name="张伟")
    await make_doctor(work, "没有时间")
    middle = NINE + timedelta(hours=1)
    await _hold(work, await make_patient(work), doctor, middle)
    async with work.begin(SYSTEM, "test") as ctx:
        found = await alternatives(ctx, practitioner_of(doctor), middle)
    assert [(one.practitioner_id, one.starts_at - middle) for one in found] == [
        (doctor.practitioner_id, -_HALF_HOUR),
        (doctor.practitioner_id, _HALF_HOUR),
        (doctor.practitioner_id, -2 * _HALF_HOUR),
        (colleague.practitioner_id, timedelta(0)),
    ]


@pytest.mark.parametrize(
    ("today", "wall", "utc"),
    [
        # The clocks go forward at 02:00 on 29 March 2026, and back at 03:00 on 25 October.
        ("2026-03-27", "2026-03-28T09:00+01:00", "2026-03-28T08:00Z"),
        ("2026-03-27", "2026-03-30T09:00+02:00", "2026-03-30T07:00Z"),
        ("2026-10-23", "2026-10-24T09:00+02:00", "2026-10-24T07:00Z"),
        ("2026-10-23", "2026-10-26T09:00+01:00", "2026-10-26T08:00Z"),
    ],
)
async def test_nine_oclock_in_berlin_is_nine_oclock_on_both_sides_of_a_clock_change(
    work: UnitOfWork, clock: Clock, today: str, wall: str, utc: str
) -> None:
    clock.at = datetime.fromisoformat(f"{today}T12:00:00Z")
    doctor = await make_bookable(work, zone="Europe/Berlin", begins=0, ends=1440)
    held = await _hold(work, await make_patient(work), doctor, datetime.fromisoformat(wall))
    assert held.starts_at == datetime.fromisoformat(utc)
    assert await _paid(work, held)


async def test_the_hour_that_a_clock_change_skips_or_repeats_is_booked_once(
    work: UnitOfWork, clock: Clock
) -> None:
    clock.at = datetime(2026, 10, 23, 12, tzinfo=UTC)
    doctor = await make_bookable(work, zone="Europe/Berlin", begins=0, ends=1440)
    first = datetime.fromisoformat("2026-10-25T02:30+02:00")
    assert (await _hold(work, await make_patient(work), doctor, first)).ends_at - first == _HALF_HOUR
    with pytest.raises(SlotTaken):
        await _hold(work, await make_patient(work), doctor, first + timedelta(hours=1))


async def test_a_hold_that_ended_is_not_booked_beside_another_visit_of_the_patient(
    work: UnitOfWork, clock: Clock
) -> None:
    patient = await make_patient(work)
    late = await _hold(work, patient, await make_bookable(work))
    clock.forward(HOLD)
    instead = await _hold(work, patient, await make_bookable(work))
    assert await _paid(work, instead)
    assert not await _paid(work, late)


async def test_of_two_who_want_the_two_last_seats_at_once_both_get_one(work: UnitOfWork, dsn: str) -> None:
    doctor, first, second = (
        await make_bookable(work, capacity=2),
        await make_patient(work),
        await make_patient(work),
    )
    async with asyncio.TaskGroup() as group, work.begin(actor_of(first), "test") as ctx:
        held = await hold_slot(ctx, doctor, NINE)
        after = group.create_task(_hold(work, second, doctor))
        await _waits(after, dsn)
    assert (held.seat, after.result().seat) == (1, 2)


async def test_holds_taken_at_once_are_counted_one_after_the_other(work: UnitOfWork, dsn: str) -> None:
    doctor, other, patient = await make_bookable(work), await make_bookable(work), await make_patient(work)
    for step in range(HOLDS_MAX - 1):
        await _hold(work, patient, doctor, NINE + step * _HALF_HOUR)
    async with work.begin(actor_of(patient), "test") as ctx:
        await hold_slot(ctx, doctor, NINE + timedelta(hours=2))
        one_more = asyncio.create_task(_hold(work, patient, other, NINE + timedelta(hours=2, minutes=30)))
        await _waits(one_more, dsn)
    with pytest.raises(TooMany):
        await one_more


async def _waits(task: asyncio.Task[Booking], dsn: str) -> None:
    """Return once the task waits for another's lock, or went on without waiting for any."""

    async def waits() -> bool:
        return task.done() or blocked(dsn)

    await until(waits)
