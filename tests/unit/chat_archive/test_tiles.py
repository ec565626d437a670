"""Tiles: how they are called, how the edge grows, and that proofs made from them are those of RFC 6962."""

from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat_archive import tiles
from chat_archive.invalid import Malformed, ProofInvalid
from chat_archive.merkle import HASH, root_of, verify_consistency, verify_inclusion
from chat_archive.tiles import (
    EMPTY_EDGE,
    Edge,
    TileAddress,
    bundle,
    consistency_path,
    edge_root,
    extend,
    inclusion_path,
    parse_bundle,
    parse_tile_path,
    root_at,
    tile_path,
)
from tests.unit.chat_archive import trees
from tests.unit.chat_archive.trees import LEAVES, TileStore

MOST = 300
LARGE = 70_000


@pytest.fixture
def remembered(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Compute the root over the same hashes once: 45,000 pairs would do it 128 times as often as needed."""
    remembering = cache(root_of)
    monkeypatch.setattr(tiles, "root_of", lambda hashes: remembering(tuple(hashes)))
    yield
    remembering.cache_clear()


@pytest.fixture(scope="module")
def large() -> TileStore:
    """The specification's example, 70,000 leaves: the same thousand again and again."""
    return TileStore((LEAVES * 70)[:LARGE], 997)


async def test_every_inclusion_proof_up_to_300_leaves_is_the_defined_one(remembered: None) -> None:
    store = TileStore(LEAVES[:MOST])
    for size in range(1, MOST + 1):
        for index in range(size):
            assert await inclusion_path(store.read, index, size) == trees.path(index, 0, size)


async def test_every_consistency_proof_up_to_300_leaves_is_the_defined_one(remembered: None) -> None:
    store = TileStore(LEAVES[:MOST])
    for new in range(1, MOST + 1):
        assert await consistency_path(store.read, 0, new) == []
        for old in range(1, new + 1):
            assert await consistency_path(store.read, old, new) == trees.proof(old, 0, new)


async def test_the_root_of_every_earlier_size_can_be_had(remembered: None) -> None:
    store = TileStore(LEAVES[:MOST])
    for size in range(MOST + 1):
        assert await root_at(store.read, size) == trees.root(0, size)


def test_the_example_of_the_specification_has_its_tiles(large: TileStore) -> None:
    assert len([key for key in large.full if key[0] == 0]) == 273
    assert len([key for key in large.full if key[0] == 1]) == 1
    assert [len(level) // HASH for level in large.edge.levels] == [112, 17, 1]


def test_a_full_tile_leaves_an_empty_level_at_the_edge() -> None:
    grown = extend(EMPTY_EDGE, LEAVES[:256])
    assert [(tile.level, tile.n) for tile in grown.full] == [(0, 0)]
    assert grown.edge.levels == (b"", trees.root(0, 256))


async def test_proofs_in_a_large_tree_hold_and_read_few_tiles_once(large: TileStore) -> None:
    whole = await root_at(large.read, LARGE)
    assert whole == large.roots[LARGE] == root_of((LEAVES * 70)[:LARGE])
    for index in (0, 1, 255, 256, 65_535, 65_536, 69_887, 69_888, 69_999):
        large.asked.clear()
        path = await inclusion_path(large.read, index, LARGE)
        assert len(large.asked) == len(set(large.asked)) <= 6
        verify_inclusion(LEAVES[index % 1000], index, LARGE, path, whole)
    for old in (1, 255, 256, 257, 997, 65_535, 65_536, 65_537, 69_790, 69_999):
        large.asked.clear()
        path = await consistency_path(large.read, old, LARGE)
        assert len(large.asked) == len(set(large.asked)) <= 6
        verify_consistency(old, LARGE, path, await root_at(large.read, old), whole)


@given(st.lists(st.integers(0, 300), max_size=8))
def test_the_edge_is_the_same_however_the_leaves_arrive(steps: list[int]) -> None:
    leaves = (LEAVES * 3)[: sum(steps)]
    edge, full = EMPTY_EDGE, []
    at = 0
    for step in steps:
        grown = extend(edge, leaves[at : at + step])
        edge, at = grown.edge, at + step
        full += grown.full
        assert grown.root == edge_root(edge)
    at_once = extend(EMPTY_EDGE, leaves)
    assert edge == at_once.edge
    assert sorted(full, key=lambda tile: (tile.level, tile.n)) == at_once.full
    assert at_once.root == root_of(leaves)


@pytest.mark.parametrize(
    ("size", "levels"),
    [
        (-1, ()),
        (0, (b"",)),
        (1, ()),
        (1, (LEAVES[0] * 2,)),
        (256, (LEAVES[0],)),
        (256, (b"", LEAVES[0], b"")),
        (2, (LEAVES[0] + b"x" * 31,)),
    ],
)
def test_an_edge_that_does_not_fit_its_size_is_refused(size: int, levels: tuple[bytes, ...]) -> None:
    with pytest.raises(Malformed):
        Edge(size, levels)


def test_a_leaf_hash_of_another_length_is_refused() -> None:
    with pytest.raises(Malformed):
        extend(EMPTY_EDGE, [b"short"])


async def test_a_tile_of_another_width_is_refused() -> None:
    async def read(level: int, n: int, width: int) -> bytes:
        return bytes(HASH * (width - 1))

    with pytest.raises(Malformed, match="Tile 0 of level 0"):
        await inclusion_path(read, 0, 2)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (1, 1), (-1, 4), (5, 4)])
