"""How long a room waits for what, and the clock's side of it. Tests hand in timers of their own."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Timings:
    """Seconds. `grace_s`: how long a lost connection counts as reconnecting. `idle_s`: how long a room
    without anyone stays. `retry_s`: how long until an entry of the room's own, which the database did not
    take, is tried again. `drain_s`: how long stopping waits for what is under way. `offer_s`: how long a page
    may take to answer an offer of the relay. `quiet_s`: how long two people are left with the relay after a
    third one left. `figures_s`: how often they are told how their call goes.
    """

    grace_s: float = 30.0
    idle_s: float = 60.0
    retry_s: float = 2.0
    drain_s: float = 5.0
    offer_s: float = 4.0
    quiet_s: float = 30.0
    figures_s: float = 2.0


class Timer(Protocol):
    """Something that will happen, unless cancelled."""

    def cancel(self) -> None:
        """Make it not happen. May be called at any time, also afterwards."""
        ...


class Timers(Protocol):
    """Starts timers."""

    def after(self, delay_s: float, callback: Callable[[], None]) -> Timer:
        """Call back once, from the event loop, after so many seconds."""
        ...


class LoopTimers:
    """Timers of the running event loop."""

    def after(self, delay_s: float, callback: Callable[[], None]) -> Timer:
        """See Timers."""
        return asyncio.get_running_loop().call_later(delay_s, callback)
