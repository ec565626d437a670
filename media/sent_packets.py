"""What was sent on one transport under which transport-wide number, until feedback tells its fate."""

from array import array

from media.rtp import Octets
from media.transport_feedback import TICK_NS, TICKS_MAX, Feedback, read_feedback

_SLOTS = 4096
_MASK = _SLOTS - 1


# One packet that arrived: (arrival in ns by the receiver's clock, when it was sent in ns, extended number,
# octets).
Outcome = tuple[int, int, int, int]


class SentPackets:
    """A ring of the last 4096 packets. `add` is called per packet."""

    __slots__ = ("_arrival_ticks", "_sent_ns", "_sizes", "_told", "next", "octets")

    def __init__(self, first: int = 0) -> None:
        self._make_ring()
        self.next = 0x10000 + first
        # Below this, losses were counted.
        self._told = self.next
        self._arrival_ticks = -1
        self.octets = 0

    def _make_ring(self) -> None:
        self._sent_ns = array("q", bytes(8 * _SLOTS))
        # 0 where nothing was sent, or its arrival is known already.
        self._sizes = array("H", bytes(2 * _SLOTS))

    def add(self, size: int, now_ns: int) -> int:
        """Note a packet that is sent now; return its transport-wide number (16 bits)."""
        number = self.next
        slot = number & _MASK
        self._sent_ns[slot] = now_ns
        self._sizes[slot] = size
        self.octets += size
        self.next = number + 1
        return number & 0xFFFF

    def told(self, buffer: Octets, at: int, end: int) -> tuple[list[Outcome], int]:
        """As `take`, of a report's body in buffer[at:end]. Raise MalformedPacket."""
        return self.take(read_feedback(buffer, at, end))

    def take(self, feedback: Feedback) -> tuple[list[Outcome], int]:
        """Return (what arrived, in order of arrival; how many of the newly told of did not).

        What was never sent, is too old, or was told before is passed over: feedback comes from the network.
        """
        following = self.next
        first = following - ((following - feedback.first) & 0xFFFF)
        arrivals = feedback.arrivals
        told = self._told
        if first + len(arrivals) > following or first <= following - _SLOTS:
            arrivals = arrivals[: following - first]
            skip = max(0, following - _SLOTS + 1 - first)
            arrivals = arrivals[skip:]
            first += skip
        sizes, sent_ns = self._sizes, self._sent_ns
        arrived: list[Outcome] = []
        lost = 0
        epoch = self._epoch(arrivals)
        for number, tick in enumerate(arrivals, first):
            slot = number & _MASK
            size = sizes[slot]
            if not size:
                continue
            if tick < 0:
                lost += number >= told
                continue
            sizes[slot] = 0
            arrived.append(((epoch + tick) * TICK_NS, sent_ns[slot], number, size))
        self._told = max(told, first + len(arrivals))
        arrived.sort()
        return arrived, lost

    def _epoch(self, arrivals: tuple[int, ...]) -> int:
        """Return what must be added to these ticks, whose reference turns over every twelve days."""
        tick = next((tick for tick in arrivals if tick >= 0), -1)
        if tick < 0:
            return 0
        known = self._arrival_ticks
        if known < 0:
            known = tick + TICKS_MAX
        extended = known + ((tick - known + TICKS_MAX // 2) & TICKS_MAX - 1) - TICKS_MAX // 2
        self._arrival_ticks = max(known, extended)
        return extended - tick
