"""STUN messages (RFC 8489) as ICE uses them: bytes in, values out, and back. No socket, clock or table is
here.

Every datagram is hostile: lengths are checked before anything is read, nothing is allocated in proportion to
what a length field claims, and a message that breaks a rule raises `MalformedStun`. Only Binding is known.
"""

import binascii
import hmac
import ipaddress
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

HEADER_LENGTH = 20
# RFC 8489 section 6.1 wants messages below the path's MTU; browsers' checks are about 100 bytes.
LENGTH_MAX = 1280
_ATTRIBUTES_MAX = 32
_USERNAME_MAX = 513
_COOKIE = 0x2112A442
_FINGERPRINT_XOR = 0x5354554E
_INTEGRITY_LENGTH = 20
_BINDING = 0x001
_HEADER = struct.Struct("!HHI12s")
_ATTRIBUTE = struct.Struct("!HH")
_IPV4 = 1
_IPV6 = 2


class MalformedStun(ValueError):
    """The datagram is not a STUN message that RFC 8489 allows, or not one of the Binding method."""


class MessageClass(IntEnum):
    """The class bits of a message type (RFC 8489 section 5)."""

    REQUEST = 0x000
    INDICATION = 0x010
    SUCCESS = 0x100
    ERROR = 0x110


class Attribute(IntEnum):
    """The attributes that are understood (RFC 8489 section 14, RFC 8445 section 16.1)."""

    MAPPED_ADDRESS = 0x0001
    USERNAME = 0x0006
    MESSAGE_INTEGRITY = 0x0008
    ERROR_CODE = 0x0009
    UNKNOWN_ATTRIBUTES = 0x000A
    REALM = 0x0014
    NONCE = 0x0015
    MESSAGE_INTEGRITY_SHA256 = 0x001C
    XOR_MAPPED_ADDRESS = 0x0020
    PRIORITY = 0x0024
    USE_CANDIDATE = 0x0025
    FINGERPRINT = 0x8028
    ICE_CONTROLLED = 0x8029
    ICE_CONTROLLING = 0x802A


_UNDERSTOOD = frozenset(int(one) for one in Attribute)
_OF_FIXED_LENGTH = {
    Attribute.MESSAGE_INTEGRITY: _INTEGRITY_LENGTH,
    Attribute.PRIORITY: 4,
    Attribute.USE_CANDIDATE: 0,
    Attribute.FINGERPRINT: 4,
    Attribute.ICE_CONTROLLED: 8,
    Attribute.ICE_CONTROLLING: 8,
}
# RFC 8489 section 14.5: what follows MESSAGE-INTEGRITY is not covered by it and is ignored, but for these.
_AFTER_INTEGRITY = frozenset({Attribute.MESSAGE_INTEGRITY_SHA256, Attribute.FINGERPRINT})


@dataclass(frozen=True, slots=True)
class Message:
    """One Binding message. Of an attribute that comes twice the first counts; `raw` is the datagram itself.

    `integrity_at` is where MESSAGE-INTEGRITY begins in `raw`; `unknown` holds the types of the attributes
    that must be understood and are not.
    """

    message_class: MessageClass
    transaction_id: bytes
    raw: bytes
    attributes: dict[int, bytes]
    integrity_at: int | None
    unknown: tuple[int, ...]

    @property
    def username(self) -> bytes | None:
        """USERNAME as sent, `ours:theirs` in a check."""
        return self.attributes.get(Attribute.USERNAME)

    @property
    def priority(self) -> int | None:
        """PRIORITY of the candidate pair, an unsigned 32-bit number."""
        value = self.attributes.get(Attribute.PRIORITY)
        return None if value is None else int.from_bytes(value, "big")

    @property
    def use_candidate(self) -> bool:
        """Whether the controlling side nominates the pair."""
        return Attribute.USE_CANDIDATE in self.attributes

    @property
    def controlled(self) -> bool:
        """Whether the sender believes itself to be the controlled side."""
        return Attribute.ICE_CONTROLLED in self.attributes

    def mapped_address(self) -> tuple[str, int] | None:
        """Return the XOR-MAPPED-ADDRESS as host and port; MalformedStun when its value is broken."""
        value = self.attributes.get(Attribute.XOR_MAPPED_ADDRESS)
        if value is None:
            return None
        if (len(value), value[1:2]) not in ((8, b"\x01"), (20, b"\x02")):
            raise MalformedStun("an address that is neither IPv4 nor IPv6")
        plain = _xor(value[4:], self.transaction_id)
        return str(ipaddress.ip_address(plain)), int.from_bytes(value[2:4], "big") ^ (_COOKIE >> 16)

    def error_code(self) -> int | None:
        """Return the number of ERROR-CODE, 300 to 699; MalformedStun when it is none."""
        value = self.attributes.get(Attribute.ERROR_CODE)
        if value is None:
            return None
        if len(value) < 4 or not 3 <= value[2] & 0x07 <= 6 or value[3] > 99:
            raise MalformedStun("an error code that is none")
        return (value[2] & 0x07) * 100 + value[3]


def parse(datagram: bytes | bytearray | memoryview) -> Message:
    """Return the Binding message that fills `datagram` wholly. MalformedStun when it breaks a rule.

    FINGERPRINT is checked where present; MESSAGE-INTEGRITY is not: that takes a key, see `proves`.
    """
    raw = bytes(datagram)
    if not HEADER_LENGTH <= len(raw) <= LENGTH_MAX:
        raise MalformedStun("too short or too long")
    kind, length, cookie, transaction_id = _HEADER.unpack_from(raw)
    if cookie != _COOKIE or kind & 0xC000:
        raise MalformedStun("not STUN")
    if length % 4 or length != len(raw) - HEADER_LENGTH:
        raise MalformedStun("the length is not the datagram's")
    if kind & 0x3EEF != _BINDING:
        raise MalformedStun("not the Binding method")
    attributes, integrity_at, unknown = _attributes(raw)
    return Message(MessageClass(kind & 0x0110), transaction_id, raw, attributes, integrity_at, unknown)


