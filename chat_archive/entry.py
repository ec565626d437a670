"""One entry and its canonical bytes. docs/archive-format.md describes them byte by byte."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID

VERSION = 1
HASH_SIZE = 32
GENESIS = bytes(HASH_SIZE)
"""What stands before the first entry of a conversation."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CHAIN_PREFIX = b"\x02televisit/entry/v1\n"


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
    """What is kept: the draft, its place in the conversation and its link in the chain."""

    conversation_id: UUID
    seq: int
    message_id: UUID
    author: str
    kind: str
    recorded_at: datetime
    body: bytes
    entry_hash: bytes


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a conversation's chain: how many entries, and the last one's hash."""

    conversation_id: UUID
    size: int
    last_hash: bytes


def canonical_bytes(
    conversation_id: UUID,
    seq: int,
    message_id: UUID,
    author: str,
    kind: str,
    recorded_at: datetime,
    body: bytes,
) -> bytes:
    """Return the bytes that are hashed: different fields give different bytes.

    Version (1), conversation (16), sequence number from 1 (8), microseconds since the epoch (8), message id
    (16), then author, kind and body, each after its length in bytes (4). Integers are unsigned, big-endian;
    author and kind are UTF-8. Raise ValueError for a naive time, a number out of range or text that is none.
    """
    if recorded_at.tzinfo is None:
        raise ValueError("recorded_at must be an aware time")
    micros = (recorded_at - _EPOCH) // timedelta(microseconds=1)
    author_raw, kind_raw = author.encode(), kind.encode()
    try:
        return b"".join(
            (
                VERSION.to_bytes(1, "big"),
                conversation_id.bytes,
                seq.to_bytes(8, "big"),
                micros.to_bytes(8, "big"),
                message_id.bytes,
                len(author_raw).to_bytes(4, "big"),
                author_raw,
                len(kind_raw).to_bytes(4, "big"),
                kind_raw,
                len(body).to_bytes(4, "big"),
                body,
            )
        )
    except OverflowError as error:
        raise ValueError("a number of the entry is out of range") from error


def entry_hash(previous: bytes, canonical: bytes) -> bytes:
    """Return SHA-256(prefix || hash of the entry before || canonical bytes)."""
    if len(previous) != HASH_SIZE:
        raise ValueError("the previous hash has 32 bytes")
    return sha256(_CHAIN_PREFIX + previous + canonical).digest()


def link(head: Head, draft: Draft) -> Entry:
    """Return the entry that comes after `head`; raise ValueError for the head of another conversation."""
    if head.conversation_id != draft.conversation_id:
        raise ValueError("the head is of another conversation")
    seq = head.size + 1
    canonical = canonical_bytes(
        draft.conversation_id,
        seq,
        draft.message_id,
        draft.author,
        draft.kind,
        draft.recorded_at,
        draft.body,
    )
    return Entry(
        draft.conversation_id,
        seq,
        draft.message_id,
        draft.author,
        draft.kind,
        draft.recorded_at,
        draft.body,
        entry_hash(head.last_hash, canonical),
    )
