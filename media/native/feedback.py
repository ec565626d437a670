"""Transport-wide feedback both ways, with its numbers in memory that the native loop shares.

What a report says is read by the loop, since that is done many times a second for everybody; what follows
from it is the plain `Downlink`'s.
"""

from typing import Any

from media.arrival_feedback import ArrivalFeedback
from media.delay_trend import Usage
from media.native.cells import cell
from media.native.library import Library
from media.rtp import MalformedPacket, Octets
from media.sent_packets import Outcome, SentPackets
from media.transport_feedback import STATUSES_MAX

_REPORT_ROOM = 64 + 4 * STATUSES_MAX
_USAGES = {-1: Usage.UNDER, 0: Usage.NORMAL, 1: Usage.OVER}


class NativeArrivals(ArrivalFeedback):
    """`memory`: struct rl_transport."""

    __slots__ = ("_c", "_library")
    _highest, _next, _fresh = cell("arrived_highest"), cell("arrived_next"), cell("fresh")
    _lowest_fresh, _ssrc = cell("lowest_fresh"), cell("arrived_ssrc")

    def __init__(self, memory: Any, library: Library) -> None:
        self._c = memory
        self._library = library
        super().__init__()

    def _make_ring(self) -> None:
        self._numbers = self._c.arrived_numbers
        self._ticks = self._c.arrived_ticks
        # No number is below zero: every octet of one that holds none is 255.
        octets = 8 * len(self._numbers)
        self._library.ffi.memmove(self._numbers, b"\xff" * octets, octets)

    def _packet(self, sender: int, start: int, end: int) -> bytes:
        room = self._library.room
        size = self._library.lib.rl_write_feedback(
            self._c, sender, self._count, start, end, room, _REPORT_ROOM
        )
        if size:
            return bytes(self._library.ffi.buffer(room, size))
        return super()._packet(sender, start, end)


class Outcomes(list[Outcome]):
    """Outcomes that are in the loop's memory, too, until the next report is read."""

    __slots__ = ("memory",)

    def __init__(self, memory: Any, values: list[int]) -> None:
        super().__init__(zip(values[0::4], values[1::4], values[2::4], values[3::4], strict=True))
        self.memory = memory


class NativeSentPackets(SentPackets):
    """`memory`: struct rl_transport."""

    __slots__ = ("_c", "_library")
    next, octets, _told = cell("sent_next"), cell("sent_octets"), cell("sent_told")
    _arrival_ticks = cell("told_ticks")

    def __init__(self, memory: Any, library: Library, first: int) -> None:
        self._c = memory
        self._library = library
        super().__init__(first)

    def told(self, buffer: Octets, at: int, end: int) -> tuple[list[Outcome], int]:
        """As `take`, of a report's body in buffer[at:end]. Raise MalformedPacket."""
        library = self._library
        body = bytes(buffer[at:end])
        count = library.lib.rl_outcomes(self._c, body, len(body), library.outcomes, library.number)
        if count < 0:
            raise MalformedPacket("feedback that breaks its format")
        return Outcomes(library.outcomes, library.ffi.unpack(library.values, 4 * count)), library.number[0]

    def _make_ring(self) -> None:
        self._sent_ns = self._c.sent_ns
        self._sizes = self._c.sent_sizes


class NativeTrend:
    """The trend of delays (`DelayTrend`), kept by the loop."""

    __slots__ = ("_c", "_library")

    def __init__(self, library: Library) -> None:
        self._library = library
        self._c = library.ffi.new("struct rl_trend *")
        library.lib.rl_trend_reset(self._c)

    @property
    def usage(self) -> Usage:
        """What the delays say."""
        return _USAGES[self._c.usage]

    def add(self, arrived: list[Outcome]) -> None:
        """Take in packets that arrived, in order of their arrival."""
        memory = arrived.memory if isinstance(arrived, Outcomes) else self._written(arrived)
        self._library.lib.rl_trend_add(self._c, memory, len(arrived))

    def _written(self, arrived: list[Outcome]) -> Any:
        return self._library.ffi.new("struct rl_outcome[]", arrived)
