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
        tokens = self._tokens
        if tokens < count:
            # Filled only when it runs short: most calls do nothing but a comparison and a subtraction.
            tokens = min(self.burst, tokens + max(0.0, now - self._at) * self.rate)
            self._at = now
            if tokens < count:
                self._tokens = tokens
                return False
        self._tokens = tokens - count
        return True
