/** A participant's receipt: the proof that the closing entry of a visit is in the log, kept by who was there. */
import { concat, equal, utf8Text, uuidText, type Bytes } from './bytes';
import { openCheckpoint, type OpenedCheckpoint } from './checkpoint';
import { entryHashOf } from './entry';
import { ArchiveError, malformed } from './errors';
import { leafHash, verifyConsistency, verifyInclusion } from './merkle';
import type { VerifierKey } from './note';
import { parseProofFile, type ProofFile } from './proofFile';
import { TiledTree, type ReadTile } from './tiles';
import type { TrustedKeys } from './verifyRecord';

/** What a receipt proves of the visit. All of it is hashed, so all of it is proved. */
export interface Receipt {
  conversationId: string;
  /** How many entries the visit has, the closing one included. */
  entries: number;
  closedAt: Date;
  kind: string;
  proof: ProofFile;
  checkpoint: OpenedCheckpoint;
}

/** Reads header bytes back (docs/archive-format.md); throws ArchiveError. */
function readHeader(header: Bytes) {
  const view = new DataView(header.buffer, header.byteOffset, header.length);
  let at = 49;
  const text = () => {
    if (at + 4 > header.length) throw malformed('a header too short');
    const length = view.getUint32(at);
    const from = at + 4;
    at = from + length;
    if (at > header.length) throw malformed('a header too short');
    return utf8Text(header.slice(from, at));
  };
  if (header.length < 57 || header[0] !== 0x01) throw malformed('not a header of version 1');
  const author = text();
  const kind = text();
  if (at !== header.length) throw malformed('a header too long');
  return {
    conversationId: uuidText(header.slice(1, 17)),
    seq: Number(view.getBigUint64(17)),
    recordedAt: new Date(Number(view.getBigUint64(25) / 1000n)),
    author,
    kind,
  };
}

/** Opens a kept receipt and checks it by itself; throws ArchiveError with what does not hold. */
export async function openReceipt(text: string, { log, witnesses }: TrustedKeys): Promise<Receipt> {
  const proof = parseProofFile(text);
  const { extra } = proof;
  if (!extra || extra.length < 64) throw malformed('a receipt without its entry');
  const header = extra.slice(64);
  const { conversationId, seq, recordedAt, kind } = readHeader(header);
  const checkpoint = await openCheckpoint(proof.checkpoint, log, witnesses);
  const hash = await entryHashOf(extra.slice(0, 32), header, extra.slice(32, 64));
  await verifyInclusion(
    await leafHash(hash),
    proof.index,
    checkpoint.size,
    proof.path,
    checkpoint.root,
  );
  return { conversationId, entries: seq, closedAt: recordedAt, kind, proof, checkpoint };
}

/** The extra data that a receipt of an entry carries. */
export const receiptExtra = (previous: Bytes, commitment: Bytes, header: Bytes): Bytes =>
  concat(previous, commitment, header);

export type Standing =
  /** The log as it stands now begins with the log of the receipt. */
  | { kind: 'part'; present: OpenedCheckpoint }
  /** The log is shorter than it was. */
  | { kind: 'shorter'; present: OpenedCheckpoint }
  /** The log does not continue the one that the receipt knows: something in it was rewritten. */
  | { kind: 'rewritten'; present: OpenedCheckpoint }
  /** The log's present head does not hold by itself: another key, another name, not readable. */
  | { kind: 'unsigned'; problem: ArchiveError['problem'] };

/** Where the log is served. */
export interface LogSource {
  /** The present checkpoint's note. */
  checkpoint: () => Promise<string>;
  readTile: ReadTile;
}

/** Compares a receipt with the log as it stands now. Failures to reach the log are thrown as they come. */
export async function compareWithLog(
  receipt: Pick<Receipt, 'checkpoint'>,
  source: LogSource,
  log: VerifierKey,
  witnesses: readonly VerifierKey[],
): Promise<Standing> {
  const { size, root } = receipt.checkpoint;
  let present: OpenedCheckpoint;
  try {
    present = await openCheckpoint(await source.checkpoint(), log, witnesses);
  } catch (error) {
    if (error instanceof ArchiveError) return { kind: 'unsigned', problem: error.problem };
    throw error;
  }
  if (present.size < size) return { kind: 'shorter', present };
  if (present.size === size) {
    return { kind: equal(present.root, root) ? 'part' : 'rewritten', present };
  }
  try {
    const tree = new TiledTree(present.size, source.readTile);
    const path = await tree.consistencyPath(size);
    await verifyConsistency(size, present.size, path, root, present.root);
    return { kind: 'part', present };
  } catch (error) {
    if (error instanceof ArchiveError) return { kind: 'rewritten', present };
    throw error;
  }
}
