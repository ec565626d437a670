"""How much one connection may ask. Every connection has its own buckets; nothing is shared or kept."""

import math
from dataclasses import dataclass
from typing import Final

from domain.errors import Throttled


@dataclass(frozen=True, slots=True)
class Rate:
    """Events per second in the long run, and how many may come at once."""

    per_s: float
    burst: int


@dataclass(frozen=True, slots=True)
class Limits:
    """The rates of one connection: all events, those that are kept or read from the database, and chat.

    `connects_per_min_per_address` counts before anybody is known: wide, as a whole hospital may share an
    address and come back at once. `connects_at_once` is how many sessions of connecting pages are looked
    up side by side, so that whoever floods leaves database connections for those who are in.
    """

    events: Rate = Rate(50, 200)
    work: Rate = Rate(10, 40)
    chat: Rate = Rate(10, 30)
    connections_per_account: int = 16
    connects_per_min_per_address: int = 600
    connects_at_once: int = 4
    refusals: Rate = Rate(30, 300)
    """Events past the allowance that are still answered. Who goes on beyond them is disconnected."""

    @classmethod
    def of(cls, events_per_s: int) -> "Limits":
        """Return the limits of a connection that may send so many events a second, shared out alike."""
        return cls(
            Rate(events_per_s, events_per_s * 4),
            Rate(events_per_s / 5, events_per_s * 4 // 5),
            Rate(events_per_s / 5, events_per_s * 3 // 5),
        )


SIGNALS: Final = frozenset({"signal.candidate", "call.settled"})
"""Short, and forgotten at once: they count among all events only. To read a description is work."""

REFRESHES: Final = frozenset({"queue.read", "waiting.read"})
"""Pages ask these by themselves, at a hint or from time to time: doing so is no use of a session."""


class Bucket:
    """A token bucket. Times are seconds of a monotonic clock, passed in."""

    __slots__ = ("_at", "_rate", "_tokens")

    def __init__(self, rate: Rate, now: float) -> None:
        self._rate = rate
        self._tokens = float(rate.burst)
        self._at = now

    def take(self, now: float) -> None:
        """Take one token, or raise Throttled with the whole seconds until there is one."""
        rate = self._rate
        self._tokens = min(rate.burst, self._tokens + (now - self._at) * rate.per_s)
        self._at = now
        if self._tokens < 1:
            raise Throttled(max(1, math.ceil((1 - self._tokens) / rate.per_s)))
        self._tokens -= 1


class Allowance:
    """The buckets of one connection."""

    __slots__ = ("_chat", "_events", "_refusals", "_work")

    def __init__(self, limits: Limits, now: float) -> None:
        self._events = Bucket(limits.events, now)
        self._work = Bucket(limits.work, now)
        self._chat = Bucket(limits.chat, now)
        self._refusals = Bucket(limits.refusals, now)

    def refuse(self, now: float) -> bool:
        """Count one refusal; say whether there were too many of them for a client that means well."""
        try:
            self._refusals.take(now)
        except Throttled:
            return True
        return False

    def spend(self, event: str, now: float) -> None:
        """Count one event; raise Throttled when there was too much of it."""
        self._events.take(now)
        if event == "chat.send":
            self._chat.take(now)
        elif event not in SIGNALS:
            self._work.take(now)
