"""How well a stream arrives, and what of its clock is told on (RFC 3550 sections 6.4 and A.1-A.8).

`Reception` belongs to one incoming stream and makes report blocks for its publisher; `Clock` keeps what its
sender reports say; `sender_report` gives each subscriber the same clock for all streams of one publisher, so
that lips and voice stay together.
"""

from media.rtcp import ReportBlock, SenderReport

SECOND_NS = 1_000_000_000
# Seconds between the epochs of NTP (1900) and Unix (1970).
_NTP_EPOCH_S = 2_208_988_800


def ntp(unix_ns: int) -> int:
    """Return the 64-bit NTP time of a Unix time in nanoseconds."""
    seconds, rest = divmod(unix_ns, SECOND_NS)
    return (seconds + _NTP_EPOCH_S) << 32 | (rest << 32) // SECOND_NS


def ntp_ns(stamp: int) -> int:
    """Return an NTP time as nanoseconds from the NTP epoch."""
    return (stamp * SECOND_NS) >> 32


class Reception:
    """Counts one incoming stream. `add` is called per packet, in order of arrival."""

    __slots__ = (
        "_expected_prior",
        "_highest",
        "_received_prior",
        "_start",
        "_timestamp",
        "_transit_ns",
        "clock_rate",
        "fraction_lost",
        "jitter_ns",
        "octets",
        "received",
    )

    def __init__(self, clock_rate: int) -> None:
        self.clock_rate = clock_rate
        self._highest = self._start = -1
        self._expected_prior = self._received_prior = 0
        self._timestamp = -1
        self._transit_ns = 0
        self.jitter_ns = 0
        self.received = self.octets = 0
        self.fraction_lost = 0

    def add(self, sequence: int, timestamp: int, length: int, arrival_ns: int) -> None:
        """Count a packet; `arrival_ns` is the kernel's time of it."""
        self.received += 1
        self.octets += length
        if self._highest < 0:
            self._highest = self._start = 0x10000 + sequence
        else:
            delta = (sequence - self._highest) & 0xFFFF
            if delta < 0x8000:
                self._highest += delta
        if timestamp != self._timestamp:
            # The packets of one frame leave together: only the first of each tells of jitter.
            step_ns = ((timestamp - self._timestamp + 0x80000000) & 0xFFFFFFFF) - 0x80000000
            step_ns = step_ns * SECOND_NS // self.clock_rate
            moved_ns = abs(arrival_ns - self._transit_ns - step_ns)
            if self._timestamp >= 0 and moved_ns < SECOND_NS:
                self.jitter_ns += (moved_ns - self.jitter_ns) >> 4
            self._timestamp = timestamp
            self._transit_ns = arrival_ns

    def lost(self) -> int:
        """Return how many packets are missing since the beginning; below 0 when more came than were sent."""
        return self._expected() - self.received

    def _expected(self) -> int:
        return 0 if self._highest < 0 else self._highest - self._start + 1

    def block(self, ssrc: int, now_ns: int, clock: "Clock") -> ReportBlock:
        """Return the report since the last one (RFC 3550 A.3); `now_ns` as in the clock's reports."""
        expected = self._expected()
        expected_interval = expected - self._expected_prior
        lost_interval = expected_interval - (self.received - self._received_prior)
        self._expected_prior = expected
        self._received_prior = self.received
        self.fraction_lost = 0
        if expected_interval > 0 and lost_interval > 0:
            self.fraction_lost = min(255, (lost_interval << 8) // expected_interval)
        delay = 0
        if clock.received_ns >= 0:
            delay = min(0xFFFFFFFF, ((now_ns - clock.received_ns) << 16) // SECOND_NS)
        return ReportBlock(
            ssrc,
            self.fraction_lost,
            self.lost(),
            (self._highest - 0x10000) & 0xFFFFFFFF if self._highest >= 0 else 0,
            min(0xFFFFFFFF, self.jitter_ns * self.clock_rate // SECOND_NS),
            clock.ntp >> 16 & 0xFFFFFFFF,
            delay,
        )


class Clock:
    """The last sender report of one incoming stream: which RTP time is which NTP time."""

    __slots__ = ("ntp", "received_ns", "timestamp")

    def __init__(self) -> None:
        self.ntp = self.timestamp = 0
        self.received_ns = -1

    def set(self, report: SenderReport, now_ns: int) -> None:
        """Keep a report that came now."""
        self.ntp = report.ntp
        self.timestamp = report.timestamp
        self.received_ns = now_ns

    def at_ns(self, timestamp: int, clock_rate: int) -> int:
        """Return the publisher's NTP time, in ns, of an RTP time near the report's."""
        step = ((timestamp - self.timestamp + 0x80000000) & 0xFFFFFFFF) - 0x80000000
        return ntp_ns(self.ntp) + step * SECOND_NS // clock_rate

    def timestamp_at(self, publisher_ns: int, clock_rate: int) -> int:
        """Return the RTP time of a publisher's NTP time in ns."""
        return (self.timestamp + (publisher_ns - ntp_ns(self.ntp)) * clock_rate // SECOND_NS) & 0xFFFFFFFF


class PublisherTime:
    """How far a publisher's NTP clock is from ours: one number for all its streams.

    The least delay seen counts, so that queueing does not move the clock; it may creep up to follow drift.
    """

    __slots__ = ("_offset_ns", "_set")

    def __init__(self) -> None:
        self._offset_ns = 0
        self._set = False

    def add(self, report: SenderReport, ours_ns: int) -> None:
        """Take in a report that came at `ours_ns` (ns since the NTP epoch)."""
        offset_ns = ours_ns - ntp_ns(report.ntp)
        if not self._set or offset_ns < self._offset_ns or offset_ns - self._offset_ns > SECOND_NS:
            self._offset_ns = offset_ns
            self._set = True
        else:
            self._offset_ns += (offset_ns - self._offset_ns) >> 8

    def theirs_ns(self, ours_ns: int) -> int:
        """Return the publisher's time at our time, both in ns since the NTP epoch."""
        return ours_ns - self._offset_ns


def sender_report(
    ssrc: int,
    unix_ns: int,
    clock: Clock,
    publisher: PublisherTime,
    clock_rate: int,
    timestamp_offset: int,
    packets: int,
    octets: int,
) -> SenderReport | None:
    """Return what a subscriber is told of a stream at `unix_ns`; None until its publisher told its clock.

    `timestamp_offset` is what the rewriter adds now.
    """
    if clock.received_ns < 0:
        return None
    stamp = ntp(unix_ns)
    timestamp = clock.timestamp_at(publisher.theirs_ns(ntp_ns(stamp)), clock_rate)
    return SenderReport(
        ssrc,
        stamp,
        (timestamp + timestamp_offset) & 0xFFFFFFFF,
        packets & 0xFFFFFFFF,
        octets & 0xFFFFFFFF,
    )


def round_trip_ns(block: ReportBlock, unix_ns: int) -> int:
    """Return the round trip that a block on our own report tells (RFC 3550 6.4.1), or -1 for none."""
    if not block.last_report:
        return -1
    middle = ntp(unix_ns) >> 16 & 0xFFFFFFFF
    units = (middle - block.last_report - block.delay) & 0xFFFFFFFF
    # A delay that was rounded up makes a tiny negative number of a tiny round trip; the rest is a lie.
    if units >= 0xFFFFFF00:
        return 0
    return -1 if units > 60 << 16 else (units * SECOND_NS) >> 16
