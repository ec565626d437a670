"""What cancelling and moving mean at each moment, and how long a freed slot is kept for somebody."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.changes import CancelStep, ChangePolicy, back_percent, check_cancel, check_move, terms
from domain.errors import Code, FieldFault, InvalidInput, WrongState
from domain.waitlist import LEAST_BEFORE, OFFER_HOLD, check_range, kept_until

_STARTS = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
_HOUR = timedelta(hours=1)
_SECOND = timedelta(seconds=1)
_POLICY = ChangePolicy(cancel_free_hours=24, cancel_late_percent=50, move_hours=2)
_ZONE = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("before", "moved_late", "step", "back", "can_move"),
    [
        (24 * _HOUR + _SECOND, False, CancelStep.FREE, 5001, True),
        (24 * _HOUR, False, CancelStep.LATE, 2501, True),
        (48 * _HOUR, True, CancelStep.LATE, 2501, True),
        (2 * _HOUR, False, CancelStep.LATE, 2501, False),
        (_SECOND, False, CancelStep.LATE, 2501, False),
        (timedelta(0), False, CancelStep.BEGUN, 0, False),
    ],
)
def test_what_comes_back(
    before: timedelta, moved_late: bool, step: CancelStep, back: int, can_move: bool
) -> None:
    found = terms(_POLICY, _STARTS, _STARTS - before, moved_late=moved_late, paid_minor=5001, currency="CNY")
    assert (found.step, found.back_minor, found.can_move) == (step, back, can_move)
    assert back_percent(found) == {CancelStep.FREE: 100, CancelStep.LATE: 50, CancelStep.BEGUN: 0}[step]
    if step is CancelStep.BEGUN:
        with pytest.raises(WrongState) as begun:
            check_cancel(found)
        assert begun.value.code is Code.BOOKING_BEGUN
    else:
        check_cancel(found)
    if not can_move:
        with pytest.raises(WrongState) as refusal:
            check_move(found)
        assert refusal.value.code is Code.BOOKING_TOO_LATE


def test_of_nothing_nothing_comes_back() -> None:
    found = terms(_POLICY, _STARTS, _STARTS, moved_late=False, paid_minor=0, currency="CNY")
    assert (found.back_minor, found.currency) == (0, None)


def test_a_slot_is_kept_half_an_hour_and_not_to_the_last_moment() -> None:
    now = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
    assert kept_until(now + 24 * _HOUR, now, _ZONE) == now + OFFER_HOLD
    soon = now + LEAST_BEFORE + timedelta(minutes=20)
    assert kept_until(soon, now, _ZONE) == soon - LEAST_BEFORE
    assert kept_until(now + LEAST_BEFORE + timedelta(minutes=9), now, _ZONE) is None


def test_at_night_a_slot_is_kept_into_the_morning() -> None:
    night = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 23:00 in Shanghai
    nine = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
    assert kept_until(nine + 5 * _HOUR, night, _ZONE) == nine - _HOUR / 2
    assert kept_until(nine, night, _ZONE) == nine - LEAST_BEFORE


@pytest.mark.parametrize(
    ("begins", "ends", "fields"),
    [
        (_HOUR, _HOUR, {"to": FieldFault.OUT_OF_ORDER}),
        (-2 * _HOUR, -_HOUR, {"to": FieldFault.IN_THE_PAST}),
        (timedelta(days=91), timedelta(days=92), {"from": FieldFault.TOO_LARGE}),
    ],
)
def test_days_that_cannot_be_waited_for(
    begins: timedelta, ends: timedelta, fields: dict[str, FieldFault]
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        check_range(_STARTS + begins, _STARTS + ends, _STARTS)
    assert refusal.value.fields == fields
