"""Paying for a visit: who may, how often, and what news of the provider do in any order."""

import asyncio
import os
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import psycopg2
import pytest

from actions import booking, payments
from actions.context import ActionRefused, UnitOfWork
from domain.accounts import actor_of
from domain.booking import HOLD
from domain.errors import Code, Conflict, NotFound, PartnerDown, Throttled, WrongState
from domain.ledger import LedgerAccount
from domain.payment import PAYMENT_LIFE, PaymentState, ProviderName, RefundReason, RefundState, Said, SaidKind
from providers.payments.demo import DemoChoice, DemoProvider
from providers.throttle import MemoryThrottle
from storage import ledger
from storage.pool import Database
from tests.bookable import hold_slot, make_free
from tests.conftest import Clock
from tests.integration.actions.paying import NINE, Counter, another, open_counter
from tests.people import make_patient
from tests.rows import blocked, execute, rows, trail
from tests.waiting import until


@pytest.fixture
async def counter(work: UnitOfWork, database: Database, clock: Clock, tmp_path: Path) -> Counter:
    provider = DemoProvider(tmp_path / "demo.jsonl", clock=clock, random=os.urandom)
    return await open_counter(work, database, provider)


async def test_a_paid_hold_is_booked_and_in_the_books(counter: Counter, clock: Clock) -> None:
    payment = await counter.paid()
    assert (payment.state, payment.captured_at) == (PaymentState.CAPTURED, clock.at)
    assert await counter.booking(payment.appointment_id) == "booked"
    assert await counter.refunds(payment.id) == []
    async with counter.database.transaction() as tx:
        found = await ledger.balances(tx, clock.at, clock.at + timedelta(seconds=1))
    assert found == {(LedgerAccount.PROVIDER, "CNY"): 5000, (LedgerAccount.VISITS, "CNY"): -5000}


async def test_beginning_again_is_the_same_payment(counter: Counter) -> None:
    held = await counter.hold()
    first = await counter.start(held.id)
    both = await asyncio.gather(counter.start(held.id), counter.start(held.id))
    assert {item.id for item in both} == {first.id}


async def test_only_the_patient_of_a_hold_pays_it(counter: Counter, dsn: str) -> None:
    held = await counter.hold()
    with pytest.raises(ActionRefused):
        await counter.start(held.id, await make_patient(counter.work))
    with pytest.raises(ActionRefused):
        await counter.start(held.id, counter.doctor)
    with pytest.raises(NotFound):
        await counter.start(uuid4())
    refused = rows(dsn, "select action from audit_event where outcome = 'refused'")
    assert [row[0] for row in refused] == ["payment.start", "payment.start"]


async def test_what_is_booked_over_or_free_has_nothing_to_pay(counter: Counter, clock: Clock) -> None:
    payment = await counter.paid()
    with pytest.raises(WrongState) as wrong:
        await counter.start(payment.appointment_id)
    assert wrong.value.code is Code.PAYMENT_NOT_DUE
    await make_free(counter.work, counter.doctor)
    other = await make_patient(counter.work)
    async with counter.work.begin(actor_of(other), "test") as ctx:
        later = await hold_slot(ctx, counter.doctor, NINE + timedelta(minutes=30))
    with pytest.raises(WrongState):
        await counter.start(later.id, other)
    clock.forward(HOLD)
    with pytest.raises(WrongState):
        await counter.start(later.id, other)


async def test_a_repeat_changes_nothing(counter: Counter, dsn: str) -> None:
    payment = await counter.start((await counter.hold()).id)
    said = await counter.notice(payment)
    assert [await counter.hear(said) for _ in range(3)] == ["applied", "changed-nothing", "changed-nothing"]
    assert await counter.hear(another(said)) == "changed-nothing", "the same news as another event"
    assert len(rows(dsn, "select 1 from ledger_journal")) == 1
    assert len(rows(dsn, "select 1 from audit_event where action = 'payment.hear'")) == 1


