"""One entry: its header, its commitment and its hash. docs/archive-format.md describes them byte by byte.

The chain and the tree are made of headers and commitments alone. They stay verifiable when a body can no
longer be read, and tell nobody what it says.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from struct import Struct, error
from typing import NamedTuple
from uuid import UUID

Random = Callable[[int], bytes]
"""Returns that many bytes that nobody can foresee."""

VERSION = 1
HASH_SIZE = 32
GENESIS = bytes(HASH_SIZE)
"""What stands before the first entry of a conversation."""
REGISTER_ID = UUID("7e1e7151-7000-8000-8000-000000000001")
"""The conversation in which the hospital itself records destructions and epochs."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
CHAIN_PREFIX = b"\x02televisit/entry/v1\n"
_BODY_PREFIX = b"\x03televisit/body/v1\n"
_ADDENDUM_PREFIX = b"televisit/addendum/v1\n"
_HEADER = Struct(">B16sQQ16sI")
_LENGTH = Struct(">I")


@dataclass(frozen=True, slots=True)
class Draft:
    """What someone wants to append. `message_id` is the author's own and makes a resend harmless."""

    conversation_id: UUID
    message_id: UUID
    author: str
    kind: str
    recorded_at: datetime
    body: bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it is read: the draft, its place in the conversation, its commitment and its link.

    `body` is None when its key was destroyed, and also, with `damaged`, when what is kept of it does not
    open. `salt` (32 bytes) is what the commitment was made with; None without the key.
    """

    conversation_id: UUID
    seq: int
    message_id: UUID
    author: str
    kind: str
    recorded_at: datetime
    commitment: bytes
    entry_hash: bytes
    body: bytes | None
    salt: bytes | None = None
    damaged: bool = False

    @property
    def destroyed(self) -> bool:
        """Whether nobody can read the body any more, as was decided."""
        return self.body is None and not self.damaged


class SealedEntry(NamedTuple):
    """An entry as it is kept: `sealed` is the body, encrypted. A tuple, because a log has millions."""

    conversation_id: UUID
    seq: int
    message_id: UUID
    author: str
    kind: str
    recorded_at: datetime
    commitment: bytes
    entry_hash: bytes
    sealed: bytes

    def header(self) -> bytes:
        """Return the header's bytes; raise ValueError as `header_bytes` does: damage may be anything."""
        return header_bytes(
            self.conversation_id, self.seq, self.message_id, self.author, self.kind, self.recorded_at
        )


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a conversation's chain: how many entries, and the last one's hash."""

    conversation_id: UUID
    size: int
    last_hash: bytes


def addendum_of(conversation_id: UUID) -> UUID:
    """Return the conversation in which is kept what happened after this one was closed."""
    return UUID(bytes=_as_version_8(sha256(_ADDENDUM_PREFIX + conversation_id.bytes).digest()[:16]))


def header_bytes(
    conversation_id: UUID, seq: int, message_id: UUID, author: str, kind: str, recorded_at: datetime
) -> bytes:
    """Return everything of an entry but its body: different fields give different bytes.

    Version (1), conversation (16), sequence number from 1 (8), microseconds since the epoch (8), message id
    (16), then author and kind, each after its length in bytes (4). Integers are unsigned, big-endian; author
    and kind are UTF-8. Raise ValueError for a naive time, a number out of range or text that is none.
    """
    if recorded_at.tzinfo is None:
        raise ValueError("recorded_at must be an aware time")
    after = recorded_at - _EPOCH
    micros = (after.days * 86_400 + after.seconds) * 1_000_000 + after.microseconds
    author_raw, kind_raw = author.encode(), kind.encode()
    try:
        fixed = _HEADER.pack(VERSION, conversation_id.bytes, seq, micros, message_id.bytes, len(author_raw))
        return b"".join((fixed, author_raw, _LENGTH.pack(len(kind_raw)), kind_raw))
    except error:
        raise ValueError("a number of the entry is out of range") from None


def commitment(salt: bytes, body: bytes) -> bytes:
    """Return SHA-256(prefix || salt || body): it fixes the body and, without the salt, tells nothing."""
    if len(salt) != HASH_SIZE:
        raise ValueError("a salt has 32 bytes")
    return sha256(_BODY_PREFIX + salt + body).digest()


def entry_hash(previous: bytes, header: bytes, committed: bytes) -> bytes:
    """Return SHA-256(prefix || hash of the entry before || header || commitment): the leaf of the tree."""
    if len(previous) != HASH_SIZE or len(committed) != HASH_SIZE:
        raise ValueError("the previous hash and the commitment have 32 bytes each")
    return sha256(CHAIN_PREFIX + previous + header + committed).digest()


def _as_version_8(raw: bytes) -> bytes:
    """Return 16 bytes with the version and variant of RFC 9562 section 5.8 written into them."""
    changed = bytearray(raw)
    changed[6] = 0x80 | (changed[6] & 0x0F)
    changed[8] = 0x80 | (changed[8] & 0x3F)
    return bytes(changed)
