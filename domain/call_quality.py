"""How good a connection is for two people who talk: one word from what was measured.

The one place of its limits. The relay judges by them what it sees of everybody, and a page what it sees of
its own connection: web/schema/call-quality.json is written from here. Judging takes the present figures
alone; that a word does not flicker is seen to where people read it (web/src/shared/live/steadyQuality.ts).

Where the limits come from: the round trip is twice the one-way delay of ITU-T G.114 (below 150 ms nobody
notices; towards 400 ms people begin to talk at once); loss is before repair, which ITU-T G.113 appendix I has
hardly heard below 2 % where it is concealed, and which costs words near 10 %; jitter is what a receiver's
buffer (RFC 3550 section 6.4.1 measures it) hides without holding back the sound, 30 ms, and beyond 100 ms it
cannot; pictures below 13 a second are seen to stutter and below 6 they are stills.
"""

import json
from dataclasses import dataclass
from enum import StrEnum


class Quality(StrEnum):
    """What people are told of their connection, best first."""

    EXCELLENT = "excellent"
    GOOD = "good"
    POOR = "poor"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Limit:
    """From where on a figure is no longer excellent, and from where on it is poor."""

    good: float
    poor: float

    def judge(self, value: float) -> Quality:
        """Return the word for a figure of which less is better."""
        if value >= self.poor:
            return Quality.POOR
        return Quality.GOOD if value >= self.good else Quality.EXCELLENT


LOSS = Limit(0.02, 0.08)
"""Share lost, 0..1."""
ROUND_TRIP_MS = Limit(300, 600)
JITTER_MS = Limit(30, 100)
PICTURES_PER_S = Limit(13, 6)
"""Here less is worse. Only a page that is sent pictures knows of them."""
RELAY_SILENCE_MS = 5_000
"""No packet for so long where one must come is no connection: longer than any pause of DTX (RFC 7587) or
RTCP."""
PAGE_SILENCE_MS = 2_500
"""The same for a page whose other side sends: sound comes at least each 400 ms."""

_RANK = {word: rank for rank, word in enumerate(Quality)}


@dataclass(frozen=True, slots=True)
class Measured:
    """What is known of a connection now. None is what was not measured. `loss` in 0..1."""

    loss: float | None = None
    round_trip_ms: float | None = None
    jitter_ms: float | None = None
    silent_ms: float = 0


def judge(measured: Measured) -> Quality | None:
    """Return the worst word of what was measured; None when nothing was, which is neither good nor bad."""
    if measured.silent_ms >= RELAY_SILENCE_MS:
        return Quality.LOST
    figures = (
        (measured.loss, LOSS),
        (measured.round_trip_ms, ROUND_TRIP_MS),
        (measured.jitter_ms, JITTER_MS),
    )
    words = [limit.judge(value) for value, limit in figures if value is not None]
    return max(words, key=_RANK.__getitem__, default=None)


def document() -> str:
    """Return the limits as the text that is committed as web/schema/call-quality.json."""
    limits = {"loss": LOSS, "roundTripMs": ROUND_TRIP_MS, "jitterMs": JITTER_MS}
    told = {name: {"good": limit.good, "poor": limit.poor} for name, limit in limits.items()}
    told["picturesPerS"] = {"good": PICTURES_PER_S.good, "poor": PICTURES_PER_S.poor}
    return json.dumps({**told, "silenceMs": PAGE_SILENCE_MS}, indent=2) + "\n"
