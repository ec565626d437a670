"""Payment providers for tests, each with a payer and with notices signed as the provider signs them."""

import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID, uuid4

import aiohttp

from domain.payment import Said
from providers.payments import Order, PaymentProvider, Way
from providers.payments.demo import DemoChoice, DemoProvider
from providers.payments.stripe import StripeProvider

SECRET = "whsec_of_tests"
_LOGIN = {"Authorization": "Bearer sk_test_12345"}
Notice = tuple[dict[str, str], bytes]


class Till(Protocol):
    """A provider, and what stands behind it in a test."""

    provider: PaymentProvider
    models_limits: bool

    async def pay(self, order: Order, way: Way) -> None:
        """Pay as a patient does."""
        ...

    def paid_notice(self, order: Order, way: Way) -> Notice:
        """Return the notice that it was paid, signed now."""
        ...

    def now(self) -> datetime:
        """Return the provider's moment."""
        ...


def order(amount_minor: int = 5000) -> Order:
    return Order(
        uuid4(),
        amount_minor,
        "CNY",
        datetime(2099, 1, 1, tzinfo=UTC),
        "海滨医院 视频问诊",
        "https://hospital.example/pay",
    )


@dataclass
class DemoTill:
    """The demo's own."""

    file: Path
    clock: Callable[[], datetime]
    random: Callable[[int], bytes]
    models_limits: bool = True
    notices: dict[UUID, Notice] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.demo = DemoProvider(self.file, clock=self.clock, random=self.random)
        self.provider: PaymentProvider = self.demo

    async def pay(self, order: Order, way: Way) -> None:
        self.notices[order.payment_id] = await self.demo.choose(order.payment_id, DemoChoice.PAY)

    def paid_notice(self, order: Order, way: Way) -> Notice:
        return self.notices[order.payment_id]

    def now(self) -> datetime:
        return self.clock()


@dataclass
class StripeTill:
    """Stripe's library on localstripe, a process of its own."""

    endpoint: str
    http: aiohttp.ClientSession
    models_limits: bool = False

    def __post_init__(self) -> None:
        self.provider: PaymentProvider = StripeProvider(
            secret_key="sk_test_12345",
            public_key="pk_test_12345",
            webhook_secret=SECRET,
            clock=self.now,
            endpoint=self.endpoint,
        )

    async def pay(self, order: Order, way: Way, card: str = "4242424242424242") -> int:
        method = await self.post(
            "payment_methods",
            {
                "type": "card",
                "card[number]": card,
                "card[exp_month]": "12",
                "card[exp_year]": "2090",
                "card[cvc]": "123",
            },
        )
        await self.post(f"payment_intents/{way.reference}", {"payment_method": method["id"]})
        async with self.http.post(
            f"{self.endpoint}/v1/payment_intents/{way.reference}/confirm", headers=_LOGIN
        ) as answer:
            return answer.status

    async def post(self, path: str, form: dict[str, str]) -> dict[str, Any]:
        async with self.http.post(f"{self.endpoint}/v1/{path}", data=form, headers=_LOGIN) as answer:
            assert answer.status == 200, await answer.text()
            found: dict[str, Any] = await answer.json()
            return found

    async def register(self, address: str) -> None:
        """Have localstripe send its own notices to this address."""
        form = {"url": address, "secret": SECRET}
        async with self.http.post(
            f"{self.endpoint}/_config/webhooks/tests", data=form, headers=_LOGIN
        ) as answer:
            assert answer.status == 200, await answer.text()

    def paid_notice(self, order: Order, way: Way) -> Notice:
        intent = {
            "id": way.reference,
            "object": "payment_intent",
            "amount": order.amount_minor,
            "currency": order.currency.lower(),
            "metadata": {"payment_id": order.payment_id.hex},
        }
        return self.notice("payment_intent.succeeded", intent)

    def notice(self, kind: str, thing: dict[str, Any], *, secret: str = SECRET, age_s: int = 0) -> Notice:
        event = {"id": f"evt_{uuid4().hex}", "object": "event", "type": kind, "data": {"object": thing}}
        return stripe_signed(json.dumps(event).encode(), int(self.now().timestamp()) - age_s, secret)

    def now(self) -> datetime:
        return datetime.now(UTC)


def stripe_signed(body: bytes, at: int, secret: str = SECRET) -> Notice:
    """Sign as Stripe's manual says: HMAC-SHA256 of the time, a dot and the body."""
    signature = hmac.digest(secret.encode(), b"%d." % at + body, sha256).hex()
    return {"stripe-signature": f"t={at},v1={signature}"}, body


async def said_by(till: Till, notice: Notice) -> Said:
    """Have a notice verified."""
    return await till.provider.verify(*notice)
