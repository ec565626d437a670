"""A token bucket: so many a second on average, so many at once. It holds no clock: the caller says what time
it is.
"""


class TokenBucket:
    """`rate` tokens a second are added up to `burst`; it begins full. Times are seconds, monotonic."""

    __slots__ = ("_at", "_tokens", "burst", "rate")

    def __init__(self, rate: float, burst: float, now: float) -> None:
        self.rate = rate
        self.burst = burst
        self._tokens = burst
        self._at = now

    def take(self, count: float, now: float) -> bool:
        """Take `count` tokens and return True, or take none and return False when there are too few."""
        if now > self._at:
            # Of many calls at one time, as of the packets that one wake of the loop reads, only the first
            # does this.
            self._tokens = min(self.burst, self._tokens + (now - self._at) * self.rate)
            self._at = now
        if self._tokens < count:
            return False
        self._tokens -= count
        return True
