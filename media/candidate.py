"""The ICE candidate attribute (RFC 8839 section 5.1) as text in, values out. Nothing here opens a socket."""

import ipaddress
import re
from dataclasses import dataclass

from domain.errors import Code, FieldFault, InvalidInput

CANDIDATE_MAX = 1024
_COMPONENT_MAX = 256
_PRIORITY_MAX = 2**31 - 1
_PORT_MAX = 65535
_EXTENSIONS_MAX = 16
_FOUNDATION = re.compile(r"[A-Za-z0-9+/]{1,32}")
_NUMBER = re.compile(r"[0-9]{1,10}")
_TOKEN = re.compile(r"[!#$%&'*+.^_`{|}~0-9A-Za-z-]{1,64}")
_VALUE = re.compile(r"[\x21-\x7e]{1,256}")
_MDNS = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)\.local\.?")
_TYPES = frozenset({"host", "srflx", "prflx", "relay"})
_TRANSPORTS = frozenset({"udp", "tcp", "ssltcp"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """One candidate. `address` is IPv4, IPv6 or an mDNS name; `extensions` keep their order."""

    foundation: str
    component: int
    transport: str
    priority: int
    address: str
    port: int
    kind: str
    related_address: str | None
    related_port: int | None
    extensions: tuple[tuple[str, str], ...]


def parse_candidate(text: str) -> Candidate | None:
    """Return the candidate, or None for the empty text that ends a generation (W3C WebRTC 4.8.1).

    Host names other than mDNS `.local` ones are refused: resolving them would let one side make the
    other side's browser ask a name server of its choice. Raise InvalidInput (signal.bad_candidate).
    """
    if text == "":
        return None
    if len(text) > CANDIDATE_MAX:
        raise _bad(f"longer than {CANDIDATE_MAX} characters")
    name, colon, value = text.partition(":")
    if name != "candidate" or not colon:
        raise _bad("does not begin with candidate:")
    words = value.split(" ")
    if len(words) < 8 or words[6] != "typ":
        raise _bad("has too few parts")
    if not _FOUNDATION.fullmatch(words[0]):
        raise _bad("bad foundation")
    transport = words[2].lower()
    if transport not in _TRANSPORTS:
        raise _bad("unknown transport")
    kind = words[7]
    if kind not in _TYPES:
        raise _bad("unknown type")
    component = _number(words[1], 1, _COMPONENT_MAX, "component")
    priority = _number(words[3], 1, _PRIORITY_MAX, "priority")
    address = _address(words[4])
    port = _number(words[5], 0, _PORT_MAX, "port")
    rest = words[8:]
    related_address, rest = _related(rest, "raddr")
    related_port, rest = _related(rest, "rport")
    return Candidate(
        words[0],
        component,
        transport,
        priority,
        address,
        port,
        kind,
        None if related_address is None else _address(related_address),
        None if related_port is None else _number(related_port, 0, _PORT_MAX, "related port"),
        _extensions(rest),
    )


def _bad(reason: str) -> InvalidInput:
    # The reason is one of ours: nothing of the text, which may hold an address, is repeated.
    return InvalidInput(
        f"The candidate is not valid: {reason}.",
        {"candidate.candidate": FieldFault.BAD_FORMAT},
        Code.SIGNAL_BAD_CANDIDATE,
    )


def _number(text: str, low: int, high: int, what: str) -> int:
    if not _NUMBER.fullmatch(text) or not low <= int(text) <= high:
        raise _bad(f"bad {what}")
    return int(text)


def _address(text: str) -> str:
    if _MDNS.fullmatch(text):
        return text
    try:
        # A zone ("%eth0") means nothing on another machine.
        if "%" not in text:
            return str(ipaddress.ip_address(text))
    except ValueError:
        pass
    raise _bad("bad address")


def _related(words: list[str], name: str) -> tuple[str | None, list[str]]:
    if len(words) >= 2 and words[0] == name:
        return words[1], words[2:]
    return None, words


def _extensions(words: list[str]) -> tuple[tuple[str, str], ...]:
    if len(words) % 2 or len(words) > 2 * _EXTENSIONS_MAX:
        raise _bad("bad extensions")
    pairs = tuple(zip(words[0::2], words[1::2], strict=True))
    if not all(_TOKEN.fullmatch(name) and _VALUE.fullmatch(value) for name, value in pairs):
        raise _bad("bad extensions")
    return pairs