async def test_there_is_no_proof_of_a_leaf_outside(index: int, size: int) -> None:
    with pytest.raises(ProofInvalid):
        await inclusion_path(TileStore(LEAVES[:8]).read, index, size)


async def test_there_is_no_proof_that_a_tree_continues_a_larger_one() -> None:
    with pytest.raises(ProofInvalid):
        await consistency_path(TileStore(LEAVES[:8]).read, 5, 4)


@pytest.mark.parametrize(
    ("address", "text"),
    [
        (TileAddress(0, 0), "tile/0/000"),
        (TileAddress(0, 1234067), "tile/0/x001/x234/067"),
        (TileAddress(5, 1000, 1), "tile/5/x001/000.p/1"),
        (TileAddress(63, 999, 255), "tile/63/999.p/255"),
        (TileAddress(None, 42), "tile/entries/042"),
        (TileAddress(None, 273, 112), "tile/entries/273.p/112"),
    ],
)
def test_each_tile_has_its_address(address: TileAddress, text: str) -> None:
    assert tile_path(address.level, address.n, address.width) == text
    assert parse_tile_path(text) == address


@given(st.none() | st.integers(0, 63), st.integers(0, 2**63 - 1), st.integers(1, 256))
def test_an_address_is_read_as_it_was_written(level: int | None, n: int, width: int) -> None:
    assert parse_tile_path(tile_path(level, n, width)) == TileAddress(level, n, width)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tile",
        "tile/0",
        "tile/0/",
        "tile/00/000",
        "tile/64/000",
        "tile/-1/000",
        "tile/0/0",
        "tile/0/0000",
        "tile/0/1000",
        "tile/0/x000/001",
        "tile/0/001/000",
        "tile/0/x001/x000",
        "tile/0/x1/000",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/000.p/",
        "tile/0/000.p/1/",
        "tile/0/000.p/1.p/1",
        "tile/0/000 ",
        "tile/0/٠٠٠",
        "tile/0/0²0",
        "tile/Entries/000",
        "/tile/0/000",
        "tile/0/x999/x999/x999/x999/x999/x999/x999/999",
        "tile/0/" + "x000/" * 500 + "000",
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        parse_tile_path(text)


@given(st.text() | st.from_regex(r"tile/[0-9]{1,2}/(x[0-9]{3}/)*[0-9]{3}(\.p/[0-9]{1,3})?", fullmatch=True))
def test_an_address_has_one_spelling(text: str) -> None:
    try:
        address = parse_tile_path(text)
    except Malformed:
        return
    assert tile_path(address.level, address.n, address.width) == text


@given(st.lists(st.binary(max_size=40), min_size=1, max_size=256))
def test_a_bundle_is_read_as_it_was_written(entries: list[bytes]) -> None:
    assert parse_bundle(bundle(entries)) == entries


def test_a_bundle_is_lengths_and_entries() -> None:
    assert bundle([b"ab", b""]) == b"\x00\x02ab\x00\x00"
    assert parse_bundle(bundle([bytes(65_535)])) == [bytes(65_535)]


@pytest.mark.parametrize("entries", [[], [b""] * 257, [bytes(65_536)]])
def test_no_bundle_is_made_of_too_few_too_many_or_too_long(entries: list[bytes]) -> None:
    with pytest.raises(Malformed):
        bundle(entries)


@given(st.binary(max_size=600))
def test_bytes_that_are_no_bundle_are_refused(data: bytes) -> None:
    try:
        entries = parse_bundle(data)
    except Malformed:
        return
    assert bundle(entries) == data


@pytest.mark.parametrize("data", [b"", b"\x00", b"\x00\x02a", b"\x00\x00" * 257])
def test_a_bundle_that_ends_too_soon_or_goes_on_is_refused(data: bytes) -> None:
    with pytest.raises(Malformed):
        parse_bundle(data)
