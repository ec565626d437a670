"""Session descriptions (RFC 8866) as far as signalling must know them: the grammar of the lines.

What a description asks for is between the two browsers. Here it is made sure that what one side sends can
be nothing but a session description of a bounded size, so that a broken one stops at its sender.
"""

import re
from dataclasses import dataclass
from typing import Literal

from domain.errors import Code, FieldFault, InvalidInput
from media.candidate import parse_candidate

SDP_MAX = 64 * 1024
LINES_MAX = 4_000
LINE_MAX = 4_096
SECTIONS_MAX = 32

Kind = Literal["offer", "answer", "rollback"]

_WORD = r"[!#$%&'*+.^_`{|}~0-9A-Za-z-]+"
_ADDRESS = r"IN (?:IP4|IP6) [0-9A-Za-z.:-]{1,255}"
_CONNECTION = re.compile(rf"{_ADDRESS}(?:/[0-9]{{1,3}}){{0,2}}")
_ORIGIN = re.compile(rf"[\x21-\x7e]{{1,255}} [0-9]{{1,20}} [0-9]{{1,20}} {_ADDRESS}")
_TIMING = re.compile(r"[0-9]{1,20} [0-9]{1,20}")
_BANDWIDTH = re.compile(rf"{_WORD}:[0-9]{{1,20}}")
_ATTRIBUTE = re.compile(rf"({_WORD})(?::(.+))?")
_MEDIA = re.compile(
    rf"(audio|video|application|text|message|image) ([0-9]{{1,5}})(?:/[0-9]{{1,5}})? "
    rf"({_WORD}(?:/{_WORD})*)((?: {_WORD})+)"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_FINGERPRINT = re.compile(r"[A-Za-z0-9-]{1,16} [0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2})+")
_ICE_UFRAG = re.compile(r"[A-Za-z0-9+/]{4,256}")
_ICE_PWD = re.compile(r"[A-Za-z0-9+/]{22,256}")
_SETUP = {"offer": {"active", "passive", "actpass", "holdconn"}, "answer": {"active", "passive", "holdconn"}}

# RFC 8866 section 5: letters of the session part and of a media section, in their order.
_SESSION_ORDER = "vosiuepcbtrzka"
_SECTION_ORDER = "micbka"
_REPEATED = frozenset("epbtrza")
_SECTION_REPEATED = frozenset("cba")


@dataclass(frozen=True, slots=True)
class MediaSection:
    """One m= section: what it carries, its port (0: rejected), protocol, formats and attributes."""

    media: str
    port: int
    protocol: str
    formats: tuple[str, ...]
    attributes: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class Description:
    """A parsed description: the session's attributes and the media sections in their order."""

    origin: str
    attributes: tuple[tuple[str, str | None], ...]
    sections: tuple[MediaSection, ...]


def check_description(kind: Kind, sdp: str) -> Description | None:
    """Return what an offer or answer says; None for a rollback, which says nothing (RFC 8829 5.7).

    Beyond the grammar, a DTLS role must fit the kind (RFC 8842 section 5): an answer cannot be actpass.
    Raise InvalidInput (signal.bad_sdp) when anything is wrong.
    """
    if kind == "rollback":
        if sdp:
            raise _bad("a rollback carries no description")
        return None
    description = parse_sdp(sdp)
    for name, value in _all_attributes(description):
        if name == "setup" and value not in _SETUP[kind]:
            raise _bad(f"setup does not fit an {kind}")
    return description


def parse_sdp(sdp: str) -> Description:
    """Parse a description; lines may end in CRLF or LF. Raise InvalidInput (signal.bad_sdp)."""
    session, media = _split(_lines(sdp))
    _check_order(session, _SESSION_ORDER, _REPEATED)
    if [kind for kind, _ in session[:3]] != ["v", "o", "s"] or session[0][1] != "0":
        raise _bad("does not begin with v=0, o=, s=")
    if not any(kind == "t" for kind, _ in session):
        raise _bad("has no t= line")
    for kind, value in session:
        _check_value(kind, value)
    sections = []
    for lines in media:
        _check_order(lines, _SECTION_ORDER, _SECTION_REPEATED)
        for kind, value in lines[1:]:
            _check_value(kind, value)
        sections.append(_section(lines))
    return Description(session[1][1], _attributes(session), tuple(sections))


def _bad(reason: str) -> InvalidInput:
    # The reason is one of ours: nothing of the description, which holds addresses, is repeated.
    return InvalidInput(
        f"The session description is not valid: {reason}.",
        {"description.sdp": FieldFault.BAD_FORMAT},
        Code.SIGNAL_BAD_SDP,
    )


def _lines(sdp: str) -> list[tuple[str, str]]:
    if len(sdp) > SDP_MAX or len(sdp.encode("utf-8", "surrogatepass")) > SDP_MAX:
        raise _bad(f"larger than {SDP_MAX} bytes")
    if _CONTROL.search(sdp):
        raise _bad("contains control characters")
    if not sdp.endswith("\n"):
        raise _bad("does not end with a line end")
    raw = sdp[:-1].split("\n")
    if len(raw) > LINES_MAX:
        raise _bad(f"more than {LINES_MAX} lines")
    lines = []
    for text in raw:
        line = text.removesuffix("\r")
        if "\r" in line or not 3 <= len(line) <= LINE_MAX or line[1] != "=":
            raise _bad("a line is not letter=value")
        lines.append((line[0], line[2:]))
    return lines


def _split(lines: list[tuple[str, str]]) -> tuple[list[tuple[str, str]], list[list[tuple[str, str]]]]:
    session: list[tuple[str, str]] = []
    media: list[list[tuple[str, str]]] = []
    for line in lines:
        if line[0] == "m":
            media.append([line])
        else:
            (media[-1] if media else session).append(line)
    if len(media) > SECTIONS_MAX:
        raise _bad(f"more than {SECTIONS_MAX} media sections")
    return session, media


def _check_order(lines: list[tuple[str, str]], order: str, repeated: frozenset[str]) -> None:
    at = 0
    seen: set[str] = set()
    for kind, _ in lines:
        place = order.find(kind)
        # t=, r= and z= come in groups, so going back among them is no mistake.
        grouped = kind in "trz" and at <= order.find("z") if "z" in order else False
        if place < 0 or (place < at and not grouped) or (kind in seen and kind not in repeated):
            raise _bad("lines are out of order")
        seen.add(kind)
        at = max(at, place)


def _check_value(kind: str, value: str) -> None:
    pattern = {"o": _ORIGIN, "c": _CONNECTION, "t": _TIMING, "b": _BANDWIDTH, "a": _ATTRIBUTE}.get(kind)
    if pattern is not None and not pattern.fullmatch(value):
        raise _bad(f"a {kind}= line is not valid")
    if kind != "a":
        return
    name, _, rest = value.partition(":")
    if name == "candidate" and not _is_candidate(value):
        raise _bad("a candidate is not valid")
    expected = {"fingerprint": _FINGERPRINT, "ice-ufrag": _ICE_UFRAG, "ice-pwd": _ICE_PWD}.get(name)
    if expected is not None and not expected.fullmatch(rest):
        raise _bad(f"{name} is not valid")


def _is_candidate(value: str) -> bool:
    try:
        return parse_candidate(value) is not None
    except InvalidInput:
        return False


def _section(lines: list[tuple[str, str]]) -> MediaSection:
    match = _MEDIA.fullmatch(lines[0][1])
    if match is None or int(match[2]) > 65535:
        raise _bad("an m= line is not valid")
    return MediaSection(match[1], int(match[2]), match[3], tuple(match[4].split()), _attributes(lines))


def _attributes(lines: list[tuple[str, str]]) -> tuple[tuple[str, str | None], ...]:
    found: list[tuple[str, str | None]] = []
    for kind, value in lines:
        if kind == "a":
            name, colon, rest = value.partition(":")
            found.append((name, rest if colon else None))
    return tuple(found)


def _all_attributes(description: Description) -> list[tuple[str, str | None]]:
    found = list(description.attributes)
    for section in description.sections:
        found.extend(section.attributes)
    return found
