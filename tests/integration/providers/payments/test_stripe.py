"""What is Stripe's alone: what its library sends, localstripe's own notices, and answers that fail."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs
from uuid import uuid4

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from domain.errors import PartnerDown
from domain.payment import SaidKind
from domain.reconciliation import MovementKind
from providers.payments import BadSignature, PaymentRefused, RefundOrder
from providers.payments.stripe import StripeProvider
from tests.integration.providers.payments.tills import SECRET, StripeTill, order


@dataclass
class Recorder:
    """Keeps what it is sent, and answers what a test wants."""

    status: int = 200
    answer: dict[str, object] = field(default_factory=dict)
    sent: list[tuple[str, str, dict[str, list[str]]]] = field(default_factory=list)
    notices: asyncio.Queue[tuple[dict[str, str], bytes]] = field(default_factory=asyncio.Queue)

    async def take(self, request: web.Request) -> web.Response:
        key = request.headers.get("Idempotency-Key", "")
        self.sent.append((request.path, key, parse_qs(await request.text())))
        return web.json_response(self.answer, status=self.status)

    async def hear(self, request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.notices.put_nowait((headers, await request.read()))
        return web.Response()


@pytest.fixture
async def recorder() -> Recorder:
    return Recorder()


@pytest.fixture
async def place(recorder: Recorder) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_post("/notices", recorder.hear)
    app.router.add_route("*", "/{rest:.*}", recorder.take)
    async with TestServer(app) as server:
        yield str(server.make_url("/")).rstrip("/")


def provider(endpoint: str, timeout_s: float = 3) -> StripeProvider:
    return StripeProvider(
        secret_key="sk_test_1",
        public_key="pk_test_1",
        webhook_secret=SECRET,
        clock=lambda: datetime.now(UTC),
        endpoint=endpoint,
        timeout_s=timeout_s,
    )


async def test_its_own_notice_of_a_payment_is_understood(
    stripe_till: StripeTill, place: str, recorder: Recorder
) -> None:
    await stripe_till.register(f"{place}/notices")
    wanted = order(7700)
    way = await stripe_till.provider.begin(wanted)
    await stripe_till.pay(wanted, way)
    async with asyncio.timeout(10):
        said = await stripe_till.provider.verify(*await recorder.notices.get())
        while said.payment_id != wanted.payment_id:
            # Notices of the tests before are still on their way.
            said = await stripe_till.provider.verify(*await recorder.notices.get())
    assert (said.kind, said.payment_id) == (SaidKind.CAPTURED, wanted.payment_id)
    assert (said.reference, said.amount_minor, said.currency) == (way.reference, 7700, "CNY")


async def test_a_card_that_is_refused_captures_nothing(stripe_till: StripeTill) -> None:
    wanted = order()
    way = await stripe_till.provider.begin(wanted)
    assert await stripe_till.pay(wanted, way, "4000000000000341") == 402
    assert (await stripe_till.provider.read(wanted.payment_id, way.reference)).kind is SaidKind.OTHER


@pytest.mark.parametrize(
    ("method", "means"), [("card", SaidKind.OTHER), ("sepa_debit", SaidKind.FAILED), (None, SaidKind.FAILED)]
)
async def test_a_refused_card_leaves_the_payment_open_for_another(
    stripe_till: StripeTill, method: str | None, means: SaidKind
) -> None:
    intent = {
        "id": "pi_1",
        "amount": 5000,
        "currency": "cny",
        "metadata": {"payment_id": uuid4().hex},
        "last_payment_error": {"payment_method": {"type": method}} if method else None,
    }
    notice = stripe_till.notice("payment_intent.payment_failed", intent)
    assert (await stripe_till.provider.verify(*notice)).kind is means


async def test_a_payment_and_a_refund_carry_keys_that_make_them_happen_once(
    place: str, recorder: Recorder
) -> None:
    wanted = order()
    recorder.answer = {"id": "pi_1", "object": "payment_intent", "client_secret": "pi_1_secret"}
    way = await provider(place).begin(wanted)
    assert "pi_1_secret" not in repr(way)
    recorder.answer = {
        "id": "re_1",
        "object": "refund",
        "status": "pending",
        "payment_intent": "pi_1",
        "amount": 100,
        "currency": "cny",
        "metadata": {},
    }
    back = RefundOrder(uuid4(), wanted.payment_id, "pi_1", 100, 5000, "CNY")
    assert (await provider(place).refund(back)).kind is SaidKind.REFUND_SENT
    (_, first, begun), (_, second, refunded) = recorder.sent
    assert first == f"payment:{wanted.payment_id.hex}" and second == f"refund:{back.refund_id.hex}"
    assert begun["metadata[payment_id]"] == [wanted.payment_id.hex]
    assert (begun["amount"], begun["currency"]) == (["5000"], ["cny"])
    assert refunded["amount"] == ["100"] and refunded["payment_intent"] == ["pi_1"]
    await provider(place).refund(replace(back, attempt=1))
    _, third, tried_anew = recorder.sent[-1]
    assert third == f"refund:{back.refund_id.hex}-1", "the answer to the first key is kept there for good"
    recorder.answer = {**recorder.answer, "metadata": {"refund_id": tried_anew["metadata[refund_id]"][0]}}
    said = await provider(place).refund(replace(back, attempt=1))
    assert (said.refund_id, said.refund_attempt) == (back.refund_id, 1)


async def test_a_refund_that_came_back_is_a_movement_of_its_own(place: str, recorder: Recorder) -> None:
    now, payment_id = datetime.now(UTC), uuid4()
    source = {"id": "re_1", "object": "refund", "metadata": {"payment_id": payment_id.hex}}
    recorder.answer = {
        "object": "list",
        "url": "/v1/balance_transactions",
        "has_more": False,
        "data": [
            {
                "id": f"txn_{kind}",
                "object": "balance_transaction",
                "type": kind,
                "amount": amount,
                "currency": "cny",
                "created": int(now.timestamp()),
                "fee": 0,
                "source": source,
            }
            for kind, amount in (("refund_failure", 2000), ("refund", -2000))
        ],
    }
    listed = await provider(place).movements(now - timedelta(hours=1), now + timedelta(hours=1))
    assert [(item.kind, item.reference, item.payment_id, item.amount_minor) for item in listed] == [
        (MovementKind.REFUND_FAILED, "re_1", payment_id, 2000),
        (MovementKind.REFUND, "re_1", payment_id, 2000),
    ]


@pytest.mark.parametrize("age_s", [301, -301])
async def test_an_old_notice_is_not_believed(stripe_till: StripeTill, age_s: int) -> None:
    with pytest.raises(BadSignature):
        await stripe_till.provider.verify(*stripe_till.notice("payment_intent.succeeded", {}, age_s=age_s))


async def test_a_notice_with_another_secret_is_not_believed(stripe_till: StripeTill) -> None:
    notice = stripe_till.notice("payment_intent.succeeded", {}, secret="whsec_another")
    with pytest.raises(BadSignature):
        await stripe_till.provider.verify(*notice)


@pytest.mark.parametrize(
    ("kind", "status", "means"),
    [
        ("charge.dispute.funds_withdrawn", "needs_response", SaidKind.DISPUTE_OPENED),
        ("charge.dispute.funds_reinstated", "won", SaidKind.DISPUTE_WON),
        # Inquiries withdraw nothing, and what moves has notices of its own.
        ("charge.dispute.created", "warning_needs_response", SaidKind.OTHER),
        ("charge.dispute.created", "needs_response", SaidKind.OTHER),
        ("charge.dispute.closed", "won", SaidKind.OTHER),
        ("charge.dispute.closed", "lost", SaidKind.DISPUTE_LOST),
        ("charge.dispute.closed", "warning_closed", SaidKind.OTHER),
        ("customer.created", "x", SaidKind.OTHER),
    ],
)
async def test_disputes_are_understood_and_the_rest_is_left_alone(
    stripe_till: StripeTill, kind: str, status: str, means: SaidKind
) -> None:
    thing = {"id": "dp_1", "status": status, "payment_intent": "pi_1", "amount": 5000, "currency": "cny"}
    said = await stripe_till.provider.verify(*stripe_till.notice(kind, thing))
    assert said.kind is means
    if means is not SaidKind.OTHER:
        assert (said.reference, said.refund_reference, said.amount_minor) == ("pi_1", "dp_1", 5000)


@pytest.mark.parametrize(
    ("status", "down"), [(500, True), (429, True), (401, True), (402, False), (400, False)]
)
async def test_what_may_pass_is_down_and_the_rest_is_refused(
    place: str, recorder: Recorder, status: int, down: bool
) -> None:
    recorder.status = status
    recorder.answer = {"error": {"type": "card_error", "code": "card_declined", "message": "Mr. Li's card"}}
    with pytest.raises(PartnerDown if down else PaymentRefused) as raised:
        await provider(place).begin(order())
    assert "Li" not in str(raised.value)


async def test_a_provider_that_is_not_there_is_down() -> None:
    with pytest.raises(PartnerDown):
        await provider("http://127.0.0.1:9").begin(order())
