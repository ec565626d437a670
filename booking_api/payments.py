"""Paying for a visit, what the providers say of it, receipts, and the staff's view of money."""

import asyncio
from datetime import datetime
from typing import Final

import segno
import structlog
from aiohttp import web

from actions import payment_reading, payments, refunds
from actions.context import Context
from actions.payment_reading import Receipt
from booking_api.edge import Call, days_in_order
from booking_api.idempotency import once
from booking_api.models_payments import (
    BalanceView,
    DecisionView,
    DemoPayment,
    DifferenceView,
    EvidenceView,
    NewRefund,
    PaymentStarted,
    PaymentView,
    Receipts,
    ReceiptView,
    ReconciliationView,
    RefundView,
    SumView,
    TillQuery,
    TillView,
    WayView,
)
from booking_api.views import view
from domain.errors import Code, InvalidInput, NotFound, PartnerDown, TooLarge, UserFault, WrongState
from domain.payment import PAYMENT_LIFE, ProviderName
from providers.payments import BadSignature, PaymentProvider, PaymentRefused, Way
from providers.payments.demo import DemoChoice, DemoProvider

NOTICE_MAX: Final = 256 * 1024
_NOTICE_TIMEOUT_S: Final = 10
_SUBJECT: Final = "{hospital} 视频问诊"
_PAY_PATH: Final = "/pay/"

_log = structlog.get_logger(__name__)


async def start_payment(call: Call) -> PaymentStarted:
    """POST /api/bookings/{id}/payment. Asking again is the same payment."""
    appointment_id = call.uuid()
    started = await payments.start(
        call.edge.work,
        _provider(call),
        actor=call.actor,
        request_id=call.request_id,
        appointment_id=appointment_id,
        subject=_SUBJECT.format(hospital=call.edge.hospital.name),
        return_url=f"{call.edge.public_url}{_PAY_PATH}{appointment_id}",
    )
    return PaymentStarted(
        payment=view(PaymentView, started.payment),
        way=_way(started.way, started.payment.created_at + PAYMENT_LIFE),
    )


async def read_payment(call: Call) -> PaymentView:
    """GET /api/payments/{id}."""
    async with call.begin() as ctx:
        return view(PaymentView, await payments.read_own(ctx, call.uuid()))


async def check_payment(call: Call) -> PaymentView:
    """POST /api/payments/{id}/check: the provider is asked what became of it."""
    found = await payments.check_own(
        call.edge.work,
        _provider(call),
        call.edge.throttle,
        actor=call.actor,
        request_id=call.request_id,
        payment_id=call.uuid(),
    )
    return view(PaymentView, found)


async def choose_demo_payment(call: Call) -> PaymentView:
    """POST /api/payments/{id}/demo. Its notice goes the way of every notice."""
    provider = _provider(call)
    if not isinstance(provider, DemoProvider):
        raise NotFound("demo payment")
    payment_id = call.uuid()
    async with call.begin() as ctx:
        await payments.read_own(ctx, payment_id)
    try:
        notice = await provider.choose(payment_id, DemoChoice(call.given(DemoPayment).choice))
    except PaymentRefused:
        raise WrongState(Code.PAYMENT_WRONG_STATE, "payment", "over", "choose") from None
    await payments.hear(call.edge.work, await provider.verify(*notice), call.request_id)
    async with call.begin() as ctx:
        return view(PaymentView, await payments.read_own(ctx, payment_id))


async def hear_provider(call: Call) -> web.Response:
    """POST /api/payment-notices/{id}: a provider says something. Answered once it is durable.

    Anybody can send here: only what the hospital's own provider signed is read any further.
    """
    provider = _provider(call)
    if call.word() != provider.name.value or provider.name is ProviderName.DEMO:
        raise NotFound("payment provider")
    headers = {name.lower(): value for name, value in call.request.headers.items()}
    try:
        said = await provider.verify(headers, await _notice(call.request))
    except BadSignature:
        _log.warning("payments.forged", provider=provider.name.value)
        raise UserFault(Code.PAYMENT_BAD_SIGNATURE, "This is not signed by the provider.") from None
    outcome = await payments.hear(call.edge.work, said, call.request_id)
    _log.info("payments.heard", provider=provider.name.value, kind=said.kind.value, outcome=outcome)
    # Alipay repeats until it reads this word; the others look at the status alone.
    return web.Response(text="success", content_type="text/plain")


