"""What every payment provider promises: the demo's, Stripe's, WeChat Pay's and Alipay's alike."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from domain.payment import SaidKind
from domain.reconciliation import MovementKind
from providers.payments import BadSignature, PaymentRefused, RefundOrder
from tests.integration.providers.payments.tills import Till, order, said_by


async def test_the_same_payment_again_is_the_same_at_the_provider(till: Till) -> None:
    wanted = order()
    way = await till.provider.begin(wanted)
    again = await till.provider.begin(replace(wanted, reference=way.reference))
    assert (again.kind, again.reference) == (way.kind, way.reference)


async def test_it_is_captured_once_somebody_has_paid(till: Till) -> None:
    wanted = order()
    way = await till.provider.begin(wanted)
    before = await till.provider.read(wanted.payment_id, way.reference)
    assert before.kind is SaidKind.OTHER
    await till.pay(wanted, way)
    said = await till.provider.read(wanted.payment_id, way.reference)
    assert said.kind is SaidKind.CAPTURED
    assert (said.amount_minor, said.currency) == (5000, "CNY")
    assert said.payment_id == wanted.payment_id and said.provider is till.provider.name


async def test_a_signed_notice_says_what_was_paid(till: Till) -> None:
    wanted = order(12345)
    way = await till.provider.begin(wanted)
    await till.pay(wanted, way)
    said = await said_by(till, till.paid_notice(wanted, way))
    assert (said.kind, said.payment_id, said.amount_minor) == (SaidKind.CAPTURED, wanted.payment_id, 12345)
    assert said.event_id and said.currency == "CNY"


async def test_a_notice_that_was_changed_is_not_believed(till: Till) -> None:
    wanted = order()
    way = await till.provider.begin(wanted)
    await till.pay(wanted, way)
    headers, body = till.paid_notice(wanted, way)
    for forged in (body[:-2] + b" " + body[-2:], body.replace(b"0", b"1"), b"", b"{}", b"\xff\xfe"):
        with pytest.raises(BadSignature):
            await till.provider.verify(headers, forged)


async def test_a_notice_of_another_signer_is_not_believed(till: Till) -> None:
    wanted = order()
    way = await till.provider.begin(wanted)
    await till.pay(wanted, way)
    headers, body = till.paid_notice(wanted, way)
    with pytest.raises(BadSignature):
        await till.provider.verify({name: "x" for name in headers}, body.replace(b"sign=", b"sign=A"))


async def test_money_goes_back_in_parts_and_the_day_lists_it(till: Till) -> None:
    wanted = order()
    start = till.now() - timedelta(minutes=1)
    way = await till.provider.begin(wanted)
    await till.pay(wanted, way)
    paid = await till.provider.read(wanted.payment_id, way.reference)
    back = RefundOrder(uuid4(), wanted.payment_id, paid.reference, 2000, 5000, "CNY")
    said = await till.provider.refund(back)
    assert said.kind in (SaidKind.REFUND_DONE, SaidKind.REFUND_SENT)
    assert said.amount_minor == 2000 and said.refund_reference
    later = await till.provider.read_refund(replace(back, reference=said.refund_reference))
    assert later.kind is SaidKind.REFUND_DONE and later.refund_id == back.refund_id
    listed = await till.provider.movements(start, till.now() + timedelta(minutes=1))
    mine = {(item.kind, item.reference): item.amount_minor for item in listed}
    assert mine[MovementKind.CAPTURE, paid.reference] == 5000
    assert mine[MovementKind.REFUND, said.refund_reference] == 2000


async def test_asking_for_a_refund_again_gives_it_once_and_never_too_much(till: Till) -> None:
    if not till.models_limits:
        # localstripe knows neither Idempotency-Key nor limits: what we send is held in test_stripe.py.
        return
    wanted = order()
    way = await till.provider.begin(wanted)
    await till.pay(wanted, way)
    back = RefundOrder(uuid4(), wanted.payment_id, way.reference, 4000, 5000, "CNY")
    await till.provider.refund(back)
    await till.provider.refund(back)
    await till.provider.refund(replace(back, refund_id=uuid4(), amount_minor=1000))
    with pytest.raises(PaymentRefused):
        await till.provider.refund(replace(back, refund_id=uuid4(), amount_minor=1))


async def test_what_was_cancelled_is_cancelled_and_what_was_paid_stays_paid(till: Till) -> None:
    first, second = order(), order()
    way = await till.provider.begin(first)
    await till.provider.cancel(first.payment_id, way.reference)
    assert (await till.provider.read(first.payment_id, way.reference)).kind is not SaidKind.CAPTURED
    way = await till.provider.begin(second)
    await till.pay(second, way)
    if till.provider.name != "alipay":
        await till.provider.cancel(second.payment_id, way.reference)
    assert (await till.provider.read(second.payment_id, way.reference)).kind is SaidKind.CAPTURED
