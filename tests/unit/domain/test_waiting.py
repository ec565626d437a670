"""The waiting estimate: a range that is honest, rounded outward to five minutes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.waiting import WaitingEstimate, estimate_wait


@pytest.mark.parametrize(
    ("before", "visit_min", "busy", "from_min", "to_min"),
    [
        (0, 15, False, 0, 5),
        (0, 15, True, 0, 15),
        (0, 30, True, 5, 25),
        (1, 15, False, 5, 25),
        (2, 15, False, 15, 45),
        (2, 15, True, 15, 60),
        (10, 1, False, 5, 15),
    ],
)
def test_the_range_follows_from_the_place_in_the_queue(
    before: int, visit_min: int, busy: bool, from_min: int, to_min: int
) -> None:
    assert estimate_wait(before, visit_min, busy=busy) == WaitingEstimate(before, from_min, to_min)


@given(st.integers(0, 200), st.integers(1, 240), st.booleans())
def test_the_range_holds_the_plan_and_is_in_steps(before: int, visit_min: int, busy: bool) -> None:
    found = estimate_wait(before, visit_min, busy=busy)
    planned = (before + (0.5 if busy else 0)) * visit_min
    assert 0 <= found.from_min <= planned / 2
    assert found.to_min >= planned * 1.5
    assert found.from_min < found.to_min
    assert found.from_min % 5 == found.to_min % 5 == 0


@given(st.integers(0, 200), st.integers(1, 240))
def test_more_people_before_never_mean_a_shorter_wait(before: int, visit_min: int) -> None:
    one, more = (estimate_wait(before + extra, visit_min, busy=False) for extra in (0, 1))
    assert one.from_min <= more.from_min
    assert one.to_min <= more.to_min


@pytest.mark.parametrize(("before", "visit_min"), [(-1, 15), (0, 0), (0, -5)])
def test_numbers_that_cannot_be_are_refused(before: int, visit_min: int) -> None:
    with pytest.raises(ValueError, match="before >= 0"):
        estimate_wait(before, visit_min, busy=False)
