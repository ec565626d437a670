"""The port of payment providers: what every one of them promises, and the values that pass it."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeVar
from uuid import UUID

from domain.errors import PartnerDown
from domain.payment import ProviderName, Said
from domain.reconciliation import Movement

TIMEOUT_S = 10.0
"""How long a provider is waited for; its library gives up earlier, so that no thread is left behind."""
CLOCKS_APART_S = 300
"""How old a signed notice may be: an old one that somebody kept is not believed."""

T = TypeVar("T")


class WayKind(StrEnum):
    """How a patient pays: on the demo's page, on the provider's, by a code, in the provider's form."""

    DEMO = "demo"
    REDIRECT = "redirect"
    QR = "qr"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class Order:
    """What to pay. `subject` is shown to the payer by the provider, and says nothing about health."""

    payment_id: UUID
    amount_minor: int
    currency: str
    ends_at: datetime
    subject: str
    return_url: str
    reference: str | None = None
    """The provider's name of it, when it was begun before."""


@dataclass(frozen=True, slots=True)
class Way:
    """How to pay. `address` is where to go or what the code says; `secret` opens the provider's form once."""

    kind: WayKind
    reference: str
    address: str | None = None
    secret: str | None = field(default=None, repr=False)
    public_key: str | None = None
    script: str | None = None
    """The address of the provider's own script that draws its form."""


@dataclass(frozen=True, slots=True)
class RefundOrder:
    """What to give back, of which payment.

    `refund_id` and `attempt` make it happen once, however often it is asked: a provider that refused an
    attempt for good keeps refusing it, so the staff's next one has a number of its own.
    """

    refund_id: UUID
    payment_id: UUID
    payment_reference: str
    amount_minor: int
    paid_minor: int
    currency: str
    reference: str | None = None
    attempt: int = 0

    @property
    def number(self) -> str:
        """What this attempt is called at a provider: 32 characters, more from the second attempt on."""
        return f"{self.refund_id.hex}-{self.attempt}" if self.attempt else self.refund_id.hex


class PaymentRefused(Exception):
    """Refused for good: asking again would be refused again. `reason` is the provider's stable word."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class BadSignature(Exception):
    """A notice that the provider did not sign, or signed too long ago by its own word."""


class PaymentProvider(Protocol):
    """Takes money and gives it back.

    All raise PartnerDown("payments") when the provider does not answer as it should, PaymentRefused when it
    refuses for good.
    """

    @property
    def name(self) -> ProviderName:
        """Who it is."""
        ...

    async def begin(self, order: Order) -> Way:
        """Return how to pay this. The same payment again is the same at the provider."""
        ...

    async def read(self, payment_id: UUID, reference: str) -> Said:
        """Return what became of a payment."""
        ...

    async def cancel(self, payment_id: UUID, reference: str) -> None:
        """Have the provider take no money for this any more; what was taken stays taken."""
        ...

    async def refund(self, order: RefundOrder) -> Said:
        """Give money back; return whether it is done, under way or failed. Repeating it changes nothing."""
        ...

    async def read_refund(self, order: RefundOrder) -> Said:
        """Return what became of a refund that was under way."""
        ...

    async def verify(self, headers: Mapping[str, str], body: bytes) -> Said:
        """Return what a notice says. Raise BadSignature unless the provider signed it.

        Where a time is signed for that, an old notice is not believed either. Alipay's is not held against
        the clock: an old one has the id that it had, so it is a repeat that changes nothing.
        """
        ...

    async def movements(self, start: datetime, end: datetime) -> list[Movement]:
        """Return what moved in [start, end): a day of the hospital. A provider's own day must be the same."""
        ...


async def in_thread(call: Callable[[], T], timeout_s: float = TIMEOUT_S) -> T:
    """Run a blocking call of a provider's library off the loop; raise PartnerDown when it takes too long."""
    try:
        async with asyncio.timeout(timeout_s):
            return await asyncio.to_thread(call)
    except TimeoutError:
        raise down() from None


def down() -> PartnerDown:
    """Return the error that says that the provider does not answer as it should."""
    return PartnerDown("payments", "The payment provider does not answer.")


def key_refused() -> PartnerDown:
    """Return the error that says that the provider does not know the hospital by its key."""
    return PartnerDown("payments", "The payment provider refuses the hospital's key.")


def stable(word: object) -> str:
    """Return a provider's code as one that may be kept; never a sentence, which can name people."""
    text = word if isinstance(word, str) else ""
    plain = text.isascii() and text.isprintable() and " " not in text
    return text[:80] if text and plain else "unknown"


def uuid_of(text: object) -> UUID | None:
    """Return the id that came back from a provider, None when it is none of ours."""
    if not isinstance(text, str):
        return None
    try:
        return UUID(text)
    except ValueError:
        return None


def refund_of(number: object) -> tuple[UUID | None, int | None]:
    """Return which refund and attempt has this number at a provider; None twice when it is none of ours."""
    if not isinstance(number, str):
        return None, None
    name, _, attempt = number.partition("-")
    refund_id = uuid_of(name)
    if refund_id is None or not (attempt == "" or (attempt.isascii() and attempt.isdigit())):
        return None, None
    return refund_id, int(attempt or 0)
