"""The log's rows: leaves, tiles, the tree's edge, checkpoints, cosignatures, epochs. Inserted and read; of
all this the tree's one row alone ever changes. What is sealed when, and what is signed, is decided in
actions."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from chat_archive.merkle import HASH
from chat_archive.tiles import WIDTH, Edge, FullTile
from storage.pool import Row, Tx

_LOCK = 0x74656C6576697369
"""The advisory lock of whoever seals: a number that nothing else here uses."""
_AMONG = 2_000
"""Checkpoints looked at for the most cosigned one."""

EntryKey = tuple[UUID, int]
"""(conversation, sequence number)."""


class Epoch(NamedTuple):
    """A stretch of the log under one origin and one key: its first tree has `first_size` leaves."""

    number: int
    origin: str
    log_key: str
    first_size: int


class Tree(NamedTuple):
    """The tree of all sealed entries, as the last pass left it."""

    epoch: Epoch
    edge: Edge
    root: bytes

    @property
    def size(self) -> int:
        """How many leaves there are."""
        return self.edge.size


class Unsealed(NamedTuple):
    """An entry without a leaf."""

    conversation_id: UUID
    seq: int
    entry_hash: bytes


class Place(NamedTuple):
    """Where an entry stands in the tree. `leaf` is its index, None before it is sealed."""

    conversation_id: UUID
    seq: int
    entry_hash: bytes
    leaf: int | None


class KeptCheckpoint(NamedTuple):
    """A checkpoint that was signed: `note` is the signed note without cosignatures (C2SP tlog-checkpoint)."""

    epoch: int
    size: int
    root: bytes
    note: str
    signed_at: datetime


class Cosignature(NamedTuple):
    """One witness' signature line of a checkpoint, its newline included."""

    witness: str
    line: str


class NewEpoch(NamedTuple):
    """An epoch that begins. The first one has no missing range and nobody's approval."""

    number: int
    origin: str
    log_key: str
    first_size: int
    reason: str
    missing: tuple[int, int] | None = None
    approved_by: UUID | None = None
    approved_too_by: UUID | None = None


class ToldEpoch(NamedTuple):
    """An epoch as anybody may read of it: why it began, when, and which entries [from, to) were lost."""

    epoch: Epoch
    missing: tuple[int, int] | None
    reason: str
    began_at: datetime


async def lock(tx: Tx) -> bool:
    """Try to become the one who seals, until the transaction ends; say whether it worked."""
    row = await tx.one("sealing_lock", {"key": _LOCK})
    return row is not None and bool(row["held"])


async def lock_patiently(tx: Tx) -> None:
    """Become the one who seals, until the transaction ends; wait for whoever does now."""
    await tx.one("sealing_lock_patiently", {"key": _LOCK})


async def epochs(tx: Tx) -> list[Epoch]:
    """Return all epochs, the first one first."""
    return [_epoch(row) for row in await tx.all("sealing_epochs")]


async def told_epochs(tx: Tx) -> list[ToldEpoch]:
    """Return all epochs with why and when they began, the first one first."""
    return [
        ToldEpoch(
            _epoch(row),
            None if row["missing_from"] is None else (row["missing_from"], row["missing_to"]),
            row["reason"],
            row["began_at"],
        )
        for row in await tx.all("sealing_told_epochs")
    ]


async def tree(tx: Tx) -> Tree | None:
    """Return the tree, or None before the log began. Raise Malformed when its edge is not one of its size."""
    row = await tx.one("sealing_tree")
    if row is None:
        return None
    epoch = Epoch(row["epoch"], row["origin"], row["log_key"], row["first_size"])
    return Tree(epoch, Edge(row["size"], tuple(map(bytes, row["edge"]))), bytes(row["root"]))


async def begin_epoch(tx: Tx, epoch: NewEpoch, at: datetime) -> None:
    """Insert an epoch; any but the first one is the owner's alone to insert."""
    missing_from, missing_to = epoch.missing or (None, None)
    await tx.run(
        "sealing_begin_epoch",
        {
            "number": epoch.number,
            "origin": epoch.origin,
            "log_key": epoch.log_key,
            "first_size": epoch.first_size,
            "missing_from": missing_from,
            "missing_to": missing_to,
            "reason": epoch.reason,
            "approved_by": epoch.approved_by,
            "approved_too_by": epoch.approved_too_by,
            "at": at,
        },
    )


