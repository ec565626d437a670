"""The tree as tiles (C2SP tlog-tiles): addresses, bundles, the growing right edge, proofs from stored tiles.

A tile of level l holds up to 256 hashes, each over 256^l leaves; what is not yet full is partial and stays at
the tree's right edge. Full tiles never change. Nothing here reads or writes: a caller hands in `read_tile`.
"""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass

from chat_archive.invalid import Malformed, ProofInvalid
from chat_archive.merkle import HASH, MOST_LEAVES, fold, root_of

WIDTH = 256
"""Hashes in a full tile."""
TILE_BYTES = WIDTH * HASH
HIGHEST_LEVEL = 63
_LONGEST_ENTRY = 0xFFFF
_LONGEST_ADDRESS = 100

ReadTile = Callable[[int, int, int], Awaitable[bytes]]
"""read_tile(level, n, width): the first `width` hashes of tile n, width * 32 bytes."""


@dataclass(frozen=True, slots=True)
class TileAddress:
    """Which tile: `level` None means the bundle of the entries themselves; `width` 1 to 256, 256 is full."""

    level: int | None
    n: int
    width: int = WIDTH


def tile_path(level: int | None, n: int, width: int = WIDTH) -> str:
    """Return `tile/<L>/<N>[.p/<W>]`, the path below the log's prefix; level None gives `tile/entries/...`.

    Raises:
        Malformed: there is no such tile.
    """
    if level is not None and not 0 <= level <= HIGHEST_LEVEL:
        raise Malformed(f"There is no level {level}: they go from 0 to {HIGHEST_LEVEL}.")
    if not 0 <= n <= MOST_LEAVES:
        raise Malformed(f"There is no tile {n}.")
    if not 1 <= width <= WIDTH:
        raise Malformed(f"A tile has 1 to {WIDTH} hashes, not {width}.")
    elements = [f"{n % 1000:03}"]
    while n >= 1000:
        n //= 1000
        elements.append(f"x{n % 1000:03}")
    partial = "" if width == WIDTH else f".p/{width}"
    return f"tile/{'entries' if level is None else level}/{'/'.join(reversed(elements))}{partial}"


def parse_tile_path(text: str) -> TileAddress:
    """Read what `tile_path` writes: there is one spelling for each tile.

    Raises:
        Malformed: this is none.
    """
    if len(text) > _LONGEST_ADDRESS or not text.isascii():
        raise Malformed("This is no address of a tile.")
    where, dot, partial = text.partition(".p/")
    first, *elements = where.split("/")
    if first != "tile" or len(elements) < 2:
        raise Malformed("An address of a tile is tile/<level>/<number>.")
    level = None if elements[0] == "entries" else _number(elements[0])
    digits = ""
    for element in elements[1:-1]:
        if not element.startswith("x"):
            raise Malformed("In a tile's number every part but the last begins with x.")
        digits += element[1:]
    digits += elements[-1]
    width = _number(partial) if dot else WIDTH
    address = TileAddress(level, _number(digits.lstrip("0") or "0"), width)
    if tile_path(address.level, address.n, address.width) != text:
        raise Malformed("This is not how the address of a tile is written.")
    return address


def _number(digits: str) -> int:
    if not (1 <= len(digits) <= 20 and digits.isascii() and digits.isdigit()):
        raise Malformed("A part of the tile's address is no number.")
    return int(digits)


def bundle(entries: Sequence[bytes]) -> bytes:
    """Return 1 to 256 entries as a bundle: each after its length, 16 bits big-endian.

    Raises:
        Malformed: too few, too many or too long.
    """
    if not 1 <= len(entries) <= WIDTH:
        raise Malformed(f"A bundle has 1 to {WIDTH} entries, not {len(entries)}.")
    parts: list[bytes] = []
    for entry in entries:
        if len(entry) > _LONGEST_ENTRY:
            raise Malformed(f"An entry has at most {_LONGEST_ENTRY} bytes, not {len(entry)}.")
        parts += (len(entry).to_bytes(2, "big"), entry)
    return b"".join(parts)


def parse_bundle(data: bytes) -> list[bytes]:
    """Return the entries of a bundle.

    Raises:
        Malformed: it is none, or ends too soon.
    """
    entries: list[bytes] = []
    at = 0
    while at < len(data):
        end = at + 2 + int.from_bytes(data[at : at + 2], "big")
        if at + 2 > len(data) or end > len(data):
            raise Malformed(f"The bundle ends inside its entry {len(entries)}.")
        entries.append(data[at + 2 : end])
        if len(entries) > WIDTH:
            raise Malformed(f"A bundle has at most {WIDTH} entries.")
        at = end
    if not entries:
        raise Malformed("A bundle has at least one entry.")
    return entries


@dataclass(frozen=True, slots=True)
class Edge:
    """The tree's right edge: `levels[l]` is the partial tile of level l, its hashes one after the other.

    As many levels as `size` has digits to the base 256, each with as many hashes as its digit says.

    Raises:
        Malformed: the levels are not those of that size.
    """

    size: int
    levels: tuple[bytes, ...]

    def __post_init__(self) -> None:
        if not 0 <= self.size <= MOST_LEAVES:
            raise Malformed(f"{self.size} is no size of a tree.")
        digits: list[int] = []
        rest = self.size
        while rest:
            rest, digit = divmod(rest, WIDTH)
            digits.append(digit)
        if [len(level) for level in self.levels] != [digit * HASH for digit in digits]:
            raise Malformed(f"The edge is not one of a tree of {self.size} leaves.")


EMPTY_EDGE = Edge(0, ())


@dataclass(frozen=True, slots=True)
class FullTile:
    """A tile that has become full, and will never change: 8,192 bytes of hashes."""

    level: int
    n: int
    hashes: bytes