def _attributes(raw: bytes) -> tuple[dict[int, bytes], int | None, tuple[int, ...]]:
    found: dict[int, bytes] = {}
    unknown: list[int] = []
    integrity_at: int | None = None
    at, end, count = HEADER_LENGTH, len(raw), 0
    while at < end:
        count += 1
        # The length is a multiple of four, so that a whole attribute header is here.
        kind, length = _ATTRIBUTE.unpack_from(raw, at)
        following = at + 4 + length + (-length % 4)
        if following > end or count > _ATTRIBUTES_MAX:
            raise MalformedStun("an attribute reaches over the end, or there are too many")
        if length != _OF_FIXED_LENGTH.get(kind, length) or (
            kind == Attribute.USERNAME and length > _USERNAME_MAX
        ):
            raise MalformedStun("an attribute has the wrong length")
        if kind == Attribute.FINGERPRINT:
            if following != end:
                raise MalformedStun("FINGERPRINT is not the last attribute")
            if int.from_bytes(raw[at + 4 : following], "big") != _fingerprint(raw[:at]):
                raise MalformedStun("FINGERPRINT does not match")
        if integrity_at is None or kind in _AFTER_INTEGRITY:
            if kind == Attribute.MESSAGE_INTEGRITY:
                integrity_at = at
            if kind in _UNDERSTOOD:
                found.setdefault(kind, raw[at + 4 : at + 4 + length])
            elif kind < 0x8000:
                unknown.append(kind)
        at = following
    return found, integrity_at, tuple(unknown)


def proves(message: Message, password: bytes) -> bool:
    """Return whether MESSAGE-INTEGRITY is there and was made with `password` (RFC 8489 section 14.5)."""
    at = message.integrity_at
    if at is None:
        return False
    covered = _with_length(message.raw[:at], at - HEADER_LENGTH + 4 + _INTEGRITY_LENGTH)
    made = hmac.digest(password, covered, "sha1")
    return hmac.compare_digest(made, message.attributes[Attribute.MESSAGE_INTEGRITY])


def success(request: Message, host: str, port: int, password: bytes) -> bytes:
    """Return the success response to `request`, telling the sender the address that it was seen at.

    IPv4: 64 bytes; IPv6: 76.
    """
    address = ipaddress.ip_address(host)
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        # What an IPv6 socket calls an IPv4 sender; the sender knows itself by the other name.
        address = address.ipv4_mapped
    packed = address.packed
    family = _IPV4 if len(packed) == 4 else _IPV6
    value = struct.pack("!BBH", 0, family, port ^ (_COOKIE >> 16)) + _xor(packed, request.transaction_id)
    return _answer(request, MessageClass.SUCCESS, [(Attribute.XOR_MAPPED_ADDRESS, value)], password)


def error(request: Message, code: int, password: bytes | None, unknown: Sequence[int] = ()) -> bytes:
    """Return the error response to `request`, without a reason phrase: 36 bytes, 60 when `password` signs it.

    `unknown` are the attributes that a 420 names.
    """
    attributes = [(Attribute.ERROR_CODE, struct.pack("!HBB", 0, code // 100, code % 100))]
    if unknown:
        attributes.append((Attribute.UNKNOWN_ATTRIBUTES, struct.pack(f"!{len(unknown)}H", *unknown)))
    return _answer(request, MessageClass.ERROR, attributes, password)


def build(
    message_class: MessageClass,
    transaction_id: bytes,
    attributes: Sequence[tuple[int, bytes]],
    password: bytes | None,
) -> bytes:
    """Return a Binding message with these attributes, then MESSAGE-INTEGRITY (with a password) and
    FINGERPRINT.
    """
    body = b"".join(
        _ATTRIBUTE.pack(kind, len(value)) + value + bytes(-len(value) % 4) for kind, value in attributes
    )
    message = _HEADER.pack(_BINDING | message_class, len(body), _COOKIE, transaction_id) + body
    if password is not None:
        covered = _with_length(message, len(body) + 4 + _INTEGRITY_LENGTH)
        digest = hmac.digest(password, covered, "sha1")
        message = covered + _ATTRIBUTE.pack(Attribute.MESSAGE_INTEGRITY, _INTEGRITY_LENGTH) + digest
    message = _with_length(message, len(message) - HEADER_LENGTH + 8)
    return message + _ATTRIBUTE.pack(Attribute.FINGERPRINT, 4) + _fingerprint(message).to_bytes(4, "big")


def _answer(
    request: Message,
    message_class: MessageClass,
    attributes: list[tuple[Attribute, bytes]],
    password: bytes | None,
) -> bytes:
    return build(message_class, request.transaction_id, attributes, password)


def _fingerprint(before: bytes) -> int:
    """The CRC of all before FINGERPRINT, the header's length already counting it (section 14.7)."""
    covered = _with_length(before, len(before) - HEADER_LENGTH + 8)
    return binascii.crc32(covered) ^ _FINGERPRINT_XOR


def _with_length(message: bytes, length: int) -> bytes:
    return message[:2] + length.to_bytes(2, "big") + message[4:]


def _xor(address: bytes, transaction_id: bytes) -> bytes:
    pad = _COOKIE.to_bytes(4, "big") + transaction_id
    return bytes(one ^ other for one, other in zip(address, pad, strict=False))
