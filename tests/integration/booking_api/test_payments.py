"""Paying over HTTP: the demo's page, signed notices from outside, the staff's till."""

import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import structlog
from aiohttp.test_utils import TestServer

from actions.context import UnitOfWork
from domain.accounts import Account
from domain.safety import QUESTIONS_VERSION
from providers.payments.demo import DemoProvider
from providers.payments.stripe import StripeProvider
from tests.bookable import make_bookable, practitioner_of
from tests.conftest import Clock
from tests.integration.booking_api.browser import Browser
from tests.integration.booking_api.conftest import AttachTo, SignIn
from tests.integration.providers.payments.tills import SECRET, stripe_signed
from tests.people import PASSWORD, make_admin, make_patient
from tests.rows import rows

NINE = "2026-11-24T01:00:00Z"
Open = Callable[[Account], Awaitable[Browser]]


@pytest.fixture
def demo(tmp_path: Path, clock: Clock, random: Callable[[int], bytes]) -> DemoProvider:
    return DemoProvider(tmp_path / "demo.jsonl", clock=clock, random=random)


@pytest.fixture
async def server(
    attached: AttachTo, demo: DemoProvider, aiohttp_server: Callable[..., Awaitable[TestServer]]
) -> TestServer:
    return await aiohttp_server(attached(payments=demo))


async def held(browser: Browser, doctor: Account, key: str = "attempt-1") -> str:
    new = {
        "practitioner_id": str(practitioner_of(doctor)),
        "starts_at": NINE,
        "red_flags": QUESTIONS_VERSION,
        "diagnosis": "none",
    }
    answer = await browser.post("/api/bookings", new, headers={"Idempotency-Key": key})
    assert answer.status == 201, answer.text
    return str(answer.json["id"])


async def test_a_visit_is_paid_on_the_demos_page_and_refunded_by_the_staff(
    work: UnitOfWork, sign_in: SignIn
) -> None:
    doctor = await make_bookable(work)
    patient, admin = await sign_in(await make_patient(work)), await sign_in(await make_admin(work))
    booking = await held(patient, doctor)
    assert (await patient.post(f"/api/bookings/{booking}/confirm")).code == "payment.required"
    started = await patient.post(f"/api/bookings/{booking}/payment")
    assert started.status == 201 and started.json["way"]["kind"] == "demo"
    payment = started.json["payment"]
    assert (payment["amount_minor"], payment["currency"], payment["state"]) == (5000, "CNY", "created")
    declined = await patient.post(f"/api/payments/{payment['id']}/demo", {"choice": "decline"})
    assert declined.json["state"] == "failed"
    payment = (await patient.post(f"/api/bookings/{booking}/payment")).json["payment"]
    paid = await patient.post(f"/api/payments/{payment['id']}/demo", {"choice": "pay"})
    assert paid.json["state"] == "captured"
    assert (await patient.get(f"/api/bookings/{booking}")).json["state"] == "booked"
    assert (await patient.post(f"/api/payments/{payment['id']}/demo", {"choice": "pay"})).status == 409
    refund, key = {"amount_minor": 1500}, {"Idempotency-Key": "refund-of-tests"}
    path = f"/api/payments/{payment['id']}/refunds"
    first, second = [await admin.post(path, refund, headers=key) for _ in range(2)]
    assert (first.status, first.json["id"]) == (201, second.json["id"])
    assert (
        await admin.post(path, {"amount_minor": 4000}, headers={"Idempotency-Key": "x" * 8})
    ).status == 409
    (receipt,) = (await patient.get("/api/payments")).json["receipts"]
    assert receipt["practitioner_name"] == "王建国" and len(receipt["refunds"]) == 1
    till = (await admin.get("/api/till")).json
    assert till["captured"] == [{"count": 1, "amount_minor": 5000, "currency": "CNY"}]
    assert sum(item["amount_minor"] for item in till["balances"]) == 0
    assert (await admin.get("/api/till?from=2026-11-24&to=2026-11-01")).status == 422


