"""What was sent on one transport under which transport-wide number, until feedback tells its fate."""

from array import array
from typing import NamedTuple

from media.transport_feedback import TICK_NS, Feedback

_SLOTS = 4096
_MASK = _SLOTS - 1


class Outcome(NamedTuple):
    """One packet that arrived: extended number, times in ns (arrival by the receiver's clock), octets."""

    number: int
    sent_ns: int
    arrival_ns: int
    size: int


class SentPackets:
    """A ring of the last 4096 packets. `add` is called per packet."""

    __slots__ = ("_arrival_ticks", "_sent_ns", "_sizes", "_told", "next", "octets")

    def __init__(self, first: int = 0) -> None:
        self._sent_ns = array("q", bytes(8 * _SLOTS))
        # 0 where nothing was sent, or its arrival is known already.
        self._sizes = array("H", bytes(2 * _SLOTS))
        self.next = 0x10000 + first
        # Below this, losses were counted.
        self._told = self.next
        self._arrival_ticks = -1
        self.octets = 0

    def add(self, size: int, now_ns: int) -> int:
        """Note a packet that is sent now; return its transport-wide number (16 bits)."""
        number = self.next
        slot = number & _MASK
        self._sent_ns[slot] = now_ns
        self._sizes[slot] = size
        self.octets += size
        self.next = number + 1
        return number & 0xFFFF

    def take(self, feedback: Feedback) -> tuple[list[Outcome], int]:
        """Return (what arrived, in order of arrival; how many of the newly told of did not).

        What was never sent, is too old, or was told before is passed over: feedback comes from the network.
        """
        first = self.next - ((self.next - feedback.first) & 0xFFFF)
        arrived: list[Outcome] = []
        lost = 0
        for index, tick in enumerate(feedback.arrivals):
            number = first + index
            if number >= self.next:
                break
            if number <= self.next - _SLOTS:
                continue
            slot = number & _MASK
            if tick < 0:
                lost += number >= self._told and self._sizes[slot] > 0
                continue
            size = self._sizes[slot]
            if not size:
                continue
            self._sizes[slot] = 0
            arrived.append(Outcome(number, self._sent_ns[slot], self._unwrapped(tick) * TICK_NS, size))
        self._told = max(self._told, min(self.next, first + len(feedback.arrivals)))
        arrived.sort(key=lambda outcome: outcome.arrival_ns)
        return arrived, lost

    def _unwrapped(self, tick: int) -> int:
        known = self._arrival_ticks
        if known < 0:
            self._arrival_ticks = tick + (1 << 32)
            return self._arrival_ticks
        extended = known + ((tick - known + 0x80000000) & 0xFFFFFFFF) - 0x80000000
        self._arrival_ticks = max(known, extended)
        return extended
