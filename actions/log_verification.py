"""Verifying a whole log against the database: every entry, leaf, tile, checkpoint and head, in constant
memory.

Two walks. Along the leaves everything that stands in the tree is recomputed from the entries, and compared
with tiles, edge, and every checkpoint that was ever signed. Along the entries each chain is recomputed, and
every entry must stand in the tree once, in its conversation's order. Bodies are not opened:
`archive_reading.verify_all` does that, with the keys. Appending and sealing go on meanwhile: what comes after
the beginning is left out.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from struct import unpack
from uuid import UUID

from actions.chain_walk import ChainWalk
from actions.context import UnitOfWork, permit, record
from actions.log_finding import LogFinding, LogFindingKind, LogProgress
from actions.log_identity import SealingRefused, present_tree
from chat_archive.checkpoint import Checkpoint, open_checkpoint
from chat_archive.growing_tree import GrowingTree
from chat_archive.invalid import EvidenceInvalid
from chat_archive.merkle import EMPTY_ROOT, HASH
from chat_archive.note import VerifierKey
from chat_archive.tiles import WIDTH
from chat_archive.verify import Verifier
from domain.accounts import SYSTEM
from domain.permissions import Action
from storage import sealing, verification
from storage.archive import PgArchiveStore
from storage.pool import Tx
from storage.sealing import Epoch, Tree
from storage.verification import LeafPage, SignedTree

OnProgress = Callable[[LogProgress], None]
Kind = LogFindingKind

LATE = timedelta(hours=1)
"""An entry that was sealed so long after the time it claims is named: a sealer needs a second."""
AHEAD = timedelta(minutes=5)
"""An entry that claims a time so long after it was signed is named: clocks of two servers differ by less."""
LEAVES_AT_ONCE = 64 * WIDTH
ENTRIES_AT_ONCE = 8_192
_CHECKPOINTS_AT_ONCE = 500
_NAMED_MAX = 20
"""Single leaves named in one page: when all are wrong, their range says more."""
_PATIENCE_S = 2.0
"""How long what was not sealed while we looked may take: a sealer that works needs one."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


async def verify_log(
    work: UnitOfWork,
    on_progress: OnProgress | None = None,
    *,
    outside: Iterable[str] = (),
    witness_keys: Sequence[VerifierKey] = (),
    request_id: str = "command-line",
    patience_s: float = _PATIENCE_S,
) -> AsyncIterator[LogFinding]:
    """Verify the whole log; yield what is found, nothing for a sound one. Leaves one audit line.

    `outside` are notes kept elsewhere, such as the checkpoint file's or a receipt's: the tree has to continue
    each. Cosignatures are verified of `witness_keys`; those of other witnesses are left alone. Raise
    PartnerDown when the database does not answer.
    """
    async with work.begin(SYSTEM, request_id) as ctx:
        permit(ctx, Action.ARCHIVE_VERIFY)
        await record(ctx, Action.ARCHIVE_VERIFY)
        epochs = await sealing.epochs(ctx.tx)
        try:
            tree = await present_tree(ctx.tx)
        except SealingRefused as refused:
            yield LogFinding(Kind.LOG_MISSING, refused.detail)
            return
    run = _Run(work, request_id, tree, epochs, on_progress or (lambda _: None), witness_keys)
    for finding in run.read_outside(outside):
        yield finding
    async for finding in run.leaves():
        yield finding
    async for finding in run.conversations(patience_s):
        yield finding


