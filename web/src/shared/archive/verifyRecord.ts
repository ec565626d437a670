/**
 * Checks a whole record as the browser got it: every body against its commitment, every header in its chain,
 * every entry's leaf in the signed checkpoint, the log's key and the witnesses.
 *
 * It believes nothing the server says of the record, and one thing besides: which keys are the log's and the
 * witnesses', unless the reader brings keys obtained elsewhere.
 */
import { equal, hex, unbase64, unhex, utf8, type Bytes } from './bytes';
import { openCheckpoint, type OpenedCheckpoint, type Witnessed } from './checkpoint';
import {
  addendumOf,
  canonicalJson,
  commitmentOf,
  entryHashOf,
  genesis,
  headerBytes,
} from './entry';
import { ArchiveError } from './errors';
import { leafHash, verifyInclusion } from './merkle';
import type { VerifierKey } from './note';

/** An entry as the archive's API gives it. */
export interface RecordEntry {
  conversation_id: string;
  seq: number;
  message_id: string;
  author: string;
  kind: string;
  recorded_at: string;
  /** The kept text of the body, or what it reads as; null when it was destroyed or is damaged. */
  body: string | Readonly<Record<string, unknown>> | null;
  /** Whether the body cannot be read though nobody destroyed it. */
  damaged: boolean;
  /** Base64; null once the key of the consultation is destroyed. */
  salt: string | null;
  /** Both in hexadecimal. */
  commitment: string;
  entry_hash: string;
  /** The hash it was linked to, as the server says; for an entry behind a hole. */
  previous?: string;
}

/** Where entries stand in the log, and the checkpoint that their paths lead to. */
export interface RecordProof {
  /** A signed note; null while nothing was ever sealed. */
  checkpoint: string | null;
  entries: readonly {
    conversation_id: string;
    seq: number;
    /** Null while the entry waits to be sealed. */
    index: number | null;
    /** Base64, from the leaf's sibling up. */
    path: readonly string[];
  }[];
}

export type FaultKind =
  /** The body is not the one that was committed to. */
  | 'body-altered'
  /** The body cannot be opened any more, and nobody destroyed it lawfully. */
  | 'body-unreadable'
  /** The key of the body is destroyed, and no destruction is on record. */
  | 'body-gone'
  /** Who, when, kind or number are not those that were hashed, or the entry does not follow the one before. */
  | 'altered'
  /** The entry is not what stands in the log at its place. */
  | 'not-in-log'
  | 'missing'
  | 'repeated'
  | 'out-of-order'
  | 'foreign'
  /** The closing entry counts others than there are. */
  | 'closing-differs'
  /** Something stands behind the closing entry. */
  | 'after-closing'
  /** The visit is over, and nothing closes its record. */
  | 'unclosed'
  /** The checkpoint cannot be read, names another log, or is not signed by the log's key. */
  | 'checkpoint-malformed'
  | 'checkpoint-origin'
  | 'checkpoint-signature';

export interface Fault {
  kind: FaultKind;
  /** Both null when it concerns the checkpoint. */
  conversationId: string | null;
  seq: number | null;
  /** The last number of a hole; else as `seq`. */
  last: number | null;
}

export type EntryStatus =
  /** All of it holds: chain, body, place in the signed checkpoint. */
  | 'sealed'
  /** Chain and body hold; the log has not taken it in yet. */
  | 'unsealed'
  | 'broken';

export interface EntryCheck {
  conversationId: string;
  seq: number;
  status: EntryStatus;
  body: 'kept' | 'destroyed' | 'unreadable';
  index: number | null;
  /** The path of hashes to the root, from the leaf's sibling up. */
  path: readonly string[];
}

export interface RecordCheck {
  verdict:
    | 'broken'
    /** Everything holds against the log's key; nobody else vouches for it. */
    | 'intact'
    | 'witnessed'
    /** Nothing is wrong, and nothing is in the log yet: no verdict. */
    | 'unsealed';
  faults: readonly Fault[];
  /** In the order of the record's entries. */
  entries: readonly EntryCheck[];
  witnesses: readonly Witnessed[];
  checkpoint: OpenedCheckpoint | null;
}

