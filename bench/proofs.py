"""Making and checking proofs of inclusion in trees of several sizes, and what a larger tree would take."""

import asyncio
import os
import time
from dataclasses import dataclass
from hashlib import sha256

from chat_archive.merkle import HASH, leaf_hash, verify_inclusion
from chat_archive.tiles import EMPTY_EDGE, WIDTH, Edge, edge_root, extend, inclusion_path

_AT_ONCE = 65_536


@dataclass(frozen=True, slots=True)
class ProofCost:
    """The mean cost of one proof in a tree of `size` leaves. Times are of one core, tiles are in memory."""

    size: int
    make_us: float
    check_us: float
    hashes: float
    tiles: float


class Tiles:
    """The tiles of a tree, in memory; counts how many are read."""

    def __init__(self) -> None:
        self.edge: Edge = EMPTY_EDGE
        self.reads = 0
        self._full: dict[tuple[int, int], bytes] = {}

    def grow(self, size: int) -> None:
        """Add leaves until there are `size`; leaf n is the hash of n's digest."""
        while self.edge.size < size:
            first = self.edge.size
            leaves = [leaf_of(index) for index in range(first, min(size, first + _AT_ONCE))]
            extended = extend(self.edge, leaves)
            self.edge = extended.edge
            for tile in extended.full:
                self._full[tile.level, tile.n] = tile.hashes

    async def read(self, level: int, n: int, width: int) -> bytes:
        """Return the first `width` hashes of a tile."""
        self.reads += 1
        hashes = self._full.get((level, n))
        if hashes is None:
            hashes = self.edge.levels[level]
        return hashes[: width * HASH]


def leaf_of(index: int) -> bytes:
    """Return the leaf hash of the benchmark's entry `index`."""
    return leaf_hash(sha256(index.to_bytes(8, "big")).digest())


def proof_cost(tiles: Tiles, proofs: int) -> ProofCost:
    """Make and check `proofs` proofs of random leaves of the tree as it is."""
    size = tiles.edge.size
    root = edge_root(tiles.edge)
    indexes = [int.from_bytes(os.urandom(8), "big") % size for _ in range(proofs)]
    tiles.reads = 0

    async def make() -> list[list[bytes]]:
        return [await inclusion_path(tiles.read, index, size) for index in indexes]

    begun = time.process_time()
    paths = asyncio.run(make())
    made = time.process_time() - begun
    leaves = [leaf_of(index) for index in indexes]
    begun = time.process_time()
    for index, leaf, path in zip(indexes, leaves, paths, strict=True):
        verify_inclusion(leaf, index, size, path, root)
    checked = time.process_time() - begun
    return ProofCost(
        size,
        made / proofs * 1e6,
        checked / proofs * 1e6,
        sum(map(len, paths)) / proofs,
        tiles.reads / proofs,
    )


def modelled(small: ProofCost, large: ProofCost, size: int) -> ProofCost:
    """Return what a tree of `size` would take: making goes with the tiles read, checking with the hashes."""
    hashes = float((size - 1).bit_length())
    # A proof reads two tiles of each level, and the one at the top.
    tiles = 2 * -(-hashes // (WIDTH - 1).bit_length()) - 1
    return ProofCost(
        size,
        large.make_us / large.tiles * tiles,
        large.check_us / large.hashes * hashes if large.hashes else small.check_us,
        hashes,
        tiles,
    )
