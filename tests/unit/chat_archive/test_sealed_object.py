"""Encrypted objects: whole in any pieces, and nothing that was tampered with opens."""

from hashlib import sha256
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from chat_archive.sealed_object import CHUNK, TAG_SIZE, ObjectDamaged, ObjectOpener, ObjectSealer, sealed_size

KEY = bytes(range(32))
ID = UUID("0193a000-0000-4000-8000-00000000a001")
SIZES = [1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 7]


def content(size: int) -> bytes:
    return bytes(number * 31 % 251 for number in range(size))


def seal(plain: bytes, piece: int = 10_000) -> bytes:
    sealer = ObjectSealer(KEY, ID)
    out = b"".join(sealer.update(plain[at : at + piece]) for at in range(0, len(plain), piece))
    out += sealer.finish()
    assert (sealer.size, sealer.digest) == (len(plain), sha256(plain).digest())
    assert (sealer.sealed_size, sealer.sealed_digest) == (len(out), sha256(out).digest())
    return out


def unseal(sealed: bytes, piece: int = 7_777, key: bytes = KEY, object_id: UUID = ID) -> bytes:
    opener = ObjectOpener(key, object_id)
    out = b""
    for at in range(0, len(sealed), piece):
        out += b"".join(opener.update(sealed[at : at + piece]))
    return out + opener.finish()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("piece", [1 << 20, 1_000])
def test_what_was_sealed_opens_in_any_pieces(size: int, piece: int) -> None:
    plain = content(size)
    sealed = seal(plain, piece)
    assert len(sealed) == sealed_size(size)
    assert unseal(sealed, piece) == plain


def test_the_bytes_are_those_that_are_documented() -> None:
    plain = content(CHUNK + 5)
    key = HKDF(SHA256(), 32, None, b"televisit/object/v1\n" + ID.bytes).derive(KEY)
    first = AESGCM(key).encrypt(bytes(12), plain[:CHUNK], None)
    second = AESGCM(key).encrypt((1).to_bytes(11, "big") + b"\x01", plain[CHUNK:], None)
    assert seal(plain) == b"\x01" + first + second


def test_nothing_is_not_an_object() -> None:
    with pytest.raises(ValueError, match="at least one byte"):
        ObjectSealer(KEY, ID).finish()


def test_any_flipped_bit_is_found() -> None:
    sealed = bytearray(seal(content(CHUNK + 100)))
    for at in [0, 1, CHUNK, CHUNK + TAG_SIZE, CHUNK + TAG_SIZE + 1, len(sealed) - 1]:
        sealed[at] ^= 1
        with pytest.raises(ObjectDamaged):
            unseal(bytes(sealed))
        sealed[at] ^= 1


STEP = CHUNK + TAG_SIZE


@pytest.mark.parametrize(
    "damage",
    [
        lambda s: b"",
        lambda s: s[:1],
        lambda s: s[:-1],
        lambda s: s[: 1 + STEP],
        lambda s: s[: 1 + 2 * STEP],
        lambda s: s + b"\x00",
        lambda s: s[:1] + s[1 + STEP : 1 + 2 * STEP] + s[1 : 1 + STEP] + s[1 + 2 * STEP :],
        lambda s: s[:1] + s[1 + STEP :],
        lambda s: s[: 1 + STEP] + s[1 : 1 + STEP] + s[1 + STEP :],
        lambda s: s + s[1:],
    ],
    ids=[
        "empty",
        "version",
        "short",
        "1 chunk",
        "2 chunks",
        "long",
        "swapped",
        "first gone",
        "twice",
        "appended",
    ],
)
def test_what_was_cut_reordered_or_repeated_is_found(damage: "object") -> None:
    sealed = seal(content(2 * CHUNK + 50))
    assert callable(damage)
    with pytest.raises(ObjectDamaged):
        unseal(damage(sealed))


def test_another_objects_bytes_or_another_key_do_not_open() -> None:
    sealed = seal(b"something")
    with pytest.raises(ObjectDamaged):
        unseal(sealed, object_id=UUID(int=ID.int + 1))
    with pytest.raises(ObjectDamaged):
        unseal(sealed, key=bytes(32))