@dataclass(frozen=True, slots=True)
class Extended:
    """A tree after new leaves: its edge, the tiles they filled (from the leaves upwards), its root."""

    edge: Edge
    full: list[FullTile]
    root: bytes


def extend(edge: Edge, leaf_hashes: Sequence[bytes]) -> Extended:
    """Return the tree with these leaves after the last one.

    Raises:
        Malformed: a leaf hash has not 32 bytes.
    """
    if any(len(value) != HASH for value in leaf_hashes):
        raise Malformed(f"A leaf hash has {HASH} bytes.")
    size = edge.size + len(leaf_hashes)
    levels: list[bytes] = []
    full: list[FullTile] = []
    rising = b"".join(leaf_hashes)
    level, span = 0, WIDTH
    while rising or level < len(edge.levels):
        before = edge.levels[level] if level < len(edge.levels) else b""
        hashes = before + rising
        whole = len(hashes) - len(hashes) % TILE_BYTES
        roots: list[bytes] = []
        for at in range(0, whole, TILE_BYTES):
            tile = FullTile(level, edge.size // span + at // TILE_BYTES, hashes[at : at + TILE_BYTES])
            full.append(tile)
            roots.append(root_of(_split(tile.hashes)))
        levels.append(hashes[whole:])
        rising = b"".join(roots)
        level, span = level + 1, span * WIDTH
    grown = Edge(size, tuple(levels))
    return Extended(grown, full, edge_root(grown))


def edge_root(edge: Edge) -> bytes:
    """Return the root of the tree with this edge."""
    subtrees: list[bytes] = []
    for level in reversed(edge.levels):
        hashes = _split(level)
        at = 0
        for bit in range(7, -1, -1):
            width = 1 << bit
            if len(hashes) & width:
                subtrees.append(root_of(hashes[at : at + width]))
                at += width
    return fold(subtrees)


async def inclusion_path(read_tile: ReadTile, index: int, size: int) -> list[bytes]:
    """Return the inclusion proof of leaf `index` in the tree of `size` leaves (RFC 6962, section 2.1.1).

    At most two tiles of each level are read, each once. Tiles of a tree that has grown since do as well.

    Raises:
        ProofInvalid: that tree has no such leaf.
        Malformed: `read_tile` gave a tile of another width.
    """
    if not 0 <= index < size <= MOST_LEAVES:
        raise ProofInvalid(f"A tree of {size} leaves has no leaf {index}.")
    wanted: list[tuple[int, int]] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _largest_power_below(end - start)
        if index < middle:
            wanted.append((middle, end))
            end = middle
        else:
            wanted.append((start, middle))
            start = middle
    return await _roots(read_tile, size, wanted[::-1])


async def consistency_path(read_tile: ReadTile, old: int, new: int) -> list[bytes]:
    """Return the proof that the tree of `new` leaves begins with the one of `old` (RFC 6962, section 2.1.2).

    Empty when `old` is 0 or equals `new`. Tiles are read as for an inclusion proof.

    Raises:
        ProofInvalid: `old` is larger than `new`.
        Malformed: `read_tile` gave a tile of another width.
    """
    if not 0 <= old <= new <= MOST_LEAVES:
        raise ProofInvalid(f"A tree of {new} leaves cannot continue one of {old}.")
    if old in (0, new):
        return []
    wanted: list[tuple[int, int]] = []
    start, end = 0, new
    while end != old:
        middle = start + _largest_power_below(end - start)
        if old <= middle:
            wanted.append((middle, end))
            end = middle
        else:
            wanted.append((start, middle))
            start = middle
    if start > 0:
        # Otherwise what is left is the whole old tree, whose root the verifier has.
        wanted.append((start, end))
    return await _roots(read_tile, new, wanted[::-1])


async def root_at(read_tile: ReadTile, size: int) -> bytes:
    """Return the root that the tree had, or has, with `size` leaves.

    Raises:
        Malformed: `read_tile` gave a tile of another width, or `size` is none.
    """
    if not 0 <= size <= MOST_LEAVES:
        raise Malformed(f"{size} is no size of a tree.")
    return (await _roots(read_tile, size, [(0, size)]))[0]


async def _roots(read_tile: ReadTile, size: int, ranges: Sequence[tuple[int, int]]) -> list[bytes]:
    """Return the root over each range of leaves; a range begins where a perfect subtree of its size could."""
    tiles: dict[tuple[int, int], bytes] = {}

    async def hashes(level: int, first: int, count: int) -> list[bytes]:
        n, at = divmod(first, WIDTH)
        tile = tiles.get((level, n))
        if tile is None:
            width = min(WIDTH, (size >> 8 * level) - n * WIDTH)
            tile = await read_tile(level, n, width)
            if len(tile) != width * HASH:
                raise Malformed(f"Tile {n} of level {level} has {len(tile)} bytes instead of {width * HASH}.")
            tiles[level, n] = tile
        return _split(tile[at * HASH : (at + count) * HASH])

    found: list[bytes] = []
    for start, end in ranges:
        subtrees: list[bytes] = []
        for first, height in _perfect(start, end):
            level, rest = divmod(height, 8)
            subtrees.append(root_of(await hashes(level, first >> 8 * level, 1 << rest)))
        found.append(fold(subtrees))
    return found


def _perfect(start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a range into perfect subtrees from the left: each one's first leaf and height."""
    while start < end:
        height = (end - start).bit_length() - 1
        yield start, height
        start += 1 << height


def _largest_power_below(count: int) -> int:
    """Return the largest power of two that is smaller than `count`, which is at least 2."""
    return 1 << (count - 1).bit_length() - 1


def _split(hashes: bytes) -> list[bytes]:
    return [hashes[at : at + HASH] for at in range(0, len(hashes), HASH)]
