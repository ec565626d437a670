"""What a leg of the relay benchmark sends, and what the load counts. Values only."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Sent:
    """A stream that a leg sends: `kind` is audio or video."""

    kind: str
    ssrc: int
    mid: str


@dataclass
class Counts:
    """What the load saw. `owed` is what subscribers should have got of what was sent, `missing` the numbers
    left out in what came; `streams` came, and of those that are `silent` less than half. `late_ns` samples
    the time from our sending to the kernel's having the forwarded packet for us.
    """

    sent: int = 0
    unsent: int = 0
    owed: int = 0
    got: int = 0
    missing: int = 0
    repeated: int = 0
    refused: int = 0
    silent: int = 0
    streams: int = 0
    late_ns: list[int] = field(default_factory=list)
    feedback: Counter[str] = field(default_factory=Counter)
