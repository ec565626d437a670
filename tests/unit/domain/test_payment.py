"""Payments and refunds: money that came counts in every order; shares are whole, for the patient."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.payment import (
    PAYMENT,
    REFUND,
    PaymentEvent,
    PaymentState,
    RefundEvent,
    RefundState,
    share_of,
)


@pytest.mark.parametrize("state", [item for item in PaymentState if item is not PaymentState.CAPTURED])
def test_money_that_came_counts_whatever_was_said_before(state: PaymentState) -> None:
    assert PAYMENT.next(state, PaymentEvent.CAPTURE) is PaymentState.CAPTURED


@given(st.lists(st.sampled_from(PaymentEvent), max_size=12))
def test_a_captured_payment_stays_captured_in_any_order_of_news(events: list[PaymentEvent]) -> None:
    state = PaymentState.CREATED
    for event in events:
        if PAYMENT.allows(state, event):
            state = PAYMENT.next(state, event)
    assert (state is PaymentState.CAPTURED) == (PaymentEvent.CAPTURE in events)


def test_a_refund_that_is_done_can_only_fail_and_a_failed_one_be_tried_again() -> None:
    allowed = [event for event in RefundEvent if REFUND.allows(RefundState.DONE, event)]
    assert allowed == [RefundEvent.FAIL]
    assert REFUND.next(RefundState.FAILED, RefundEvent.RETRY) is RefundState.REQUESTED


@pytest.mark.parametrize(
    ("amount", "percent", "share"), [(5000, 100, 5000), (5001, 50, 2501), (99, 0, 0), (1, 50, 1)]
)
def test_a_share_is_whole_and_in_the_patients_favour(amount: int, percent: int, share: int) -> None:
    assert share_of(amount, percent) == share


@pytest.mark.parametrize("percent", [-1, 101])
def test_a_share_is_not_more_than_all(percent: int) -> None:
    with pytest.raises(ValueError, match="percent"):
        share_of(100, percent)
