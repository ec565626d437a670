"""What a browser's answer to the relay's offer agrees to. The grammar is `sdp`'s; here is what it means.

An answer is somebody else's text: it may take away from what was offered and add nothing. Whatever does not
fit is refused whole (signal.bad_sdp), so that no half of a bad one is acted upon.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.errors import Code, FieldFault, InvalidInput
from media.dtls import FINGERPRINTS_MAX, Fingerprint
from media.relay_line import Line, Published
from media.relay_profile import RIDS, offered
from media.sdp import Description, MediaSection, parse_sdp
from media.track import Codec

_DIRECTIONS = frozenset({"sendrecv", "sendonly", "recvonly", "inactive"})
_SSRC_MAX = 2**32 - 1


@dataclass(frozen=True, slots=True)
class LineAnswer:
    """What became of one line.

    `rejected`: port 0. `active`: media flow as offered; codecs, rids (lowest first), nack and streams (SSRC,
    RTX SSRC or 0) are what the answer says of them.
    """

    rejected: bool = False
    active: bool = False
    codecs: tuple[Codec, ...] = ()
    rids: tuple[str, ...] = ()
    streams: tuple[tuple[int, int], ...] = ()
    nack: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a whole answer agrees to: the peer's certificates, and one entry per line offered, in order."""

    fingerprints: tuple[Fingerprint, ...]
    lines: tuple[LineAnswer, ...]


def read_answer(sdp: str, lines: Sequence[Line]) -> Answer:
    """Return what an answer to the offer of `lines` says. Raise InvalidInput (signal.bad_sdp)."""
    description = parse_sdp(sdp)
    if len(description.sections) != len(lines):
        raise bad_answer("not one section for each that was offered")
    answers: list[LineAnswer] = []
    fingerprints: set[Fingerprint] = set()
    mids: list[str] = []
    for section, line in zip(description.sections, lines, strict=True):
        if section.media != line.kind:
            raise bad_answer("a section of another kind than offered")
        if section.port == 0:
            answers.append(LineAnswer(rejected=True))
            continue
        if _one(section, "mid") != line.mid:
            raise bad_answer("a mid other than offered")
        mids.append(line.mid)
        fingerprints |= _secured(description, section)
        answers.append(_line(description, section, line))
    if not mids:
        raise bad_answer("nothing of the offer is accepted")
    _check_bundle(description, mids)
    if len(fingerprints) > FINGERPRINTS_MAX:
        raise bad_answer("too many fingerprints")
    _check_streams(answers)
    return Answer(tuple(sorted(fingerprints, key=lambda one: (one.algorithm, one.value))), tuple(answers))


def bad_answer(reason: str) -> InvalidInput:
    """Return the error for an answer that does not fit; `reason` holds nothing of the answer."""
    return InvalidInput(
        f"The answer does not fit the offer: {reason}.",
        {"description.sdp": FieldFault.BAD_FORMAT},
        Code.SIGNAL_BAD_SDP,
    )


def _all(attributes: Sequence[tuple[str, str | None]], name: str) -> list[str]:
    return [value or "" for found, value in attributes if found == name]


def _one(section: MediaSection, name: str) -> str | None:
    """Return the value of an attribute that may come once, None without it."""
    found = _all(section.attributes, name)
    if len(found) > 1:
        raise bad_answer(f"{name} twice in one section")
    return found[0] if found else None


def _secured(description: Description, section: MediaSection) -> set[Fingerprint]:
    """Check that a section is carried as the relay carries it; return its certificates."""
    if section.protocol != "UDP/TLS/RTP/SAVPF":
        raise bad_answer("another protocol than offered")
    if _one(section, "rtcp-mux") is None:
        raise bad_answer("RTCP apart from RTP")
    setups = _all(section.attributes, "setup") or _all(description.attributes, "setup")
    if setups != ["active"]:
        raise bad_answer("not the client of DTLS")
    # In a section or, as in Firefox, once for all of them (RFC 8122 section 5).
    found = _all(section.attributes, "fingerprint") or _all(description.attributes, "fingerprint")
    certificates = set()
    for one in found:
        algorithm, _, value = one.partition(" ")
        try:
            certificates.add(Fingerprint(algorithm.lower(), value.upper()))
        except ValueError:
            raise bad_answer("a fingerprint that cannot be checked") from None
    if not certificates:
        raise bad_answer("no fingerprint")
    return certificates


def _check_bundle(description: Description, mids: list[str]) -> None:
    groups = [
        one.split()[1:] for one in _all(description.attributes, "group") if one.split()[:1] == ["BUNDLE"]
    ]
    if len(groups) != 1 or not set(mids) <= set(groups[0]):
        raise bad_answer("not all sections are bundled")


