"""What is missing of one incoming stream and when to ask for it again (RFC 4585 6.2.1). Gives up."""

# A hole wider than this is an interruption and no loss: a keyframe serves better than repairs.
HOLE_MAX = 128
_MISSING_MAX = 256
# Late by so much, a packet may yet be only out of order.
_REORDER_NS = 5_000_000
_RETRY_MIN_NS = 25_000_000
_TRIES_MAX = 8
_AGE_MAX_NS = 1_000_000_000


class NackGenerator:
    """Follows the sequence numbers of one stream. `receive` is called per packet, `due` every 10-50 ms."""

    __slots__ = ("_highest", "gave_up", "missing", "recovered")

    def __init__(self) -> None:
        self._highest = -1
        # Number -> [when it was missed, when it was asked for last, how often], in nanoseconds.
        self.missing: dict[int, list[int]] = {}
        self.gave_up = False
        self.recovered = 0

    def receive(self, sequence: int, now_ns: int) -> bool:
        """Note a packet; return False for one that came before (a duplicate, or too late to be of use)."""
        if self._highest < 0:
            self._highest = sequence
            return True
        delta = (sequence - self._highest) & 0xFFFF
        if delta == 1:
            self._highest = sequence
            return True
        if 1 < delta < 0x8000:
            if delta > HOLE_MAX:
                self.missing.clear()
                self.gave_up = True
            else:
                for ahead in range(1, delta):
                    self.missing[(self._highest + ahead) & 0xFFFF] = [now_ns, 0, 0]
                if len(self.missing) > _MISSING_MAX:
                    self.missing.clear()
                    self.gave_up = True
            self._highest = sequence
            return True
        entry = self.missing.pop(sequence, None)
        if entry is None:
            # A source that begins anew far behind is followed; the rewriter joins it.
            if delta and delta < 0x10000 - 2048:
                self._highest = sequence
                self.missing.clear()
                return True
            return False
        if entry[2]:
            self.recovered += 1
        return True

    def due(self, now_ns: int, rtt_ns: int) -> list[int]:
        """Return the numbers to ask for now. Sets `gave_up` when one was asked for in vain for too long."""
        if not self.missing:
            return []
        wanted = []
        ended = []
        retry_ns = max(_RETRY_MIN_NS, rtt_ns + rtt_ns // 4)
        for sequence, entry in self.missing.items():
            missed_ns, asked_ns, tries = entry
            if tries >= _TRIES_MAX or now_ns - missed_ns > _AGE_MAX_NS:
                ended.append(sequence)
            elif now_ns - (asked_ns or missed_ns) >= (retry_ns if tries else _REORDER_NS):
                entry[1] = now_ns
                entry[2] = tries + 1
                wanted.append(sequence)
        for sequence in ended:
            del self.missing[sequence]
            self.gave_up = True
        return wanted

    def asked_keyframe(self) -> None:
        """A keyframe was asked for instead of what was given up."""
        self.gave_up = False

    def skip(self) -> None:
        """Ask for nothing that is missed up to now: nobody waits for it any more."""
        self.missing.clear()
        self.gave_up = False
