"""The Merkle tree of RFC 6962 (RFC 9162, section 2.1) over SHA-256: roots, and the verifiers of its proofs.

Pure, and shipped with the offline verifier: it imports the standard library and `invalid` alone. How proofs
are made is told in `tiles`.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256

from chat_archive.invalid import Malformed, ProofInvalid

HASH = 32
"""Bytes in a hash."""
EMPTY_ROOT = sha256(b"").digest()
"""The root of the tree without leaves."""
LONGEST_PATH = 63
"""No proof over fewer than 2^63 leaves has more hashes."""
MOST_LEAVES = 2**63 - 1


def leaf_hash(data: bytes) -> bytes:
    """Return the 32-byte hash of a leaf with this data (RFC 6962: 0x00 before it)."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node over its two children (RFC 6962: 0x01 before them)."""
    return sha256(b"\x01" + left + right).digest()


def fold(subtrees: Sequence[bytes]) -> bytes:
    """Return the root over perfect subtrees from the left, each smaller than the one before it."""
    if not subtrees:
        return EMPTY_ROOT
    root = subtrees[-1]
    for left in reversed(subtrees[:-1]):
        root = node_hash(left, root)
    return root


def root_of(leaf_hashes: Iterable[bytes]) -> bytes:
    """Return the root over leaf hashes in their order; needs room for 64 hashes, however many there are."""
    perfect: list[bytes] = []
    for count, leaf in enumerate(leaf_hashes):
        node = leaf
        # Every trailing one bit of the number of leaves before is a perfect subtree that this one completes.
        while count & 1:
            node = node_hash(perfect.pop(), node)
            count >>= 1
        perfect.append(node)
    return fold(perfect)


def verify_inclusion(leaf_hash: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> None:
    """Return if `path` proves that `leaf_hash` is leaf `index` (from 0) of the tree of this size and root.

    The path goes from the leaf's sibling up to the root's child. Source: RFC 9162, section 2.1.3.2.

    Raises:
        ProofInvalid: it does not prove that.
        Malformed: a hash has not 32 bytes, or a size is none.
    """
    _check_size(size)
    _check_hashes([leaf_hash, root, *path])
    if not 0 <= index < size:
        raise ProofInvalid(f"A tree of {size} leaves has no leaf {index}.")
    fn, sn, node = index, size - 1, leaf_hash
    for sibling in path:
        if sn == 0:
            raise ProofInvalid("The inclusion proof has more hashes than the tree has levels.")
        if fn & 1 or fn == sn:
            node = node_hash(sibling, node)
            # A last node without a right sibling rises until it is a right child.
            while fn & 1 == 0 and fn != 0:
                fn >>= 1
                sn >>= 1
        else:
            node = node_hash(node, sibling)
        fn >>= 1
        sn >>= 1
    if sn != 0:
        raise ProofInvalid("The inclusion proof has too few hashes.")
    if node != root:
        raise ProofInvalid(f"The inclusion proof of leaf {index} does not lead to the root of {size} leaves.")


def verify_consistency(old: int, new: int, path: Sequence[bytes], old_root: bytes, new_root: bytes) -> None:
    """Return if `path` proves that the tree of `new` leaves begins with the tree of `old` leaves.

    The path is empty when `old` is 0 or equals `new`. Source: RFC 9162, section 2.1.4.2; RFC 6962, 2.1.2.

    Raises:
        ProofInvalid: it does not prove that.
        Malformed: a hash has not 32 bytes, or a size is none.
    """
    _check_size(old)
    _check_size(new)
    _check_hashes([old_root, new_root, *path])
    if old > new:
        raise ProofInvalid(f"A tree of {new} leaves cannot continue one of {old}.")
    if old == 0 and old_root != EMPTY_ROOT:
        raise ProofInvalid("The old root is not the one of the empty tree.")
    if old == new and old_root != new_root:
        raise ProofInvalid(f"Two different roots for the same {old} leaves.")
    if new == 0 or old in (0, new):
        if path:
            raise ProofInvalid("The consistency proof must be empty here.")
        return
    # A perfect old tree is a node of the new one, and is not repeated in the path.
    nodes = [old_root, *path] if old & (old - 1) == 0 else list(path)
    if not nodes:
        raise ProofInvalid("The consistency proof has too few hashes.")
    fn, sn = old - 1, new - 1
    while fn & 1:
        fn >>= 1
        sn >>= 1
    was = becomes = nodes[0]
    for node in nodes[1:]:
        if sn == 0:
            raise ProofInvalid("The consistency proof has more hashes than the tree has levels.")
        if fn & 1 or fn == sn:
            was = node_hash(node, was)
            becomes = node_hash(node, becomes)
            while fn & 1 == 0 and fn != 0:
                fn >>= 1
                sn >>= 1
        else:
            becomes = node_hash(becomes, node)
        fn >>= 1
        sn >>= 1
    if sn != 0:
        raise ProofInvalid("The consistency proof has too few hashes.")
    if was != old_root:
        raise ProofInvalid(f"The consistency proof does not lead to the root of {old} leaves.")
    if becomes != new_root:
        raise ProofInvalid(f"The consistency proof does not lead to the root of {new} leaves.")


def _check_size(size: int) -> None:
    if not 0 <= size <= MOST_LEAVES:
        raise Malformed(f"{size} is no size of a tree.")


def _check_hashes(hashes: Sequence[bytes]) -> None:
    if len(hashes) > LONGEST_PATH + 2:
        raise Malformed(f"A proof has at most {LONGEST_PATH} hashes.")
    for value in hashes:
        if len(value) != HASH:
            raise Malformed(f"A hash has {HASH} bytes, not {len(value)}.")
