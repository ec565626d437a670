"""Cancelling and moving a visit: what comes back, who gets the seat, and what its patient is told."""

import asyncio
import os
from datetime import timedelta
from pathlib import Path

import pytest

from actions import changes, refunds
from actions.changes import Cancelled
from actions.context import ActionRefused, UnitOfWork
from domain.accounts import Account, actor_of
from domain.appointment import AppointmentState
from domain.booking import Booking, SlotTaken
from domain.changes import CancelStep, ChangePolicy, Terms, TermsChanged
from domain.errors import Code, Conflict, NotFound, WrongState
from domain.ids import AppointmentId
from domain.refund_policy import RefundPolicy
from providers.payments.demo import DemoProvider
from storage.pool import Database
from tests.bookable import make_bookable
from tests.conftest import Clock
from tests.integration.actions.changing import HALF_HOUR, NEXT, booked, held, read, refunded, told
from tests.integration.actions.paying import NINE, Counter, visit_of
from tests.people import make_patient
from tests.rows import execute, trail

_POLICY = ChangePolicy()


@pytest.fixture
async def counter(work: UnitOfWork, database: Database, clock: Clock, tmp_path: Path) -> Counter:
    provider = DemoProvider(tmp_path / "demo.jsonl", clock=clock, random=os.urandom)
    patient = await make_patient(work, email="li@example.org")
    return Counter(work, database, provider, patient, await make_bookable(work))


async def _terms(counter: Counter, visit: Booking) -> Terms:
    async with counter.work.begin(actor_of(counter.patient), "test") as ctx:
        return await changes.read_terms(ctx, visit.id, _POLICY)


async def _cancel(counter: Counter, visit: Booking, back: int, who: Account | None = None) -> Cancelled:
    async with counter.work.begin(actor_of(who or counter.patient), "test") as ctx:
        return await changes.cancel_own(ctx, visit.id, _POLICY, back)


async def _move(counter: Counter, visit: Booking, to: object, who: Account | None = None) -> Booking:
    async with counter.work.begin(actor_of(who or counter.patient), "test") as ctx:
        return await changes.move_own(ctx, visit.id, to, _POLICY)  # type: ignore[arg-type]


async def test_cancelled_in_time_all_of_the_fee_comes_back_and_the_seat_is_free(
    counter: Counter, dsn: str
) -> None:
    visit, other = await booked(counter), await make_patient(counter.work)
    found = await _terms(counter, visit)
    assert (found.step, found.back_minor, found.currency) == (CancelStep.FREE, 5000, "CNY")
    done = await _cancel(counter, visit, 5000)
    assert (done.booking.state, done.back_minor) == (AppointmentState.CANCELLED, 5000)
    assert refunded(dsn, visit.id) == [(5000, "cancelled-by-patient")]
    assert [(kind, number) for kind, number, _ in told(dsn, visit.id)] == [
        ("appointment-made", 0),
        ("appointment-cancelled", 1),
    ]
    assert (await held(counter, NEXT, other)).seat == 1
    assert len(trail(dsn, "booking.cancel")) == 1


async def test_cancelled_late_a_share_comes_back_and_what_has_begun_is_not_cancelled(
    counter: Counter, dsn: str, clock: Clock
) -> None:
    late, begun = await booked(counter, NINE), await booked(counter, NINE + HALF_HOUR)
    await _cancel(counter, late, 2500)
    clock.at = begun.starts_at
    assert (await _terms(counter, begun)).step is CancelStep.BEGUN
    with pytest.raises(WrongState) as refused:
        await _cancel(counter, begun, 0)
    assert refused.value.code is Code.BOOKING_BEGUN
    assert refunded(dsn, late.id) == [(2500, "cancelled-by-patient")]
    assert (await read(counter, begun.id)).state is AppointmentState.BOOKED
    # Who waited in vain, and went: the record decides, whatever was tried meanwhile.
    visit = await visit_of(counter, begun.id, dsn)
    await visit.arrive()
    clock.forward(timedelta(minutes=20))
    await visit.step_out()
    with pytest.raises(WrongState):
        await _cancel(counter, begun, 0)
    clock.forward(timedelta(days=1))
    assert await refunds.decide_due(counter.work, RefundPolicy(), "test") == 1
    assert refunded(dsn, begun.id) == [(5000, "doctor-absent")]


async def test_what_the_patient_was_told_holds_or_nothing_is_done(
    counter: Counter, dsn: str, clock: Clock
) -> None:
    visit = await booked(counter)
    told_before = (await _terms(counter, visit)).back_minor
    clock.at = visit.starts_at - timedelta(hours=23)
    with pytest.raises(TermsChanged):
        await _cancel(counter, visit, told_before)
    assert (await read(counter, visit.id)).state is AppointmentState.BOOKED
    assert refunded(dsn, visit.id) == []


