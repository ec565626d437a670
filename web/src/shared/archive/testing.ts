/** A small log for tests: its keys, its tree, its tiles, its checkpoints. The tree is computed the plain way. */
import { getPublicKeyAsync, signAsync } from '@noble/ed25519';
import { base64, concat, hex, sha256, uint, unhex, utf8, type Bytes } from './bytes';
import { canonicalJson, commitmentOf, entryHashOf, genesis, headerBytes } from './entry';
import { emptyRoot, leafHash, nodeHash } from './merkle';
import { parseVerifierKey, type VerifierKey } from './note';
import { formatProofFile } from './proofFile';
import { receiptExtra } from './receipt';
import type { ReadTile } from './tiles';
import type { RecordEntry, RecordProof } from './verifyRecord';

const bytesOf = (bytes: Uint8Array): Bytes => Uint8Array.from(bytes);

export interface TestSigner {
  vkey: string;
  key: VerifierKey;
  /** The signature line over a checkpoint's text; a witness gives the time it saw it. */
  line: (text: string, seenAt?: number) => Promise<string>;
}

export async function signerOf(
  name: string,
  seed: number,
  kind: 'log' | 'witness' = 'log',
): Promise<TestSigner> {
  const secret = new Uint8Array(32).fill(seed);
  const type = Uint8Array.of(kind === 'log' ? 0x01 : 0x04);
  const material = concat(type, await getPublicKeyAsync(secret));
  const id = (await sha256(utf8(`${name}\n`), material)).slice(0, 4);
  const vkey = `${name}+${hex(id)}+${base64(material)}`;
  return {
    vkey,
    key: await parseVerifierKey(vkey),
    line: async (text, seenAt = 0) => {
      const signed = kind === 'log' ? text : `cosignature/v1\ntime ${seenAt}\n${text}`;
      const signature = bytesOf(await signAsync(utf8(signed), secret));
      const time = kind === 'log' ? new Uint8Array() : uint(seenAt, 8);
      return `— ${name} ${base64(concat(id, time, signature))}\n`;
    },
  };
}

/** RFC 6962's tree hash by its definition. */
export async function treeHash(leaves: readonly Bytes[]): Promise<Bytes> {
  const [first] = leaves;
  if (!first) return emptyRoot();
  if (leaves.length === 1) return first;
  const split = splitOf(leaves.length);
  return nodeHash(await treeHash(leaves.slice(0, split)), await treeHash(leaves.slice(split)));
}

const splitOf = (length: number) => 2 ** Math.floor(Math.log2(length - 1));

/** RFC 6962's audit path by its definition. */
export async function auditPath(leaves: readonly Bytes[], index: number): Promise<Bytes[]> {
  if (leaves.length < 2) return [];
  const split = splitOf(leaves.length);
  const left = leaves.slice(0, split);
  const right = leaves.slice(split);
  return index < split
    ? [...(await auditPath(left, index)), await treeHash(right)]
    : [...(await auditPath(right, index - split)), await treeHash(left)];
}

export const tilesOf =
  (leaves: readonly Bytes[]): ReadTile =>
  async (level, n, hashes) => {
    const covered = 256 ** level;
    const found: Bytes[] = [];
    for (let at = n * 256; at < n * 256 + hashes; at += 1) {
      found.push(await treeHash(leaves.slice(at * covered, (at + 1) * covered)));
    }
    return concat(...found);
  };

export async function noteOf(
  leaves: readonly Bytes[],
  signers: readonly TestSigner[],
  origin = signers[0]?.key.name ?? '',
): Promise<string> {
  const text = `${origin}\n${leaves.length}\n${base64(await treeHash(leaves))}\n`;
  const lines = await Promise.all(signers.map((signer) => signer.line(text, 1_795_420_800)));
  return `${text}\n${lines.join('')}`;
}

export interface Said {
  kind: string;
  body: Record<string, unknown>;
  author?: string;
  recordedAt?: string;
}

/** Entries of one conversation with their salts, commitments and hashes, as the API gives them. */
export async function entriesOf(
  conversationId: string,
  said: readonly Said[],
): Promise<RecordEntry[]> {
  const entries: RecordEntry[] = [];
  let previous = genesis;
  for (const [at, { kind, body, author = 'system', recordedAt }] of said.entries()) {
    const seq = at + 1;
    const fields = {
      conversationId,
      seq,
      recordedAt: recordedAt ?? `2026-11-23T06:00:${String(seq).padStart(2, '0')}.123456Z`,
      messageId: `00000000-0000-7000-8000-${String(seq).padStart(12, '0')}`,
      author,
      kind,
    };
    const salt = await sha256(utf8(`salt ${conversationId} ${seq}`));
    const text = canonicalJson(
      kind === 'finished' || kind === 'closed'
        ? { entries: at, last_hash: hex(previous), ...body }
        : body,
    );
    const commitment = await commitmentOf(salt, utf8(text));
    const entryHash = await entryHashOf(previous, headerBytes(fields), commitment);
    entries.push({
      conversation_id: conversationId,
      seq,
      message_id: fields.messageId,
      author,
      kind,
      recorded_at: fields.recordedAt,
      body: text,
      damaged: false,
      salt: base64(salt),
      commitment: hex(commitment),
      entry_hash: hex(entryHash),
    });
    previous = entryHash;
  }
  return entries;
}

/** A log that holds some other leaves, then these entries. */
export class TestLog {
  readonly leaves: Bytes[] = [];

  async fill(count: number): Promise<this> {
    for (let at = 0; at < count; at += 1) {
      this.leaves.push(await leafHash(await sha256(utf8(`other ${this.leaves.length}`))));
    }
    return this;
  }

  /** Takes entries in and returns where they stand. */
  async take(entries: readonly RecordEntry[]): Promise<number> {
    const first = this.leaves.length;
    for (const entry of entries) this.leaves.push(await leafHash(unhex(entry.entry_hash, 32)));
    return first;
  }

  async proofOf(
    entries: readonly RecordEntry[],
    first: number,
    signers: readonly TestSigner[],
  ): Promise<RecordProof> {
    return {
      checkpoint: await noteOf(this.leaves, signers),
      entries: await Promise.all(
        entries.map(async ({ conversation_id, seq }, at) => ({
          conversation_id,
          seq,
          index: first + at,
          path: (await auditPath(this.leaves, first + at)).map(base64),
        })),
      ),
    };
  }

  /** The receipt of an entry that stands at an index; `previous` is the entry before it. */
  async receiptOf(
    entry: RecordEntry,
    previous: RecordEntry | undefined,
    index: number,
    signers: readonly TestSigner[],
  ): Promise<string> {
    const header = headerBytes({
      conversationId: entry.conversation_id,
      seq: entry.seq,
      recordedAt: entry.recorded_at,
      messageId: entry.message_id,
      author: entry.author,
      kind: entry.kind,
    });
    return formatProofFile({
      extra: receiptExtra({
        logKey: signers[0]?.vkey ?? '',
        previous: previous ? unhex(previous.entry_hash, 32) : genesis,
        commitment: unhex(entry.commitment, 32),
        header,
      }),
      index,
      path: await auditPath(this.leaves, index),
      checkpoint: await noteOf(this.leaves, signers),
    });
  }
}
