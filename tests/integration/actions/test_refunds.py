"""Money that goes back: how much, when it is refused, and without anybody asking."""

import asyncio
import os
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from actions import payment_reading, refunds
from actions.appointments import cancel_appointment, own_appointments
from actions.context import ActionRefused, UnitOfWork
from actions.reconciliation import is_due, queue_due, reconcile
from actions.unsuitable import turn_away
from domain.accounts import SYSTEM, Actor, actor_of
from domain.consultation import ARRIVE_AFTER
from domain.errors import Code, Conflict, InvalidInput, NotFound, WrongState
from domain.facts import EntryKind
from domain.ids import AppointmentId
from domain.jobs import JobGivenUp
from domain.ledger import LedgerAccount
from domain.payment import Refund, RefundReason, RefundState
from domain.reconciliation import DifferenceKind
from domain.refund_policy import RefundPolicy
from domain.unsuitable import Referral, Unsuitable, UnsuitableReason
from providers.payments.demo import DemoProvider
from storage import ledger
from storage.pool import Database
from tests.bookable import hold_slot
from tests.conftest import Clock
from tests.integration.actions.paying import NINE, Counter, open_counter, visit_of
from tests.integration.actions.visits import keep
from tests.people import make_admin, make_patient, note_safe
from tests.rows import execute

_DAY = timedelta(days=1)


@pytest.fixture
async def counter(work: UnitOfWork, database: Database, clock: Clock, tmp_path: Path) -> Counter:
    provider = DemoProvider(tmp_path / "demo.jsonl", clock=clock, random=os.urandom)
    return await open_counter(work, database, provider)


async def ask(counter: Counter, actor: Actor, payment_id: UUID, amount: int) -> Refund:
    async with counter.work.begin(actor, "test") as ctx:
        return await refunds.request(ctx, payment_id, amount)


async def test_the_staff_gives_back_in_parts_and_never_more_than_was_paid(
    counter: Counter, clock: Clock
) -> None:
    payment, admin = await counter.paid(), actor_of(await make_admin(counter.work))
    answers = await asyncio.gather(
        *(ask(counter, admin, payment.id, 2000) for _ in range(4)), return_exceptions=True
    )
    asked = [item for item in answers if isinstance(item, Refund)]
    refused = [item for item in answers if isinstance(item, Conflict)]
    assert (len(asked), [item.code for item in refused]) == (2, [Code.REFUND_TOO_LARGE] * 2)
    for item in asked:
        await counter.send(item)
        await counter.send(item)
    async with counter.database.transaction() as tx:
        found = await ledger.balances(tx, clock.at, clock.at + _DAY)
    assert found == {(LedgerAccount.PROVIDER, "CNY"): 1000, (LedgerAccount.VISITS, "CNY"): -1000}


async def test_who_may_not_ask_and_what_is_no_amount(counter: Counter) -> None:
    payment, admin = await counter.paid(), actor_of(await make_admin(counter.work))
    for actor in (actor_of(counter.patient), actor_of(counter.doctor)):
        with pytest.raises(ActionRefused):
            await ask(counter, actor, payment.id, 1)
    with pytest.raises(InvalidInput):
        await ask(counter, admin, payment.id, 0)
    with pytest.raises(NotFound):
        await ask(counter, admin, uuid4(), 1)


async def test_a_refund_that_is_refused_says_why_and_can_be_sent_again(counter: Counter) -> None:
    payment, admin = await counter.paid(), actor_of(await make_admin(counter.work))
    refund = await ask(counter, admin, payment.id, 5000)
    forgetful = DemoProvider(Path(os.devnull), clock=counter.work.now, random=os.urandom)
    with pytest.raises(JobGivenUp, match="not-paid"):
        await refunds.send(counter.work, forgetful, refund.id, "test")
    (failed,) = await counter.refunds(payment.id)
    assert (failed.state, failed.problem) == (RefundState.FAILED, "not-paid")
    async with counter.work.begin(admin, "test") as ctx:
        assert (await refunds.retry(ctx, refund.id)).state is RefundState.REQUESTED
    await counter.send(refund)
    assert [item.state for item in await counter.refunds(payment.id)] == [RefundState.DONE]
    with pytest.raises(WrongState):
        async with counter.work.begin(admin, "test") as ctx:
            await refunds.retry(ctx, refund.id)


@pytest.mark.parametrize(("share", "amount"), [(100, 5000), (50, 2500), (0, None)])
async def test_a_cancelled_visit_goes_back_by_its_share(
    counter: Counter, share: int, amount: int | None
) -> None:
    payment = await counter.paid()
    async with counter.work.begin(SYSTEM, "test") as ctx:
        reason = RefundReason.CANCELLED_BY_PATIENT
        found = await refunds.refund_for(ctx, payment.appointment_id, reason, share)
        again = await refunds.refund_for(ctx, payment.appointment_id, reason, 100) if share == 100 else []
    assert [item.amount_minor for item in found] == ([] if amount is None else [amount])
    assert again == [], "nothing is left"


async def test_a_visit_that_the_hospital_cancels_is_paid_back_with_it(counter: Counter) -> None:
    payment, admin = await counter.paid(), actor_of(await make_admin(counter.work))
    async with counter.work.begin(admin, "test") as ctx:
        await cancel_appointment(ctx, AppointmentId(payment.appointment_id))
    (refund,) = await counter.refunds(payment.id)
    assert (refund.amount_minor, refund.reason) == (5000, RefundReason.CANCELLED_BY_HOSPITAL)
    await counter.send(refund)
    assert [item.state for item in await counter.refunds(payment.id)] == [RefundState.DONE]


