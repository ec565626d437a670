/** A participant's receipt: the proof that the closing entry of a visit is in the log, kept by who was there. */
import { equal, hex, unhex, utf8, utf8Text, uuidText, type Bytes } from './bytes';
import { openCheckpoint, type OpenedCheckpoint } from './checkpoint';
import { entryHashOf } from './entry';
import { parseEpochs, type Epoch } from './epochs';
import { ArchiveError, malformed } from './errors';
import { leafHash, verifyConsistency, verifyInclusion } from './merkle';
import { formatVerifierKey, parseVerifierKey, type VerifierKey } from './note';
import { parseProofFile } from './proofFile';
import { TiledTree, type ReadTile } from './tiles';

const format = 'televisit/receipt/v1';

/** What a receipt proves of the visit. All of it is hashed, so all of it is proved. */
export interface Receipt {
  conversationId: string;
  /** How many entries the visit has, the closing one included. */
  entries: number;
  closedAt: Date;
  kind: string;
  /** The log's key when the receipt was made. */
  logKey: VerifierKey;
  checkpoint: OpenedCheckpoint;
  /** The closing entry's place in the log, and its leaf's hash. */
  index: number;
  leaf: Bytes;
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

/** What the hospital put beside the proof: which log it was, and what the closing entry's hash is made of. */
interface Extra {
  logKey: string;
  previous: Bytes;
  commitment: Bytes;
  header: Bytes;
}

function readExtra(extra: Bytes | undefined): Extra {
  let said: unknown;
  try {
    said = JSON.parse(utf8Text(extra ?? new Uint8Array()));
  } catch {
    throw malformed('a receipt without its entry');
  }
  const fields = typeof said === 'object' && said !== null ? (said as Record<string, unknown>) : {};
  const text = (name: string) => {
    const value = fields[name];
    if (typeof value !== 'string') throw malformed(`a receipt without its ${name}`);
    return value;
  };
  if (fields.format !== format) throw malformed('a receipt of another format');
  const header = text('header');
  return {
    logKey: text('log_key'),
    previous: unhex(text('previous'), 32),
    commitment: unhex(text('commitment'), 32),
    header: unhex(header, Math.floor(header.length / 2)),
  };
}

/**
 * Opens a kept receipt and checks it by itself; throws ArchiveError with what does not hold.
 *
 * The log's key is the one that the receipt was kept with: whoever kept it has kept the key too.
 */
export async function openReceipt(text: string): Promise<Receipt> {
  const proof = parseProofFile(text);
  const { logKey, previous, commitment, header } = readExtra(proof.extra);
  const key = await parseVerifierKey(logKey);
  const { conversationId, seq, recordedAt, kind } = readHeader(header);
  const checkpoint = await openCheckpoint(proof.checkpoint, key, []);
  const leaf = await leafHash(await entryHashOf(previous, header, commitment));
  await verifyInclusion(leaf, proof.index, checkpoint.size, proof.path, checkpoint.root);
  const { index } = proof;
  const proved = { conversationId, entries: seq, closedAt: recordedAt, kind };
  return { ...proved, logKey: key, checkpoint, index, leaf };
}

/** The extra data that a receipt of an entry carries. */
export function receiptExtra(extra: Extra): Bytes {
  const { logKey, previous, commitment, header } = extra;
  const fields = { commitment, header, previous };
  const written = Object.entries(fields).map(([name, bytes]) => [name, hex(bytes)] as const);
  return utf8(JSON.stringify({ ...Object.fromEntries(written), format, log_key: logKey }));
}

export type Standing =
  /**
   * The log as it stands now begins with the log of the receipt; or, where the end of that one was lost, it
   * still holds the receipt's entry in its place.
   */
  | { kind: 'part'; present: OpenedCheckpoint; since: readonly Epoch[] }
  /** The receipt's entry is among those that were lost when the log began anew. */
  | { kind: 'lost'; present: OpenedCheckpoint; since: readonly Epoch[] }
  /** The log is shorter than it was. */
  | { kind: 'shorter'; present: OpenedCheckpoint; since: readonly Epoch[] }
  /** The log does not continue the one that the receipt knows: something in it was rewritten. */
  | { kind: 'rewritten'; present: OpenedCheckpoint; since: readonly Epoch[] }
  /** The log's present head does not hold by itself: another key, another name, not readable. */
  | { kind: 'unsigned'; problem: ArchiveError['problem'] };

/** Where the log is served. */
export interface LogSource {
  /** The present checkpoint's note. */
  checkpoint: () => Promise<string>;
  /** What the log says of its epochs, as it came. */
  epochs: () => Promise<unknown>;
  readTile: ReadTile;
}

type Known = Pick<Receipt, 'checkpoint' | 'logKey' | 'index' | 'leaf'>;

/** Opens the present checkpoint: the receipt's own key signed it, or the key of an epoch that came later. */
async function openPresent({ checkpoint, logKey }: Known, source: LogSource) {
  const note = await source.checkpoint();
  try {
    return { present: await openCheckpoint(note, logKey, []), since: [] };
  } catch (error) {
    if (!(error instanceof ArchiveError) || error.problem !== 'origin') throw error;
    const epochs = parseEpochs(await source.epochs());
    const own = epochs.findIndex(
      (epoch) => epoch.origin === checkpoint.origin && epoch.logKey === formatVerifierKey(logKey),
    );
    const since = own < 0 ? [] : epochs.slice(own + 1);
    const last = since.at(-1);
    if (!last) throw error;
    return { present: await openCheckpoint(note, await parseVerifierKey(last.logKey), []), since };
  }
}

/**
 * Compares a receipt with the log as it stands now. Failures to reach the log are thrown as they come.
 *
 * A log that began a new epoch goes on with the tree that it had, so that the receipt is compared with that.
 * What the receipt saw beyond the tree that an epoch took over was lost; its own entry may be there still.
 */
export async function compareWithLog(known: Known, source: LogSource): Promise<Standing> {
  const { size, root } = known.checkpoint;
  let present: OpenedCheckpoint;
  let since: readonly Epoch[];
  try {
    ({ present, since } = await openPresent(known, source));
  } catch (error) {
    if (error instanceof ArchiveError) return { kind: 'unsigned', problem: error.problem };
    throw error;
  }
  const kept = Math.min(...since.map(({ firstSize }) => firstSize));
  const cut = kept < size;
  if (cut && known.index >= kept) return { kind: 'lost', present, since };
  if (present.size < (cut ? kept : size)) return { kind: 'shorter', present, since };
  try {
    const tree = new TiledTree(present.size, source.readTile);
    if (cut) {
      const path = await tree.inclusionPath(known.index);
      await verifyInclusion(known.leaf, known.index, present.size, path, present.root);
    } else if (present.size === size) {
      if (!equal(present.root, root)) return { kind: 'rewritten', present, since };
    } else {
      const path = await tree.consistencyPath(size);
      await verifyConsistency(size, present.size, path, root, present.root);
    }
    return { kind: 'part', present, since };
  } catch (error) {
    if (error instanceof ArchiveError) return { kind: 'rewritten', present, since };
    throw error;
  }
}