async def test_news_at_once_count_once(counter: Counter, dsn: str) -> None:
    payment = await counter.start((await counter.hold()).id)
    said = await counter.notice(payment)
    outcomes = await asyncio.gather(*(counter.hear(said) for _ in range(4)))
    assert sorted(outcomes) == ["applied", *["changed-nothing"] * 3]
    assert len(rows(dsn, "select 1 from ledger_journal")) == 1


async def test_news_in_the_wrong_order_end_the_same(counter: Counter) -> None:
    payment = await counter.start((await counter.hold()).id)
    said = await counter.notice(payment)
    assert await counter.hear(said) == "applied"
    for kind in (SaidKind.PROCESSING, SaidKind.FAILED, SaidKind.CANCELLED):
        assert await counter.hear(another(said, event_id=kind.value, kind=kind)) == "changed-nothing"
    assert (await counter.read(payment.id)).state is PaymentState.CAPTURED


async def test_money_that_comes_after_a_failure_still_books(counter: Counter) -> None:
    payment = await counter.start((await counter.hold()).id)
    assert await counter.hear(await counter.notice(payment, DemoChoice.DECLINE)) == "applied"
    assert (await counter.read(payment.id)).state is PaymentState.FAILED
    assert await counter.hear(await counter.notice(payment)) == "applied"
    assert await counter.booking(payment.appointment_id) == "booked"


async def test_what_is_none_of_ours_changes_nothing_and_is_kept(counter: Counter, dsn: str) -> None:
    payment = await counter.start((await counter.hold()).id)
    said = await counter.notice(payment)
    foreign = [
        replace(said, event_id="unknown", payment_id=uuid4()),
        replace(said, event_id="account", payment_id=None, reference="pi_of_somebody"),
        replace(said, event_id="provider", provider=ProviderName.STRIPE),
    ]
    assert [await counter.hear(item) for item in foreign] == ["foreign"] * 3
    assert (await counter.read(payment.id)).state is PaymentState.CREATED
    assert rows(dsn, "select count(*) from payment_event where outcome = 'foreign'") == [(3,)]


@pytest.mark.parametrize("different", [{"amount_minor": 1}, {"currency": "USD"}])
async def test_another_amount_books_nothing(counter: Counter, different: dict[str, object]) -> None:
    payment = await counter.start((await counter.hold()).id)
    said = await counter.notice(payment)
    assert await counter.hear(replace(said, **different)) == "other-amount"  # type: ignore[arg-type]  # A test's.
    assert (await counter.read(payment.id)).state is PaymentState.CREATED
    assert await counter.booking(payment.appointment_id) == "held"


async def test_who_pays_late_gets_the_seat_while_it_is_free(counter: Counter, clock: Clock) -> None:
    payment = await counter.start((await counter.hold()).id)
    clock.forward(HOLD)
    await booking.tick(counter.work, "test")
    assert await counter.hear(await counter.notice(payment)) == "applied"
    assert await counter.booking(payment.appointment_id) == "booked"
    assert await counter.refunds(payment.id) == []


async def test_who_pays_when_the_seat_is_gone_gets_everything_back(counter: Counter, clock: Clock) -> None:
    payment = await counter.start((await counter.hold()).id)
    clock.forward(HOLD)
    await counter.hold(await make_patient(counter.work))
    assert await counter.hear(await counter.notice(payment)) == "applied"
    (refund,) = await counter.refunds(payment.id)
    assert (refund.amount_minor, refund.reason) == (5000, RefundReason.LATE_PAYMENT)
    await counter.send(refund)
    (done,) = await counter.refunds(payment.id)
    assert done.state is RefundState.DONE


async def test_the_second_of_two_payments_goes_back(counter: Counter) -> None:
    held = await counter.hold()
    first = await counter.start(held.id)
    await counter.hear(await counter.notice(first, DemoChoice.DECLINE))
    second = await counter.start(held.id)
    assert second.id != first.id
    said = [await counter.notice(item) for item in (second, first)]
    assert await asyncio.gather(*map(counter.hear, said)) == ["applied", "applied"]
    back = [item for one in (first, second) for item in await counter.refunds(one.id)]
    assert [(item.amount_minor, item.reason) for item in back] == [(5000, RefundReason.SECOND_PAYMENT)]
    assert await counter.booking(held.id) == "booked"


