"""What is agreed about media before it flows: codecs, tracks, routes, limits. Values only."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["audio", "video"]


@dataclass(frozen=True, slots=True)
class Codec:
    """One negotiated codec: `name` in small letters, payload type, that of retransmissions (0: none)."""

    name: str
    payload_type: int
    clock_rate: int
    rtx_payload_type: int = 0


@dataclass(frozen=True, slots=True)
class TrackSpec:
    """One published track.

    `mid` names its m-line on the publisher's side, by which streams are recognised (RFC 8843); `rids` its
    simulcast layers (RFC 8853), lowest quality first, () without simulcast. `streams`: (SSRC, RTX SSRC or 0)
    per layer where the description told them. `nack`: whether lost packets are asked for.
    """

    track: str
    mid: str
    kind: Kind
    codecs: tuple[Codec, ...]
    rids: tuple[str, ...] = ()
    streams: tuple[tuple[int, int], ...] = ()
    nack: bool = True

    @property
    def layers(self) -> int:
        """How many layers there can be."""
        return max(1, len(self.rids))


@dataclass(frozen=True, slots=True)
class RouteSpec:
    """How one track goes to one subscriber: the SSRCs it has there, its m-line's mid ("" leaves it out).

    `ceiling`: the highest layer of use; `priority`: lower is served first when the path is narrow.
    """

    ssrc: int
    rtx_ssrc: int = 0
    mid: str = ""
    ceiling: int = 8
    priority: int = 0


@dataclass(frozen=True, slots=True)
class Extensions:
    """The numbers of the RTP header extensions on one transport, both ways; 0 leaves one out (RFC 8285)."""

    transport_sequence: int = 0
    audio_level: int = 0
    mid: int = 0
    rid: int = 0
    repaired_rid: int = 0
    dependency: int = 0


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one participant may publish. How fast it may send is the transport's to hold it to."""

    tracks: int = 8
    streams: int = 24
