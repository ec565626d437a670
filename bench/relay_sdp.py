"""The descriptions of the relay benchmark's load: as little SDP as both servers take."""

import re
from collections.abc import Sequence

from bench.relay_counts import Sent
from bench.relay_leg import AUDIO, AUDIO_LEVEL, MID, RTX, TRANSPORT_SEQUENCE, VIDEO, Leg, Server

_NUMBERS = {
    AUDIO_LEVEL: "urn:ietf:params:rtp-hdrext:ssrc-audio-level",
    TRANSPORT_SEQUENCE: "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01",
    MID: "urn:ietf:params:rtp-hdrext:sdes:mid",
}
_CODECS = {
    "audio": (f"a=rtpmap:{AUDIO} opus/48000/2", f"a=rtcp-fb:{AUDIO} transport-cc"),
    "video": (
        f"a=rtpmap:{VIDEO} VP8/90000",
        *(f"a=rtcp-fb:{VIDEO} {one}" for one in ("transport-cc", "ccm fir", "nack", "nack pli")),
        f"a=rtpmap:{RTX} rtx/90000",
        f"a=fmtp:{RTX} apt={VIDEO}",
    ),
}
_TYPES = {"audio": f"{AUDIO}", "video": f"{VIDEO} {RTX}"}


def offer(leg: Leg, host: str, port: int, streams: Sequence[Sent]) -> str:
    """Return an offer to send the streams."""
    sections = [_section(leg, host, port, one.kind, one.mid, "sendonly", one) for one in streams]
    return _whole([one.mid for one in streams], sections)


def answer(leg: Leg, host: str, port: int, offered: str, streams: Sequence[Sent]) -> str:
    """Return an answer that takes all that is offered and sends the streams on the lines with their mids."""
    sections, mids = [], []
    for text in re.split(r"^m=", offered, flags=re.M)[1:]:
        kind = text.split(" ", 1)[0]
        mid = _one(r"^a=mid:(\S+)", text)
        mids.append(mid)
        own = next((one for one in streams if one.mid == mid), None)
        wanted = _one(r"^a=(sendrecv|sendonly|recvonly|inactive)\s*$", text)
        direction = {"sendonly": "recvonly", "recvonly": "sendonly"}.get(wanted, wanted)
        sections.append(_section(leg, host, port, kind, mid, direction, own, text))
    number = re.search(rf"^a=extmap:(\d+)\S* {re.escape(_NUMBERS[TRANSPORT_SEQUENCE])}", offered, re.M)
    if number:
        leg.transport_number = int(number[1])
    return _whole(mids, sections)


def server(description: str, address: str | None = None) -> Server:
    """Return whom to connect to: the first UDP candidate, or the one at `address`."""
    found = re.findall(r"^a=candidate:\S+ 1 udp \d+ (\S+) (\d+)", description, re.M | re.I)
    host, port = next(one for one in found if address in (None, one[0]))
    fingerprint = re.search(r"^a=fingerprint:(\S+) (\S+)", description, re.M)
    assert fingerprint is not None
    return Server(
        (host, int(port)),
        _one(r"^a=ice-ufrag:(\S+)", description),
        _one(r"^a=ice-pwd:(\S+)", description),
        (fingerprint[1], fingerprint[2]),
    )


def sources(description: str) -> list[tuple[str, str]]:
    """Return kind and mid of each line on which the other side wants to be sent something."""
    found = []
    for text in re.split(r"^m=", description, flags=re.M)[1:]:
        if re.search(r"^a=recvonly", text, re.M):
            found.append((text.split(" ", 1)[0], _one(r"^a=mid:(\S+)", text)))
    return found


def _section(
    leg: Leg,
    host: str,
    port: int,
    kind: str,
    mid: str,
    direction: str,
    stream: Sent | None,
    offered: str | None = None,
) -> str:
    lines = [
        f"m={kind} 9 UDP/TLS/RTP/SAVPF {_TYPES[kind]}",
        f"c=IN IP4 {host}",
        f"a=mid:{mid}",
        f"a={direction}",
        "a=rtcp-mux",
        "a=setup:active",
        f"a=ice-ufrag:{leg.ufrag}",
        f"a=ice-pwd:{leg.password}",
        f"a=fingerprint:{leg.fingerprint}",
        f"a=candidate:1 1 udp 2130706431 {host} {port} typ host",
        *_CODECS[kind],
    ]
    for number, name in _NUMBERS.items():
        if kind == "video" and number == AUDIO_LEVEL:
            continue
        if offered is None:
            lines.append(f"a=extmap:{number} {name}")
        elif found := re.search(rf"^a=extmap:(\d+)\S* {re.escape(name)}\s*$", offered, re.M):
            lines.append(f"a=extmap:{found[1]} {name}")
    if stream is not None:
        lines.append(f"a=ssrc:{stream.ssrc} cname:bench")
    return "".join(f"{line}\r\n" for line in lines)


def _whole(mids: Sequence[str], sections: Sequence[str]) -> str:
    head = ("v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "t=0 0", f"a=group:BUNDLE {' '.join(mids)}")
    return "".join(f"{line}\r\n" for line in head) + "".join(sections)


def _one(pattern: str, text: str) -> str:
    found = re.search(pattern, text, re.M)
    if found is None:
        raise RuntimeError(f"a description without {pattern}")
    return found[1]