export interface RecordToCheck {
  consultationId: string;
  /** Whether the visit is over, so that its record has to be closed. */
  over: boolean;
  /** Whether a lawful destruction is on record, so that bodies without a key are no fault. */
  destroyed: boolean;
  entries: readonly RecordEntry[];
  proof: RecordProof;
}

export interface TrustedKeys {
  log: VerifierKey;
  witnesses: readonly VerifierKey[];
}

const closingKinds = new Set(['finished', 'closed']);
const placeOf = (conversationId: string, seq: number) => `${conversationId}/${seq}`;

export async function verifyRecord(
  record: RecordToCheck,
  { log, witnesses }: TrustedKeys,
): Promise<RecordCheck> {
  const { entries, proof, consultationId } = record;
  const faults: Fault[] = [];
  const checkpoint = await open(proof.checkpoint, log, witnesses, faults);
  const addendum = await addendumOf(consultationId);
  const proofs = new Map(
    proof.entries.map((one) => [placeOf(one.conversation_id, one.seq), one] as const),
  );
  const checks: EntryCheck[] = [];
  const chains = new Map([consultationId, addendum].map((id) => [id, new Chain(id, faults)]));

  for (const entry of entries) {
    const { conversation_id: conversationId, seq } = entry;
    const place = proofs.get(placeOf(conversationId, seq));
    const before = faults.length;
    const blame = (kind: FaultKind) => faults.push({ kind, conversationId, seq, last: seq });

    const chain = chains.get(conversationId);
    if (chain) await chain.take(entry, record.destroyed);
    else blame('foreign');

    const index = place?.index ?? null;
    if (
      index !== null &&
      checkpoint &&
      !(await isIncluded(entry, index, place?.path ?? [], checkpoint))
    ) {
      blame('not-in-log');
    }
    checks.push({
      conversationId,
      seq,
      status:
        faults.length > before ? 'broken' : index !== null && checkpoint ? 'sealed' : 'unsealed',
      body: entry.body !== null ? 'kept' : entry.damaged ? 'unreadable' : 'destroyed',
      index,
      path: place?.path ?? [],
    });
  }

  const shown = new Set(entries.map((one) => placeOf(one.conversation_id, one.seq)));
  for (const { conversation_id: conversationId, seq } of proof.entries) {
    const named = faults.some(
      (fault) =>
        fault.kind === 'missing' &&
        fault.conversationId === conversationId &&
        seq >= (fault.seq ?? 0) &&
        seq <= (fault.last ?? 0),
    );
    if (!named && !shown.has(placeOf(conversationId, seq))) {
      faults.push({ kind: 'missing', conversationId, seq, last: seq });
    }
  }
  const live = chains.get(consultationId);
  if (record.over && live && live.size > 0 && !live.closed) {
    faults.push({ kind: 'unclosed', conversationId: consultationId, seq: null, last: null });
  }

  return {
    verdict: verdictOf(faults, checks, checkpoint),
    faults,
    entries: checks,
    witnesses: checkpoint?.witnesses ?? [],
    checkpoint,
  };
}

function verdictOf(
  faults: readonly Fault[],
  checks: readonly EntryCheck[],
  checkpoint: OpenedCheckpoint | null,
): RecordCheck['verdict'] {
  if (faults.length > 0) return 'broken';
  if (!checkpoint || checks.every(({ status }) => status !== 'sealed')) return 'unsealed';
  return checkpoint.witnesses.length > 0 ? 'witnessed' : 'intact';
}

async function open(
  note: string | null,
  log: VerifierKey,
  witnesses: readonly VerifierKey[],
  faults: Fault[],
): Promise<OpenedCheckpoint | null> {
  if (note === null) return null;
  try {
    return await openCheckpoint(note, log, witnesses);
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    const kind =
      error.problem === 'origin'
        ? 'checkpoint-origin'
        : error.problem === 'signature'
          ? 'checkpoint-signature'
          : 'checkpoint-malformed';
    faults.push({ kind, conversationId: null, seq: null, last: null });
    return null;
  }
}