def _line(description: Description, section: MediaSection, line: Line) -> LineAnswer:
    direction = _direction(description, section)
    publishes = isinstance(line.use, Published)
    allowed = {"inactive"}
    if line.use is not None:
        allowed.add("sendonly" if publishes else "recvonly")
    if direction not in allowed:
        raise bad_answer("a direction that was not offered")
    if direction == "inactive":
        return LineAnswer()
    codecs, nack = _codecs(section, line)
    found = LineAnswer(active=True, codecs=codecs, nack=nack)
    if not publishes:
        return found
    rids = _rids(section, line)
    # With layers, streams are known by their rid: what an answer says of SSRCs then would not tell which.
    return replace(found, rids=rids, streams=() if rids else _streams(section))


def _direction(description: Description, section: MediaSection) -> str:
    for attributes in (section.attributes, description.attributes):
        found = [name for name, _ in attributes if name in _DIRECTIONS]
        if len(found) > 1:
            raise bad_answer("two directions")
        if found:
            return found[0]
    return "sendrecv"


def _codecs(section: MediaSection, line: Line) -> tuple[tuple[Codec, ...], bool]:
    """Return the codecs that both sides have, in the answer's order, and whether lost packets may be asked
    for.
    """
    mappings = dict(_numbered(section, "rtpmap"))
    repeats = {
        parameters.removeprefix("apt="): number
        for number, parameters in _numbered(section, "fmtp")
        if parameters.startswith("apt=")
    }
    codecs: list[Codec] = []
    for number in section.formats:
        one = offered(line.kind, int(number)) if number.isascii() and number.isdigit() else None
        if one is None or one.codec.payload_type in {codec.payload_type for codec in codecs}:
            continue
        # Firefox writes the channels of audio with one channel too; only the name and rate are compared.
        if not mappings.get(number, "").lower().startswith("/".join(one.mapping.lower().split("/")[:2])):
            raise bad_answer("a payload type stands for another codec than offered")
        repeated = one.codec.rtx_payload_type
        if repeated and not (repeats.get(number) == str(repeated) and str(repeated) in section.formats):
            repeated = 0
        codecs.append(replace(one.codec, rtx_payload_type=repeated))
    if not codecs:
        raise bad_answer("no codec in common")
    first = codecs[0].payload_type
    # "*" stands for every payload type of the section (RFC 4585 section 4.2).
    nack = any(
        number in (str(first), "*") and value == "nack" for number, value in _numbered(section, "rtcp-fb")
    )
    return tuple(codecs), nack


def _numbered(section: MediaSection, name: str) -> list[tuple[str, str]]:
    return [(one.partition(" ")[0], one.partition(" ")[2].strip()) for one in _all(section.attributes, name)]


def _rids(section: MediaSection, line: Line) -> tuple[str, ...]:
    """Return the layers that will be sent, lowest first; () for a single encoding."""
    simulcast = _one(section, "simulcast")
    if simulcast is None:
        return ()
    if not (isinstance(line.use, Published) and line.use.simulcast):
        raise bad_answer("layers that were not offered")
    words = simulcast.split()
    if len(words) != 2 or words[0] != "send":
        raise bad_answer("layers in a direction that was not offered")
    # Paused layers ("~") may begin at any time; an alternative (",") is one layer still.
    named = [one.split(",")[0].removeprefix("~") for one in words[1].split(";")]
    described = {value.split(" ")[0] for value in _all(section.attributes, "rid") if " send" in value}
    if len(set(named)) != len(named) or not set(named) <= set(RIDS) & described:
        raise bad_answer("layers that were not offered")
    return tuple(rid for rid in RIDS if rid in named)


def _streams(section: MediaSection) -> tuple[tuple[int, int], ...]:
    """Return the SSRC of the one encoding and that of its repairs, where the answer names them (RFC 5576)."""
    groups = [one.split()[1:] for one in _all(section.attributes, "ssrc-group") if one.split()[:1] == ["FID"]]
    named = list(dict.fromkeys(one.split(" ")[0] for one in _all(section.attributes, "ssrc")))
    if groups:
        pair = groups[0]
        if len(groups) > 1 or len(pair) != 2 or set(pair) != set(named):
            raise bad_answer("SSRCs that do not belong together")
        return ((_ssrc(pair[0]), _ssrc(pair[1])),)
    if len(named) > 1:
        raise bad_answer("SSRCs that do not belong together")
    return tuple((_ssrc(one), 0) for one in named)


def _ssrc(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 10 and 0 < int(text) <= _SSRC_MAX):
        raise bad_answer("an SSRC that is none")
    return int(text)


def _check_streams(answers: list[LineAnswer]) -> None:
    every = [ssrc for one in answers for pair in one.streams for ssrc in pair if ssrc]
    if len(set(every)) != len(every):
        raise bad_answer("one SSRC for two streams")