class _Run:
    """One verification: what is known so far."""

    def __init__(
        self,
        work: UnitOfWork,
        request_id: str,
        tree: Tree,
        epochs: list[Epoch],
        on_progress: OnProgress,
        witness_keys: Sequence[VerifierKey],
    ) -> None:
        self._work = work
        self._request_id = request_id
        self._tree = tree
        self._epochs = {epoch.number: epoch for epoch in epochs}
        self._keys = {epoch.number: VerifierKey.parse(epoch.log_key) for epoch in epochs}
        self._on_progress = on_progress
        self._witnesses = {key.name: key for key in witness_keys}
        self._outside: list[Checkpoint] = []
        self._checkpoints = self._cosignatures = 0
        self._sound_to = 0
        """The largest tree that was as it was signed: differences lie after it."""
        self._differs = False
        self._timed_to = 0
        self._full: dict[int, int] = {}
        """How many tiles of each higher level were compared."""

    def read_outside(self, notes: Iterable[str]) -> list[LogFinding]:
        """Take in the checkpoints from elsewhere; return what is wrong with them by themselves."""
        found: list[LogFinding] = []
        origins = {epoch.origin: epoch.number for epoch in self._epochs.values()}
        for note in notes:
            try:
                checkpoint = open_checkpoint(note, self._keys.values()).checkpoint
            except EvidenceInvalid as error:
                found.append(
                    LogFinding(Kind.OUTSIDE_DIFFERS, f"A checkpoint from outside is not of this log: {error}")
                )
                continue
            later = self._epochs.get(origins[checkpoint.origin] + 1)
            if later is not None and checkpoint.size > later.first_size:
                # What it has seen beyond was given up by two persons, who said so in the register.
                continue
            if checkpoint.size > self._tree.size:
                missing = (self._tree.size, checkpoint.size)
                found.append(
                    LogFinding(
                        Kind.OUTSIDE_DIFFERS,
                        f"A checkpoint from outside has seen {checkpoint.size} entries, the tree has "
                        f"{self._tree.size}: entries {missing[0]} to {missing[1] - 1} are missing",
                        leaves=missing,
                    )
                )
            else:
                self._outside.append(checkpoint)
        self._outside.sort(key=lambda one: one.size)
        return found

    async def leaves(self) -> AsyncIterator[LogFinding]:
        """Walk along the leaves: recompute the tree, compare tiles, checkpoints and the edge."""
        size, growing = self._tree.size, GrowingTree()
        signed = _Signed(self._work, self._request_id, size, self._outside)
        times = b""
        for point in await signed.up_to(0):
            for finding in self._compare_roots(growing, point):
                yield finding
        for first in range(0, size, LEAVES_AT_ONCE):
            end = min(size, first + LEAVES_AT_ONCE)
            async with self._work.begin(SYSTEM, self._request_id) as ctx:
                page = await verification.leaves(ctx.tx, first, end)
                missing = await self._missing(ctx.tx, first, end) if page.leaves < end - first else None
                stored = await verification.tiles(ctx.tx, 0, first // WIDTH, end // WIDTH)
            if missing is not None:
                # What stands after a gap is not where it was: nothing more can be said of the tree.
                yield missing
                return
            hashes = page.hashes
            leaf_hashes = [
                sha256(b"\x00" + hashes[at : at + HASH]).digest() for at in range(0, len(hashes), HASH)
            ]
            for finding in await self._compare_leaves(page, first, leaf_hashes, stored):
                yield finding
            for point in await signed.up_to(end):
                growing.grow(leaf_hashes[growing.size - first : point.size - first])
                for finding in self._compare_roots(growing, point):
                    yield finding
                if point.signed:
                    timed = self._timed_to - first
                    times += page.times[max(timed, 0) * 8 : (point.size - first) * 8]
                    for finding in await self._compare_times(times, point.signed[0]):
                        yield finding
                    times = b""
            growing.grow(leaf_hashes[growing.size - first :])
            times += page.times[max(self._timed_to - first, 0) * 8 :]
            growing.take_full(0)
            for level in range(1, growing.levels):
                for finding in await self._compare_upper(level, growing.take_full(level)):
                    yield finding
            self._tell("leaves", end)
            await asyncio.sleep(0)
        for finding in await self._compare_end(growing, signed):
            yield finding

    async def _missing(self, tx: Tx, first: int, end: int) -> LogFinding:
        missing = await verification.missing_leaves(tx, first, end, _NAMED_MAX)
        named = ", ".join(map(str, missing)) + (" and more" if len(missing) == _NAMED_MAX else "")
        return LogFinding(
            Kind.LEAF_MISSING,
            f"the tree has {self._tree.size} entries, and no leaf at index {named}: what follows cannot be "
            "compared with what was signed",
            leaves=(missing[0] if missing else first, self._tree.size),
        )

    async def _compare_leaves(
        self, page: LeafPage, first: int, leaf_hashes: list[bytes], stored: dict[int, bytes]
    ) -> list[LogFinding]:
        """Compare entries with the full tiles that hold their hashes."""
        found: list[LogFinding] = []
        wrong: list[int] = []
        for at in range(0, len(leaf_hashes) - WIDTH + 1, WIDTH):
            n = (first + at) // WIDTH
            tile = stored.get(n)
            computed = b"".join(leaf_hashes[at : at + WIDTH])
            if tile is None:
                found.append(_tile(Kind.TILE_MISSING, 0, n, "is missing"))
            elif tile != computed:
                wrong += [
                    first + at + i
                    for i in range(WIDTH)
                    if tile[i * HASH : (i + 1) * HASH] != computed[i * HASH : (i + 1) * HASH]
                ]
        if page.entries < page.leaves:
            zeros = bytes(HASH)
            lost = [first + i for i in range(page.leaves) if page.hashes[i * HASH : (i + 1) * HASH] == zeros]
            found += await self._named(lost, Kind.ENTRY_MISSING, "is gone, and its leaf is there")
            wrong = [index for index in wrong if index not in set(lost)]
        tiles = sorted({index // WIDTH for index in wrong})
        if wrong:
            if len(wrong) > _NAMED_MAX:
                found.append(
                    LogFinding(
                        Kind.TILE_DIFFERS,
                        f"{len(wrong)} entries between index {wrong[0]} and {wrong[-1]} are not what tiles "
                        f"{tiles[0]} to {tiles[-1]} of level 0 hold",
                        leaves=(wrong[0], wrong[-1] + 1),
                    )
                )
            found += await self._named(
                wrong[:_NAMED_MAX], Kind.ENTRY_DIFFERS, "is not what the tile of its leaf holds"
            )
        return found

    async def _named(self, indexes: list[int], kind: Kind, what: str) -> list[LogFinding]:
        found = []
        async with self._work.begin(SYSTEM, self._request_id) as ctx:
            for index in indexes[:_NAMED_MAX]:
                key = await verification.leaf(ctx.tx, index)
                name = "an entry" if key is None else f"entry {key[1]} of conversation {key[0]}"
                conversation, seq = key or (None, None)
                found.append(
                    LogFinding(kind, f"{name} (leaf {index}) {what}", conversation, seq, (index, index + 1))
                )
        return found

    async def _compare_times(self, packed: bytes, signed: SignedTree) -> list[LogFinding]:
        """Hold what the entries newly covered say of their time against when that was signed."""
        at, self._timed_to = self._timed_to, max(self._timed_to, signed.size)
        times = unpack(f">{len(packed) // 8}q", packed)
        if not times:
            return []
        moment = (signed.signed_at - _EPOCH) // _MICROSECOND
        late, ahead = moment - LATE // _MICROSECOND, moment + AHEAD // _MICROSECOND
        found: list[LogFinding] = []
        when = f"was sealed at {signed.signed_at:%Y-%m-%d %H:%M} UTC"
        if min(times) < late:
            indexes = [at + i for i, time in enumerate(times) if time < late]
            found += await self._named(indexes, Kind.BACKDATED, f"{when}, long after the time that it claims")
        if max(times) > ahead:
            indexes = [at + i for i, time in enumerate(times) if time > ahead]
            found += await self._named(indexes, Kind.POSTDATED, f"{when}, before the time that it claims")
        return [replace(one, broken=False) for one in found]

    def _compare_roots(self, growing: GrowingTree, point: "_Point") -> list[LogFinding]:
        """Verify the checkpoints of one size, and hold them and those from outside against the tree."""
        found: list[LogFinding] = []
        root = growing.root() if growing.size else EMPTY_ROOT
        for signed in point.signed:
            found += self._signed_well(signed)
            if signed.root != root:
                found += self._not_as_signed(growing.size, "its checkpoint says")
        for outside in point.outside:
            if outside.root != root:
                found += self._not_as_signed(growing.size, "a checkpoint from outside says")
        if not found and not self._differs:
            self._sound_to = growing.size
        return found

    def _not_as_signed(self, size: int, by: str) -> list[LogFinding]:
        if self._differs:
            # Everything after a difference differs: saying it once is enough.
            return []
        self._differs = True
        return [
            LogFinding(
                Kind.TREE_DIFFERS,
                f"the tree of {size} entries is not what {by}: what was changed lies in entries "
                f"{self._sound_to} to {size - 1}",
                leaves=(self._sound_to, size),
            )
        ]

    def _signed_well(self, signed: SignedTree) -> list[LogFinding]:
        where = f"the checkpoint of {signed.size} entries"
        epoch = self._epochs.get(signed.epoch)
        self._checkpoints += 1
        if epoch is None:
            return [LogFinding(Kind.CHECKPOINT_INVALID, f"{where} is of an epoch that is not there")]
        try:
            opened = open_checkpoint(signed.note, [self._keys[signed.epoch]]).checkpoint
        except EvidenceInvalid as error:
            return [LogFinding(Kind.CHECKPOINT_INVALID, f"{where} is not signed by the log: {error}")]
        if (opened.origin, opened.size, opened.root) != (epoch.origin, signed.size, signed.root):
            return [LogFinding(Kind.CHECKPOINT_INVALID, f"{where} is not what its note says")]
        found: list[LogFinding] = []
        for witness, line in signed.cosignatures:
            key = self._witnesses.get(witness)
            if key is None:
                continue
            self._cosignatures += 1
            try:
                verified = open_checkpoint(signed.note + line, [self._keys[signed.epoch]], [key])
            except EvidenceInvalid as error:
                found.append(
                    LogFinding(
                        Kind.COSIGNATURE_INVALID, f"{where}: the cosignature of {witness} is wrong: {error}"
                    )
                )
            else:
                if not verified.cosignatures:
                    found.append(
                        LogFinding(
                            Kind.COSIGNATURE_INVALID, f"{where} is not cosigned by {witness}, as was kept"
                        )
                    )
        return found

    async def _compare_upper(self, level: int, computed: list[bytes]) -> list[LogFinding]:
        """Compare tiles of higher levels that have become full with the stored ones."""
        if not computed:
            return []
        first = self._full.get(level, 0)
        self._full[level] = first + len(computed)
        async with self._work.begin(SYSTEM, self._request_id) as ctx:
            stored = await verification.tiles(ctx.tx, level, first, first + len(computed))
        found = []
        for n, hashes in enumerate(computed, first):
            if n not in stored:
                found.append(_tile(Kind.TILE_MISSING, level, n, "is missing"))
            elif stored[n] != hashes:
                found.append(_tile(Kind.TILE_DIFFERS, level, n, "is not what the entries give"))
        return found

    async def _compare_end(self, growing: GrowingTree, signed: "_Signed") -> list[LogFinding]:
        """Compare the tree's end: its row, what stands beyond it, and what was signed last."""
        size, found = self._tree.size, []
        levels = self._tree.edge.levels
        for level in range(max(len(levels), growing.levels)):
            stored = levels[level] if level < len(levels) else b""
            if stored != growing.partial(level):
                found.append(
                    LogFinding(Kind.EDGE_DIFFERS, f"the edge's level {level} is not what the entries give")
                )
        if growing.root() != self._tree.root if size else self._tree.root != EMPTY_ROOT:
            found.append(LogFinding(Kind.EDGE_DIFFERS, "the tree's stored root is not what the entries give"))
        if signed.last_size != size:
            found.append(
                LogFinding(
                    Kind.CHECKPOINT_MISSING,
                    f"no checkpoint is kept for the tree's {size} entries; the last is of {signed.last_size}",
                    leaves=(max(signed.last_size, 0), size),
                )
            )
        async with self._work.begin(SYSTEM, self._request_id) as ctx:
            now = await present_tree(ctx.tx)
            last = await sealing.last_index(ctx.tx)
            beyond = await verification.tiles_beyond(ctx.tx, now.size, _NAMED_MAX)
        if last >= now.size:
            found.append(
                LogFinding(
                    Kind.LEAF_BEYOND,
                    f"a leaf stands at index {last}, where the tree has {now.size} entries",
                    leaves=(now.size, last + 1),
                )
            )
        found += [_tile(Kind.TILE_BEYOND, level, n, "is not of this tree") for level, n in beyond]
        return found

    async def conversations(self, patience_s: float) -> AsyncIterator[LogFinding]:
        """Walk along the entries: chains, heads, and every entry once in the tree."""
        walk = ChainWalk(self._tree.size)
        count = ENTRIES_AT_ONCE
        while count == ENTRIES_AT_ONCE:
            async with self._work.begin(SYSTEM, self._request_id) as ctx:
                page = await verification.entries(ctx.tx, walk.last_key, ENTRIES_AT_ONCE)
            count = page.taken
            walk.take(page.entries, page.heads, last=count < ENTRIES_AT_ONCE)
            for finding in walk.take_findings():
                yield finding
            for conversation in walk.take_damaged():
                for finding in await self._looked_into(conversation):
                    yield finding
            self._tell("conversations", walk.entries)
            await asyncio.sleep(0)
        if walk.sealed != self._tree.size:
            yield LogFinding(
                Kind.ENTRY_MISSING,
                f"the tree has {self._tree.size} entries, and {walk.sealed} entries stand in it: "
                "some are gone, or stand in it twice",
                leaves=(0, self._tree.size),
            )
        for finding in await self._unsealed(walk, patience_s):
            yield finding

    async def _looked_into(self, conversation: UUID) -> list[LogFinding]:
        """Name what is wrong in a conversation whose chain does not hold."""
        verifier = Verifier(conversation)
        async with self._work.begin(SYSTEM, self._request_id) as ctx:
            store = PgArchiveStore(ctx.tx)
            while page := await store.read(conversation, verifier.last_seq, 500):
                for entry in page:
                    verifier.add(entry)
            verdict = verifier.finish(await store.head(conversation))
        return [
            LogFinding(Kind.CONVERSATION_BROKEN, f"{one.kind}: {one.message}", conversation, one.seq)
            for one in verdict.findings
        ]

    async def _unsealed(self, walk: ChainWalk, patience_s: float) -> list[LogFinding]:
        """Name entries that have no leaf, unless they get one soon: a sealer may be at work."""
        left, waited_s = walk.unsealed, 0.0
        while left:
            async with self._work.begin(SYSTEM, self._request_id) as ctx:
                left = await verification.still_unsealed(ctx.tx, left)
            if not left or waited_s >= patience_s:
                break
            await asyncio.sleep(0.25)
            waited_s += 0.25
        found = [
            LogFinding(
                Kind.UNSEALED,
                f"entry {seq} of conversation {conversation} is not sealed: no leaf of the tree is its",
                conversation,
                seq,
                broken=False,
            )
            for conversation, seq in left
        ]
        if walk.more_unsealed:
            found.append(
                LogFinding(
                    Kind.UNSEALED,
                    f"{walk.more_unsealed} more entries were not sealed when looked at",
                    broken=False,
                )
            )
        return found

    def _tell(self, stage: str, done: int) -> None:
        self._on_progress(LogProgress(stage, done, self._tree.size, self._checkpoints, self._cosignatures))


@dataclass(slots=True)
class _Point:
    """A size of the tree that somebody has signed or seen."""

    size: int
    signed: list[SignedTree] = field(default_factory=list)
    outside: list[Checkpoint] = field(default_factory=list)


class _Signed:
    """The kept checkpoints and those from outside, in the order of their sizes, a page at a time."""

    def __init__(self, work: UnitOfWork, request_id: str, size: int, outside: Sequence[Checkpoint]) -> None:
        self._work = work
        self._request_id = request_id
        self._size = size
        self._outside = list(outside)
        self._read: list[SignedTree] = []
        self._after = (-1, 0)
        self._more = True
        self.last_size = -1

    async def up_to(self, end: int) -> list[_Point]:
        """Return the points of at most this size that were not returned yet."""
        signed: list[SignedTree] = []
        while True:
            within = [one for one in self._read if one.size <= end]
            signed += within
            self._read = self._read[len(within) :]
            if self._read or not self._more:
                break
            async with self._work.begin(SYSTEM, self._request_id) as ctx:
                self._read = await verification.checkpoints(
                    ctx.tx, self._after, self._size, _CHECKPOINTS_AT_ONCE
                )
            self._more = len(self._read) == _CHECKPOINTS_AT_ONCE
            if self._read:
                self._after = (self._read[-1].size, self._read[-1].epoch)
        points: dict[int, _Point] = {}
        for one in signed:
            points.setdefault(one.size, _Point(one.size)).signed.append(one)
            self.last_size = one.size
        for seen in [one for one in self._outside if one.size <= end]:
            points.setdefault(seen.size, _Point(seen.size)).outside.append(seen)
            self._outside.remove(seen)
        return [points[size] for size in sorted(points)]


def _tile(kind: LogFindingKind, level: int, n: int, what: str) -> LogFinding:
    span = WIDTH ** (level + 1)
    return LogFinding(
        kind,
        f"tile {n} of level {level}, over entries {n * span} to {(n + 1) * span - 1}, {what}",
        leaves=(n * span, (n + 1) * span),
    )
