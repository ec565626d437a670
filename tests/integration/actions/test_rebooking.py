"""A visit that the hospital calls off: what its patient is offered, and what becomes of the fee."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from actions import booking, rebooking, schedules
from actions.consultations import arrive
from actions.context import ActionRefused, Context, UnitOfWork
from actions.rebooking import Choice
from domain.accounts import SYSTEM, Account, Role, actor_of
from domain.appointment import AppointmentState
from domain.booking import Booking, SlotTaken
from domain.errors import Code, Conflict, InvalidInput, NotFound, WrongState
from domain.ids import ConsultationId
from domain.rebooking import OFFER_LIFE, OfferReason
from domain.schedule import ExceptionKind, Hours
from providers.payments.demo import DemoProvider
from storage.pool import Database
from tests.bookable import hold_slot, make_bookable, practitioner_of
from tests.conftest import Clock
from tests.integration.actions.changing import HALF_HOUR, NEXT, booked, held, read, refunded, told
from tests.integration.actions.paying import Counter
from tests.people import make_admin, make_appointment, make_patient
from tests.rows import blocked, execute, rows, trail
from tests.waiting import until

_DAY = timedelta(days=1)


@pytest.fixture
async def counter(work: UnitOfWork, database: Database, clock: Clock, tmp_path: Path) -> Counter:
    provider = DemoProvider(tmp_path / "demo.jsonl", clock=clock, random=os.urandom)
    patient = await make_patient(work, email="li@example.org")
    return Counter(work, database, provider, patient, await make_bookable(work))


async def _call_off(
    counter: Counter, visit: UUID, who: Account, why: OfferReason = OfferReason.DOCTOR_UNAVAILABLE
) -> None:
    async with counter.work.begin(actor_of(who), "test") as ctx:
        await rebooking.call_off(ctx, visit, why)  # type: ignore[arg-type]


async def _choices(counter: Counter, who: Account | None = None) -> list[Choice]:
    async with counter.work.begin(actor_of(who or counter.patient), "test") as ctx:
        return await rebooking.own_offers(ctx)


async def _accept(
    counter: Counter, offer_id: UUID, doctor: Account, at: datetime, who: Account | None = None
) -> Booking:
    async with counter.work.begin(actor_of(who or counter.patient), "test") as ctx:
        return await rebooking.accept(ctx, offer_id, practitioner_of(doctor), at)


async def _decline(counter: Counter, offer_id: UUID, who: Account | None = None) -> None:
    async with counter.work.begin(actor_of(who or counter.patient), "test") as ctx:
        await rebooking.decline(ctx, offer_id)


async def _offered(counter: Counter) -> tuple[Booking, Choice]:
    visit = await booked(counter)
    await _call_off(counter, visit.id, counter.doctor)
    (choice,) = await _choices(counter)
    return visit, choice


async def test_a_visit_that_was_called_off_offers_times_at_the_same_fee_and_closes_its_own(
    counter: Counter, dsn: str
) -> None:
    same, dear = await make_bookable(counter.work), await make_bookable(counter.work)
    execute(
        dsn,
        "update practitioner_role set fee_minor = 9000 where practitioner_id = %s",
        str(practitioner_of(dear)),
    )
    visit, choice = await _offered(counter)
    assert (await read(counter, visit.id)).state is AppointmentState.CANCELLED
    assert refunded(dsn, visit.id) == [], "the patient has not chosen yet"
    doctors = [one.practitioner_id for one in choice.alternatives]
    assert doctors[:3] == [practitioner_of(counter.doctor)] * 3
    assert practitioner_of(same) in doctors and practitioner_of(dear) not in doctors
    assert [kind for kind, _, _ in told(dsn, visit.id)] == ["appointment-made", "rebooking-offer"]
    with pytest.raises(SlotTaken):
        await held(counter, NEXT, await make_patient(counter.work))
    assert len(trail(dsn, "appointment.call_off")) == 1


@pytest.mark.parametrize("other", [False, True], ids=["same-doctor", "colleague"])
async def test_another_time_that_is_chosen_is_booked_with_what_was_paid(
    counter: Counter, dsn: str, other: bool, clock: Clock
) -> None:
    colleague = await make_bookable(counter.work, name="陈静")
    visit, choice = await _offered(counter)
    doctor = colleague if other else counter.doctor
    again = await _accept(counter, choice.offer.id, doctor, NEXT + HALF_HOUR)
    assert (again.id, again.state, again.starts_at) == (visit.id, AppointmentState.BOOKED, NEXT + HALF_HOUR)
    assert again.practitioner_id == practitioner_of(doctor)
    assert await _choices(counter) == []
    assert refunded(dsn, visit.id) == []
    assert [(kind, number) for kind, number, _ in told(dsn, visit.id)] == [
        ("appointment-made", 0),
        ("rebooking-offer", 1),
        ("appointment-changed", 2),
    ]
    with pytest.raises(WrongState) as refusal:
        await _accept(counter, choice.offer.id, doctor, NEXT)
    assert refusal.value.code is Code.REBOOKING_WRONG_STATE
    with pytest.raises(WrongState):
        await _decline(counter, choice.offer.id)
    assert again.consultation_id is not None
    execute(
        dsn, "insert into visit_safety values (%s, 1, now(), false, 1, now())", str(again.consultation_id)
    )
    clock.at = again.starts_at
    async with counter.work.begin(actor_of(counter.patient), "test") as ctx:
        come = await arrive(ctx, ConsultationId(again.consultation_id))
    assert come.consultation.practitioner_id == practitioner_of(doctor)


async def test_the_whole_fee_goes_back_on_wish_and_when_nobody_chooses(
    counter: Counter, dsn: str, clock: Clock
) -> None:
    visit, choice = await _offered(counter)
    for _ in range(2):
        await _decline(counter, choice.offer.id)
    assert refunded(dsn, visit.id) == [(5000, "cancelled-by-hospital")]
    forgotten = await booked(counter, NEXT + HALF_HOUR)
    await _call_off(counter, forgotten.id, await make_admin(counter.work), OfferReason.TECHNICAL)
    (open_one,) = await _choices(counter)
    clock.forward(OFFER_LIFE - timedelta(seconds=1))
    assert await rebooking.tick(counter.work, "test") == 0
    clock.forward(timedelta(seconds=1))
    with pytest.raises(WrongState):
        await _accept(counter, open_one.offer.id, counter.doctor, NEXT + 10 * _DAY)
    assert await rebooking.tick(counter.work, "test") == 1
    assert await rebooking.tick(counter.work, "test") == 0
    assert refunded(dsn, forgotten.id) == [(5000, "cancelled-by-hospital")]
    with pytest.raises(WrongState):
        await _accept(counter, open_one.offer.id, counter.doctor, NEXT + 10 * _DAY)


async def test_who_may_not_call_off_or_choose(counter: Counter, dsn: str) -> None:
    visit, stranger = await booked(counter), await make_patient(counter.work)
    for who in (await make_bookable(counter.work), counter.patient):
        with pytest.raises(ActionRefused):
            await _call_off(counter, visit.id, who)
    with pytest.raises(InvalidInput):
        await _call_off(counter, visit.id, counter.doctor, OfferReason.HIS_CONFLICT)
    with pytest.raises(NotFound):
        await _call_off(counter, uuid4(), counter.doctor)
    await _call_off(counter, visit.id, counter.doctor)
    with pytest.raises(WrongState):
        await _call_off(counter, visit.id, counter.doctor)
    (choice,) = await _choices(counter)
    assert await _choices(counter, stranger) == []
    with pytest.raises(ActionRefused):
        await _accept(counter, choice.offer.id, counter.doctor, NEXT + HALF_HOUR, stranger)
    with pytest.raises(ActionRefused):
        await _decline(counter, choice.offer.id, stranger)
    with pytest.raises(NotFound):
        await _decline(counter, uuid4())


async def test_what_cannot_be_chosen_instead(counter: Counter, dsn: str) -> None:
    dear, other = await make_bookable(counter.work), await make_patient(counter.work)
    execute(
        dsn,
        "update practitioner_role set fee_minor = 9000 where practitioner_id = %s",
        str(practitioner_of(dear)),
    )
    _, choice = await _offered(counter)
    await booked(counter, NEXT + 2 * HALF_HOUR, other)
    for taken in (NEXT, NEXT + 2 * HALF_HOUR):
        with pytest.raises(SlotTaken):
            await _accept(counter, choice.offer.id, counter.doctor, taken)
    with pytest.raises(InvalidInput):
        await _accept(counter, choice.offer.id, dear, NEXT)
    await booked(counter, NEXT + HALF_HOUR)
    with pytest.raises((Conflict, SlotTaken)):
        await _accept(counter, choice.offer.id, counter.doctor, NEXT + HALF_HOUR)
    (same,) = await _choices(counter)
    assert same.offer == choice.offer, "nothing was chosen"


Enter = Callable[[Context, Counter], Awaitable[object]]


async def _leave(ctx: Context, counter: Counter) -> object:
    if ctx.actor.role is Role.DOCTOR:
        return (await schedules.add_own_leave(ctx, NEXT - HALF_HOUR, NEXT + _DAY)).booked
    return (
        await schedules.add_leave(ctx, practitioner_of(counter.doctor), NEXT - HALF_HOUR, NEXT + _DAY)
    ).booked


async def _closing(ctx: Context, counter: Counter) -> object:
    hours = Hours(9 * 60, 12 * 60, 0, 0, "Asia/Shanghai")
    day = date(2026, 11, 25)
    await schedules.add_exception(
        ctx, practitioner_of(counter.doctor), ExceptionKind.CAPACITY, day, hours, date(2026, 11, 23)
    )
    return 2


@pytest.mark.parametrize(
    ("enter", "own"), [(_leave, True), (_leave, False), (_closing, False)], ids=["own", "leave", "closed"]
)
async def test_leave_calls_off_what_is_booked_and_ends_what_is_held(
    counter: Counter, dsn: str, enter: Enter, own: bool
) -> None:
    admin, second, third = (
        await make_admin(counter.work),
        await make_patient(counter.work),
        await make_patient(counter.work),
    )
    first = await booked(counter)
    await make_appointment(counter.work, second, counter.doctor, NEXT + HALF_HOUR)
    hold = await held(counter, NEXT + 2 * HALF_HOUR, third)
    payment = await counter.start(hold.id, third)
    before = await booked(counter, NEXT - _DAY)
    async with counter.work.begin(actor_of(counter.doctor), "test") as ctx:
        assert await schedules.visits_in_own_leave(ctx, NEXT, NEXT + _DAY) == 2
    async with counter.work.begin(actor_of(counter.doctor if own else admin), "test") as ctx:
        assert await enter(ctx, counter) == 2
    assert [one.offer.appointment_id for one in await _choices(counter)] == [first.id]
    assert len(await _choices(counter, second)) == 1
    assert (await read(counter, before.id)).state is AppointmentState.BOOKED
    assert (await read(counter, hold.id, third)).state is AppointmentState.EXPIRED
    assert await counter.hear(await counter.notice(payment)) == "applied"
    assert refunded(dsn, hold.id) == [(5000, "late-payment")]
    with pytest.raises(SlotTaken):
        async with counter.work.begin(actor_of(third), "test") as ctx:
            await hold_slot(ctx, counter.doctor, NEXT)
    assert rows(dsn, "select count(*) from rebooking_offer where state = 'open'") == [(2,)]


async def test_calling_one_seat_off_calls_off_all_of_the_time_that_it_closes(
    counter: Counter, dsn: str
) -> None:
    counter.doctor = await make_bookable(counter.work, capacity=3)
    second, third = await make_patient(counter.work), await make_patient(counter.work)
    first = await booked(counter)
    beside = await booked(counter, patient=second)
    kept = await held(counter, patient=third)
    paying = await counter.start(kept.id, third)
    await _call_off(counter, first.id, counter.doctor)
    assert len(await _choices(counter)) == len(await _choices(counter, second)) == 1
    assert (await read(counter, beside.id, second)).state is AppointmentState.CANCELLED
    assert await counter.hear(await counter.notice(paying)) == "applied"
    assert (await read(counter, kept.id, third)).state is AppointmentState.EXPIRED
    assert refunded(dsn, kept.id) == [(5000, "late-payment")]
    assert len(trail(dsn, "appointment.call_off")) == 2


async def test_leave_calls_off_what_is_paid_at_the_same_moment(counter: Counter, dsn: str) -> None:
    one = await held(counter)

    async def leave() -> None:
        async with counter.work.begin(actor_of(counter.doctor), "test") as ctx:
            await schedules.add_own_leave(ctx, NEXT - HALF_HOUR, NEXT + _DAY)

    async with asyncio.TaskGroup() as group, counter.work.begin(SYSTEM, "test") as ctx:
        assert await booking.confirm(ctx, one.id)
        away = group.create_task(leave())

        async def waits() -> bool:
            return away.done() or blocked(dsn)

        await until(waits)
    assert (await read(counter, one.id)).state is AppointmentState.CANCELLED
    (choice,) = await _choices(counter)
    assert choice.offer.appointment_id == one.id
