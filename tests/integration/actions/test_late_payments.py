"""Payments that come when the hold is over: what they still book, and what goes back."""

import asyncio
import os
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from actions import booking, family
from actions.context import UnitOfWork
from domain.accounts import SYSTEM, actor_of
from domain.booking import HOLD
from domain.errors import Code, Conflict
from domain.family import Gender, NewMember, Relationship
from domain.payment import PAYMENT_LIFE, RefundReason, SaidKind
from providers.payments.demo import DemoChoice, DemoProvider
from storage.pool import Database
from tests.bookable import hold_slot, make_bookable
from tests.conftest import Clock
from tests.integration.actions.paying import NINE, Counter, another, open_counter
from tests.rows import blocked
from tests.waiting import until

_ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture
async def counter(work: UnitOfWork, database: Database, clock: Clock, tmp_path: Path) -> Counter:
    provider = DemoProvider(tmp_path / "demo.jsonl", clock=clock, random=os.urandom)
    return await open_counter(work, database, provider)


async def test_of_two_visits_at_one_time_that_are_paid_late_at_once_one_is_booked(
    counter: Counter, clock: Clock, dsn: str
) -> None:
    first = await counter.hold()
    clock.forward(HOLD)
    counter.doctor = await make_bookable(counter.work)
    second = await counter.hold()
    clock.forward(HOLD)

    async def paid() -> bool:
        async with counter.work.begin(SYSTEM, "test") as ctx:
            return await booking.confirm(ctx, second.id)

    async with asyncio.TaskGroup() as group, counter.work.begin(SYSTEM, "test") as ctx:
        assert await booking.confirm(ctx, first.id)
        after = group.create_task(paid())

        async def waits() -> bool:
            return after.done() or blocked(dsn)

        await until(waits)
    assert not after.result()
    assert (await counter.booking(first.id), await counter.booking(second.id)) == ("booked", "held")


async def test_a_member_stays_while_their_visit_is_paid_and_late_money_for_one_who_left_goes_back(
    counter: Counter, clock: Clock
) -> None:
    guardian = actor_of(counter.patient)
    async with counter.work.begin(guardian, "test") as ctx:
        new = NewMember("李小宝", date(2020, 5, 1), Gender.MALE, Relationship.PARENT, True)
        child = await family.add_member(ctx, new, _ZONE)
    async with counter.work.begin(guardian, "test") as ctx:
        held = await hold_slot(ctx, counter.doctor, NINE, child.patient_id, guardian_consents=True)
    payment = await counter.start(held.id)
    clock.forward(HOLD)

    async def remove() -> None:
        async with counter.work.begin(guardian, "test") as ctx:
            await family.remove_member(ctx, child.patient_id)

    with pytest.raises(Conflict) as refused:
        await remove()
    assert refused.value.code is Code.FAMILY_HAS_VISITS
    # Nobody paid in time, and so it was given up; the bank's yes comes all the same.
    clock.forward(PAYMENT_LIFE)
    given_up = await counter.notice(payment, DemoChoice.CANCEL)
    assert await counter.hear(given_up) == "applied"
    await remove()
    assert await counter.hear(another(given_up, kind=SaidKind.CAPTURED)) == "applied"
    assert await counter.booking(held.id) in ("held", "expired")
    (refund,) = await counter.refunds(payment.id)
    assert (refund.amount_minor, refund.reason) == (5000, RefundReason.LATE_PAYMENT)