/** Whether what stands in the log at this index is this entry. */
async function isIncluded(
  entry: RecordEntry,
  index: number,
  path: readonly string[],
  { size, root }: OpenedCheckpoint,
): Promise<boolean> {
  try {
    const leaf = await leafHash(unhex(entry.entry_hash, 32));
    const hashes = path.map((one) => unbase64(one, 32));
    await verifyInclusion(leaf, index, size, hashes, root);
    return true;
  } catch (error) {
    if (error instanceof ArchiveError) return false;
    throw error;
  }
}

/** One conversation's entries, each checked against the one before. */
class Chain {
  size = 0;
  closed = false;
  readonly #id: string;
  readonly #faults: Fault[];
  /** What the next entry may follow: the hash that is stored, and the one that was computed. */
  #previous: readonly Bytes[] = [genesis];

  constructor(id: string, faults: Fault[]) {
    this.#id = id;
    this.#faults = faults;
  }

  #blame(kind: FaultKind, seq: number, last = seq): void {
    this.#faults.push({ kind, conversationId: this.#id, seq, last });
  }

  async take(entry: RecordEntry, destroyed: boolean): Promise<void> {
    const { seq } = entry;
    const expected = this.size + 1;
    let follows = true;
    if (seq === this.size) this.#blame('repeated', seq);
    else if (seq < this.size) this.#blame('out-of-order', seq);
    else if (seq > expected) {
      this.#blame('missing', expected, seq - 1);
      // The entry behind a hole is checked against what it says it follows: no other hash would give its own.
      follows = false;
    }
    if (this.closed) this.#blame('after-closing', seq);

    const stored = read(() => unhex(entry.entry_hash, 32));
    const computed = await this.#links(entry, stored, follows && seq === expected);
    await this.#body(entry, destroyed);
    this.#closes(entry, computed);
    if (seq <= this.size) return;
    this.#previous = [stored, computed].filter((hash) => hash !== undefined);
    this.size = seq;
  }

  /** Computes the entry's hash from what it says; blames it when that is not the stored one. */
  async #links(
    entry: RecordEntry,
    stored: Bytes | undefined,
    follows: boolean,
  ): Promise<Bytes | undefined> {
    const header = read(() =>
      headerBytes({
        conversationId: entry.conversation_id,
        seq: entry.seq,
        recordedAt: entry.recorded_at,
        messageId: entry.message_id,
        author: entry.author,
        kind: entry.kind,
      }),
    );
    const commitment = read(() => unhex(entry.commitment, 32));
    if (!header || !commitment || !stored) {
      this.#blame('altered', entry.seq);
      return undefined;
    }
    const said = entry.previous;
    const told = said === undefined ? undefined : read(() => unhex(said, 32));
    if (!follows && !told) return undefined;
    let computed: Bytes | undefined;
    for (const previous of follows ? this.#previous : [told ?? genesis]) {
      computed = await entryHashOf(previous, header, commitment);
      if (equal(computed, stored)) return computed;
    }
    this.#blame('altered', entry.seq);
    return computed;
  }

  async #body(
    { seq, body, damaged, salt, commitment }: RecordEntry,
    destroyed: boolean,
  ): Promise<void> {
    if (body === null) {
      if (damaged) this.#blame('body-unreadable', seq);
      else if (!destroyed) this.#blame('body-gone', seq);
      return;
    }
    const salted = read(() => unbase64(salt ?? '', 32));
    const kept = utf8(typeof body === 'string' ? body : canonicalJson(body));
    if (!salted || hex(await commitmentOf(salted, kept)) !== commitment) {
      this.#blame('body-altered', seq);
    }
  }

  /** The closing entry says how many stand before it, and the last one's hash. */
  #closes({ kind, seq, body }: RecordEntry, computed: Bytes | undefined): void {
    if (!closingKinds.has(kind)) return;
    this.closed = true;
    const said = typeof body === 'string' ? parsed(body) : body;
    if (!said || !computed) return;
    const before = this.#previous.map(hex);
    const right =
      said.entries === seq - 1 &&
      typeof said.last_hash === 'string' &&
      before.includes(said.last_hash);
    if (!right) this.#blame('closing-differs', seq);
  }
}

function parsed(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** What cannot be read is told apart by its absence: here it blames an entry rather than the whole check. */
function read<Value>(of: () => Value): Value | undefined {
  try {
    return of();
  } catch (error) {
    if (error instanceof ArchiveError) return undefined;
    throw error;
  }
}
