"""For which times an appointment can be made."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.appointment import APPOINTMENT_LATE_MAX, APPOINTMENT_MAX, check_times
from domain.errors import FieldFault, InvalidInput

_NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("starts", "lasts"),
    [
        (timedelta(0), _MINUTE),
        (timedelta(days=300), APPOINTMENT_MAX),
        (-APPOINTMENT_LATE_MAX, timedelta(minutes=30)),
    ],
)
def test_times_that_can_be(starts: timedelta, lasts: timedelta) -> None:
    check_times(_NOW + starts, _NOW + starts + lasts, _NOW)


@pytest.mark.parametrize(
    ("starts", "lasts", "fields"),
    [
        (timedelta(0), timedelta(0), {"ends_at": FieldFault.OUT_OF_ORDER}),
        (timedelta(0), -_MINUTE, {"ends_at": FieldFault.OUT_OF_ORDER}),
        (timedelta(0), APPOINTMENT_MAX + _MINUTE, {"ends_at": FieldFault.TOO_LARGE}),
        (-APPOINTMENT_LATE_MAX - _MINUTE, timedelta(minutes=30), {"starts_at": FieldFault.IN_THE_PAST}),
        (
            timedelta(days=-2),
            -_MINUTE,
            {"starts_at": FieldFault.IN_THE_PAST, "ends_at": FieldFault.OUT_OF_ORDER},
        ),
    ],
)
def test_times_that_cannot_be(starts: timedelta, lasts: timedelta, fields: dict[str, FieldFault]) -> None:
    with pytest.raises(InvalidInput) as refusal:
        check_times(_NOW + starts, _NOW + starts + lasts, _NOW)
    assert refusal.value.fields == fields


def test_times_without_a_zone_are_refused() -> None:
    with pytest.raises(InvalidInput) as refusal:
        check_times(_NOW.replace(tzinfo=None), _NOW + _MINUTE, _NOW)
    assert refusal.value.fields == {"starts_at": FieldFault.BAD_FORMAT}
