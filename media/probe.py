"""Asking a path whether it bears more: a short burst above the estimate, and what came of it.

What is forwarded says nothing of the room above it. A probe sends for a moment at the rate asked about (media
and repeats of it together); the rate at which that arrives is what the path bears, if the burst was faster
than it.
"""

from media.sent_packets import Outcome

_LENGTH_NS = 80_000_000
# Many a bottleneck lets a burst of some kilobytes through at any speed: what fits in there tells nothing, so
# that a slow probe takes longer, up to this.
_OCTETS_MIN = 20_000
_LENGTH_MAX_NS = 500_000_000
_PACKETS_MIN = 5
# So long after its end, feedback on a probe is not waited for any more.
_PATIENCE_NS = 1_000_000_000
_AFTER_SUCCESS_NS = 150_000_000
_AFTER_FAILURE_NS = 1_500_000_000
_AFTER_FAILURE_MAX_NS = 4_000_000_000
_ARRIVED_MIN = 0.8
# What arrives at nine tenths of its sending rate was not held up.
_UNHURRIED = 0.9


class Probes:
    """The probes of one transport, one at a time."""

    __slots__ = (
        "_arrived",
        "_ends_ns",
        "_first",
        "_last",
        "_length_ns",
        "_next_ns",
        "_octets_before",
        "_rate_bps",
        "_wait_ns",
    )

    def __init__(self) -> None:
        self._rate_bps = 0
        self._ends_ns = self._next_ns = self._length_ns = 0
        self._wait_ns = _AFTER_FAILURE_NS
        self._first = self._last = self._octets_before = 0
        self._arrived: list[Outcome] = []

    def start(self, rate_bps: int, now_ns: int, number: int, octets: int) -> bool:
        """Begin a probe if none runs and it is time; `number`, `octets`: next to send, sent so far."""
        if self._rate_bps or now_ns < self._next_ns:
            return False
        self._rate_bps = rate_bps
        self._first = number
        self._last = 0
        self._octets_before = octets
        self._length_ns = min(_LENGTH_MAX_NS, max(_LENGTH_NS, 8_000_000_000 * _OCTETS_MIN // rate_bps))
        self._ends_ns = now_ns + self._length_ns
        self._arrived = []
        return True

    @property
    def sending(self) -> bool:
        """Whether a probe sends."""
        return bool(self._rate_bps) and not self._last

    def octets_due(self, now_ns: int, number: int, octets: int) -> int:
        """Return how much more than the media must go now to keep the rate; 0 when no probe sends."""
        if not self.sending:
            return 0
        elapsed_ns = now_ns - (self._ends_ns - self._length_ns)
        length_ns = min(elapsed_ns, self._length_ns)
        due = self._rate_bps * length_ns // 8_000_000_000 - (octets - self._octets_before)
        if elapsed_ns >= self._length_ns and due <= 0:
            self._last = number
        return max(0, due)

    def finish_sending(self, number: int) -> None:
        """Nothing more can be sent for this probe; it ends before `number`."""
        if self._rate_bps and not self._last:
            self._last = number

    def add(self, arrived: list[Outcome], now_ns: int) -> int:
        """Take in feedback; return the rate the path showed to bear (bit/s) when a probe is done, else 0."""
        if not self._rate_bps:
            return 0
        self._arrived += [packet for packet in arrived if packet[2] >= self._first]
        if not self._last or not arrived or max(number for _, _, number, _ in arrived) < self._last - 1:
            return 0
        return self._result(now_ns)

    def expire(self, now_ns: int) -> None:
        """Give up a probe that feedback never came for."""
        if self._rate_bps and now_ns > self._ends_ns + _PATIENCE_NS:
            self._fail(now_ns)

    def congested(self, now_ns: int) -> None:
        """The path is full: no probe for a while."""
        self._next_ns = max(self._next_ns, now_ns + _AFTER_FAILURE_NS)
        if self._rate_bps:
            self._fail(now_ns)

    def _fail(self, now_ns: int) -> None:
        self._rate_bps = 0
        self._next_ns = now_ns + self._wait_ns
        self._wait_ns = min(_AFTER_FAILURE_MAX_NS, 2 * self._wait_ns)

    def _result(self, now_ns: int) -> int:
        packets = sorted(packet for packet in self._arrived if packet[2] < self._last)
        if len(packets) < max(_PACKETS_MIN, int((self._last - self._first) * _ARRIVED_MIN)):
            self._fail(now_ns)
            return 0
        size = sum(octets for _, _, _, octets in packets)
        # The interval between n packets holds n - 1 of them: at its start, one is sent and one has arrived.
        first_ns, _, _, first_size = packets[0]
        arriving_bps = 8_000_000_000 * (size - first_size) // max(1, packets[-1][0] - first_ns)
        times = sorted((sent_ns, octets) for _, sent_ns, _, octets in packets)
        sending_bps = 8_000_000_000 * (size - times[-1][1]) // max(1, times[-1][0] - times[0][0])
        if arriving_bps < _UNHURRIED * sending_bps:
            self._fail(now_ns)
            return int(arriving_bps * _UNHURRIED)
        self._rate_bps = 0
        self._wait_ns = _AFTER_FAILURE_NS
        self._next_ns = now_ns + _AFTER_SUCCESS_NS
        return min(sending_bps, arriving_bps)
