/** Held against what others wrote: the format's own test vector, and what the server's modules make. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { base64, equal, hex, sha256, unbase64, unhex, utf8, type Bytes } from './bytes';
import { openCheckpoint } from './checkpoint';
import { addendumOf, commitmentOf, entryHashOf, genesis, headerBytes } from './entry';
import { leafHash, verifyConsistency, verifyInclusion } from './merkle';
import { formatVerifierKey, parseVerifierKey } from './note';
import { formatProofFile, parseProofFile } from './proofFile';
import { tilesOf, treeHash } from './testing';
import { TiledTree, tilePath } from './tiles';
import vectors from './vectors.json';

interface Documented {
  conversation_id: string;
  addendum_id: string;
  entries: {
    conversation_id: string;
    seq: number;
    message_id: string;
    author: string;
    kind: string;
    recorded_at: string;
    body: string;
    header: string;
    salt: string;
    commitment: string;
    entry_hash: string;
    leaf_hash: string;
  }[];
  tree: { size: number; root: string };
}

function documented(): Documented {
  const page = readFileSync(resolve(process.cwd(), '../docs/archive-format.md'), 'utf8');
  return JSON.parse(/```json\n([\s\S]*?)\n```/.exec(page)?.[1] ?? '') as Documented;
}

describe("the format's own test vector", () => {
  it('gives the same headers, commitments, hashes, leaves and root', async () => {
    const { conversation_id, addendum_id, entries, tree } = documented();
    expect(await addendumOf(conversation_id)).toBe(addendum_id);
    const last = new Map<string, Bytes>();
    const leaves: Bytes[] = [];
    for (const entry of entries) {
      const header = headerBytes({
        conversationId: entry.conversation_id,
        seq: entry.seq,
        recordedAt: entry.recorded_at,
        messageId: entry.message_id,
        author: entry.author,
        kind: entry.kind,
      });
      expect(hex(header)).toBe(entry.header);
      const commitment = await commitmentOf(unhex(entry.salt, 32), utf8(entry.body));
      expect(hex(commitment)).toBe(entry.commitment);
      const previous = last.get(entry.conversation_id) ?? genesis;
      const hash = await entryHashOf(previous, header, commitment);
      expect(hex(hash)).toBe(entry.entry_hash);
      last.set(entry.conversation_id, hash);
      const leaf = await leafHash(hash);
      expect(hex(leaf)).toBe(entry.leaf_hash);
      leaves.push(leaf);
    }
    expect(leaves).toHaveLength(tree.size);
    expect(hex(await treeHash(leaves))).toBe(tree.root);
  });
});

describe("what the server's modules make", () => {
  const size = vectors.trees.at(-1)?.size ?? 0;
  const grown = Promise.all(
    Array.from({ length: size }, async (_, at) => leafHash(await sha256(utf8(`entry ${at}`)))),
  );

  it('is a checkpoint that the log signed and a witness saw', async () => {
    const log = await parseVerifierKey(vectors.log_key);
    const witness = await parseVerifierKey(vectors.witness_key);
    expect(formatVerifierKey(log)).toBe(vectors.log_key);
    const opened = await openCheckpoint(vectors.note, log, [witness]);
    expect(opened.witnesses).toEqual([{ key: witness, seenAt: vectors.seen_at }]);
    expect(opened).toMatchObject({ size, origin: log.name });
  });

  it('is a proof file that reads and writes the same', async () => {
    const proof = parseProofFile(vectors.proof_file);
    expect(formatProofFile(proof)).toBe(vectors.proof_file);
    const leaf = (await grown)[proof.index];
    const { root } = await openCheckpoint(
      proof.checkpoint,
      await parseVerifierKey(vectors.log_key),
      [],
    );
    await verifyInclusion(leaf ?? genesis, proof.index, size, proof.path, root);
  });

  it('is the same proofs from the same tiles', async () => {
    const leaves = await grown;
    const root = await treeHash(leaves);
    const tree = new TiledTree(size, tilesOf(leaves));
    for (const vector of vectors.trees) {
      const path = await tree.consistencyPath(vector.size);
      expect(path.map(base64)).toEqual(vector.consistency);
      const old = await treeHash(leaves.slice(0, vector.size));
      expect(equal(old, unbase64(vector.root, 32))).toBe(true);
      await verifyConsistency(vector.size, size, path, old, root);
      const inclusion = vector.inclusion.map((hash) => unbase64(hash, 32));
      await verifyInclusion(
        leaves[vector.size - 1] ?? genesis,
        vector.size - 1,
        size,
        inclusion,
        root,
      );
    }
  });

  it('is the same addresses of tiles', () => {
    for (const [n, path] of Object.entries(vectors.tile_paths)) {
      expect(tilePath(0, Number(n), 256)).toBe(path);
    }
    expect(tilePath(2, 1, 17)).toBe(vectors.partial_tile_path);
  });
});