async def test_a_page_that_comes_back_first_is_told(counter: Counter, dsn: str) -> None:
    payment = await counter.start((await counter.hold()).id)
    said = await counter.notice(payment)
    me = actor_of(counter.patient)
    throttle = MemoryThrottle(counter.work.now)
    found = await payments.check_own(
        counter.work, counter.provider, throttle, actor=me, request_id="test", payment_id=payment.id
    )
    assert found.state is PaymentState.CAPTURED
    assert await counter.hear(said) == "changed-nothing", "the notice comes after"
    assert trail(dsn, "payment.check") == [
        ("done", str(me.account_id), str(payment.id), str(counter.patient.patient_id))
    ]
    with pytest.raises(ActionRefused):
        await payments.check_own(
            counter.work,
            counter.provider,
            throttle,
            actor=actor_of(await make_patient(counter.work)),
            request_id="test",
            payment_id=payment.id,
        )


async def test_what_nobody_pays_is_given_up_and_counts_when_it_comes_all_the_same(
    counter: Counter, clock: Clock
) -> None:
    payment = await counter.start((await counter.hold()).id)
    assert await payments.check_stale(counter.work, counter.provider, "test") == 0
    clock.forward(PAYMENT_LIFE + timedelta(seconds=1))
    assert await payments.check_stale(counter.work, counter.provider, "test") == 1
    assert (await counter.read(payment.id)).state is PaymentState.CANCELLED
    await counter.hold(await make_patient(counter.work))
    assert await counter.hear(await counter.notice(payment)) == "applied"
    assert [item.reason for item in await counter.refunds(payment.id)] == [RefundReason.LATE_PAYMENT]


async def test_a_payment_that_cannot_be_checked_holds_none_up(
    counter: Counter, clock: Clock, monkeypatch: pytest.MonkeyPatch, dsn: str
) -> None:
    monkeypatch.setattr(payments, "STALE_AT_ONCE", 1)
    open_ones = []
    for _ in range(3):
        patient = await make_patient(counter.work)
        open_ones.append(await counter.start((await counter.hold(patient)).id, patient))
        clock.forward(PAYMENT_LIFE + timedelta(seconds=1))
    elsewhere, stuck, behind = open_ones
    execute(dsn, "update payment set provider = 'stripe' where id = %s", elsewhere.id)
    read = counter.provider.read

    async def failing(payment_id: UUID, reference: str) -> Said:
        if payment_id == stuck.id:
            raise PartnerDown("payments", "It fails at this one.")
        return await read(payment_id, reference)

    monkeypatch.setattr(counter.provider, "read", failing)
    with pytest.raises(PartnerDown):
        await payments.check_stale(counter.work, counter.provider, "test")
    states = [(await counter.read(one.id)).state for one in (elsewhere, stuck, behind)]
    assert states == [PaymentState.CREATED, PaymentState.CREATED, PaymentState.CANCELLED]


async def test_a_dispute_is_in_the_books_once(counter: Counter, clock: Clock) -> None:
    payment = await counter.paid()
    said = replace(
        await counter.provider.read(payment.id, payment.id.hex),
        event_id="d1",
        kind=SaidKind.DISPUTE_OPENED,
        payment_id=None,
        refund_reference="dp_1",
    )
    assert await counter.hear(said) == "applied"
    assert await counter.hear(replace(said, event_id="d2")) == "changed-nothing"
    assert await counter.hear(replace(said, event_id="d3", kind=SaidKind.DISPUTE_LOST)) == "applied"
    async with counter.database.transaction() as tx:
        found = await ledger.balances(tx, clock.at, clock.at + timedelta(seconds=1))
    assert found == {(LedgerAccount.DISPUTE_LOSSES, "CNY"): 5000, (LedgerAccount.VISITS, "CNY"): -5000}


