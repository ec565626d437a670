/** C2SP tlog-tiles: where a tree's hashes are served, and the proofs that are made of them. */
import type { Bytes } from './bytes';
import { malformed } from './errors';
import { emptyRoot, nodeHash } from './merkle';

const width = 256;
const hashSize = 32;

/** The path of a tile below the log's prefix: tile/0/x001/067 or, when partial, tile/0/001.p/8. */
export function tilePath(level: number, n: number, hashes: number): string {
  const groups = [String(n % 1000).padStart(3, '0')];
  for (let rest = Math.floor(n / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    groups.unshift(`x${String(rest % 1000).padStart(3, '0')}`);
  }
  return `tile/${level}/${groups.join('/')}${hashes < width ? `.p/${hashes}` : ''}`;
}

/** Brings a tile's bytes: as many hashes of 32 bytes as asked for. */
export type ReadTile = (level: number, n: number, hashes: number) => Promise<Bytes>;

/** A tree of one size, read from its tiles; each tile is asked for once. */
export class TiledTree {
  readonly #size: number;
  readonly #read: ReadTile;
  readonly #tiles = new Map<string, Promise<Bytes>>();

  constructor(size: number, read: ReadTile) {
    this.#size = size;
    this.#read = read;
  }

  /** The root of the tree's first leaves. */
  async rootAt(size: number): Promise<Bytes> {
    return size === 0 ? emptyRoot() : this.#hashOf(0, size);
  }

  /** RFC 6962, section 2.1.2: how this tree continues its first `oldSize` leaves. */
  async consistencyPath(oldSize: number): Promise<Bytes[]> {
    if (oldSize === 0 || oldSize >= this.#size) return [];
    return this.#subproof(oldSize, 0, this.#size, true);
  }

  /** RFC 6962, section 2.1.1: how a leaf stands in this tree. */
  async inclusionPath(index: number): Promise<Bytes[]> {
    const path: Bytes[] = [];
    let from = 0;
    let to = this.#size;
    while (to - from > 1) {
      const split = from + largestPowerBelow(to - from);
      const [other, end] = index < split ? [split, to] : [from, split];
      path.unshift(await this.#hashOf(other, end));
      if (index < split) to = split;
      else from = split;
    }
    return path;
  }

  async #subproof(old: number, from: number, to: number, whole: boolean): Promise<Bytes[]> {
    if (from + old === to) return whole ? [] : [await this.#hashOf(from, to)];
    const split = from + largestPowerBelow(to - from);
    if (from + old <= split) {
      const path = await this.#subproof(old, from, split, whole);
      return [...path, await this.#hashOf(split, to)];
    }
    const path = await this.#subproof(old - (split - from), split, to, false);
    return [...path, await this.#hashOf(from, split)];
  }

  /** The hash over leaves [from, to), where `from` is a multiple of the power of two that covers them. */
  async #hashOf(from: number, to: number): Promise<Bytes> {
    const length = to - from;
    const split = largestPowerBelow(length);
    if (split * 2 !== length && length > 1) {
      return nodeHash(await this.#hashOf(from, from + split), await this.#hashOf(from + split, to));
    }
    // A full subtree is within one tile: of the level whose hashes cover no more than it does.
    let level = 0;
    let covered = 1;
    while (covered * width <= length) {
      covered *= width;
      level += 1;
    }
    return this.#fold(level, from / covered, length / covered);
  }

  /** Folds some hashes of a level, a power of two of them, into the one above them all. */
  async #fold(level: number, first: number, count: number): Promise<Bytes> {
    const tile = await this.#tile(level, Math.floor(first / width));
    const offset = (first % width) * hashSize;
    let hashes = Array.from({ length: count }, (_, at) =>
      tile.slice(offset + at * hashSize, offset + (at + 1) * hashSize),
    );
    while (hashes.length > 1) {
      const above: Promise<Bytes>[] = [];
      for (let at = 0; at < hashes.length; at += 2) {
        const [left, right] = hashes.slice(at, at + 2);
        if (left && right) above.push(nodeHash(left, right));
      }
      hashes = await Promise.all(above);
    }
    const [top] = hashes;
    if (!top) throw malformed('a tile without hashes');
    return top;
  }

  #tile(level: number, n: number): Promise<Bytes> {
    const key = `${level}/${n}`;
    const known = this.#tiles.get(key);
    if (known) return known;
    const present = Math.floor(this.#size / width ** level) - n * width;
    const hashes = Math.min(width, present);
    const read = this.#read(level, n, hashes).then((bytes) => {
      if (bytes.length !== hashes * hashSize) throw malformed(`tile ${key} has another size`);
      return bytes;
    });
    this.#tiles.set(key, read);
    return read;
  }
}

/** The largest power of two below a number; 0 for one. */
function largestPowerBelow(value: number): number {
  let power = 1;
  while (power * 2 < value) power *= 2;
  return value > 1 ? power : 0;
}
