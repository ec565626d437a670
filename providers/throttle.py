"""Throttles: how often something may be tried. In memory for one process, in Redis for several.

A fixed window: the first attempt opens it, `limit` attempts pass within it, later ones are told how long
it still lasts. A refused attempt does not lengthen it. What is throttled, and how hard, is the caller's.
"""

import asyncio
import heapq
import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Protocol, cast

from redis.asyncio import Redis
from redis.exceptions import RedisError

from domain.errors import PartnerDown

MEMORY_KEYS_MAX = 100_000
REDIS_TIMEOUT_S = 2.0
REDIS_PREFIX = "televisit:throttle:"


class Throttle(Protocol):
    """Counts attempts by key. A key may name a person: it is never logged nor kept in the clear elsewhere."""

    async def hit(self, key: str, *, limit: int, window_s: int) -> int:
        """Count one attempt. Return 0 when it is allowed, else the whole seconds to wait (at least 1).

        Raise PartnerDown when the counter cannot be reached: the caller decides what that means.
        """
        ...

    async def clear(self, key: str) -> None:
        """Forget a key's attempts. Raise PartnerDown when the counter cannot be reached."""
        ...


@dataclass(slots=True)
class _Window:
    ends_at: datetime
    count: int


class MemoryThrottle:
    """For a single process. Keeps at most `keys_max` keys.

    Windows that ended are dropped at every attempt. When all slots hold open windows, the one that ends
    soonest is dropped for the newcomer: it would have been forgotten first anyway.
    """

    def __init__(self, clock: Callable[[], datetime], *, keys_max: int = MEMORY_KEYS_MAX) -> None:
        self._clock = clock
        self._keys_max = keys_max
        self._windows: dict[str, _Window] = {}
        # (end, key), soonest first. An entry whose window was cleared stays until it surfaces or is swept.
        self._ends: list[tuple[datetime, str]] = []

    def __len__(self) -> int:
        return len(self._windows)

    async def hit(self, key: str, *, limit: int, window_s: int) -> int:
        """See Throttle."""
        now = self._clock()
        self._drop_ended(now)
        window = self._windows.get(key)
        if window is None:
            if len(self._windows) >= self._keys_max:
                self._drop_soonest()
            window = _Window(now + timedelta(seconds=window_s), 0)
            self._windows[key] = window
            heapq.heappush(self._ends, (window.ends_at, key))
        window.count += 1
        if window.count <= limit:
            return 0
        return max(1, math.ceil((window.ends_at - now).total_seconds()))

    async def clear(self, key: str) -> None:
        """See Throttle."""
        self._windows.pop(key, None)
        if len(self._ends) > 2 * self._keys_max:
            self._ends = [(window.ends_at, name) for name, window in self._windows.items()]
            heapq.heapify(self._ends)

    def _drop_ended(self, now: datetime) -> None:
        while self._ends and self._ends[0][0] <= now:
            self._drop(*heapq.heappop(self._ends))

    def _drop_soonest(self) -> None:
        before = len(self._windows)
        while self._ends and len(self._windows) == before:
            self._drop(*heapq.heappop(self._ends))

    def _drop(self, ends_at: datetime, key: str) -> None:
        window = self._windows.get(key)
        # A cleared key may have a newer window, which ends later than this entry says.
        if window is not None and window.ends_at == ends_at:
            del self._windows[key]


# One script is one step for Redis: no attempt slips between counting and setting the end, and a counter
# that lost its end (a restart between two commands of another client) gets one again.
_HIT = """
local count = redis.call('INCR', KEYS[1])
local left = redis.call('PTTL', KEYS[1])
if left < 0 then
    redis.call('PEXPIRE', KEYS[1], ARGV[2])
    left = tonumber(ARGV[2])
end
if count <= tonumber(ARGV[1]) then
    return 0
end
return math.max(1, math.ceil(left / 1000))
"""


class RedisThrottle:
    """For several processes. Time is Redis' own; keys are hashed, so Redis holds no names."""

    def __init__(self, redis: "Redis", *, prefix: str = REDIS_PREFIX) -> None:
        self._redis = redis
        self._prefix = prefix

    async def hit(self, key: str, *, limit: int, window_s: int) -> int:
        """See Throttle."""
        reply = self._redis.eval(_HIT, 1, self._name(key), str(limit), str(window_s * 1000))
        return int(await _answered(cast(Awaitable[int], reply)))

    async def clear(self, key: str) -> None:
        """See Throttle."""
        await _answered(self._redis.delete(self._name(key)))

    def _name(self, key: str) -> str:
        return self._prefix + sha256(key.encode()).hexdigest()


async def _answered(reply: Awaitable[int]) -> int:
    try:
        async with asyncio.timeout(REDIS_TIMEOUT_S):
            return await reply
    except (RedisError, OSError, TimeoutError) as error:
        raise PartnerDown("redis", "Redis does not answer.") from error
