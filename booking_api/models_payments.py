"""Bodies of paying, of receipts, and of what the staff sees of money. Amounts are in minor units."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from booking_api.models import Model
from booking_api.models_time import Date
from domain.ledger import AMOUNT_MAX, LedgerAccount
from domain.payment import PaymentState, ProviderName, RefundReason, RefundState
from domain.reconciliation import DifferenceKind, MovementKind
from providers.payments import WayKind


class PaymentView(Model):
    """One payment. Nothing of a card or of who paid is known."""

    id: UUID
    appointment_id: UUID
    provider: ProviderName
    amount_minor: int
    currency: str
    state: PaymentState
    refunded_minor: Annotated[int, Field(description="Asked back, done or not.")]
    created_at: datetime
    captured_at: datetime | None


class WayView(Model):
    """How to pay: on the demo's page, at `address`, by scanning `image`, or in the provider's form."""

    kind: WayKind
    address: Annotated[str | None, Field(description="Where to go, or what the code says.")]
    image: Annotated[str | None, Field(description="The code to scan, as a data URI.")]
    secret: Annotated[str | None, Field(description="Opens the provider's form for this payment alone.")]
    public_key: str | None
    script: Annotated[str | None, Field(description="The provider's own script that draws its form.")]
    ends_at: Annotated[datetime, Field(description="Until when it can be paid.")]


class PaymentStarted(Model):
    """POST /api/bookings/{id}/payment: the same payment again until it is paid or has failed."""

    payment: PaymentView
    way: WayView


class DemoPayment(Model):
    """POST /api/payments/{id}/demo: what was chosen on the demo's page, where no money moves."""

    choice: Literal["pay", "decline", "cancel"]


class RefundView(Model):
    """Money on its way back. `problem` is the provider's word for a refusal."""

    id: UUID
    amount_minor: int
    currency: str
    reason: RefundReason
    state: RefundState
    problem: str | None
    requested_at: datetime
    done_at: datetime | None


class EvidenceView(Model):
    """What the visit's record says, and nothing else a decision is made from."""

    starts_at: datetime
    ends_at: datetime
    state: str
    patient_came_at: datetime | None
    doctor_came_at: datetime | None
    connected_s: Annotated[int, Field(description="How long both were in the visit.")]


class DecisionView(Model):
    """What was decided about a paid visit without anybody asking."""

    percent: int
    reason: RefundReason
    evidence: EvidenceView
    at: datetime


class ReceiptView(Model):
    """One payment with all that became of it, and the visit that it was for."""

    payment: PaymentView
    practitioner_name: str
    starts_at: datetime
    patient_name: str
    refunds: list[RefundView]
    decision: DecisionView | None


class Receipts(Model):
    """GET /api/payments: the patient's own and the family's, the newest first."""

    receipts: list[ReceiptView]


class NewRefund(Model):
    """POST /api/payments/{id}/refunds."""

    amount_minor: Annotated[int, Field(ge=1, le=AMOUNT_MAX)]


class TillQuery(Model):
    """GET /api/till. Both days count; without them today."""

    first_day: Annotated[Date | None, Field(alias="from")] = None
    last_day: Annotated[Date | None, Field(alias="to")] = None


class SumView(Model):
    """How many there were, and their amount."""

    count: int
    amount_minor: int
    currency: str


class BalanceView(Model):
    """How an account of the ledger moved: positive is a debit. All of a currency sum to zero."""

    account: LedgerAccount
    amount_minor: int
    currency: str


class DifferenceView(Model):
    """One movement about which the provider's list and ours differ."""

    kind: DifferenceKind
    movement: MovementKind
    reference: str
    payment_id: UUID | None
    ours_minor: int | None
    theirs_minor: int | None
    currency: str


class ReconciliationView(Model):
    """The latest comparison of a day with the provider's list."""

    provider: ProviderName
    day: date
    ours: int
    theirs: int
    at: datetime
    differences: list[DifferenceView]


class TillView(Model):
    """GET /api/till?from=&to=: payments begun in these days, and what moved in them."""

    first_day: date
    last_day: date
    receipts: list[ReceiptView]
    more: bool
    refused: Annotated[
        list[ReceiptView],
        Field(description="Payments of any day with a refused refund, which waits for the staff."),
    ]
    captured: list[SumView]
    refunded: list[SumView]
    balances: list[BalanceView]
    reconciliations: list[ReconciliationView]
