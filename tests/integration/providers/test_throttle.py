"""The throttle's contract, on both of its implementations."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

import pytest
from redis.asyncio import Redis

from domain.errors import PartnerDown
from providers.throttle import MemoryThrottle, RedisThrottle, Throttle
from tests.conftest import Clock
from tests.servers import free_port, running_redis

Forward = Callable[[float], Awaitable[None]]


@pytest.fixture(params=["memory", pytest.param("redis", marks=pytest.mark.redis)])
async def throttled(request: pytest.FixtureRequest, clock: Clock) -> AsyncIterator[tuple[Throttle, Forward]]:
    """A throttle, and how to let its time pass."""
    if request.param == "memory":

        async def move(seconds: float) -> None:
            clock.forward(timedelta(seconds=seconds))

        yield MemoryThrottle(clock), move
        return
    redis: Redis = Redis.from_url(request.getfixturevalue("redis_server"))
    prefix = f"{secrets.token_hex(4)}:"

    async def shorten(seconds: float) -> None:
        # Redis has no clock to move: every counter's end comes nearer instead.
        async for key in redis.scan_iter(f"{prefix}*"):
            left = await redis.pttl(key) - int(seconds * 1000)
            await (redis.pexpire(key, left) if left > 0 else redis.delete(key))

    yield RedisThrottle(redis, prefix=prefix), shorten
    await redis.aclose()


async def test_attempts_within_the_limit_pass(throttled: tuple[Throttle, Forward]) -> None:
    throttle, _ = throttled
    assert [await throttle.hit("key", limit=3, window_s=60) for _ in range(3)] == [0, 0, 0]


async def test_an_attempt_over_the_limit_learns_how_long_to_wait(
    throttled: tuple[Throttle, Forward],
) -> None:
    throttle, _ = throttled
    await throttle.hit("key", limit=1, window_s=60)
    assert 59 <= await throttle.hit("key", limit=1, window_s=60) <= 60


async def test_refused_attempts_do_not_lengthen_the_wait(throttled: tuple[Throttle, Forward]) -> None:
    throttle, forward = throttled
    await throttle.hit("key", limit=1, window_s=60)
    await forward(40)
    for _ in range(5):
        assert 19 <= await throttle.hit("key", limit=1, window_s=60) <= 20


async def test_the_wait_is_never_zero_seconds(throttled: tuple[Throttle, Forward]) -> None:
    throttle, forward = throttled
    await throttle.hit("key", limit=1, window_s=60)
    await forward(59.2)
    assert await throttle.hit("key", limit=1, window_s=60) == 1


async def test_after_the_window_attempts_pass_again(throttled: tuple[Throttle, Forward]) -> None:
    throttle, forward = throttled
    for _ in range(4):
        await throttle.hit("key", limit=1, window_s=60)
    await forward(60)
    assert await throttle.hit("key", limit=1, window_s=60) == 0
    assert await throttle.hit("key", limit=1, window_s=60) > 0


async def test_a_cleared_key_starts_anew(throttled: tuple[Throttle, Forward]) -> None:
    throttle, _ = throttled
    await throttle.hit("key", limit=1, window_s=60)
    await throttle.clear("key")
    assert await throttle.hit("key", limit=1, window_s=60) == 0


async def test_clearing_an_unknown_key_is_no_error(throttled: tuple[Throttle, Forward]) -> None:
    throttle, _ = throttled
    await throttle.clear("never seen")


async def test_keys_do_not_touch_each_other(throttled: tuple[Throttle, Forward]) -> None:
    throttle, _ = throttled
    await throttle.hit("wang@example.org", limit=1, window_s=60)
    assert await throttle.hit("王@example.org", limit=1, window_s=60) == 0


async def test_attempts_at_once_are_all_counted(throttled: tuple[Throttle, Forward]) -> None:
    throttle, _ = throttled
    waits = await asyncio.gather(*(throttle.hit("key", limit=5, window_s=60) for _ in range(20)))
    assert sorted(waits)[:5] == [0] * 5
    assert all(wait > 0 for wait in sorted(waits)[5:])


@pytest.mark.redis
async def test_redis_holds_no_key_in_the_clear(redis_server: str) -> None:
    prefix = f"{secrets.token_hex(4)}:"
    async with Redis.from_url(redis_server) as redis:
        await RedisThrottle(redis, prefix=prefix).hit("li.wei@example.org", limit=1, window_s=60)
        [key] = [key async for key in redis.scan_iter(f"{prefix}*")]
    assert b"li.wei" not in key


@pytest.mark.redis
async def test_a_counter_without_an_end_gets_one(redis_server: str) -> None:
    prefix = f"{secrets.token_hex(4)}:"
    async with Redis.from_url(redis_server) as redis:
        throttle = RedisThrottle(redis, prefix=prefix)
        await throttle.hit("key", limit=1, window_s=60)
        [key] = [key async for key in redis.scan_iter(f"{prefix}*")]
        await redis.persist(key)
        assert await throttle.hit("key", limit=1, window_s=60) == 60


@pytest.mark.redis
async def test_without_redis_the_partner_is_down_until_it_is_back() -> None:
    port = free_port()
    async with Redis.from_url(f"redis://127.0.0.1:{port}/0") as redis:
        throttle = RedisThrottle(redis)
        with pytest.raises(PartnerDown) as down:
            await throttle.hit("key", limit=1, window_s=60)
        assert down.value.partner == "redis"
        with pytest.raises(PartnerDown):
            await throttle.clear("key")
        with running_redis(port):
            assert await throttle.hit("key", limit=1, window_s=60) == 0