async def test_only_a_booked_visit_of_ones_own_is_cancelled_or_moved(
    counter: Counter, dsn: str, clock: Clock
) -> None:
    visit, other = await booked(counter), await make_patient(counter.work)
    hold = await held(counter, NEXT + HALF_HOUR)
    with pytest.raises(ActionRefused):
        await _cancel(counter, visit, 5000, other)
    with pytest.raises(ActionRefused):
        await _move(counter, visit, NEXT + 2 * HALF_HOUR, other)
    with pytest.raises(WrongState):
        await _cancel(counter, hold, 0)
    with pytest.raises(WrongState):
        await _move(counter, hold, NEXT + 2 * HALF_HOUR)
    execute(dsn, "update consultation set state = 'arrived', arrived_at = now()")
    with pytest.raises(WrongState) as refusal:
        await _cancel(counter, visit, 5000)
    assert refusal.value.code is Code.CONSULTATION_WRONG_STATE
    execute(dsn, "update consultation set state = 'planned', arrived_at = null")
    await _cancel(counter, visit, 5000)
    for _ in range(2):
        with pytest.raises(WrongState):
            await _cancel(counter, visit, 5000)
    async with counter.work.begin(actor_of(counter.patient), "test") as ctx:
        unknown = AppointmentId(ctx.new_id())
    with pytest.raises(NotFound):
        async with counter.work.begin(actor_of(counter.patient), "test") as ctx:
            await changes.cancel_own(ctx, unknown, _POLICY, 0)


async def test_a_moved_visit_keeps_its_fee_and_its_calendar_entry_and_frees_its_seat(
    counter: Counter, dsn: str
) -> None:
    visit, other = await booked(counter), await make_patient(counter.work)
    execute(dsn, "update practitioner_role set fee_minor = 9000")
    moved = await _move(counter, visit, NEXT + HALF_HOUR)
    assert (moved.id, moved.starts_at, moved.fee_minor) == (visit.id, NEXT + HALF_HOUR, 5000)
    assert await read(counter, visit.id) == moved
    assert refunded(dsn, visit.id) == []
    assert [(kind, number) for kind, number, _ in told(dsn, visit.id)] == [
        ("appointment-made", 0),
        ("appointment-changed", 1),
    ]
    assert (await held(counter, NEXT, other)).seat == 1
    assert await _move(counter, visit, NEXT + HALF_HOUR) == moved, "where it is, it stays"
    with pytest.raises(SlotTaken):
        await _move(counter, visit, NEXT)
    with pytest.raises(SlotTaken):
        await _move(counter, visit, NEXT + timedelta(minutes=7))
    assert (await read(counter, visit.id)).starts_at == NEXT + HALF_HOUR


async def test_a_patient_moves_to_no_time_at_which_there_is_something_else(counter: Counter) -> None:
    visit = await booked(counter)
    await booked(counter, NEXT + HALF_HOUR)
    with pytest.raises(Conflict) as refusal:
        await _move(counter, visit, NEXT + HALF_HOUR)
    assert refusal.value.code in (Code.BOOKING_OWN_OVERLAP, Code.BOOKING_SLOT_TAKEN)


async def test_it_is_moved_until_shortly_before_and_then_cancelling_stays_late(
    counter: Counter, clock: Clock
) -> None:
    visit = await booked(counter, NINE)
    moved = await _move(counter, visit, NEXT + HALF_HOUR)
    assert (await _terms(counter, moved)).step is CancelStep.LATE, "moving is no way round the share"
    clock.at = moved.starts_at - timedelta(hours=2)
    with pytest.raises(WrongState) as refusal:
        await _move(counter, moved, NEXT + timedelta(days=1))
    assert refusal.value.code is Code.BOOKING_TOO_LATE


async def test_of_two_who_move_to_one_seat_one_gets_it_and_the_other_keeps_the_own(
    counter: Counter,
) -> None:
    other = await make_patient(counter.work)
    first, second = await booked(counter), await booked(counter, NEXT + HALF_HOUR, other)
    goal = NEXT + 2 * HALF_HOUR
    answers = await asyncio.gather(
        _move(counter, first, goal), _move(counter, second, goal, other), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in answers) == ["Booking", "SlotTaken"]
    now = [await read(counter, first.id), await read(counter, second.id, other)]
    assert sorted(one.starts_at == goal for one in now) == [False, True]
    kept = next(one for one in now if one.starts_at != goal)
    assert kept.starts_at in (NEXT, NEXT + HALF_HOUR)
    assert all(one.state is AppointmentState.BOOKED for one in now)


async def test_a_refund_that_was_made_is_told_once(counter: Counter, dsn: str) -> None:
    visit = await booked(counter)
    await _cancel(counter, visit, 5000)
    async with counter.database.transaction() as tx:
        payment_id = (await tx.all("payment_of_appointment", {"appointment_id": visit.id}))[0]["id"]
    for refund in await counter.refunds(payment_id):
        await counter.send(refund)
        await counter.send(refund)
    await refunds.check_under_way(counter.work, counter.provider, "test")
    assert [kind for kind, _, _ in told(dsn, visit.id)].count("refund-made") == 1
