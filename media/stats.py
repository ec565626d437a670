"""How a call goes, per participant: figures for the console and Prometheus, and the word for them."""

from collections.abc import Iterator
from dataclasses import dataclass

from domain.call_quality import Quality


@dataclass(frozen=True, slots=True)
class StreamStats:
    """One stream that a participant sends; `loss` is the share lost of late, before repair.

    `alive`: whether packets come. Of one that is not, loss and jitter are of earlier.
    """

    track: str
    ssrc: int
    layer: int
    rate_bps: int
    loss: float
    jitter_ns: int
    recovered: int
    alive: bool = True
    video: bool = False


@dataclass(frozen=True, slots=True)
class RouteStats:
    """One track that a participant gets: `layer` shown (-1: none) of so many `layers` that there can be.

    Its receiver reports loss and jitter; `reported` says that it did of late.
    """

    track: str
    layer: int
    packets: int
    octets: int
    repeated: int
    switches: int
    loss: float
    jitter_ns: int
    layers: int = 1
    reported: bool = True
    video: bool = False


@dataclass(frozen=True, slots=True)
class ParticipantStats:
    """One participant: both directions and the word for them. Rates in bit/s, times in ns, shares in 0..1.

    `quality` is None and `rtt_ns` below 0 while nothing was measured.
    `unknown`: packets of nothing that was agreed on; `malformed`: datagrams that break their format.
    """

    participant: str
    quality: Quality | None
    rtt_ns: int
    estimate_bps: int
    sent_bps: int
    downlink_loss: float
    sends: tuple[StreamStats, ...]
    gets: tuple[RouteStats, ...]
    unknown: int
    malformed: int

    @property
    def loss(self) -> float | None:
        """The worst share lost, of what it sends and what it gets; None while nobody can tell."""
        shares = [one.loss for one in self._told()]
        if any(one.reported for one in self.gets):
            shares.append(self.downlink_loss)
        return min(1.0, max(shares)) if shares else None

    @property
    def jitter_ns(self) -> int | None:
        """The worst jitter of voices, sent or got, where there are any, else of pictures; None: nobody knows.

        A picture's packets leave when they are encoded, which is jitter too, and none of the network's.
        """
        told = list(self._told())
        voices = [one.jitter_ns for one in told if not one.video]
        return max(voices or [one.jitter_ns for one in told], default=None)

    @property
    def sends_bps(self) -> int:
        """What it sends now."""
        return sum(one.rate_bps for one in self.sends)

    def _told(self) -> Iterator[StreamStats | RouteStats]:
        yield from (one for one in self.sends if one.alive)
        yield from (one for one in self.gets if one.reported)
