"""What the relay speaks: codecs with their payload types, header extensions with their numbers. Values only.

They are the same on every connection, so that a packet goes on with the payload type it came with. That is
why the relay is the one who offers: an answer takes over the numbers of its offer (RFC 8829 section 5.3.1).
What the relay does not forward is not here, and so never agreed on: video orientation (a browser then turns
its pictures itself), playout delay, dependency descriptor, abs-send-time and the receiver's estimate that
went with it.
"""

from dataclasses import dataclass

from media.track import Codec, Extensions, Kind


@dataclass(frozen=True, slots=True)
class OfferedCodec:
    """One codec as it is offered: `mapping` after a=rtpmap, `parameters` of a=fmtp ("": none), feedback."""

    codec: Codec
    mapping: str
    parameters: str
    feedback: tuple[str, ...]


_VIDEO_FEEDBACK = ("transport-cc", "ccm fir", "nack", "nack pli")

# In order of preference, which browsers keep and send the first of. VP8 first: every browser has it, and its
# layers cost a subscriber nothing to switch between.
OFFERED: dict[Kind, tuple[OfferedCodec, ...]] = {
    "audio": (
        OfferedCodec(
            Codec("opus", 111, 48_000),
            "opus/48000/2",
            "minptime=10;useinbandfec=1;usedtx=1",
            ("transport-cc", "nack"),
        ),
    ),
    "video": (
        OfferedCodec(Codec("vp8", 96, 90_000, 97), "VP8/90000", "", _VIDEO_FEEDBACK),
        OfferedCodec(
            Codec("h264", 108, 90_000, 109),
            "H264/90000",
            "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f",
            _VIDEO_FEEDBACK,
        ),
        OfferedCodec(Codec("vp9", 98, 90_000, 99), "VP9/90000", "profile-id=0", _VIDEO_FEEDBACK),
        OfferedCodec(
            Codec("av1", 45, 90_000, 46), "AV1/90000", "level-idx=5;profile=0;tier=0", _VIDEO_FEEDBACK
        ),
    ),
}

EXTENSIONS = Extensions(transport_sequence=3, audio_level=1, mid=4, rid=10, repaired_rid=11)

_TRANSPORT_SEQUENCE = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"
_MID = "urn:ietf:params:rtp-hdrext:sdes:mid"
_BOTH = ((EXTENSIONS.transport_sequence, _TRANSPORT_SEQUENCE), (EXTENSIONS.mid, _MID))
EXTENSION_NAMES: dict[Kind, tuple[tuple[int, str], ...]] = {
    "audio": ((EXTENSIONS.audio_level, "urn:ietf:params:rtp-hdrext:ssrc-audio-level"), *_BOTH),
    "video": _BOTH,
}
# Only who sends layers names them.
LAYER_EXTENSION_NAMES = (
    (EXTENSIONS.rid, "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"),
    (EXTENSIONS.repaired_rid, "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id"),
)
# Lowest quality first, as the packet half counts them.
RIDS = ("l", "m", "h")


def offered(kind: Kind, payload_type: int) -> OfferedCodec | None:
    """Return the codec that is offered under a payload type, None for any other number."""
    return next((one for one in OFFERED[kind] if one.codec.payload_type == payload_type), None)
