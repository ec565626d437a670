"""Datagrams that were never meant well: noise, damaged ones, checks that prove themselves all the same."""

import binascii
import random

from media import stun
from media.ice_lite import Credentials


def damaged(seed: bytes, chance: random.Random) -> bytes:
    """Return what was sent with octets changed, cut, repeated, or put together with more."""
    changed = bytearray(seed)
    for _ in range(chance.randrange(1, 5)):
        at = chance.randrange(len(changed))
        # One bit as often as a whole octet: most checks are passed but for one.
        changed[at] = (
            changed[at] ^ 1 << chance.randrange(8) if chance.random() < 0.5 else chance.randrange(256)
        )
    kind = chance.randrange(6)
    if kind == 0:
        del changed[chance.randrange(1, len(changed) + 1) :]
    elif kind == 1:
        changed += chance.randbytes(chance.randrange(1, 64))
    elif kind == 2:
        at = chance.randrange(len(changed))
        changed[at:at] = changed[at : at + chance.randrange(1, 16)]
    return bytes(changed)


def resealed(check: bytes) -> bytes:
    """Return a damaged check with the length and the FINGERPRINT that go with it: it is read to its end."""
    body = check[:-8] if len(check) > 28 else check.ljust(20, b"\0")
    body = body[: len(body) - len(body) % 4]
    head = body[:2] + (len(body) - 20 + 8).to_bytes(2, "big") + body[4:]
    crc = binascii.crc32(head) ^ 0x5354554E
    return head + bytes.fromhex("80280004") + crc.to_bytes(4, "big")


def strange_check(credentials: Credentials, chance: random.Random) -> bytes:
    """Return a check that proves itself and says strange things."""
    attributes: list[tuple[int, bytes]] = [(stun.Attribute.USERNAME, f"{credentials.ufrag}:x".encode())]
    for _ in range(chance.randrange(5)):
        kind = chance.choice((6, 0x20, 0x24, 0x25, 0x8029, 0x802A, chance.randrange(1 << 16)))
        attributes.append((kind, chance.randbytes(chance.choice((0, 4, 8, chance.randrange(60))))))
    kinds = stun.MessageClass.REQUEST, *stun.MessageClass
    return stun.build(chance.choice(kinds), chance.randbytes(12), attributes, credentials.password.encode())


def noise(chance: random.Random) -> bytes:
    """Return random octets, every other time in one of the ranges of RFC 7983."""
    size = chance.randrange(1, 200)
    if chance.random() < 0.5:
        return chance.randbytes(size)
    return bytes((chance.choice((0, 1, 20, 22, 23, 63, 128, 144, 191, 64, 200, 255)),)) + chance.randbytes(
        size
    )