async def test_somebody_elses_payment_is_nobodys_business(work: UnitOfWork, sign_in: SignIn) -> None:
    doctor = await make_bookable(work)
    patient, other = await sign_in(await make_patient(work)), await sign_in(await make_patient(work))
    booking = await held(patient, doctor)
    assert (await other.post(f"/api/bookings/{booking}/payment")).status == 403
    payment = (await patient.post(f"/api/bookings/{booking}/payment")).json["payment"]["id"]
    assert (await other.get(f"/api/payments/{payment}")).status == 403
    assert (await other.post(f"/api/payments/{payment}/check")).status == 403
    assert (await other.post(f"/api/payments/{payment}/demo", {"choice": "pay"})).status == 403
    assert (await other.get("/api/payments")).json["receipts"] == []


async def test_the_demo_hears_no_notices_from_outside(browser: Browser) -> None:
    for name in ("demo", "stripe", "nobody"):
        assert (await browser.send("POST", f"/api/payment-notices/{name}", data=b"{}")).status == 404


@pytest.fixture
async def stripe(
    attached: AttachTo,
    aiohttp_server: Callable[..., Awaitable[TestServer]],
    aiohttp_client: Callable[..., Awaitable[Any]],
) -> Open:
    """Opens browsers of a hospital that is paid by Stripe, which is not asked: only heard."""
    provider = StripeProvider(
        secret_key="sk_test_1",
        public_key="pk_test_1",
        webhook_secret=SECRET,
        clock=lambda: datetime.now(UTC),
        endpoint="http://127.0.0.1:9",
        timeout_s=1,
    )
    running = await aiohttp_server(attached(payments=provider))

    async def open_browser(account: Account) -> Browser:
        browser = Browser(await aiohttp_client(running))
        assert (await browser.sign_in(account.login, PASSWORD)).status == 201
        return browser

    return open_browser


def captured(payment_id: str, event: str, amount: int = 5000) -> bytes:
    intent = {
        "id": "pi_1",
        "amount": amount,
        "currency": "cny",
        "metadata": {"payment_id": payment_id.replace("-", "")},
    }
    return json.dumps({"id": event, "type": "payment_intent.succeeded", "data": {"object": intent}}).encode()


async def test_a_signed_notice_from_outside_books_the_visit_once(
    work: UnitOfWork, stripe: Open, dsn: str
) -> None:
    doctor, account = await make_bookable(work), await make_patient(work)
    patient = await stripe(account)
    booking = await held(patient, doctor)
    assert (await patient.post(f"/api/bookings/{booking}/payment")).code == "partner.down"
    ((payment,),) = rows(dsn, "select id::text from payment")
    path, at = "/api/payment-notices/stripe", int(datetime.now(UTC).timestamp())
    headers, body = stripe_signed(captured(payment, "evt_1"), at)
    with structlog.testing.capture_logs() as lines:
        forged = await patient.send("POST", path, data=body + b" ", headers=headers)
        assert (forged.status, forged.code) == (400, "payment.bad_signature")
        assert (await patient.send("POST", path, data=body)).code == "payment.bad_signature"
        for _ in range(2):
            answer = await patient.send("POST", path, data=body, headers=headers)
            assert (answer.status, answer.text) == (200, "success")
        headers, body = stripe_signed(captured(payment.replace("0", "1"), "evt_2"), at)
        assert (await patient.send("POST", path, data=body, headers=headers)).status == 200
    assert (await patient.get(f"/api/bookings/{booking}")).json["state"] == "booked"
    assert rows(dsn, "select event_id, outcome from payment_event order by 1") == [
        ("evt_1", "applied"),
        ("evt_2", "foreign"),
    ]
    assert "pi_1" not in str(lines) and payment not in str(lines)


async def test_a_notice_that_is_too_large_is_not_read(stripe: Open, work: UnitOfWork) -> None:
    patient = await stripe(await make_patient(work))
    answer = await patient.send("POST", "/api/payment-notices/stripe", data=b"x" * 300_000)
    assert (answer.status, answer.code) == (413, "input.too_large")


async def test_a_hospital_without_a_provider_says_so(
    attached: AttachTo,
    work: UnitOfWork,
    aiohttp_server: Callable[..., Awaitable[TestServer]],
    aiohttp_client: Callable[..., Awaitable[Any]],
) -> None:
    doctor, account = await make_bookable(work), await make_patient(work)
    browser = Browser(await aiohttp_client(await aiohttp_server(attached(payments=None))))
    await browser.sign_in(account.login, PASSWORD)
    booking = await held(browser, doctor)
    assert (await browser.post(f"/api/bookings/{booking}/payment")).code == "partner.down"
