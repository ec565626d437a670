import pytest

from chat_archive.invalid import Malformed, ProofInvalid
from chat_archive.merkle import leaf_hash, root_of, verify_inclusion
from chat_archive.path_table import path_from, siblings, table_of

LEAVES = [leaf_hash(bytes([number])) for number in range(70)]


def path(index: int, size: int) -> list[bytes]:
    return [root_of(LEAVES[first:last]) for first, last in siblings(index, size)]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 9, 33, 64, 70])
def test_every_path_that_went_in_comes_out_and_proves_its_leaf(size: int) -> None:
    table = table_of({index: path(index, size) for index in range(size)}, size)
    for index in range(size):
        found = path_from(table, index, size)
        verify_inclusion(LEAVES[index], index, size, found, root_of(LEAVES[:size]))


def test_neighbours_share_what_they_can() -> None:
    table = table_of({index: path(index, 64) for index in range(8, 16)}, 64)
    assert len(table) == 8 + 4 + 2 + 3
    assert sum(len(path(index, 64)) for index in range(8, 16)) == 48


def test_a_path_that_cannot_be_is_refused() -> None:
    with pytest.raises(ProofInvalid, match="has not 6 hashes"):
        table_of({3: path(3, 64)[:-1]}, 64)
    with pytest.raises(ProofInvalid, match="contradicts"):
        table_of({3: path(3, 64), 2: [bytes(32)] * 6}, 64)


def test_a_leaf_or_node_that_is_not_there_is_told() -> None:
    table = table_of({3: path(3, 64)}, 64)
    with pytest.raises(ProofInvalid, match="not complete"):
        path_from(table, 40, 64)
    with pytest.raises(ProofInvalid, match="no leaf 64"):
        path_from(table, 64, 64)
    with pytest.raises(Malformed):
        path_from(table, 3, 2**64)
