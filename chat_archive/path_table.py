"""The inclusion paths of many leaves of one tree, as one table of nodes: what paths share stands once.

A node is named by what it covers: the leaves from a first number up to, but not with, a last one. Every
leaf's path is read back from the table and verified by itself, so that a wrong leaf is named and blames no
other.
"""

from collections.abc import Mapping, Sequence

from chat_archive.invalid import Malformed, ProofInvalid
from chat_archive.merkle import MOST_LEAVES

Node = tuple[int, int]
"""The leaves from the first number up to, but not with, the second."""


def siblings(index: int, size: int) -> list[Node]:
    """Return the nodes whose hashes are leaf `index`'s inclusion path, in its order (RFC 6962, 2.1.1).

    Raises:
        ProofInvalid: a tree of `size` leaves has no such leaf.
        Malformed: `size` is no size of a tree.
    """
    if not 0 <= size <= MOST_LEAVES:
        raise Malformed(f"{size} is no size of a tree.")
    if not 0 <= index < size:
        raise ProofInvalid(f"A tree of {size} leaves has no leaf {index}.")
    first, last = 0, size
    nodes: list[Node] = []
    while last - first > 1:
        middle = first + (1 << ((last - first - 1).bit_length() - 1))
        if index < middle:
            nodes.append((middle, last))
            last = middle
        else:
            nodes.append((first, middle))
            first = middle
    return nodes[::-1]


def table_of(paths: Mapping[int, Sequence[bytes]], size: int) -> dict[Node, bytes]:
    """Return the table of these leaves' paths, by leaf, in the tree of `size` leaves.

    Raises:
        ProofInvalid: a path has not as many hashes as its leaf needs, or two paths contradict each other.
    """
    table: dict[Node, bytes] = {}
    for index, path in paths.items():
        nodes = siblings(index, size)
        if len(nodes) != len(path):
            raise ProofInvalid(f"The path of leaf {index} has not {len(nodes)} hashes.")
        for node, value in zip(nodes, path, strict=True):
            if table.setdefault(node, value) != value:
                raise ProofInvalid(f"The path of leaf {index} contradicts another one.")
    return table


def path_from(table: Mapping[Node, bytes], index: int, size: int) -> list[bytes]:
    """Return leaf `index`'s inclusion path.

    Raises:
        ProofInvalid: the tree has no such leaf, or the table lacks one of the nodes.
    """
    path: list[bytes] = []
    for node in siblings(index, size):
        value = table.get(node)
        if value is None:
            raise ProofInvalid(f"The proof of leaf {index} is not complete.")
        path.append(value)
    return path
