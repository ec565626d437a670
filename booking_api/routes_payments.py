"""The part of the table of operations that is about money."""

from booking_api import models_payments as models
from booking_api import payments
from booking_api.route import Route
from domain.errors import Code
from domain.payment import ProviderName
from domain.permissions import Action

ROUTES: tuple[Route, ...] = (
    Route(
        "POST", "/api/bookings/{id}/payment", payments.start_payment,
        "Begin to pay for a held visit; again is the same payment",
        (Action.PAYMENT_START,), models.PaymentStarted, 201,
        codes=(
            Code.PAYMENT_NOT_DUE, Code.PAYMENT_WRONG_STATE, Code.PAYMENT_REFUSED,
            Code.BOOKING_ANSWERS_NEEDED,
        ),
        thing="booking",
    ),
    Route(
        "GET", "/api/payments", payments.list_payments, "The patient's own payments, newest first",
        (Action.PAYMENT_READ_OWN,), models.Receipts,
    ),
    Route(
        "GET", "/api/payments/{id}", payments.read_payment, "One of the own payments",
        (Action.PAYMENT_READ_OWN,), models.PaymentView,
        thing="payment",
    ),
    Route(
        "POST", "/api/payments/{id}/check", payments.check_payment,
        "Ask the provider what became of an own payment", (Action.PAYMENT_CHECK,), models.PaymentView,
        codes=(Code.PAYMENT_WRONG_STATE, Code.RATE_LIMITED),
        thing="payment",
    ),
    Route(
        "POST", "/api/payments/{id}/demo", payments.choose_demo_payment,
        "What was chosen on the demo's page, where no money moves", (Action.PAYMENT_START,),
        models.PaymentView,
        body=models.DemoPayment,
        codes=(Code.PAYMENT_WRONG_STATE,),
        thing="payment",
    ),
    Route(
        "POST", "/api/payment-notices/{id}", payments.hear_provider,
        "A payment provider's signed notice", None,
        id_kind="word", words=tuple(name.value for name in ProviderName if name is not ProviderName.DEMO),
        media_type="text/plain",
        takes_bytes=True,
        codes=(
            Code.PAYMENT_BAD_SIGNATURE, Code.PAYMENT_WRONG_STATE, Code.INPUT_TOO_LARGE, Code.INPUT_NOT_JSON,
        ),
        thing="payment provider",
    ),
    Route(
        "GET", "/api/till", payments.read_till,
        "Payments of some days, what moved in them, and the comparisons with the provider's lists",
        (Action.PAYMENT_READ_ANY,), models.TillView,
        query=models.TillQuery,
    ),
    Route(
        "POST", "/api/payments/{id}/refunds", payments.request_refund,
        "Give back a part or all of a payment", (Action.REFUND_REQUEST,), models.RefundView, 201,
        body=models.NewRefund,
        is_idempotent=True,
        codes=(Code.REFUND_TOO_LARGE,),
        thing="payment",
    ),
    Route(
        "POST", "/api/refunds/{id}/retry", payments.retry_refund,
        "Bring a refused refund to the provider again", (Action.REFUND_RETRY,), models.RefundView,
        codes=(Code.REFUND_WRONG_STATE,),
        thing="refund",
    ),
)  # fmt: skip
