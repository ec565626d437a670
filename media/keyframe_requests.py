"""Keyframe requests to sources, at most one per source in half a second, and none of them forgotten.

A keyframe costs its publisher many times the bits of another frame. Subscribers may ask at will; what comes
too early waits for its turn and is dropped when a keyframe arrived meanwhile.
"""

INTERVAL_NS = 500_000_000


class KeyframeRequests:
    """The requests to all sources of one publisher. A source is its SSRC; `forget` it when it ends."""

    __slots__ = ("_asked_ns", "pending", "sent")

    def __init__(self) -> None:
        self._asked_ns: dict[int, int] = {}
        self.pending: set[int] = set()
        self.sent = 0

    def ask(self, ssrc: int) -> None:
        """Wish for a keyframe of this source; `due` tells when it is asked for."""
        self.pending.add(ssrc)

    def due(self, now_ns: int) -> list[int]:
        """Return the sources to ask now. Each is asked again until its keyframe came."""
        if not self.pending:
            return []
        wanted = []
        for ssrc in self.pending:
            asked_ns = self._asked_ns.get(ssrc)
            if asked_ns is None or now_ns - asked_ns >= INTERVAL_NS:
                self._asked_ns[ssrc] = now_ns
                wanted.append(ssrc)
        self.sent += len(wanted)
        return wanted

    def arrived(self, ssrc: int) -> None:
        """A keyframe of this source came: whoever waited has it."""
        self.pending.discard(ssrc)

    def waits(self, ssrc: int) -> bool:
        """Return whether a keyframe of this source is wished for."""
        return ssrc in self.pending

    def forget(self, ssrc: int) -> None:
        """The source ended."""
        self.pending.discard(ssrc)
        self._asked_ns.pop(ssrc, None)
