from hypothesis import given
from hypothesis import strategies as st

from media.token_bucket import TokenBucket


def test_a_burst_goes_through_and_then_the_rate() -> None:
    bucket = TokenBucket(10, 5, 0)
    assert [bucket.take(1, 0) for _ in range(6)] == [True] * 5 + [False]
    assert not bucket.take(1, 0.05)
    assert bucket.take(1, 0.1)
    assert [bucket.take(1, 100) for _ in range(6)] == [True] * 5 + [False]


def test_idle_time_is_no_second_burst() -> None:
    bucket = TokenBucket(10, 5, 0)
    assert [bucket.take(1, 100) for _ in range(6)] == [True] * 5 + [False]


def test_more_than_the_burst_never_goes_through() -> None:
    assert not TokenBucket(10, 5, 0).take(6, 1000)


def test_a_clock_that_stands_still_gives_nothing() -> None:
    bucket = TokenBucket(10, 1, 5)
    assert bucket.take(1, 5)
    assert not bucket.take(1, 4)


@given(st.lists(st.tuples(st.floats(0, 3), st.floats(0, 30)), max_size=60))
def test_never_more_than_the_burst_and_the_rate_together(steps: list[tuple[float, float]]) -> None:
    bucket = TokenBucket(10, 20, 0)
    now = taken = 0.0
    for seconds, count in steps:
        now += seconds
        if bucket.take(count, now):
            taken += count
        assert taken <= 20 + 10 * now + 1e-6
