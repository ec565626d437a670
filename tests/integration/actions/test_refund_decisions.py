"""What the record decides about the fee: when, from which part of it, beside what the staff gave back."""

import asyncio
import os
from datetime import timedelta
from pathlib import Path

import pytest

from actions import absence, rebooking, refunds
from actions.consultations import arrive
from actions.context import UnitOfWork
from domain.accounts import actor_of
from domain.consultation import ARRIVE_AFTER, MISSED_AFTER
from domain.facts import Body, EntryKind
from domain.payment import RefundReason
from domain.rebooking import OfferReason
from domain.refund_policy import RefundPolicy
from providers.payments.demo import DemoProvider
from storage.pool import Database
from tests.bookable import practitioner_of
from tests.conftest import Clock
from tests.integration.actions.changing import refunded
from tests.integration.actions.paying import NINE, Counter, open_counter, visit_of
from tests.integration.actions.visits import keep
from tests.people import make_admin
from tests.rows import blocked, rows
from tests.waiting import until

_END = NINE + timedelta(minutes=30)
_DAY = timedelta(days=1)
_SEEN: Body = {"camera": True, "microphone": True}


@pytest.fixture
async def counter(work: UnitOfWork, database: Database, clock: Clock, tmp_path: Path) -> Counter:
    provider = DemoProvider(tmp_path / "demo.jsonl", clock=clock, random=os.urandom)
    return await open_counter(work, database, provider)


async def _decide(counter: Counter) -> int:
    return await refunds.decide_due(counter.work, RefundPolicy(), "test")


def _decided(dsn: str) -> list[tuple[int, str]]:
    return [(percent, reason) for percent, reason in rows(dsn, "select percent, reason from refund_decision")]


async def test_nothing_is_decided_while_the_waiting_room_is_open(
    counter: Counter, clock: Clock, dsn: str
) -> None:
    payment = await counter.paid()
    visit = await visit_of(counter, payment.appointment_id, dsn)
    clock.at = _END + MISSED_AFTER
    assert (await absence.tick(counter.work, "test"), await _decide(counter)) == (1, 0)
    clock.forward(timedelta(minutes=5))
    await visit.arrive()
    clock.at = _END + ARRIVE_AFTER + timedelta(seconds=1)
    assert await _decide(counter) == 1
    assert refunded(dsn, payment.appointment_id) == [(5000, "doctor-absent")]


async def test_who_steps_out_and_is_seen_after_all_is_not_refunded(
    counter: Counter, clock: Clock, dsn: str
) -> None:
    payment = await counter.paid()
    visit = await visit_of(counter, payment.appointment_id, dsn)
    clock.at = NINE
    await visit.arrive()
    clock.at = _END + timedelta(minutes=50)
    await visit.step_out()
    clock.at = _END + MISSED_AFTER
    assert await _decide(counter) == 0
    await visit.arrive()
    await visit.admit()
    for actor in (visit.as_patient, visit.as_doctor):
        await keep(counter.work, visit.saying(EntryKind.JOINED, _SEEN, actor=actor))
    clock.forward(timedelta(minutes=20))
    await visit.finish()
    assert await _decide(counter) == 1
    assert (_decided(dsn), await counter.refunds(payment.id)) == ([(0, "visit-held")], [])


async def test_who_arrives_in_the_moment_of_the_decision_is_waited_for(
    counter: Counter, clock: Clock, dsn: str
) -> None:
    payment = await counter.paid()
    visit = await visit_of(counter, payment.appointment_id, dsn)
    clock.at = _END + ARRIVE_AFTER
    async with asyncio.TaskGroup() as group, counter.work.begin(visit.as_patient, "test") as ctx:
        await arrive(ctx, visit.id)
        clock.forward(timedelta(seconds=1))
        decision = group.create_task(_decide(counter))

        async def waits() -> bool:
            return decision.done() or blocked(dsn)

        await until(waits)
    assert decision.result() == 1
    assert _decided(dsn) == [(100, "doctor-absent")]


async def test_a_moment_in_the_waiting_room_before_the_visit_refunds_nothing(
    counter: Counter, clock: Clock, dsn: str
) -> None:
    payment = await counter.paid()
    visit = await visit_of(counter, payment.appointment_id, dsn)
    clock.at = NINE - timedelta(minutes=50)
    await visit.arrive()
    await visit.step_out()
    clock.at = NINE
    await keep(counter.work, visit.saying(EntryKind.JOINED, _SEEN, actor=visit.as_doctor))
    clock.at = _END + _DAY
    assert (await absence.tick(counter.work, "test"), await _decide(counter)) == (1, 1)
    assert (_decided(dsn), await counter.refunds(payment.id)) == ([(0, "patient-absent")], [])


async def test_who_came_to_an_earlier_time_alone_did_not_come_to_this_one(
    counter: Counter, clock: Clock, dsn: str
) -> None:
    payment = await counter.paid()
    visit = await visit_of(counter, payment.appointment_id, dsn)
    clock.at = NINE - timedelta(minutes=50)
    await visit.arrive()
    await visit.step_out()
    async with counter.work.begin(actor_of(counter.doctor), "test") as ctx:
        await rebooking.call_off(ctx, payment.appointment_id, OfferReason.DOCTOR_UNAVAILABLE)  # type: ignore[arg-type]
    async with counter.work.begin(actor_of(counter.patient), "test") as ctx:
        (choice,) = await rebooking.own_offers(ctx)
    async with counter.work.begin(actor_of(counter.patient), "test") as ctx:
        await rebooking.accept(ctx, choice.offer.id, practitioner_of(counter.doctor), NINE + 3 * _DAY)
    clock.at = _END + 4 * _DAY
    assert (await absence.tick(counter.work, "test"), await _decide(counter)) == (1, 1)
    assert _decided(dsn) == [(0, "patient-absent")]


@pytest.mark.parametrize(("given", "rest"), [(1, [4999]), (5000, [])])
async def test_what_the_staff_gave_back_is_a_part_of_what_is_decided(
    counter: Counter, clock: Clock, dsn: str, given: int, rest: list[int]
) -> None:
    payment = await counter.paid()
    visit = await visit_of(counter, payment.appointment_id, dsn)
    async with counter.work.begin(actor_of(await make_admin(counter.work)), "test") as ctx:
        await refunds.request(ctx, payment.id, given)
    clock.at = NINE
    await visit.arrive()
    clock.at = _END + _DAY
    assert await _decide(counter) == len(rest)
    asked = [one for one in await counter.refunds(payment.id) if one.reason is RefundReason.DOCTOR_ABSENT]
    assert [one.amount_minor for one in asked] == rest
