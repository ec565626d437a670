"""How a call goes, per participant: figures for the console and Prometheus, and one word for the people in
it.

The word comes from both directions together, the worse decides. Thresholds: one-way delay after ITU-T G.114
(below 150 ms not noticed, above 400 ms not acceptable; here as round trips, 300 and 800 ms); loss after ITU-T
G.1010 and G.113 appendix I (audio with concealment: hardly heard below 3 %, hard to follow above 10 %);
jitter that a receiver's buffer hides without adding to the delay (RFC 3550 6.4.1 measures it): 30 ms, and 100
ms at most.
"""

from dataclasses import dataclass
from enum import StrEnum

GOOD_LOSS, POOR_LOSS = 0.03, 0.10
GOOD_RTT_NS, POOR_RTT_NS = 300_000_000, 800_000_000
GOOD_JITTER_NS, POOR_JITTER_NS = 30_000_000, 100_000_000
EXCELLENT_LOSS, EXCELLENT_RTT_NS = 0.01, 150_000_000
# No packet for so long is no connection: longer than any pause of DTX (RFC 7587: a packet each 400 ms) or
# RTCP.
LOST_NS = 5_000_000_000


class Quality(StrEnum):
    """What people are told of their connection."""

    EXCELLENT = "excellent"
    GOOD = "good"
    POOR = "poor"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class StreamStats:
    """One stream that a participant sends; `loss` is the share lost of late, before repair."""

    track: str
    ssrc: int
    layer: int
    rate_bps: int
    loss: float
    jitter_ns: int
    recovered: int


@dataclass(frozen=True, slots=True)
class RouteStats:
    """One track that a participant gets: `layer` shown (-1: none); its receiver reports loss, jitter."""

    track: str
    layer: int
    packets: int
    octets: int
    repeated: int
    switches: int
    loss: float
    jitter_ns: int


@dataclass(frozen=True, slots=True)
class ParticipantStats:
    """One participant: both directions and the word for them. Rates in bit/s, times in ns, shares in 0..1.

    `unknown`: packets of nothing that was agreed on; `malformed`: datagrams that break their format.
    """

    participant: str
    quality: Quality
    rtt_ns: int
    estimate_bps: int
    sent_bps: int
    downlink_loss: float
    sends: tuple[StreamStats, ...]
    gets: tuple[RouteStats, ...]
    unknown: int
    malformed: int


def judge(loss: float, rtt_ns: int, jitter_ns: int, silent_ns: int) -> Quality:
    """Return the word for these figures: share lost, round trip, jitter, and how long nothing came at all."""
    if silent_ns >= LOST_NS:
        return Quality.LOST
    if loss >= POOR_LOSS or rtt_ns >= POOR_RTT_NS or jitter_ns >= POOR_JITTER_NS:
        return Quality.POOR
    if loss < EXCELLENT_LOSS and rtt_ns < EXCELLENT_RTT_NS and jitter_ns < GOOD_JITTER_NS:
        return Quality.EXCELLENT
    if loss < GOOD_LOSS and rtt_ns < GOOD_RTT_NS and jitter_ns < POOR_JITTER_NS:
        return Quality.GOOD
    return Quality.POOR
