"""Stripe by its own library: PaymentIntents, refunds, disputes, signed webhooks, balance transactions.

The patient's card is typed into Stripe's own form (Stripe.js); this process sees the intent alone.
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from domain.payment import ProviderName, Said, SaidKind
from domain.reconciliation import Movement, MovementKind
from providers.payments.port import (
    CLOCKS_APART_S,
    TIMEOUT_S,
    BadSignature,
    Order,
    PaymentRefused,
    RefundOrder,
    Way,
    WayKind,
    down,
    in_thread,
    key_refused,
    refund_of,
    stable,
    uuid_of,
)

if TYPE_CHECKING:
    from stripe import StripeClient

API = "https://api.stripe.com"
FORM = "https://js.stripe.com"
_INTENT = {
    "succeeded": SaidKind.CAPTURED,
    "processing": SaidKind.PROCESSING,
    "canceled": SaidKind.CANCELLED,
}
_EVENTS = {
    "payment_intent.succeeded": SaidKind.CAPTURED,
    "payment_intent.processing": SaidKind.PROCESSING,
    "payment_intent.payment_failed": SaidKind.FAILED,
    "payment_intent.canceled": SaidKind.CANCELLED,
}
_REFUND = {
    "succeeded": SaidKind.REFUND_DONE,
    "pending": SaidKind.REFUND_SENT,
    "requires_action": SaidKind.REFUND_SENT,
    "failed": SaidKind.REFUND_FAILED,
    "canceled": SaidKind.REFUND_FAILED,
}
_REFUND_EVENTS = ("refund.created", "refund.updated", "refund.failed", "charge.refund.updated")
_DISPUTES = {
    # Money moves with these alone: an inquiry (warning_needs_response) withdraws none.
    ("charge.dispute.funds_withdrawn", None): SaidKind.DISPUTE_OPENED,
    ("charge.dispute.funds_reinstated", None): SaidKind.DISPUTE_WON,
    ("charge.dispute.closed", "lost"): SaidKind.DISPUTE_LOST,
}
_MOVEMENTS = {
    "charge": MovementKind.CAPTURE,
    "payment": MovementKind.CAPTURE,
    "refund": MovementKind.REFUND,
    "payment_refund": MovementKind.REFUND,
    "refund_failure": MovementKind.REFUND_FAILED,
}
_LISTED_MAX = 20_000


class StripeProvider:
    """See PaymentProvider. `public_key` goes to the page; the other two keys never leave here."""

    def __init__(
        self,
        *,
        secret_key: str,
        public_key: str,
        webhook_secret: str,
        clock: Callable[[], datetime],
        endpoint: str = API,
        form: str = FORM,
        timeout_s: float = TIMEOUT_S,
    ) -> None:
        self._secret_key = secret_key
        self._public_key = public_key
        self._webhook_secret = webhook_secret
        self._clock = clock
        self._endpoint = endpoint
        self._form = form
        self._timeout_s = timeout_s
        self._client: StripeClient | None = None

    @property
    def name(self) -> ProviderName:
        """See PaymentProvider."""
        return ProviderName.STRIPE

    async def begin(self, order: Order) -> Way:
        """See PaymentProvider."""
        if order.reference is not None:
            known = order.reference
            intent = await self._ask(lambda client: client.v1.payment_intents.retrieve(known))
        else:
            intent = await self._ask(
                lambda client: client.v1.payment_intents.create(
                    {
                        "amount": order.amount_minor,
                        "currency": order.currency.lower(),
                        "metadata": {"payment_id": order.payment_id.hex},
                    },
                    {"idempotency_key": f"payment:{order.payment_id.hex}"},
                )
            )
        return Way(
            WayKind.FORM,
            intent["id"],
            secret=intent["client_secret"],
            public_key=self._public_key,
            script=f"{self._form}/v3/",
        )

    async def read(self, payment_id: UUID, reference: str) -> Said:
        """See PaymentProvider."""
        intent = await self._ask(lambda client: client.v1.payment_intents.retrieve(reference))
        status = intent["status"]
        return self._of_intent(f"read:{reference}:{status}", _INTENT.get(status), intent)

    async def cancel(self, payment_id: UUID, reference: str) -> None:
        """See PaymentProvider."""
        try:
            await self._ask(lambda client: client.v1.payment_intents.cancel(reference))
        except PaymentRefused:
            # It was paid or cancelled in the meantime: what became of it is read or told.
            return

    async def refund(self, order: RefundOrder) -> Said:
        """See PaymentProvider."""
        refund = await self._ask(
            lambda client: client.v1.refunds.create(
                {
                    "payment_intent": order.payment_reference,
                    "amount": order.amount_minor,
                    "metadata": {
                        "payment_id": order.payment_id.hex,
                        "refund_id": order.number,
                    },
                },
                {"idempotency_key": f"refund:{order.number}"},
            )
        )
        return self._of_refund(f"refund:{refund['id']}", refund)

    async def read_refund(self, order: RefundOrder) -> Said:
        """See PaymentProvider."""
        if order.reference is None:
            raise PaymentRefused("unknown")
        reference = order.reference
        refund = await self._ask(lambda client: client.v1.refunds.retrieve(reference))
        return self._of_refund(f"read:{reference}:{refund['status']}", refund)

    async def verify(self, headers: Mapping[str, str], body: bytes) -> Said:
        """See PaymentProvider. The header is t=seconds,v1=signature (Stripe's webhook signatures)."""
        from stripe import SignatureVerificationError, WebhookSignature

        header = headers.get("stripe-signature", "")
        try:
            text = body.decode()
            WebhookSignature.verify_header(text, header, self._webhook_secret)
            at = next(int(part[2:]) for part in header.split(",") if part.startswith("t="))
            event = json.loads(text)
        except (SignatureVerificationError, UnicodeDecodeError, StopIteration, ValueError):
            raise BadSignature from None
        if abs(self._clock().timestamp() - at) > CLOCKS_APART_S:
            raise BadSignature
        return self._of_event(event)

    async def movements(self, start: datetime, end: datetime) -> list[Movement]:
        """See PaymentProvider. Newest first there, so reading ends with the first older one."""

        def read(client: "StripeClient") -> list[Movement]:
            listed: list[Movement] = []
            page = client.v1.balance_transactions.list({"limit": 100, "expand": ["data.source"]})
            for count, one in enumerate(page.auto_paging_iter()):
                if one.created < start.timestamp():
                    break
                if count >= _LISTED_MAX:
                    raise down()
                item = _movement(one.to_dict()) if one.created < end.timestamp() else None
                if item is not None:
                    listed.append(item)
            return listed

        found: list[Movement] = await self._ask(read, timeout_s=self._timeout_s * 12)
        return found

    async def _ask(self, call: "Callable[[StripeClient], Any]", timeout_s: float | None = None) -> Any:
        """Run a call of the library in a thread; explain its errors."""
        import stripe

        def run() -> Any:
            try:
                found = call(self._made())
                # Its objects look like dicts and are none.
                return found.to_dict() if isinstance(found, stripe.StripeObject) else found
            except (stripe.APIConnectionError, stripe.RateLimitError):
                raise down() from None
            except (stripe.AuthenticationError, stripe.PermissionError):
                raise key_refused() from None
            except stripe.StripeError as error:
                if error.http_status is not None and 400 <= error.http_status < 500:
                    raise PaymentRefused(stable(error.code or f"http_{error.http_status}")) from None
                raise down() from None

        return await in_thread(run, timeout_s or self._timeout_s + 2)

    def _made(self) -> "StripeClient":
        import stripe

        if self._client is None:
            self._client = stripe.StripeClient(
                self._secret_key,
                base_addresses={"api": self._endpoint},
                http_client=stripe.RequestsClient(timeout=self._timeout_s),
                max_network_retries=0,
            )
        return self._client

    def _of_event(self, event: Mapping[str, Any]) -> Said:
        kind, thing = event["type"], event["data"]["object"]
        if kind in _EVENTS:
            said = SaidKind.OTHER if _may_try_another_card(kind, thing) else _EVENTS[kind]
            return self._of_intent(event["id"], said, thing)
        if kind in _REFUND_EVENTS:
            return self._of_refund(event["id"], thing)
        status = thing.get("status") if kind == "charge.dispute.closed" else None
        dispute = _DISPUTES.get((kind, status))
        if dispute is not None:
            return Said(
                ProviderName.STRIPE,
                event["id"],
                dispute,
                None,
                thing.get("payment_intent") or "",
                thing["amount"],
                thing["currency"].upper(),
                refund_reference=thing["id"],
            )
        return Said(ProviderName.STRIPE, event["id"], SaidKind.OTHER, None, "", 0, "")

    def _of_intent(self, event_id: str, kind: SaidKind | None, intent: Any) -> Said:
        return Said(
            ProviderName.STRIPE,
            event_id,
            kind or SaidKind.OTHER,
            uuid_of((intent["metadata"] or {}).get("payment_id")),
            intent["id"],
            intent["amount"],
            intent["currency"].upper(),
        )

    def _of_refund(self, event_id: str, refund: Any) -> Said:
        metadata = refund["metadata"] or {}
        refund_id, attempt = refund_of(metadata.get("refund_id"))
        return Said(
            ProviderName.STRIPE,
            event_id,
            _REFUND.get(refund["status"], SaidKind.OTHER),
            uuid_of(metadata.get("payment_id")),
            refund["payment_intent"] or "",
            refund["amount"],
            refund["currency"].upper(),
            refund_id,
            refund["id"],
            attempt,
        )


def _may_try_another_card(kind: str, intent: Mapping[str, Any]) -> bool:
    """Say whether a failure left the intent open: the form takes another card than the refused one."""
    if kind != "payment_intent.payment_failed":
        return False
    method = (intent.get("last_payment_error") or {}).get("payment_method") or {}
    return bool(method.get("type") == "card")


def _movement(one: Mapping[str, Any]) -> Movement | None:
    """Return what a balance transaction moved; None for payouts, fees and the like."""
    kind = _MOVEMENTS.get(one["type"])
    source = one["source"]
    if kind is None or source is None:
        return None
    reference = source["payment_intent"] if kind is MovementKind.CAPTURE else None
    return Movement(
        kind,
        reference or source["id"],
        uuid_of((source["metadata"] or {}).get("payment_id")),
        abs(one["amount"]),
        one["currency"].upper(),
        one["fee"],
    )
