"""Walking along the leaves of a log: the tree is recomputed from the entries, and held against all that is
kept."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from struct import unpack

from actions.context import UnitOfWork
from actions.log_finding import LogFinding, LogFindingKind
from actions.log_identity import present_tree
from actions.log_signatures import Point, SeenTree, Signatures, SignedPoints
from chat_archive.growing_tree import GrowingTree
from chat_archive.merkle import EMPTY_ROOT, HASH
from chat_archive.tiles import WIDTH
from domain.accounts import SYSTEM
from storage import sealing, verification
from storage.pool import Tx
from storage.sealing import Tree
from storage.verification import LeafPage, SignedTree

Kind = LogFindingKind

LATE = timedelta(hours=1)
"""An entry that was sealed so long after the time it claims is named: a sealer needs a second."""
AHEAD = timedelta(minutes=5)
"""An entry that claims a time so long after it was signed is named: clocks of two servers differ by less."""
LEAVES_AT_ONCE = 64 * WIDTH
_NAMED_MAX = 20
"""Single leaves named in one page: when all are wrong, their range says more."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class TreeWalk:
    """One walk along the leaves of `tree`. `outside` are checkpoints from elsewhere, no larger than it."""

    def __init__(
        self,
        work: UnitOfWork,
        request_id: str,
        tree: Tree,
        signatures: Signatures,
        outside: Sequence[SeenTree],
        on_progress: Callable[[int], None],
    ) -> None:
        self._work = work
        self._request_id = request_id
        self._tree = tree
        self._signatures = signatures
        self._outside = outside
        self._on_progress = on_progress
        self._sound_to = 0
        """The largest tree that was as it was signed: differences lie after it."""
        self._differs = False
        self._timed_to = 0
        self._full: dict[int, int] = {}
        """How many tiles of each higher level were compared."""

    async def leaves(self) -> AsyncIterator[LogFinding]:
        """Walk along the leaves: recompute the tree, compare tiles, checkpoints and the edge."""
        size, growing = self._tree.size, GrowingTree()
        signed = SignedPoints(self._work, self._request_id, size, self._outside)
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
            self._on_progress(end)
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

    def _compare_roots(self, growing: GrowingTree, point: Point) -> list[LogFinding]:
        """Verify the checkpoints of one size, and hold them and those from outside against the tree."""
        found: list[LogFinding] = []
        root = growing.root() if growing.size else EMPTY_ROOT
        for signed in point.signed:
            found += self._signatures.check(signed)
            if signed.root != root:
                found += self._not_as_signed(growing.size, "its checkpoint says")
        for outside in point.outside:
            if outside.root != root:
                found += self._not_as_signed(growing.size, f"{outside.who} says")
        if not found and not self._differs:
            self._sound_to = growing.size
        return found + [_continued(one) for one in point.outside if one.told and one.root == root]

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

    async def _compare_end(self, growing: GrowingTree, signed: SignedPoints) -> list[LogFinding]:
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


def _tile(kind: LogFindingKind, level: int, n: int, what: str) -> LogFinding:
    span = WIDTH ** (level + 1)
    return LogFinding(
        kind,
        f"tile {n} of level {level}, over entries {n * span} to {(n + 1) * span - 1}, {what}",
        leaves=(n * span, (n + 1) * span),
    )


def _continued(seen: SeenTree) -> LogFinding:
    """Return that the log continues what somebody outside has seen."""
    count = "1 entry" if seen.size == 1 else f"{seen.size} entries"
    return LogFinding(Kind.CONTINUED, f"the log continues {seen.who}, of {count}", broken=False)
