"""Roots and the verifiers of proofs, against the definitions of RFC 6962 for every size up to 300."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat_archive.invalid import EvidenceInvalid, Malformed, ProofInvalid
from chat_archive.merkle import (
    EMPTY_ROOT,
    leaf_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)
from tests.unit.chat_archive import trees
from tests.unit.chat_archive.trees import LEAVES

MOST = 300
HASHES = st.binary(min_size=32, max_size=32)


def test_the_root_of_every_size_is_the_one_that_the_definition_gives() -> None:
    for size in range(MOST + 1):
        assert root_of(LEAVES[:size]) == trees.root(0, size)


def test_the_root_of_no_leaves_is_the_hash_of_nothing() -> None:
    assert root_of([]) == EMPTY_ROOT
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_a_leaf_is_hashed_apart_from_a_node() -> None:
    assert leaf_hash(trees.leaf(5)) == LEAVES[5]
    assert leaf_hash(LEAVES[0] + LEAVES[1]) != root_of(LEAVES[:2])


def test_every_inclusion_proof_up_to_300_leaves_is_accepted() -> None:
    for size in range(1, MOST + 1):
        whole = trees.root(0, size)
        for index in range(size):
            verify_inclusion(LEAVES[index], index, size, trees.path(index, 0, size), whole)


def test_every_consistency_proof_up_to_300_leaves_is_accepted() -> None:
    for new in range(1, MOST + 1):
        for old in range(1, new + 1):
            verify_consistency(old, new, trees.proof(old, 0, new), trees.root(0, old), trees.root(0, new))


def test_every_tree_continues_the_empty_one() -> None:
    for new in range(20):
        verify_consistency(0, new, [], EMPTY_ROOT, trees.root(0, new))


def altered(path: list[bytes]) -> list[list[bytes]]:
    """Return the path with each hash changed, left out, doubled or moved, and with one too many."""
    wrong = [[*path, LEAVES[999]], [LEAVES[999], *path]]
    for at, value in enumerate(path):
        flipped = bytes([value[0] ^ 1]) + value[1:]
        wrong += [
            [*path[:at], flipped, *path[at + 1 :]],
            [*path[:at], *path[at + 1 :]],
            [*path[:at], value, *path[at:]],
        ]
        if at + 1 < len(path):
            wrong.append([*path[:at], path[at + 1], value, *path[at + 2 :]])
    return wrong


@pytest.mark.parametrize("size", [1, 2, 3, 5, 8, 13, 21])
def test_no_altered_inclusion_proof_is_accepted(size: int) -> None:
    whole = trees.root(0, size)
    for index in range(size):
        path = trees.path(index, 0, size)
        for wrong in altered(path):
            with pytest.raises(ProofInvalid):
                verify_inclusion(LEAVES[index], index, size, wrong, whole)
        for other in range(size):
            if other != index:
                with pytest.raises(ProofInvalid):
                    verify_inclusion(LEAVES[index], other, size, path, whole)
        with pytest.raises(ProofInvalid):
            verify_inclusion(LEAVES[900], index, size, path, whole)
        with pytest.raises(ProofInvalid):
            verify_inclusion(LEAVES[index], index, size, path, LEAVES[900])


@pytest.mark.parametrize("new", [2, 3, 4, 7, 8, 13, 21])
def test_no_altered_consistency_proof_is_accepted(new: int) -> None:
    for old in range(1, new):
        path = trees.proof(old, 0, new)
        before, after = trees.root(0, old), trees.root(0, new)
        for wrong in altered(path):
            with pytest.raises(ProofInvalid):
                verify_consistency(old, new, wrong, before, after)
        with pytest.raises(ProofInvalid):
            verify_consistency(old, new, path, LEAVES[900], after)
        with pytest.raises(ProofInvalid):
            verify_consistency(old, new, path, before, LEAVES[900])


@pytest.mark.parametrize(
    ("old", "new", "path", "before", "after"),
    [
        (3, 2, [], trees.root(0, 3), trees.root(0, 2)),
        (3, 3, [], trees.root(0, 3), LEAVES[0]),
        (3, 3, [LEAVES[0]], trees.root(0, 3), trees.root(0, 3)),
        (0, 3, [LEAVES[0]], EMPTY_ROOT, trees.root(0, 3)),
        (0, 3, [], LEAVES[0], trees.root(0, 3)),
        (0, 0, [], EMPTY_ROOT, LEAVES[0]),
        (2, 3, [], trees.root(0, 2), trees.root(0, 3)),
        (3, 4, [], trees.root(0, 3), trees.root(0, 4)),
    ],
)
def test_a_consistency_proof_out_of_shape_is_refused(
    old: int, new: int, path: list[bytes], before: bytes, after: bytes
) -> None:
    with pytest.raises(ProofInvalid):
        verify_consistency(old, new, path, before, after)


@pytest.mark.parametrize("index", [-1, 3, 4])
def test_a_leaf_outside_the_tree_is_refused(index: int) -> None:
    with pytest.raises(ProofInvalid):
        verify_inclusion(LEAVES[0], index, 3, [], trees.root(0, 3))


def test_hashes_and_sizes_that_are_none_are_refused() -> None:
    with pytest.raises(Malformed):
        verify_inclusion(b"short", 0, 1, [], LEAVES[0])
    with pytest.raises(Malformed):
        verify_inclusion(LEAVES[0], 0, 2**63, [], LEAVES[0])
    with pytest.raises(Malformed):
        verify_consistency(-1, 1, [], LEAVES[0], LEAVES[0])
    with pytest.raises(Malformed):
        verify_consistency(1, 2**62, [LEAVES[0]] * 64, LEAVES[0], LEAVES[0])


SIZES = st.one_of(st.integers(-2, 40), st.integers(-(2**64), 2**64))


@given(SIZES, SIZES, st.lists(HASHES | st.binary(max_size=40), max_size=70), HASHES, HASHES)
def test_whatever_a_proof_holds_it_is_only_ever_refused(
    first: int, second: int, path: list[bytes], one: bytes, other: bytes
) -> None:
    with pytest.raises(EvidenceInvalid):
        verify_inclusion(one, first, second, path, other + b"" if path else b"")
    if first not in (0, second):
        with pytest.raises(EvidenceInvalid):
            verify_consistency(first, second, path, one, other)
