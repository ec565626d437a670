"""The offers and answers of one connection to the relay, in their order.

The relay always offers and the browser always answers: one RTCPeerConnection per participant carries what it
publishes and what it watches. So payload types and extension numbers are the relay's everywhere and packets
go on as they came, there is no glare to resolve, and a participant joins in one round trip. Who would rather
publish tells so by signalling and finds its line in the next offer. Weighed against two connections (one
each way, as some relays have): those spare a renegotiation of the sending side when somebody joins, which
costs a browser few milliseconds, and take a second ICE and DTLS handshake, a second consent to keep up and a
second estimate of the one path that both share. To change from peer-to-peer to the relay and back without a
gap, a browser holds two RTCPeerConnections, one to the peer and one to the relay; this one is the latter,
and nothing of it depends on the other.

One offer is open at a time. What changes meanwhile waits and makes the next offer when the answer is there.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from domain.errors import Code, TooMany, WrongState
from media.dtls import Fingerprint
from media.relay_answer import Answer, bad_answer, read_answer
from media.relay_line import Line, Published, Use, Watched
from media.relay_offer import Ends, write_offer
from media.track import Codec, Kind

LINES_MAX = 32


@dataclass(frozen=True, slots=True)
class Offer:
    """One offer: `revision` comes back with its answer.

    `sources`: mid -> source of the lines on which the participant is to send.
    """

    revision: int
    sdp: str
    sources: dict[str, str]


@dataclass(frozen=True, slots=True)
class Publication:
    """What a participant wants to send: its kind, a name of the source unique to it, layers or not."""

    kind: Kind
    source: str
    simulcast: bool = False


class Negotiation:
    """Owns the m-lines of one connection. `random_bits(n)`: n random bits, for SSRCs and the session's id."""

    def __init__(self, random_bits: Callable[[int], int]) -> None:
        self._random_bits = random_bits
        self._session_id = random_bits(62)
        self._lines: list[Line] = []
        self._mids = 0
        # Every SSRC of this connection: with one set of keys none is sent under twice (RFC 7714 section 8.4).
        self._ssrcs: set[int] = set()
        self._revision = 0
        # The lines as they were offered, until they are answered.
        self._open: tuple[Line, ...] | None = None
        self._changed = False
        # One connection is one DTLS association, which knows one certificate.
        self._fingerprints: tuple[Fingerprint, ...] | None = None

    @property
    def lines(self) -> Sequence[Line]:
        """The lines as they shall be, in their order."""
        return self._lines

    @property
    def wanted(self) -> bool:
        """Whether an offer is due: something changed, and none is open."""
        return self._changed and self._open is None

    def publish(self, publication: Publication) -> None:
        """Make a line for what the participant wants to send. WrongState when that source has one."""
        if any(
            isinstance(one.use, Published) and one.use.source == publication.source for one in self._lines
        ):
            raise WrongState(Code.SIGNAL_WRONG_STATE, "source", "published", "publishing")
        self._use(publication.kind, Published(publication.source, publication.simulcast))

    def unpublish(self, source: str) -> None:
        """Free the line of a source. WrongState without one."""
        if not self._free(lambda use: isinstance(use, Published) and use.source == source):
            raise WrongState(Code.SIGNAL_WRONG_STATE, "source", "not published", "its end")

    def watch(self, kind: Kind, track: str, publisher: str, codecs: tuple[Codec, ...]) -> None:
        """Make a line for a track of somebody else, under SSRCs of its own."""
        rtx = self._ssrc() if any(codec.rtx_payload_type for codec in codecs) else 0
        self._use(kind, Watched(track, publisher, self._ssrc(), rtx, codecs))

    def unwatch(self, track: str) -> tuple[int, ...]:
        """Free the line of a track; return the SSRCs that it had and nothing will have again, if any."""
        freed = self._free(lambda use: isinstance(use, Watched) and use.track == track)
        return (freed.ssrc, freed.rtx_ssrc) if isinstance(freed, Watched) else ()

    def restart(self) -> None:
        """Have the next offer made although no line changed, because the credentials did."""
        self._changed = True

    def offer(self, ends: Ends) -> Offer:
        """Open the next offer. WrongState while another is open."""
        if self._open is not None:
            raise WrongState(Code.SIGNAL_WRONG_STATE, "offer", "open", "another offer")
        # A line that was rejected may come again under a new name only (RFC 8829 section 5.2.2).
        self._lines = [
            replace(one, mid=self._mid(), rejected=False) if one.rejected else one for one in self._lines
        ]
        self._revision += 1
        self._open = tuple(self._lines)
        self._changed = False
        sources = {line.mid: line.use.source for line in self._open if isinstance(line.use, Published)}
        return Offer(self._revision, write_offer(self._session_id, self._revision, ends, self._open), sources)

    def answer(self, revision: int, sdp: str) -> tuple[tuple[Line, ...], Answer]:
        """Close the open offer with its answer; return the lines as offered and what became of each.

        WrongState for an answer to another offer than the open one; InvalidInput (signal.bad_sdp) for one
        that does not fit it, which leaves the offer open.
        """
        lines = self._open
        if lines is None or revision != self._revision:
            raise WrongState(Code.SIGNAL_WRONG_STATE, "offer", "not open", "its answer")
        answer = read_answer(sdp, lines)
        if self._fingerprints not in (None, answer.fingerprints):
            raise bad_answer("another certificate than before")
        self._fingerprints = answer.fingerprints
        self._open = None
        for index, one in enumerate(answer.lines):
            if one.rejected:
                # What it was for is given up; a line that something else waits for meanwhile is offered anew.
                now = self._lines[index]
                given_up = now.use is not None and now.use == lines[index].use
                self._lines[index] = replace(now, use=None if given_up else now.use, rejected=True)
        return lines, answer

    def _use(self, kind: Kind, use: Use) -> None:
        self._changed = True
        for index, line in enumerate(self._lines):
            if line.kind == kind and line.takes(use) and self._was_free(index):
                self._lines[index] = replace(line, use=use)
                return
        if len(self._lines) >= LINES_MAX:
            raise TooMany(Code.ROOM_BUSY, "tracks", len(self._lines) + 1, LINES_MAX)
        self._lines.append(Line(self._mid(), kind, use))

    def _was_free(self, index: int) -> bool:
        """Return whether the open offer, if any, has nothing on a line: its answer speaks of that offer."""
        return self._open is None or index >= len(self._open) or self._open[index].use is None

    def _free(self, found: Callable[[Use | None], bool]) -> Use | None:
        for index, line in enumerate(self._lines):
            if found(line.use):
                self._lines[index] = replace(line, use=None, last=line.use)
                self._changed = True
                return line.use
        return None

    def _mid(self) -> str:
        self._mids += 1
        return str(self._mids - 1)

    def _ssrc(self) -> int:
        while (ssrc := self._random_bits(32)) in self._ssrcs or not ssrc:
            pass
        self._ssrcs.add(ssrc)
        return ssrc