async def list_payments(call: Call) -> Receipts:
    """GET /api/payments."""
    async with call.begin() as ctx:
        found = await payment_reading.list_own(ctx)
    return Receipts(receipts=[_receipt(item) for item in found])


async def read_till(call: Call) -> TillView:
    """GET /api/till?from=&to=."""
    query = call.given(TillQuery)
    today = call.edge.today()
    first, last = query.first_day or today, query.last_day or today
    days_in_order(first, last)
    async with call.begin() as ctx:
        found = await payment_reading.list_any(ctx, call.edge.begin_of(first), call.edge.end_of(last))
    return TillView(
        first_day=first,
        last_day=last,
        receipts=[_receipt(item) for item in found.receipts],
        more=found.more,
        refused=[_receipt(item) for item in found.refused],
        captured=[view(SumView, item) for item in found.captured],
        refunded=[view(SumView, item) for item in found.refunded],
        balances=[
            BalanceView(account=account, currency=currency, amount_minor=amount)
            for (account, currency), amount in found.balances.items()
        ],
        reconciliations=[
            ReconciliationView(
                provider=item.provider,
                day=item.day,
                ours=item.ours,
                theirs=item.theirs,
                at=item.at,
                differences=[view(DifferenceView, one) for one in item.differences],
            )
            for item in found.reconciliations
        ],
    )


async def request_refund(call: Call) -> web.Response:
    """POST /api/payments/{id}/refunds."""

    async def run(ctx: Context) -> RefundView:
        return view(RefundView, await refunds.request(ctx, call.uuid(), call.given(NewRefund).amount_minor))

    return await once(call, 201, run, operation="request_refund")


async def retry_refund(call: Call) -> RefundView:
    """POST /api/refunds/{id}/retry."""
    async with call.begin() as ctx:
        return view(RefundView, await refunds.retry(ctx, call.uuid()))


def _provider(call: Call) -> PaymentProvider:
    if call.edge.payments is None:
        raise PartnerDown("payments", "This server takes no payments.")
    return call.edge.payments


def _way(way: Way, ends_at: datetime) -> WayView:
    image = None
    if way.kind == "qr" and way.address is not None:
        image = segno.make(way.address, error="m").svg_data_uri(scale=6, border=2)
    return WayView(
        kind=way.kind,
        address=way.address,
        image=image,
        secret=way.secret,
        public_key=way.public_key,
        script=way.script,
        ends_at=ends_at,
    )


def _receipt(item: Receipt) -> ReceiptView:
    decision = None
    if item.decision is not None:
        decision = DecisionView(
            percent=item.decision.percent,
            reason=item.decision.reason,
            evidence=EvidenceView.model_validate(item.decision.evidence),
            at=item.decision.at,
        )
    return ReceiptView(
        payment=view(PaymentView, item.payment),
        practitioner_name=item.practitioner_name,
        starts_at=item.starts_at,
        patient_name=item.patient_name,
        refunds=[view(RefundView, one) for one in item.refunds],
        decision=decision,
    )


async def _notice(request: web.Request) -> bytes:
    """Return a notice's bytes as they were signed; raise TooLarge or InvalidInput."""
    body = bytearray()
    try:
        async with asyncio.timeout(_NOTICE_TIMEOUT_S):
            async for chunk in request.content.iter_any():
                body += chunk
                if len(body) > NOTICE_MAX:
                    raise TooLarge("notice", NOTICE_MAX)
    except (TimeoutError, web.RequestPayloadError, ConnectionError):
        raise InvalidInput("The notice did not arrive whole.", code=Code.INPUT_NOT_JSON) from None
    return bytes(body)
