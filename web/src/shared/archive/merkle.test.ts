import { describe, expect, it } from 'vitest';
import { hex, sha256, uint, unhex, type Bytes } from './bytes';
import { leafHash, verifyConsistency, verifyInclusion } from './merkle';
import { auditPath, tilesOf, treeHash } from './testing';
import { TiledTree, tilePath, type ReadTile } from './tiles';

const leavesOf = (count: number) =>
  Promise.all(Array.from({ length: count }, (_, at) => leafHash(uint(at, 8))));

// The tree of Certificate Transparency's own test vectors.
const published = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

it('agrees with the published roots', async () => {
  const leaves = await Promise.all(published.map((data) => leafHash(unhex(data, data.length / 2))));
  for (const [at, root] of roots.entries()) {
    expect(hex(await treeHash(leaves.slice(0, at + 1)))).toBe(root);
  }
});

describe('inclusion', () => {
  it('holds for every leaf of small trees, and for no other place, size or leaf', async () => {
    for (let size = 1; size <= 20; size += 1) {
      const leaves = await leavesOf(size);
      const root = await treeHash(leaves);
      for (const [index, leaf] of leaves.entries()) {
        const path = await auditPath(leaves, index);
        await verifyInclusion(leaf, index, size, path, root);
        const other = leaves[(index + 1) % size] ?? leaf;
        const attempts: [Bytes, number, number, readonly Bytes[]][] = [
          [leaf, index, size, [...path, root]],
          [leaf, size, size, path],
          [leaf, -1, size, path],
          [await sha256(leaf), index, size, path],
        ];
        if (path.length > 0) attempts.push([leaf, index, size, path.slice(1)]);
        if (size > 1) attempts.push([other, index, size, path]);
        for (const [one, at, of, along] of attempts) {
          await expect(verifyInclusion(one, at, of, along, root)).rejects.toThrow();
        }
      }
    }
  });
});

describe('consistency from tiles', () => {
  it('holds for every pair of small sizes, and not for an altered past', async () => {
    const leaves = await leavesOf(40);
    for (let now = 0; now <= 40; now += 1) {
      const present = leaves.slice(0, now);
      const root = await treeHash(present);
      const tree = new TiledTree(now, tilesOf(present));
      expect(hex(await tree.rootAt(now))).toBe(hex(root));
      for (let old = 0; old <= now; old += 1) {
        const oldRoot = await treeHash(leaves.slice(0, old));
        const path = await tree.consistencyPath(old);
        await verifyConsistency(old, now, path, oldRoot, root);
        if (old === 0 || old === now) continue;
        const rewritten = await sha256(oldRoot);
        await expect(verifyConsistency(old, now, path, rewritten, root)).rejects.toThrow();
        await expect(verifyConsistency(old, now, path, oldRoot, rewritten)).rejects.toThrow();
        await expect(verifyConsistency(old, now, path.slice(1), oldRoot, root)).rejects.toThrow();
        await expect(verifyConsistency(now, old, path, root, oldRoot)).rejects.toThrow();
      }
    }
  });

  it('crosses levels of tiles, asks for each once and only for those that exist', async () => {
    const leaves = await leavesOf(777);
    const asked: string[] = [];
    const read: ReadTile = (level, n, hashes) => {
      asked.push(tilePath(level, n, hashes));
      return tilesOf(leaves)(level, n, hashes);
    };
    const root = await treeHash(leaves);
    for (const old of [1, 255, 256, 257, 300, 511, 512, 513, 768, 776]) {
      asked.length = 0;
      const path = await new TiledTree(777, read).consistencyPath(old);
      await verifyConsistency(old, 777, path, await treeHash(leaves.slice(0, old)), root);
      expect(new Set(asked).size).toBe(asked.length);
      for (const path of asked) {
        expect(path).toMatch(/^tile\/(0\/00[0-2]|0\/003\.p\/9|1\/000\.p\/3)$/);
      }
    }
  });

  it('refuses a tile of another length', async () => {
    const leaves = await leavesOf(10);
    const short: ReadTile = async (...tile) => (await tilesOf(leaves)(...tile)).slice(1);
    await expect(new TiledTree(10, short).consistencyPath(3)).rejects.toThrow('another size');
  });
});

it.each([
  [0, 0, 256, 'tile/0/000'],
  [0, 1, 12, 'tile/0/001.p/12'],
  [3, 1_234_067, 256, 'tile/3/x001/x234/067'],
])('names tile %d/%d of %d hashes %s', (level, n, hashes, path) => {
  expect(tilePath(level, n, hashes)).toBe(path);
});
