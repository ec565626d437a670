"""The relay's own offers, put together from its profile. No participant's description is repeated.

The relay is ICE-lite (RFC 8445 section 2.5), bundles all lines on one transport (RFC 9143), takes no RTCP
elsewhere and leaves it to the browser to be the DTLS client, as every browser answers `actpass` (RFC 8842).
Its candidates are complete in every offer: neither side trickles.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from media.candidate import Candidate
from media.dtls import Fingerprint
from media.ice_lite import Credentials
from media.relay_line import Line, Published, Watched
from media.relay_profile import EXTENSION_NAMES, LAYER_EXTENSION_NAMES, OFFERED, RIDS, OfferedCodec

_DISCARD_PORT = 9


@dataclass(frozen=True, slots=True)
class Ends:
    """Where the relay is reached and by what it proves itself, for one connection."""

    credentials: Credentials
    fingerprint: Fingerprint
    candidates: tuple[Candidate, ...]


def write_offer(session_id: int, version: int, ends: Ends, lines: Sequence[Line]) -> str:
    """Return the offer (RFC 8866) of these lines; `version` grows with every offer of one session."""
    written = [
        "v=0",
        f"o=- {session_id} {version} IN IP4 0.0.0.0",
        "s=-",
        "t=0 0",
        f"a=group:BUNDLE {' '.join(line.mid for line in lines)}",
        "a=ice-lite",
        "a=msid-semantic: WMS *",
    ]
    for line in lines:
        written += _section(line, ends)
    return "".join(f"{one}\r\n" for one in written)


def _section(line: Line, ends: Ends) -> Iterator[str]:
    codecs = _codecs(line)
    numbers = []
    for one in codecs:
        numbers.append(str(one.codec.payload_type))
        if one.codec.rtx_payload_type:
            numbers.append(str(one.codec.rtx_payload_type))
    yield f"m={line.kind} {_DISCARD_PORT} UDP/TLS/RTP/SAVPF {' '.join(numbers)}"
    yield "c=IN IP4 0.0.0.0"
    yield f"a=mid:{line.mid}"
    yield f"a={line.direction}"
    yield "a=rtcp-mux"
    yield "a=rtcp-rsize"
    yield "a=setup:actpass"
    yield f"a=ice-ufrag:{ends.credentials.ufrag}"
    yield f"a=ice-pwd:{ends.credentials.password}"
    yield f"a=fingerprint:{ends.fingerprint.algorithm} {ends.fingerprint.value}"
    layered = isinstance(line.use, Published) and line.use.simulcast
    for number, name in EXTENSION_NAMES[line.kind]:
        yield f"a=extmap:{number} {name}"
    if layered:
        for number, name in LAYER_EXTENSION_NAMES:
            yield f"a=extmap:{number} {name}"
    for one in codecs:
        yield from _codec(one)
    if layered:
        # RFC 8853: lowest first, which browsers take as the most scaled down.
        for rid in RIDS:
            yield f"a=rid:{rid} recv"
        yield f"a=simulcast:recv {';'.join(RIDS)}"
    if isinstance(line.use, Watched):
        yield from _sent(line.use)
    for candidate in ends.candidates:
        yield f"a={_candidate(candidate)}"
    yield "a=end-of-candidates"


def _codecs(line: Line) -> list[OfferedCodec]:
    every = OFFERED[line.kind]
    if not isinstance(line.use, Watched):
        return list(every)
    had = {codec.payload_type for codec in line.use.codecs}
    return [one for one in every if one.codec.payload_type in had]


def _codec(one: OfferedCodec) -> Iterator[str]:
    number, repeated = one.codec.payload_type, one.codec.rtx_payload_type
    yield f"a=rtpmap:{number} {one.mapping}"
    if one.parameters:
        yield f"a=fmtp:{number} {one.parameters}"
    for feedback in one.feedback:
        yield f"a=rtcp-fb:{number} {feedback}"
    if repeated:
        yield f"a=rtpmap:{repeated} rtx/{one.codec.clock_rate}"
        yield f"a=fmtp:{repeated} apt={number}"


def _sent(use: Watched) -> Iterator[str]:
    # The stream is the publisher: what one sends belongs together and is played in step (RFC 8830).
    yield f"a=msid:{use.publisher} {use.track}"
    if use.rtx_ssrc:
        yield f"a=ssrc-group:FID {use.ssrc} {use.rtx_ssrc}"
    for ssrc in filter(None, (use.ssrc, use.rtx_ssrc)):
        yield f"a=ssrc:{ssrc} cname:{use.publisher}"
        yield f"a=ssrc:{ssrc} msid:{use.publisher} {use.track}"


def _candidate(one: Candidate) -> str:
    extensions = "".join(f" {name} {value}" for name, value in one.extensions)
    return (
        f"candidate:{one.foundation} {one.component} {one.transport} {one.priority} {one.address} {one.port} "
        f"typ {one.kind}{extensions}"
    )
