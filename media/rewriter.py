"""One continuous stream for one subscriber, whatever happens at its source: numbers and times, no packets.

Layers switch, a muted source falls silent, padding is dropped: the subscriber sees sequence numbers whose
only holes are packets that were lost on their way in, and times that never turn back across a switch (RFC
3550 5.1).
"""

# RFC 3550 appendix A.1: a larger step is a source that began anew.
DROPOUT_MAX = 3000
# A packet later than this has no place any more: nobody waits for it.
LATE_MAX = 1024
# So many dropped paddings are remembered for late packets; older late packets are dropped.
_SEGMENTS_MAX = 64
# Where the source's own clock and the time between packets disagree by more, the time between packets holds.
_SKEW_MAX_S = 1.0
# Extended numbers begin a cycle up, so that those of late packets stay positive.
_START = 0x10000


class Rewriter:
    """Maps numbers and times of the current source to those of the outgoing stream.

    `sequence` and `timestamp` are where the outgoing stream begins (sequence below 2^15, RFC 3711 3.3.1,
    which lets a receiver guess the roll-over count right). Call `join` for the first packet of a source, then
    `map` for each packet.
    """

    __slots__ = (
        "_highest",
        "_next",
        "_segments",
        "_sent_ns",
        "_started",
        "clock_rate",
        "last_timestamp",
        "sequence_offset",
        "timestamp_offset",
    )

    def __init__(self, sequence: int, timestamp: int, clock_rate: int) -> None:
        self.clock_rate = clock_rate
        self._next = sequence
        self.last_timestamp = timestamp
        self._sent_ns = 0
        self._highest = 0
        self._started = False
        self.sequence_offset = 0
        self.timestamp_offset = 0
        # (first number it holds for, extended; offset), newest last: a late packet takes that of its own
        # time.
        self._segments: list[tuple[int, int]] = []

    def join(self, sequence: int, timestamp: int, now_ns: int, aligned: int | None = None) -> None:
        """Go on with the source whose packet (sequence, timestamp) comes next, right after the last one sent.

        `aligned` is that packet's time on the outgoing timeline where sender reports tell it; else, and where
        it cannot be true, the time since the last packet counts.
        """
        if self._started:
            elapsed_s = max(0.0, (now_ns - self._sent_ns) / 1e9)
            wanted = self.last_timestamp + max(1, int(elapsed_s * self.clock_rate))
            if aligned is not None:
                skew = ((aligned - wanted + 0x80000000) & 0xFFFFFFFF) - 0x80000000
                ahead = (aligned - self.last_timestamp) & 0xFFFFFFFF
                if abs(skew) < _SKEW_MAX_S * self.clock_rate and 0 < ahead < 0x80000000:
                    wanted = aligned
        else:
            wanted = self.last_timestamp
        self._started = True
        self.timestamp_offset = (wanted - timestamp) & 0xFFFFFFFF
        self.sequence_offset = (self._next - sequence) & 0xFFFF
        self._highest = _START + sequence - 1
        self._segments = [(self._highest + 1, self.sequence_offset)]

    def map(self, sequence: int, timestamp: int, now_ns: int) -> int:
        """Return the outgoing number, or -1 for a packet that has no place any more.

        Its time is `timestamp + timestamp_offset` modulo 2^32.
        """
        delta = (sequence - self._highest) & 0xFFFF
        if 0 < delta <= DROPOUT_MAX:
            self._highest += delta
            out = (sequence + self.sequence_offset) & 0xFFFF
            self._next = out + 1
            self.last_timestamp = (timestamp + self.timestamp_offset) & 0xFFFFFFFF
            self._sent_ns = now_ns
            return out
        if 0 < delta < 0x10000 - LATE_MAX:
            # Neither a little ahead nor a little late: the source counts anew.
            self.join(sequence, timestamp, now_ns)
            return self.map(sequence, timestamp, now_ns)
        return self._late(self._highest - (-delta & 0xFFFF))

    def drop(self, sequence: int) -> bool:
        """Close the gap that padding leaves; return False when it comes too late (`map` it instead)."""
        delta = (sequence - self._highest) & 0xFFFF
        if not 0 < delta <= DROPOUT_MAX:
            return False
        self._highest += delta
        self.sequence_offset = (self.sequence_offset - 1) & 0xFFFF
        self._next = sequence + self.sequence_offset + 1
        segments = self._segments
        # A row of padding is one step: nothing of it will be asked for.
        if segments[-1][0] == self._highest:
            del segments[-1]
        segments.append((self._highest + 1, self.sequence_offset))
        if len(segments) > _SEGMENTS_MAX:
            del segments[0]
        return True

    def _late(self, extended: int) -> int:
        after = -1
        for first, offset in reversed(self._segments):
            if extended >= first:
                out = (extended + offset) & 0xFFFF
                # The number of padding that was dropped went to the packet after it.
                return -1 if after >= 0 and (out - after) & 0xFFFF < 0x8000 else out
            after = (first + offset) & 0xFFFF
        # From before the switch, or before what is remembered.
        return -1
