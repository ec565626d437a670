"""Transport-wide feedback to a publisher: when its packets reached this machine, by the kernel's clock.

The kernel's time is what makes the estimate honest: a batch that is drained late and at once was not a burst,
and a stalled loop is not a congested network.
"""

from array import array

from media.rtp import MalformedPacket
from media.transport_feedback import STATUSES_MAX, TICK_NS, Feedback

INTERVAL_NS = 80_000_000
# Feedback goes early when so many packets wait for it: a fast sender is told often enough, in packets of
# bounded size.
PACKETS_MAX = 64
# How many numbers back a late packet is still told of.
_BACK_MAX = 256
_SLOTS = STATUSES_MAX
_MASK = _SLOTS - 1
# Any two arrivals within so many ticks (4 s) of a third can stand beside each other.
_SPREAD_MAX = 16_000


class ArrivalFeedback:
    """Collects arrivals of one transport. `add` is called per packet; `build` when `due`."""

    __slots__ = (
        "_count", "_fresh", "_highest", "_last_ns", "_lowest_fresh", "_next", "_numbers", "_ssrc", "_ticks",
    )  # fmt: skip

    def __init__(self, ssrc: int = 0) -> None:
        self._ssrc = ssrc
        self._make_ring()
        self._count = 0
        self._fresh = 0
        # Extended numbers: begun a cycle up, so that late packets of the beginning stay positive.
        self._highest = -1
        self._next = -1
        self._lowest_fresh = -1
        self._last_ns = 0

    def _make_ring(self) -> None:
        # Which number, extended, each slot holds, and when it came.
        self._numbers = array("q", [-1]) * _SLOTS
        self._ticks = array("q", bytes(8 * _SLOTS))

    def add(self, sequence: int, arrival_ns: int, ssrc: int) -> None:
        """Note the arrival of the packet with this transport-wide number; `ssrc` is any of its media."""
        if self._highest < 0:
            self._highest = self._next = self._lowest_fresh = extended = 0x10000 + sequence
        else:
            delta = (sequence - self._highest) & 0xFFFF
            if delta < 0x8000:
                self._highest = extended = self._highest + delta
            else:
                extended = self._highest + delta - 0x10000
                if self._numbers[extended & _MASK] == extended or extended < self._next - _BACK_MAX:
                    return
        if not self._fresh or extended < self._lowest_fresh:
            self._lowest_fresh = extended
        self._numbers[extended & _MASK] = extended
        self._ticks[extended & _MASK] = arrival_ns // TICK_NS
        self._fresh += 1
        self._ssrc = ssrc

    def due(self, now_ns: int) -> bool:
        """Return whether feedback should go now."""
        return self._fresh > 0 and (self._fresh >= PACKETS_MAX or now_ns - self._last_ns >= INTERVAL_NS)

    def build(self, now_ns: int, sender: int) -> bytes:
        """Return the RTCP packet for all that came since the last, and what lies between; b"" for nothing."""
        if not self._fresh:
            return b""
        self._last_ns = now_ns
        end = self._highest + 1
        start = max(min(self._next, self._lowest_fresh), end - STATUSES_MAX)
        packet = self._packet(sender, start, end)
        self._count = (self._count + 1) & 0xFF
        self._fresh = 0
        self._next = end
        return packet

    def _packet(self, sender: int, start: int, end: int) -> bytes:
        numbers, ticks = self._numbers, self._ticks
        arrivals = tuple(
            ticks[number & _MASK] if numbers[number & _MASK] == number else -1 for number in range(start, end)
        )
        return self._written(sender, start, arrivals)

    def _written(self, sender: int, start: int, arrivals: tuple[int, ...]) -> bytes:
        try:
            return Feedback(sender, self._ssrc, start & 0xFFFF, self._count, arrivals).written()
        except MalformedPacket:
            # After a silence, or a step of the kernel's clock, only what lies close to the newest can be
            # told.
            since = newest = len(arrivals) - 1
            for index in range(newest, -1, -1):
                if arrivals[index] >= 0:
                    if abs(arrivals[index] - arrivals[newest]) > _SPREAD_MAX:
                        break
                    since = index
            first = (start + since) & 0xFFFF
            return Feedback(sender, self._ssrc, first, self._count, arrivals[since:]).written()
