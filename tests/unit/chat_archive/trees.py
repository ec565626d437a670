"""Trees as RFC 6962, section 2.1, writes them down: by recursion, slowly, for comparing."""

from collections.abc import Sequence
from functools import cache
from hashlib import sha256

from chat_archive.tiles import EMPTY_EDGE, Edge, extend


def leaf(index: int) -> bytes:
    """Return the leaf data of the entry `index`, as long as an entry hash."""
    return sha256(b"entry %d" % index).digest()


LEAVES = [sha256(b"\x00" + leaf(index)).digest() for index in range(1000)]


def _split(count: int) -> int:
    half = 1
    while half * 2 < count:
        half *= 2
    return half


@cache
def root(start: int, end: int) -> bytes:
    """MTH(D[start:end])."""
    if start == end:
        return sha256(b"").digest()
    if end - start == 1:
        return LEAVES[start]
    middle = start + _split(end - start)
    return sha256(b"\x01" + root(start, middle) + root(middle, end)).digest()


def path(index: int, start: int, end: int) -> list[bytes]:
    """PATH(m, D[n])."""
    if end - start == 1:
        return []
    middle = start + _split(end - start)
    if index < middle:
        return [*path(index, start, middle), root(middle, end)]
    return [*path(index, middle, end), root(start, middle)]


def proof(old: int, start: int, end: int, whole: bool = True) -> list[bytes]:
    """SUBPROOF(m, D[n], b) with D[n] being D[start:end]."""
    if old == end - start:
        return [] if whole else [root(start, end)]
    half = _split(end - start)
    middle = start + half
    if old <= half:
        return [*proof(old, start, middle, whole), root(middle, end)]
    return [*proof(old - half, middle, end, False), root(start, middle)]


class TileStore:
    """What a log keeps of its tree, and how often it was asked for each tile."""

    def __init__(self, leaves: Sequence[bytes], step: int = 97) -> None:
        self.edge: Edge = EMPTY_EDGE
        self.full: dict[tuple[int, int], bytes] = {}
        self.asked: list[tuple[int, int]] = []
        self.roots: dict[int, bytes] = {}
        for at in range(0, len(leaves), step):
            grown = extend(self.edge, leaves[at : at + step])
            for tile in grown.full:
                assert (tile.level, tile.n) not in self.full, "a full tile came twice"
                self.full[tile.level, tile.n] = tile.hashes
            self.edge = grown.edge
            self.roots[grown.edge.size] = grown.root

    async def read(self, level: int, n: int, width: int) -> bytes:
        self.asked.append((level, n))
        found = self.full.get((level, n))
        if found is None:
            assert n == self.edge.size // 256 ** (level + 1), "a tile that is not there"
            found = self.edge.levels[level]
        assert len(found) >= 32 * width
        return found[: 32 * width]