async def test_foreign_news_twice_at_once_is_kept_once(counter: Counter, dsn: str) -> None:
    said = replace(await counter.notice(await counter.start((await counter.hold()).id)), payment_id=uuid4())
    hearing = "insert into payment_event (provider, event_id, kind, outcome, at) values (%s, %s, %s, %s, %s)"
    with closing(psycopg2.connect(dsn)) as other, other.cursor() as cursor:
        cursor.execute(hearing, (said.provider, said.event_id, said.kind, "foreign", counter.work.now()))
        second = asyncio.create_task(counter.hear(said))

        async def waits() -> bool:
            return second.done() or blocked(dsn)

        await until(waits)
        other.commit()
    with pytest.raises(Conflict):
        await second
    assert rows(dsn, "select 1 from audit_event where action = 'payment.hear'") == []


async def test_asking_every_minute_leaves_a_line_only_when_it_changes_something(
    counter: Counter, clock: Clock, dsn: str
) -> None:
    payment = await counter.start((await counter.hold()).id)
    said = await counter.notice(payment)
    # A bank transfer is on its way for days: it is not given up as what nobody began to pay.
    assert await counter.hear(replace(said, event_id="p", kind=SaidKind.PROCESSING)) == "applied"
    clock.forward(PAYMENT_LIFE + timedelta(seconds=1))
    read = counter.provider.read

    async def processing(payment_id: UUID, reference: str) -> Said:
        return replace(await read(payment_id, reference), event_id="q", kind=SaidKind.PROCESSING)

    counter.provider.read = processing  # type: ignore[method-assign]
    before = rows(dsn, "select count(*) from audit_event")
    for _ in range(3):
        assert await payments.check_stale(counter.work, counter.provider, "test") == 1
    assert rows(dsn, "select count(*) from audit_event") == before
    counter.provider.read = read  # type: ignore[method-assign]
    assert await payments.check_stale(counter.work, counter.provider, "test") == 1
    assert (await counter.read(payment.id)).state is PaymentState.CAPTURED
    lines = "select action, actor_id from audit_event where subject_id = %s order by id"
    assert rows(dsn, lines, str(payment.id)) == [("payment.hear", None)] * 2


async def test_no_payment_has_more_asked_back_than_was_paid_whoever_writes_it(
    counter: Counter, dsn: str
) -> None:
    payment = await counter.paid()
    for amount in (payment.amount_minor + 1, -1):
        with pytest.raises(psycopg2.errors.CheckViolation):
            execute(dsn, "update payment set refunded_minor = %s where id = %s", amount, str(payment.id))


async def test_a_provider_is_asked_of_one_payment_so_often_and_no_more(
    counter: Counter, clock: Clock, monkeypatch: pytest.MonkeyPatch, dsn: str
) -> None:
    payment, throttle = await counter.start((await counter.hold()).id), MemoryThrottle(clock)
    asked: list[UUID] = []
    read = counter.provider.read

    async def counted(payment_id: UUID, reference: str) -> Said:
        asked.append(payment_id)
        return await read(payment_id, reference)

    monkeypatch.setattr(counter.provider, "read", counted)

    async def look() -> None:
        await payments.check_own(
            counter.work,
            counter.provider,
            throttle,
            actor=actor_of(counter.patient),
            request_id="test",
            payment_id=payment.id,
        )

    for _ in range(payments.CHECKS_PER_PAYMENT):
        await look()
    with pytest.raises(Throttled):
        await look()
    checks = "select 1 from audit_event where action = 'payment.check'"
    assert len(asked) == len(rows(dsn, checks)) == payments.CHECKS_PER_PAYMENT
    clock.forward(timedelta(seconds=payments.CHECKS_WINDOW_S))
    await look()
    assert len(asked) == payments.CHECKS_PER_PAYMENT + 1
