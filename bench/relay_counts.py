"""What a leg of the relay benchmark sends, gets and counts. Values only."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Sent:
    """A stream that a leg sends."""

    kind: str
    ssrc: int
    mid: str
    sequence: int = 100
    timestamp: int = 1000
    picture: int = 1
    packets: int = 0
    octets: int = 0
    keyframe: bool = True


@dataclass
class Got:
    """A stream that a leg gets."""

    highest: int
    video: bool
    first: int = 0
    packets: int = 0
    cycles: int = 0
    report: int = 0
    reported_ns: int = 0


@dataclass
class Counts:
    """What a leg saw. `late_ns` samples the time from our send to our reading, both ends ours."""

    sent: int = 0
    unsent: int = 0
    got: int = 0
    missing: int = 0
    repeated: int = 0
    late_ns: list[int] = field(default_factory=list)
    feedback: Counter[str] = field(default_factory=Counter)
