"""Payments and refunds: their states, what providers say of them, why money goes back."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from domain.errors import Code
from domain.transitions import TransitionTable


class ProviderName(StrEnum):
    """Who takes the money. demo takes none and is refused outside a demo hospital."""

    DEMO = "demo"
    STRIPE = "stripe"
    WECHAT = "wechat"
    ALIPAY = "alipay"


class PaymentState(StrEnum):
    """created: the patient has not paid yet; processing: the patient has paid, and nothing is sure."""

    CREATED = "created"
    PROCESSING = "processing"
    CAPTURED = "captured"
    FAILED = "failed"
    CANCELLED = "cancelled"


class PaymentEvent(StrEnum):
    """What can happen to a payment."""

    PROCESS = "process"
    CAPTURE = "capture"
    FAIL = "fail"
    CANCEL = "cancel"


PAYMENT = TransitionTable(
    "payment",
    Code.PAYMENT_WRONG_STATE,
    {
        (PaymentState.CREATED, PaymentEvent.PROCESS): PaymentState.PROCESSING,
        (PaymentState.CREATED, PaymentEvent.CAPTURE): PaymentState.CAPTURED,
        (PaymentState.CREATED, PaymentEvent.FAIL): PaymentState.FAILED,
        (PaymentState.CREATED, PaymentEvent.CANCEL): PaymentState.CANCELLED,
        (PaymentState.PROCESSING, PaymentEvent.CAPTURE): PaymentState.CAPTURED,
        (PaymentState.PROCESSING, PaymentEvent.FAIL): PaymentState.FAILED,
        (PaymentState.PROCESSING, PaymentEvent.CANCEL): PaymentState.CANCELLED,
        # Money that came is money that came, whatever was said before: news arrive in any order.
        (PaymentState.FAILED, PaymentEvent.CAPTURE): PaymentState.CAPTURED,
        (PaymentState.CANCELLED, PaymentEvent.CAPTURE): PaymentState.CAPTURED,
    },
)
OPEN_PAYMENTS = frozenset({PaymentState.CREATED, PaymentState.PROCESSING})


class RefundState(StrEnum):
    """requested: a job brings it to the provider; sent: the provider works on it; then done, or refused.

    What was done can fail later, when the patient's bank does not take it: the money is back here then.
    """

    REQUESTED = "requested"
    SENT = "sent"
    DONE = "done"
    FAILED = "failed"


class RefundEvent(StrEnum):
    """What can happen to a refund."""

    SEND = "send"
    FINISH = "finish"
    FAIL = "fail"
    RETRY = "retry"


REFUND = TransitionTable(
    "refund",
    Code.REFUND_WRONG_STATE,
    {
        (RefundState.REQUESTED, RefundEvent.SEND): RefundState.SENT,
        (RefundState.REQUESTED, RefundEvent.FINISH): RefundState.DONE,
        (RefundState.REQUESTED, RefundEvent.FAIL): RefundState.FAILED,
        (RefundState.SENT, RefundEvent.FINISH): RefundState.DONE,
        (RefundState.SENT, RefundEvent.FAIL): RefundState.FAILED,
        (RefundState.DONE, RefundEvent.FAIL): RefundState.FAILED,
        (RefundState.FAILED, RefundEvent.FINISH): RefundState.DONE,
        (RefundState.FAILED, RefundEvent.RETRY): RefundState.REQUESTED,
    },
)


class RefundReason(StrEnum):
    """Why money goes back. Shown to the patient and to the staff, in words of the page."""

    CANCELLED_BY_PATIENT = "cancelled-by-patient"
    CANCELLED_BY_HOSPITAL = "cancelled-by-hospital"
    LATE_PAYMENT = "late-payment"
    SECOND_PAYMENT = "second-payment"
    DOCTOR_ABSENT = "doctor-absent"
    CALL_TOO_SHORT = "call-too-short"
    PATIENT_ABSENT = "patient-absent"
    NOT_SUITABLE = "not-suitable"
    STAFF = "staff"
    VISIT_HELD = "visit-held"
    """The visit took place: the reason of a decision that nothing goes back."""


class SaidKind(StrEnum):
    """What a provider can say of a payment or of a refund."""

    PROCESSING = "processing"
    CAPTURED = "captured"
    FAILED = "failed"
    CANCELLED = "cancelled"
    REFUND_SENT = "refund-sent"
    REFUND_DONE = "refund-done"
    REFUND_FAILED = "refund-failed"
    DISPUTE_OPENED = "dispute-opened"
    DISPUTE_WON = "dispute-won"
    DISPUTE_LOST = "dispute-lost"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Said:
    """What a provider said, verified: signed by it, or read from it by us.

    `event_id` is the provider's own and the same when it says it again. `payment_id` is ours as it came back,
    None when there was none. `reference` is the provider's name of the payment, `refund_reference` of the
    refund or the dispute. `refund_attempt` says which try of the refund this is about, None when the provider
    knows one alone. The amount is in minor units.
    """

    provider: ProviderName
    event_id: str
    kind: SaidKind
    payment_id: UUID | None
    reference: str
    amount_minor: int
    currency: str
    refund_id: UUID | None = None
    refund_reference: str | None = None
    refund_attempt: int | None = None


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment for one appointment. Nothing of a card or of a payer is known here.

    `reference` is the provider's name of it, None until the provider answered. `refunded_minor` is what was
    asked back of it, done or not: never more than was paid.
    """

    id: UUID
    appointment_id: UUID
    patient_id: UUID
    provider: ProviderName
    reference: str | None
    amount_minor: int
    currency: str
    state: PaymentState
    refunded_minor: int
    created_at: datetime
    captured_at: datetime | None


@dataclass(frozen=True, slots=True)
class Refund:
    """Money on its way back. `problem` is the provider's stable word for a refusal.

    `attempt` grows when the staff has a refused one tried again. A refusal is the provider's own word, never
    its silence: so no two attempts can both give the money back.
    """

    id: UUID
    payment_id: UUID
    amount_minor: int
    currency: str
    reason: RefundReason
    state: RefundState
    reference: str | None
    problem: str | None
    requested_at: datetime
    done_at: datetime | None
    attempt: int = 0
    evidence: dict[str, str | int | bool | None] = field(default_factory=dict)


PAYMENT_LIFE = timedelta(minutes=15)
"""How long a patient may pay: longer than a hold, so that nobody is cut off on a provider's page."""


def moved_by(said: SaidKind) -> PaymentEvent | None:
    """Return what happens to a payment when a provider says this; None when it is about something else."""
    return {
        SaidKind.PROCESSING: PaymentEvent.PROCESS,
        SaidKind.CAPTURED: PaymentEvent.CAPTURE,
        SaidKind.FAILED: PaymentEvent.FAIL,
        SaidKind.CANCELLED: PaymentEvent.CANCEL,
    }.get(said)


def share_of(amount_minor: int, percent: int) -> int:
    """Return this share of an amount in minor units, rounded half up: in the patient's favour."""
    if not 0 <= percent <= 100:
        raise ValueError("a share is 0 to 100 percent")
    return (amount_minor * percent + 50) // 100