async def test_a_visit_that_is_not_suitable_online_is_paid_back(
    counter: Counter, clock: Clock, dsn: str
) -> None:
    payment = await counter.paid()
    visit = await visit_of(counter, payment.appointment_id, dsn)
    clock.at = NINE
    async with counter.work.begin(actor_of(counter.doctor), "test") as ctx:
        (planned,) = await own_appointments(ctx, NINE, NINE + timedelta(minutes=1))
        await note_safe(ctx, planned)
    await visit.arrive()
    why = Unsuitable(UnsuitableReason.EXAMINATION, Referral.DEPARTMENT, "眼科", "")
    async with counter.work.begin(visit.as_doctor, "test") as ctx:
        await turn_away(ctx, visit.id, uuid4(), why)
    (refund,) = await counter.refunds(payment.id)
    assert (refund.amount_minor, refund.reason) == (5000, RefundReason.NOT_SUITABLE)


async def test_a_visit_that_nobody_paid_has_nothing_to_give_back(counter: Counter) -> None:
    held = await counter.hold()
    await counter.start(held.id)
    async with counter.work.begin(SYSTEM, "test") as ctx:
        assert await refunds.refund_for(ctx, held.id, RefundReason.CANCELLED_BY_PATIENT) == []


async def test_a_visit_to_which_the_doctor_never_came_goes_back_with_its_evidence(
    counter: Counter, clock: Clock, dsn: str
) -> None:
    payment = await counter.paid()
    visit = await visit_of(counter, payment.appointment_id, dsn)
    clock.at = NINE - timedelta(minutes=5)
    await keep(counter.work, visit.saying(EntryKind.JOINED, {"camera": True, "microphone": True}))
    assert await refunds.decide_due(counter.work, RefundPolicy(), "test") == 0
    clock.at = NINE + timedelta(minutes=30) + ARRIVE_AFTER
    assert await refunds.decide_due(counter.work, RefundPolicy(), "test") == 0
    clock.forward(timedelta(seconds=1))
    assert await refunds.decide_due(counter.work, RefundPolicy(), "test") == 1
    assert await refunds.decide_due(counter.work, RefundPolicy(), "test") == 0, "once"
    (refund,) = await counter.refunds(payment.id)
    assert (refund.amount_minor, refund.reason) == (5000, RefundReason.DOCTOR_ABSENT)
    async with counter.work.begin(actor_of(counter.patient), "test") as ctx:
        (receipt,) = await payment_reading.list_own(ctx)
    assert receipt.decision is not None and receipt.decision.percent == 100
    assert receipt.decision.evidence["patient_came_at"] == (NINE - timedelta(minutes=5)).isoformat()
    assert receipt.decision.evidence["doctor_came_at"] is None


async def test_a_visit_to_which_nobody_came_goes_by_the_policy(counter: Counter, clock: Clock) -> None:
    payment = await counter.paid()
    clock.at = NINE + _DAY
    policy = RefundPolicy(patient_absent_percent=30)
    assert await refunds.decide_due(counter.work, policy, "test") == 1
    assert [item.amount_minor for item in await counter.refunds(payment.id)] == [1500]


async def test_a_visit_that_cannot_be_decided_keeps_no_other_from_its_refund(
    counter: Counter, clock: Clock, dsn: str
) -> None:
    broken = await counter.paid()
    another = await make_patient(counter.work)
    async with counter.work.begin(actor_of(another), "test") as ctx:
        held = await hold_slot(ctx, counter.doctor, NINE + timedelta(hours=1))
    behind = await counter.start(held.id, another)
    await counter.hear(await counter.notice(behind))
    execute(
        dsn,
        "create function fail() returns trigger language plpgsql as $$ begin"
        f" if new.payment_id = '{broken.id}' then raise exception 'broken'; end if; return new; end $$;"
        " create trigger fails before insert on refund_decision for each row execute function fail()",
    )
    clock.at = NINE + _DAY
    policy = RefundPolicy(patient_absent_percent=30)
    assert await refunds.decide_due(counter.work, policy, "test") == 1
    assert [len(await counter.refunds(one.id)) for one in (broken, behind)] == [0, 1]
    execute(dsn, "drop trigger fails on refund_decision")
    assert await refunds.decide_due(counter.work, policy, "test") == 1
    assert len(await counter.refunds(broken.id)) == 1


async def test_the_day_is_compared_and_differences_are_listed(counter: Counter, clock: Clock) -> None:
    payment = await counter.paid()
    start, end = clock.at - timedelta(hours=1), clock.at + timedelta(hours=1)
    day = clock.at.date()
    assert await is_due(counter.work, counter.provider, day, "test")
    assert await queue_due(counter.work, counter.provider, day, "test")
    found = await reconcile(counter.work, counter.provider, day, start, end, "test")
    assert (found.ours, found.theirs, found.differences) == (1, 1, ())
    assert not await is_due(counter.work, counter.provider, day, "test")
    # Somebody paid of whom we never heard, and the provider forgot ours.
    other = await make_patient(counter.work)
    elsewhere = DemoProvider(Path(os.devnull), clock=clock, random=os.urandom)
    found = await reconcile(counter.work, elsewhere, day, start, end, "test")
    assert [(item.kind, item.payment_id) for item in found.differences] == [
        (DifferenceKind.MISSING_THERE, payment.id)
    ]
    admin = actor_of(await make_admin(counter.work))
    async with counter.work.begin(admin, "test") as ctx:
        till = await payment_reading.list_any(ctx, start, end)
    assert [item.differences for item in till.reconciliations] == [found.differences], "the latest counts"
    assert [(item.count, item.amount_minor) for item in till.captured] == [(1, 5000)]
    for actor in (actor_of(other), actor_of(counter.doctor)):
        with pytest.raises(ActionRefused):
            async with counter.work.begin(actor, "test") as ctx:
                await payment_reading.list_any(ctx, start, end)
