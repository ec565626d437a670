"""The log's rows in bulk, for whoever verifies all of it: each page is one value of bytes. Nothing is judged
here."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from chat_archive.entry import SealedEntry
from storage.pool import Tx
from storage.sealing import EntryKey


class LeafPage(NamedTuple):
    """Leaves in their order: `hashes` has 32 bytes of each entry, `times` 8 (signed microseconds since 1970).

    `leaves` and `entries` count what is there; `entries` is smaller where a leaf has lost its entry.
    """

    leaves: int
    entries: int
    hashes: bytes
    times: bytes


class EntryPage(NamedTuple):
    """Entries by key and the heads of their conversations, packed as queries/verification.sql says."""

    taken: int
    entries: bytes
    heads: bytes


class SignedTree(NamedTuple):
    """A kept checkpoint; `cosignatures` are (witness, line)."""

    epoch: int
    size: int
    root: bytes
    note: str
    signed_at: datetime
    cosignatures: list[tuple[str, str]]


async def leaves(tx: Tx, first: int, end: int) -> LeafPage:
    """Return the leaves of [first, end)."""
    row = await tx.one("verification_leaves", {"first": first, "end": end})
    if row is None:
        raise LookupError("a count returns one row")
    return LeafPage(row["leaves"], row["entries"], bytes(row["hashes"]), bytes(row["times"]))


async def missing_leaves(tx: Tx, first: int, end: int, limit: int) -> list[int]:
    """Return up to `limit` indexes of [first, end) without a leaf."""
    params = {"first": first, "end": end, "limit": limit}
    return [row["index"] for row in await tx.all("verification_missing_leaves", params)]


async def leaf(tx: Tx, index: int) -> EntryKey | None:
    """Return the entry of a leaf, or None."""
    row = await tx.one("verification_leaf", {"index": index})
    return None if row is None else (row["conversation_id"], row["seq"])


async def tiles(tx: Tx, level: int, first: int, end: int) -> dict[int, bytes]:
    """Return the stored tiles of a level with first <= n < end, by n."""
    rows = await tx.all("verification_tiles", {"level": level, "first": first, "end": end})
    return {row["n"]: bytes(row["hashes"]) for row in rows}


async def tiles_beyond(tx: Tx, size: int, limit: int) -> list[tuple[int, int]]:
    """Return up to `limit` stored tiles (level, n) that a tree of this size does not have."""
    rows = await tx.all("verification_tiles_beyond", {"size": size, "limit": limit})
    return [(row["level"], row["n"]) for row in rows]


async def checkpoints(tx: Tx, after: tuple[int, int], size: int, limit: int) -> list[SignedTree]:
    """Return up to `limit` checkpoints of at most `size` leaves after (size, epoch), the smallest first."""
    rows = await tx.all(
        "verification_checkpoints",
        {"after_size": after[0], "after_epoch": after[1], "size": size, "limit": limit},
    )
    return [
        SignedTree(
            row["epoch"],
            row["size"],
            bytes(row["root"]),
            row["note"],
            row["signed_at"],
            [(line.partition(" ")[0], line.partition(" ")[2]) for line in row["cosignatures"]],
        )
        for row in rows
    ]


async def entries(tx: Tx, after: EntryKey | None, limit: int) -> EntryPage:
    """Return up to `limit` entries after this key. Fewer than `limit`: there are no more."""
    conversation, seq = after or (None, None)
    row = await tx.one("verification_entries", {"after_id": conversation, "after_seq": seq, "limit": limit})
    if row is None:
        raise LookupError("an aggregate returns one row")
    return EntryPage(row["entries"], bytes(row["entries_packed"]), bytes(row["heads_packed"]))


async def still_unsealed(tx: Tx, keys: Sequence[EntryKey]) -> list[EntryKey]:
    """Return those of these entries that have no leaf now."""
    conversations: list[UUID] = [key[0] for key in keys]
    rows = await tx.all(
        "verification_still_unsealed", {"conversation_id": conversations, "seq": [key[1] for key in keys]}
    )
    return [(row["conversation_id"], row["seq"]) for row in rows]


async def bodies(tx: Tx, keys: Sequence[EntryKey]) -> list[SealedEntry]:
    """Return these entries with their sealed bodies; those that are not there are left out."""
    conversations: list[UUID] = [key[0] for key in keys]
    rows = await tx.all(
        "verification_bodies", {"conversation_id": conversations, "seq": [key[1] for key in keys]}
    )
    return [
        SealedEntry(
            row["conversation_id"],
            row["seq"],
            row["message_id"],
            row["author"],
            row["kind"],
            row["recorded_at"],
            bytes(row["commitment"]),
            bytes(row["entry_hash"]),
            bytes(row["sealed"]),
        )
        for row in rows
    ]
