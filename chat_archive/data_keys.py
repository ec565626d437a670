"""Keys: one data key for each consultation, and the ring of key-encryption keys that wrap them.

Pure: where the ring comes from is behind the port `KekSource`, where wrapped keys are kept is the store's.
Nothing here shows a key's bytes in its representation.
"""

import base64
import binascii
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from chat_archive.entry import HASH_SIZE, Entry, Random, SealedEntry, commitment

KEY_SIZE = 32
NONCE_SIZE = 12
TAG_SIZE = 16
_WRAP_PREFIX = b"televisit/data-key/v1\n"
_KEK_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,119}")
_UNWRAPPED_MAX = 8_192
"""Unwrapped data keys that a ring remembers; a hospital has far fewer open conversations at a time."""


class BodyDamaged(Exception):
    """A sealed body does not open: it, its header or the key is not the one it was sealed with."""


class KeyFault(Exception):
    """A wrapped data key cannot be unwrapped."""


class KekUnknown(KeyFault):
    """The ring lacks the key-encryption key that wraps a data key. `kek` is its name."""

    def __init__(self, kek: str, conversation_id: UUID) -> None:
        super().__init__(
            f"the data key of conversation {conversation_id} is wrapped by the key {kek!r}, "
            "which ARCHIVE_KEYS lacks"
        )
        self.kek = kek


class KeyDamaged(KeyFault):
    """A wrapped data key does not open with the key-encryption key it names."""

    def __init__(self, kek: str, conversation_id: UUID) -> None:
        super().__init__(f"the data key of conversation {conversation_id} does not open with the key {kek!r}")
        self.kek = kek


class KeyMissing(KeyFault):
    """A conversation with entries has no data key at all: somebody took it away."""

    def __init__(self, conversation_id: UUID) -> None:
        super().__init__(f"conversation {conversation_id} has entries, and no data key")


class KeyDestroyed(Exception):
    """The data key was destroyed: nothing can be added to this conversation."""

    def __init__(self, conversation_id: UUID) -> None:
        super().__init__(f"the data key of conversation {conversation_id} was destroyed")
        self.conversation_id = conversation_id


class RingInvalid(ValueError):
    """A text that is no ring of keys. The words end the sentence "ARCHIVE_KEYS ..."; they hold no key."""


class DataKey:
    """The key of one consultation and its addendum: 32 secret bytes, and the three keys made of them.

    Keys are derived once by HKDF-SHA256 (RFC 5869, no salt), so that sealing costs one AES-GCM and one HMAC.
    """

    __slots__ = ("_body", "_object_key", "_salt_key", "_secret", "conversation_id")

    def __init__(self, conversation_id: UUID, secret: bytes) -> None:
        if len(secret) != KEY_SIZE:
            raise ValueError("a data key has 32 bytes")
        self.conversation_id = conversation_id
        self._secret = secret
        extracted = hmac.digest(bytes(HASH_SIZE), secret, "sha256")
        self._body = AESGCM(_expand(extracted, b"televisit/body-key/v1"))
        self._salt_key = _expand(extracted, b"televisit/salt-key/v1")
        self._object_key = _expand(extracted, b"televisit/object-key/v1")

    @property
    def secret(self) -> bytes:
        """The 32 bytes: for wrapping, and for the pack that an auditor takes away."""
        return self._secret

    def salt(self, header: bytes) -> bytes:
        """Return the 32 bytes that salt the commitment of the entry with this header."""
        return hmac.digest(self._salt_key, header, "sha256")

    def seal(self, header: bytes, body: bytes, random: Random) -> bytes:
        """Return nonce (12), ciphertext and tag (16) of a body, bound to its entry's header."""
        nonce = random(NONCE_SIZE)
        return nonce + self._body.encrypt(nonce, body, header)

    def open(self, header: bytes, sealed: bytes) -> bytes:
        """Return the body; raise BodyDamaged when it is not what was sealed for this header."""
        if len(sealed) < NONCE_SIZE + TAG_SIZE:
            raise BodyDamaged
        try:
            return self._body.decrypt(sealed[:NONCE_SIZE], sealed[NONCE_SIZE:], header)
        except InvalidTag:
            raise BodyDamaged from None

    def object_key(self) -> bytes:
        """Return the 32 bytes from which the keys of this consultation's files are made."""
        return self._object_key


