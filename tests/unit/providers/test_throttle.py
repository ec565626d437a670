"""What only the in-memory throttle promises: a bound on its memory."""

from datetime import timedelta

from providers.throttle import MemoryThrottle
from tests.conftest import Clock


async def test_keys_whose_window_ended_are_dropped(clock: Clock) -> None:
    throttle = MemoryThrottle(clock)
    for number in range(50):
        await throttle.hit(f"key {number}", limit=1, window_s=60)
    clock.forward(timedelta(seconds=60))
    await throttle.hit("another", limit=1, window_s=60)
    assert len(throttle) == 1


async def test_when_full_the_window_that_ends_soonest_makes_room(clock: Clock) -> None:
    throttle = MemoryThrottle(clock, keys_max=2)
    await throttle.hit("long", limit=1, window_s=600)
    await throttle.hit("short", limit=1, window_s=60)
    await throttle.hit("new", limit=1, window_s=300)
    assert len(throttle) == 2
    assert await throttle.hit("long", limit=1, window_s=600) == 600
    assert await throttle.hit("new", limit=1, window_s=300) == 300


async def test_a_key_cleared_and_hit_again_lives_its_new_window_out(clock: Clock) -> None:
    throttle = MemoryThrottle(clock)
    await throttle.hit("key", limit=1, window_s=60)
    clock.forward(timedelta(seconds=30))
    await throttle.clear("key")
    await throttle.hit("key", limit=1, window_s=60)
    clock.forward(timedelta(seconds=31))
    assert await throttle.hit("key", limit=1, window_s=60) == 29


async def test_clearing_and_hitting_without_end_does_not_grow(clock: Clock) -> None:
    throttle = MemoryThrottle(clock, keys_max=4)
    for _ in range(100):
        await throttle.hit("key", limit=1, window_s=60)
        await throttle.clear("key")
    assert len(throttle._ends) <= 9