async def may_begin_epoch(tx: Tx) -> bool:
    """Say whether this connection's login may begin another epoch: the owner may."""
    row = await tx.one("sealing_may_begin_epoch")
    return row is not None and bool(row["may"])


async def plant_tree(tx: Tx, epoch: int, edge: Edge, root: bytes) -> None:
    """Insert the tree's one row, when the log begins."""
    await tx.run(
        "sealing_plant_tree", {"epoch": epoch, "size": edge.size, "root": root, "edge": list(edge.levels)}
    )


async def move_tree(tx: Tx, before: Tree, epoch: int, edge: Edge, root: bytes) -> bool:
    """Move the tree on from `before`; say False when somebody else did: then roll back."""
    moved = await tx.run(
        "sealing_move_tree",
        {
            "epoch_before": before.epoch.number,
            "size_before": before.size,
            "root_before": before.root,
            "epoch": epoch,
            "size": edge.size,
            "root": root,
            "edge": list(edge.levels),
        },
    )
    return moved == 1


async def horizon(tx: Tx) -> int:
    """Return the oldest running transaction's id: all below have ended, and every later statement sees
    them."""
    row = await tx.one("sealing_horizon")
    if row is None:
        raise LookupError("a select without a table returns one row")
    return int(row["oldest_running"])


async def unsealed_since(tx: Tx, since: int, limit: int) -> list[Unsealed]:
    """Return up to `limit` entries without a leaf that transactions from `since` on brought, by key."""
    return [
        _unsealed(row)
        for row in await tx.all("sealing_unsealed_since", {"since": str(since), "limit": limit})
    ]


async def stretch_end(tx: Tx, after: EntryKey | None, count: int) -> EntryKey | None:
    """Return the key of the last of the next `count` entries after `after`; None when there are no more."""
    row = await tx.one("sealing_stretch_end", {**_after(after), "count": count})
    return None if row is None else (row["conversation_id"], row["seq"])


async def unsealed_between(tx: Tx, after: EntryKey | None, end: EntryKey, limit: int) -> list[Unsealed]:
    """Return up to `limit` entries without a leaf with after < key <= end, by key."""
    params = {**_after(after), "end_id": end[0], "end_seq": end[1], "limit": limit}
    return [_unsealed(row) for row in await tx.all("sealing_unsealed_between", params)]


async def waiting(tx: Tx, since: int, limit: int) -> int:
    """Return how many entries that transactions from `since` on brought have no leaf; at most `limit`."""
    row = await tx.one("sealing_waiting", {"since": str(since), "limit": limit})
    return 0 if row is None else int(row["entries"])


async def insert_leaves(tx: Tx, first: int, entries: Sequence[Unsealed]) -> None:
    """Give the entries the leaves from index `first` on."""
    await tx.run(
        "sealing_insert_leaves",
        {
            "first": first,
            "conversation_id": [entry.conversation_id for entry in entries],
            "seq": [entry.seq for entry in entries],
        },
    )


async def insert_tiles(tx: Tx, tiles: Sequence[FullTile]) -> None:
    """Insert tiles that have become full."""
    await tx.run(
        "sealing_insert_tiles",
        {
            "level": [tile.level for tile in tiles],
            "n": [tile.n for tile in tiles],
            "hashes": [tile.hashes for tile in tiles],
        },
    )


async def insert_checkpoint(tx: Tx, checkpoint: KeptCheckpoint) -> None:
    """Insert a signed checkpoint."""
    await tx.run(
        "sealing_insert_checkpoint",
        {
            "epoch": checkpoint.epoch,
            "size": checkpoint.size,
            "root": checkpoint.root,
            "note": checkpoint.note,
            "at": checkpoint.signed_at,
        },
    )


async def checkpoint(tx: Tx, epoch: int, size: int) -> KeptCheckpoint | None:
    """Return the checkpoint of this size, or None when none was signed."""
    return _checkpoint(await tx.one("sealing_checkpoint", {"epoch": epoch, "size": size}))