class WrappedKey(NamedTuple):
    """A data key as it is kept: nonce (12), ciphertext (32) and tag (16), and the name of what wraps it."""

    conversation_id: UUID
    kek: str
    wrapped: bytes


@dataclass(frozen=True, slots=True)
class DestroyedKey:
    """What is left of a data key after its destruction."""

    conversation_id: UUID
    destroyed_at: datetime


KeptKey = WrappedKey | DestroyedKey
OpenKey = DataKey | DestroyedKey | KeyFault
"""What there is to read a conversation with: its key, or why there is none."""


class KeyRing:
    """The key-encryption keys by name; the active one wraps whatever is wrapped anew.

    One object serves a whole process, on one thread. `follow` changes it in place when its source changed.
    """

    def __init__(self, keys: Mapping[str, bytes], active: str) -> None:
        self._unwrapped: dict[WrappedKey, DataKey] = {}
        self._keys: dict[str, AESGCM] = {}
        self._secrets: dict[str, bytes] = {}
        self._active = ""
        self._set(dict(keys), active)

    @classmethod
    def parse(cls, text: str) -> "KeyRing":
        """Read lines (or words) of `name:base64 of 32 bytes`; the first is active. Raise RingInvalid."""
        keys: dict[str, bytes] = {}
        for number, word in enumerate(re.split(r"[\s,]+", text.strip()), 1):
            name, colon, encoded = word.partition(":")
            if not colon or not _KEK_NAME.fullmatch(name):
                raise RingInvalid(f"must be lines of name:base64; line {number} is none")
            if name in keys:
                raise RingInvalid(f"names the key {name} twice")
            try:
                secret = base64.b64decode(encoded, validate=True)
            except (binascii.Error, ValueError):
                raise RingInvalid(f"must be lines of name:base64; line {number} is no base64") from None
            if len(secret) != KEY_SIZE:
                raise RingInvalid(f"must hold keys of 32 bytes; line {number} has {len(secret)}")
            keys[name] = secret
        return cls(keys, next(iter(keys)))

    def text(self) -> str:
        """Return the ring as lines that `parse` reads: the keys themselves, for the file they live in."""
        names = [self._active, *(name for name in self._secrets if name != self._active)]
        return "".join(f"{name}:{base64.b64encode(self._secrets[name]).decode()}\n" for name in names)

    @property
    def active(self) -> str:
        """The name of the key that wraps."""
        return self._active

    @property
    def names(self) -> tuple[str, ...]:
        """All names, the active one first."""
        return (self._active, *(name for name in self._secrets if name != self._active))

    def follow(self, other: "KeyRing") -> None:
        """Become the other ring, for all who hold this one."""
        self._set(dict(other._secrets), other._active)

    def with_new(self, name: str, random: Random) -> "KeyRing":
        """Return a ring that has one more key, which is the active one."""
        if name in self._secrets or not _KEK_NAME.fullmatch(name):
            raise ValueError("a new key needs a new name of letters, digits, dots and hyphens")
        return KeyRing({name: random(KEY_SIZE), **self._secrets}, name)

    def new(self, conversation_id: UUID, random: Random) -> tuple[DataKey, WrappedKey]:
        """Make a conversation's data key, wrapped by the active key."""
        key = DataKey(conversation_id, random(KEY_SIZE))
        wrapped = self._wrap(key, random)
        self._remember(wrapped, key)
        return key, wrapped

    def unwrap(self, wrapped: WrappedKey) -> DataKey:
        """Return the data key. Raise KekUnknown, or KeyDamaged when it does not open."""
        known = self._unwrapped.get(wrapped)
        if known is not None:
            return known
        conversation_id, kek, raw = wrapped
        opener = self._keys.get(kek)
        if opener is None:
            raise KekUnknown(kek, conversation_id)
        try:
            secret = opener.decrypt(raw[:NONCE_SIZE], raw[NONCE_SIZE:], _bound_to(conversation_id))
            key = DataKey(conversation_id, secret)
        except (InvalidTag, ValueError):
            raise KeyDamaged(kek, conversation_id) from None
        self._remember(wrapped, key)
        return key

    def rewrap(self, wrapped: WrappedKey, random: Random) -> WrappedKey:
        """Return the same data key under the active key. Raise as `unwrap` does."""
        return self._wrap(self.unwrap(wrapped), random)

    def try_unwrap(self, kept: KeptKey | None, conversation_id: UUID) -> OpenKey:
        """Return what there is to read a conversation with; never raises for a damaged or lost key."""
        if kept is None:
            return KeyMissing(conversation_id)
        if isinstance(kept, DestroyedKey):
            return kept
        try:
            return self.unwrap(kept)
        except KeyFault as fault:
            return fault

    def forget(self, conversation_id: UUID) -> None:
        """Drop what is remembered of a conversation's data key: it was destroyed."""
        for wrapped in [item for item in self._unwrapped if item.conversation_id == conversation_id]:
            del self._unwrapped[wrapped]

    def __repr__(self) -> str:
        return f"KeyRing({', '.join(self.names)})"

    def _set(self, keys: dict[str, bytes], active: str) -> None:
        if active not in keys:
            raise ValueError("the active key must be one of the ring")
        for name, secret in keys.items():
            if not _KEK_NAME.fullmatch(name) or len(secret) != KEY_SIZE:
                raise ValueError("a key-encryption key has a name and 32 bytes")
        self._keys = {name: AESGCM(secret) for name, secret in keys.items()}
        self._secrets, self._active = keys, active

    def _wrap(self, key: DataKey, random: Random) -> WrappedKey:
        nonce = random(NONCE_SIZE)
        wrapped = self._keys[self._active].encrypt(nonce, key.secret, _bound_to(key.conversation_id))
        return WrappedKey(key.conversation_id, self._active, nonce + wrapped)

    def _remember(self, wrapped: WrappedKey, key: DataKey) -> None:
        # The oldest goes, used or not: a key that is still used comes back at the cost of one decryption.
        if len(self._unwrapped) >= _UNWRAPPED_MAX:
            del self._unwrapped[next(iter(self._unwrapped))]
        self._unwrapped[wrapped] = key


class KekSource(Protocol):
    """Where the ring comes from. Asked at start and never inside a transaction."""

    async def load(self) -> KeyRing:
        """Return the ring. Raise PartnerDown when it cannot be asked, RingInvalid when it is no ring."""
        ...


def open_entry(entry: SealedEntry, key: OpenKey) -> Entry:
    """Return the entry with its body; without one when the key was destroyed. Never raises for damage.

    A body that does not open, or is not the one committed to, is left out, and the entry is `damaged`.
    """
    body = salt = None
    damaged = isinstance(key, KeyFault)
    if isinstance(key, DataKey):
        try:
            header = entry.header()
            salt = key.salt(header)
            body = key.open(header, entry.sealed)
            damaged = commitment(salt, body) != entry.commitment
        except (BodyDamaged, ValueError):
            damaged = True
        if damaged:
            body = None
    return Entry(*entry[:8], body, salt, damaged)


def _expand(extracted: bytes, info: bytes) -> bytes:
    """Return the first and only block of HKDF-Expand."""
    return hmac.digest(extracted, info + b"\x01", "sha256")


def _bound_to(conversation_id: UUID) -> bytes:
    return _WRAP_PREFIX + conversation_id.bytes
