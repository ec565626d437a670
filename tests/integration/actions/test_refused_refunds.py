"""Refunds that fail, at once or after they were done: what the books say, who is told, and trying anew."""

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from actions import payment_reading, refunds
from actions.context import UnitOfWork
from domain.accounts import Actor, actor_of
from domain.ledger import LedgerAccount
from domain.payment import Payment, Refund, RefundState, Said, SaidKind
from providers.payments.demo import DemoProvider
from storage import ledger
from storage.pool import Database
from tests.conftest import Clock
from tests.integration.actions.paying import Counter, open_counter
from tests.people import make_admin


@pytest.fixture
async def counter(work: UnitOfWork, database: Database, clock: Clock, tmp_path: Path) -> Counter:
    provider = DemoProvider(tmp_path / "demo.jsonl", clock=clock, random=os.urandom)
    return await open_counter(work, database, provider)


@pytest.fixture
async def admin(work: UnitOfWork) -> Actor:
    return actor_of(await make_admin(work))


async def given_back(counter: Counter, admin: Actor, payment: Payment) -> Refund:
    async with counter.work.begin(admin, "test") as ctx:
        refund = await refunds.request(ctx, payment.id, 2000)
    await counter.send(refund)
    return await one_refund(counter, payment)


async def one_refund(counter: Counter, payment: Payment) -> Refund:
    (found,) = await counter.refunds(payment.id)
    return found


async def said_of(counter: Counter, payment: Payment, kind: SaidKind, event: str) -> Said:
    refund = await one_refund(counter, payment)
    said = await counter.provider.read_refund(refunds.order_of(payment, refund))
    return replace(said, event_id=event, kind=kind)


async def held_for_us(counter: Counter, clock: Clock) -> int:
    async with counter.database.transaction() as tx:
        found = await ledger.balances(tx, clock.at - timedelta(days=1), clock.at + timedelta(days=1))
    assert found[LedgerAccount.VISITS, "CNY"] == -found[LedgerAccount.PROVIDER, "CNY"]
    return found[LedgerAccount.PROVIDER, "CNY"]


async def test_a_refund_that_fails_after_it_was_done_is_back_in_the_books_and_waits_for_the_staff(
    counter: Counter, admin: Actor, clock: Clock
) -> None:
    payment = await counter.paid()
    done = await given_back(counter, admin, payment)
    assert (done.state, await held_for_us(counter, clock)) == (RefundState.DONE, 3000)
    failed = await said_of(counter, payment, SaidKind.REFUND_FAILED, "e1")
    assert await counter.hear(failed) == "applied"
    assert await counter.hear(replace(failed, event_id="e2")) == "changed-nothing"
    back = await one_refund(counter, payment)
    assert (back.state, back.problem, back.done_at) == (RefundState.FAILED, "refused-by-provider", None)
    assert await held_for_us(counter, clock) == 5000
    clock.forward(timedelta(days=7))
    async with counter.work.begin(admin, "test") as ctx:
        till = await payment_reading.list_any(ctx, clock.at, clock.at + timedelta(days=1))
    assert (till.receipts, [item.payment.id for item in till.refused]) == ([], [payment.id])


async def test_a_refund_that_was_refused_is_tried_anew_under_another_number_and_counts_once(
    counter: Counter, admin: Actor, clock: Clock
) -> None:
    payment = await counter.paid()
    first = await given_back(counter, admin, payment)
    of_first = await said_of(counter, payment, SaidKind.REFUND_FAILED, "e1")
    assert await counter.hear(of_first) == "applied"
    async with counter.work.begin(admin, "test") as ctx:
        again = await refunds.retry(ctx, first.id)
    assert refunds.order_of(payment, again).number != refunds.order_of(payment, first).number
    await counter.send(again)
    done = await one_refund(counter, payment)
    assert (done.state, done.attempt) == (RefundState.DONE, 1)
    assert done.reference != first.reference
    assert await held_for_us(counter, clock) == 3000
    late = replace(of_first, event_id="e2")
    assert await counter.hear(late) == "changed-nothing", "what is said of the first attempt is of the past"
    assert await held_for_us(counter, clock) == 3000
    async with counter.work.begin(admin, "test") as ctx:
        till = await payment_reading.list_any(ctx, clock.at, clock.at + timedelta(days=1))
    assert till.refused == []


async def test_bringing_a_refund_again_after_silence_keeps_its_number(counter: Counter, admin: Actor) -> None:
    payment = await counter.paid()
    async with counter.work.begin(admin, "test") as ctx:
        asked = await refunds.request(ctx, payment.id, 2000)
    await counter.provider.refund(refunds.order_of(payment, asked))
    # Its answer was lost, so the job comes again.
    await counter.send(asked)
    done = await one_refund(counter, payment)
    assert (done.state, done.attempt, done.reference) == (RefundState.DONE, 0, asked.id.hex)
