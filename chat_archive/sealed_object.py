"""Files as they lie in the object store: encrypted in chunks, so that none has to fit into memory.

docs/archive-format.md describes the bytes. Pure: whoever reads or writes the store hands in pieces of any
size. What was cut off, swapped, repeated or brought from another object does not open.
"""

import hmac
from collections.abc import Iterator
from hashlib import sha256
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = b"\x01"
CHUNK = 65_536
"""Bytes of the file in each chunk; the last one may have fewer, and has at least one."""
TAG_SIZE = 16
_INFO = b"televisit/object/v1\n"
_SEALED_CHUNK = CHUNK + TAG_SIZE


class ObjectDamaged(Exception):
    """What lies in the store is not what was put there. `chunk` counts from 0."""

    def __init__(self, chunk: int) -> None:
        super().__init__(f"chunk {chunk} does not open")
        self.chunk = chunk


def sealed_size(size: int) -> int:
    """Return how many bytes a file of `size` bytes takes in the store."""
    return len(VERSION) + size + TAG_SIZE * -(-size // CHUNK)


class ObjectSealer:
    """Encrypts one object. `digest` and `size` are of what was put in, `sealed_digest` of what came out."""

    def __init__(self, object_key: bytes, object_id: UUID) -> None:
        self._cipher = _cipher(object_key, object_id)
        self._waiting = bytearray()
        self._chunk = 0
        self._plain, self._sealed = sha256(), sha256()
        self.size = 0
        self.sealed_size = 0

    @property
    def digest(self) -> bytes:
        """SHA-256 of the file so far."""
        return self._plain.digest()

    @property
    def sealed_digest(self) -> bytes:
        """SHA-256 of what lies in the store."""
        return self._sealed.digest()

    def update(self, piece: bytes) -> bytes:
        """Take the next piece of the file; return what is to be stored next, maybe nothing."""
        self._plain.update(piece)
        self.size += len(piece)
        self._waiting += piece
        sealed = bytearray()
        # The last chunk is marked, so one is held back until it is known whether another follows.
        while len(self._waiting) > CHUNK:
            sealed += self._seal(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]
        return self._out(sealed)

    def finish(self) -> bytes:
        """Return the last bytes to be stored. Raise ValueError when there was nothing to encrypt."""
        if not self._waiting:
            raise ValueError("an object has at least one byte")
        return self._out(self._seal(bytes(self._waiting), last=True))

    def _seal(self, chunk: bytes, *, last: bool) -> bytes:
        sealed = self._cipher.encrypt(_nonce(self._chunk, last=last), chunk, None)
        self._chunk += 1
        return sealed

    def _out(self, sealed: bytes | bytearray) -> bytes:
        out = bytes(sealed) if self.sealed_size or not sealed else VERSION + sealed
        self._sealed.update(out)
        self.sealed_size += len(out)
        return out


class ObjectOpener:
    """Decrypts one object: what it returns is what was put in, up to there; else it raises ObjectDamaged."""

    def __init__(self, object_key: bytes, object_id: UUID) -> None:
        self._cipher = _cipher(object_key, object_id)
        self._waiting = bytearray()
        self._chunk = 0
        self._begun = False

    def update(self, piece: bytes) -> Iterator[bytes]:
        """Take the next piece from the store; give the chunks of the file that it completes."""
        self._waiting += piece
        if self._waiting and not self._begun:
            if self._waiting[:1] != VERSION:
                raise ObjectDamaged(0)
            del self._waiting[:1]
            self._begun = True
        while len(self._waiting) > _SEALED_CHUNK:
            yield self._open(bytes(self._waiting[:_SEALED_CHUNK]), last=False)
            del self._waiting[:_SEALED_CHUNK]

    def finish(self) -> bytes:
        """Return the last chunk, once everything was taken from the store."""
        if len(self._waiting) <= TAG_SIZE:
            raise ObjectDamaged(self._chunk)
        return self._open(bytes(self._waiting), last=True)

    def _open(self, sealed: bytes, *, last: bool) -> bytes:
        try:
            chunk = self._cipher.decrypt(_nonce(self._chunk, last=last), sealed, None)
        except InvalidTag:
            raise ObjectDamaged(self._chunk) from None
        self._chunk += 1
        return chunk


def _cipher(object_key: bytes, object_id: UUID) -> AESGCM:
    """Return the cipher of one object alone, by HKDF-SHA256 (RFC 5869) without salt."""
    extracted = hmac.digest(bytes(32), object_key, "sha256")
    return AESGCM(hmac.digest(extracted, _INFO + object_id.bytes + b"\x01", "sha256"))


def _nonce(chunk: int, *, last: bool) -> bytes:
    """Return the chunk's place in 11 bytes, big-endian, and whether it is the last. One key, one object."""
    return chunk.to_bytes(11, "big") + (b"\x01" if last else b"\x00")
