"""Recent packets of one outgoing stream, to answer a NACK by a retransmission (RFC 4588) within bounds.

The payloads are those of the incoming packets, shared by all who get them: a slot costs a reference, and a
stream with many subscribers is kept once. A flood of NACKs gets no more than a part of what was sent anyway.
"""

from media.rtp import Octets

# What is retransmitted may be so large a part of what was forwarded: 30 % loss is repaired, a flood is not
# fed.
_SHARE_OF_SENT = 2
# A packet goes again only when the last repair had time to arrive.
_AGAIN_MIN_NS = 10_000_000

# (sequence, timestamp, marker << 7 | payload type, payload as it came, its first octets as they went)
Kept = tuple[int, int, int, Octets, bytes]


class PacketCache:
    """A ring of `slots` packets (a power of two), which bounds its memory. `store` is called per packet.

    `burst_octets` may be repeated at once, beyond the share of what was sent.
    """

    __slots__ = ("_again_ns", "_mask", "_newest", "_ring", "_spent", "_tokens", "_tokens_max", "refused")

    def __init__(self, slots: int, burst_octets: int) -> None:
        if slots & (slots - 1) or not 0 < slots <= 4096:
            raise ValueError("the ring has a power of two of slots, 4096 at most")
        self._mask = slots - 1
        self._make_ring(slots)
        self._again_ns: dict[int, int] = {}
        self._tokens = self._tokens_max = burst_octets
        self._spent = 0
        self._newest = -1
        self.refused = 0

    def store(self, kept: Kept) -> None:
        """Keep one packet as it was sent; the one a ring's length before it goes."""
        sequence = kept[0]
        self._ring[sequence & self._mask] = kept
        self._newest = sequence

    def _make_ring(self, slots: int) -> None:
        self._ring: list[Kept | None] = [None] * slots

    def _at(self, sequence: int) -> Kept | None:
        """Return what is in the slot of this number, whatever it is."""
        return self._ring[sequence & self._mask]

    def take(self, sequence: int, now_ns: int, rtt_ns: int, sent_octets: int) -> Kept | None:
        """Return the packet if it is kept and may go again now, and count it against the limit.

        `sent_octets` is all that was forwarded on this stream so far: half of it may go again, and a burst.
        """
        kept = self._at(sequence)
        if kept is None or kept[0] != sequence:
            return None
        earned = (sent_octets - self._spent) // _SHARE_OF_SENT
        if earned > 0:
            self._tokens = min(self._tokens_max, self._tokens + earned)
            self._spent = sent_octets
        size = len(kept[3])
        again_ns = self._again_ns.get(sequence, 0)
        if again_ns > now_ns or self._tokens < size:
            self.refused += 1
            return None
        self._tokens -= size
        if len(self._again_ns) > self._mask:
            self._again_ns.clear()
        self._again_ns[sequence] = now_ns + max(_AGAIN_MIN_NS, rtt_ns)
        return kept

    def newest(self) -> Kept | None:
        """Return the packet that was sent last: what a probe repeats."""
        return None if self._newest < 0 else self._at(self._newest)

    def clear(self) -> None:
        """Forget all packets: the stream ended or its source changed its keys."""
        self._make_ring(self._mask + 1)
        self._again_ns.clear()
        self._newest = -1
