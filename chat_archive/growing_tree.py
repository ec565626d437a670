"""A Merkle tree that only grows, recomputed from its leaves in constant memory: for verifying a whole log.

It shares no code with `tiles.extend`, by which the log was sealed: what that got wrong would be found here.
"""

from collections.abc import Sequence
from hashlib import sha256

from chat_archive.merkle import fold

_TILE_LEVEL = 8


class GrowingTree:
    """The roots of the perfect subtrees from the left, and the rows of nodes that tiles are made of."""

    def __init__(self) -> None:
        self.size = 0
        # pending[h] is the subtree of height h that waits for its right sibling, if bit h of size is set.
        self._pending: list[bytes] = []
        self._rows: list[list[bytes]] = [[]]

    def grow(self, leaf_hashes: Sequence[bytes]) -> None:
        """Append leaves."""
        nodes, place, height = list(leaf_hashes), self.size, 0
        self.size += len(nodes)
        while nodes:
            if height % _TILE_LEVEL == 0:
                level = height // _TILE_LEVEL
                if level == len(self._rows):
                    self._rows.append([])
                self._rows[level] += nodes
            if height == len(self._pending):
                self._pending.append(b"")
            if place & 1:
                nodes.insert(0, self._pending[height])
            if len(nodes) & 1:
                self._pending[height] = nodes.pop()
            nodes = [
                sha256(b"\x01" + left + right).digest()
                for left, right in zip(nodes[::2], nodes[1::2], strict=True)
            ]
            place >>= 1
            height += 1

    def root(self) -> bytes:
        """Return the root of the tree as it is now."""
        heights = range(self.size.bit_length() - 1, -1, -1)
        return fold([self._pending[height] for height in heights if self.size >> height & 1])

    def take_full(self, level: int) -> list[bytes]:
        """Return the tiles of this level that have become full since the last call, in their order."""
        if level >= len(self._rows):
            return []
        row = self._rows[level]
        whole = len(row) - len(row) % 256
        full = [b"".join(row[at : at + 256]) for at in range(0, whole, 256)]
        del row[:whole]
        return full

    @property
    def levels(self) -> int:
        """How many levels of tiles there are nodes for."""
        return len(self._rows)

    def partial(self, level: int) -> bytes:
        """Return the hashes of the partial tile of this level: what `take_full` has left."""
        return b"".join(self._rows[level]) if level < len(self._rows) else b""