async def latest_checkpoint(tx: Tx) -> KeptCheckpoint | None:
    """Return the checkpoint of the present tree, or None before the log began."""
    return _checkpoint(await tx.one("sealing_latest_checkpoint"))


async def best_checkpoint(tx: Tx, index: int) -> KeptCheckpoint | None:
    """Return the most cosigned of the present epoch's latest checkpoints that cover leaf `index`, or None."""
    return _checkpoint(await tx.one("sealing_best_checkpoint", {"index": index, "among": _AMONG}))


async def cosignatures(tx: Tx, epoch: int, size: int) -> list[Cosignature]:
    """Return what witnesses signed of this checkpoint, by their names."""
    rows = await tx.all("sealing_cosignatures", {"epoch": epoch, "size": size})
    return [Cosignature(row["witness"], row["line"]) for row in rows]


async def insert_cosignature(tx: Tx, epoch: int, size: int, cosignature: Cosignature, at: datetime) -> None:
    """Keep a witness' signature line; its first one for this checkpoint stays."""
    await tx.run(
        "sealing_insert_cosignature",
        {"epoch": epoch, "size": size, "witness": cosignature.witness, "line": cosignature.line, "at": at},
    )


async def last_cosigned(tx: Tx, epoch: int, witness: str) -> int:
    """Return the size of the largest checkpoint that this witness signed for us; 0 for none."""
    row = await tx.one("sealing_last_cosigned", {"epoch": epoch, "witness": witness})
    return 0 if row is None else int(row["size"])


async def last_index(tx: Tx) -> int:
    """Return the largest index of a leaf; -1 when there is none."""
    row = await tx.one("sealing_last_index")
    return -1 if row is None else int(row["index"])


async def last_entry(tx: Tx, size: int) -> EntryKey | None:
    """Return the entry of the last leaf of the tree with `size` leaves."""
    row = await tx.one("sealing_entry_before", {"size": size})
    return None if row is None else (row["conversation_id"], row["seq"])


async def tile(tx: Tx, level: int, n: int, width: int, edge: Edge) -> bytes | None:
    """Return the first `width` hashes of a tile, full ones from their rows, else from `edge`; None beyond
    it."""
    if n == edge.size >> 8 * (level + 1):
        partial = edge.levels[level] if level < len(edge.levels) else b""
        return partial[: width * HASH] if width * HASH <= len(partial) else None
    row = await tx.one("sealing_tile", {"level": level, "n": n, "bytes": width * HASH})
    return None if row is None else bytes(row["hashes"])


async def entry_hashes(tx: Tx, n: int, width: int) -> list[bytes]:
    """Return the first `width` entries of bundle `n`: 32 bytes each."""
    rows = await tx.all("sealing_entries_at", {"first": n * WIDTH, "end": n * WIDTH + width})
    return [bytes(row["entry_hash"]) for row in rows]


async def places(tx: Tx, conversations: Sequence[UUID]) -> list[Place]:
    """Return where all entries of these conversations stand, by key."""
    return [_place(row) for row in await tx.all("sealing_places", {"ids": list(conversations)})]


async def last_of_kind(tx: Tx, conversation: UUID, kind: str) -> Place | None:
    """Return where the conversation's last entry of this kind stands; None when there is none."""
    row = await tx.one("sealing_place", {"conversation_id": conversation, "kind": kind})
    return None if row is None else _place(row)


def _after(key: EntryKey | None) -> dict[str, UUID | int | None]:
    conversation, seq = key or (None, None)
    return {"after_id": conversation, "after_seq": seq}


def _epoch(row: Row) -> Epoch:
    return Epoch(row["number"], row["origin"], row["log_key"], row["first_size"])


def _unsealed(row: Row) -> Unsealed:
    return Unsealed(row["conversation_id"], row["seq"], bytes(row["entry_hash"]))


def _place(row: Row) -> Place:
    return Place(row["conversation_id"], row["seq"], bytes(row["entry_hash"]), row["index"])


def _checkpoint(row: Row | None) -> KeptCheckpoint | None:
    if row is None:
        return None
    return KeptCheckpoint(row["epoch"], row["size"], bytes(row["root"]), row["note"], row["signed_at"])
