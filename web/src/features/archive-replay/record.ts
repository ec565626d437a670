/** What a record says about the visit as a whole: whose lanes there are, who was there when. */
import type { components } from '../../protocol/api';
import type { Fault, RecordCheck, RecordEntry, RecordProof } from '../../shared/archive';

type Schemas = components['schemas'];
type Author = Pick<Schemas['ArchivedEntry'], 'author_name' | 'author_role'>;

/** An entry as the API gives it: what is hashed, and who its author is. */
export type AnsweredEntry = RecordEntry & Author;
export type Answer = Omit<Schemas['Record'], 'entries'> & { entries: AnsweredEntry[] };
export type Proof = RecordProof & { log_key: string; witness_keys: string[] };
export type Verification = Schemas['VerificationView'];

export type Body = Readonly<Record<string, unknown>>;

/** An entry to show: its body is read, once. */
export type Entry = Omit<AnsweredEntry, 'body'> & {
  body: Body | null;
  /** Whether it stands in the conversation of what came after the visit. */
  later: boolean;
};

export interface ArchivedRecord {
  consultation: Answer['consultation'];
  /** When and by whom the texts were destroyed, if they were. */
  destruction: Answer['destruction'];
  /** The visit's own entries, in the order in which they are kept. */
  visit: readonly Entry[];
  /** Those first, then what was added to the record later. */
  entries: readonly Entry[];
}

export function readBody(body: AnsweredEntry['body']): Body | null {
  if (typeof body !== 'string') return body;
  try {
    const read: unknown = JSON.parse(body);
    return typeof read === 'object' && read !== null ? (read as Body) : null;
  } catch {
    return null;
  }
}

export function recordOf({ consultation, destruction, entries: answered }: Answer): ArchivedRecord {
  const read = answered.map((entry) => ({
    ...entry,
    body: readBody(entry.body),
    later: entry.conversation_id !== consultation.id,
  }));
  const visit = read.filter(({ later }) => !later);
  const later = read.filter((entry) => entry.later);
  // A record that has lost all of the visit is shown by what is left.
  if (visit.length === 0) return { consultation, destruction, visit: later, entries: later };
  return { consultation, destruction, visit, entries: [...visit, ...later] };
}

/** One thing that is wrong, and where; by this page's own check or by the server's. */
export interface Finding extends Omit<Fault, 'kind'> {
  /** A FaultKind of this page, or a kind of the server's. */
  kind: string;
  /** The server's words, for a kind that this page has none for. */
  message?: string;
}

/**
 * All that is wrong: what this page found, and what only the server can know, such as an end cut off, which
 * no path of hashes shows.
 */
export function findingsOf(
  check: RecordCheck | undefined,
  verification: Verification | undefined,
): Finding[] {
  const own: Finding[] = [...(check?.faults ?? [])];
  const said = (verification?.findings ?? []).map((finding) => ({
    ...finding,
    conversationId: finding.conversation_id,
    last: finding.seq,
  }));
  const known = ({ conversationId, seq }: Finding) =>
    own.some(
      (one) =>
        one.conversationId === conversationId &&
        one.seq !== null &&
        seq !== null &&
        one.seq <= seq &&
        seq <= (one.last ?? one.seq),
    );
  return [...own, ...said.filter((finding) => !known(finding))];
}

export const lanes = ['patient', 'doctor', 'events'] as const;
export type Lane = (typeof lanes)[number];

/** Chat stands in its speaker's lane; all that happened, and what no lane claims, among the events. */
export function laneOf(entry: Entry): Lane {
  if (entry.kind !== 'chat') return 'events';
  return entry.author_role === 'patient' || entry.author_role === 'doctor'
    ? entry.author_role
    : 'events';
}

export const timeOf = (entry: Pick<Entry, 'recorded_at'>) => Date.parse(entry.recorded_at);

/** The text of a chat entry, or undefined when its kept body holds none. */
export function chatText({ kind, body }: Entry): string | undefined {
  return kind === 'chat' && typeof body?.text === 'string' ? body.text : undefined;
}

/** What a file entry says of its file; undefined for other entries, and for a body of another shape. */
export function fileOf({ kind, body }: Entry) {
  if (kind !== 'file' || typeof body?.digest !== 'string') return undefined;
  const { digest, name, size, type } = body;
  return {
    digest,
    name: typeof name === 'string' ? name : undefined,
    bytes: typeof size === 'number' ? size : undefined,
    type: typeof type === 'string' ? type : undefined,
  };
}

/** Whether a finding is about an entry. */
export function concerns(finding: Finding, entry: Entry): boolean {
  return finding.conversationId === entry.conversation_id && finding.seq === entry.seq;
}

/** What is wrong with one entry. */
export function findingsFor(entry: Entry, findings: readonly Finding[]): Finding[] {
  return findings.filter((finding) => concerns(finding, entry));
}

export interface Presence {
  lane: 'patient' | 'doctor';
  kind: 'waiting' | 'connected';
  fromMs: number;
  toMs: number;
}

/** When each of the two waited and was connected, as the kept entries tell it; open ends last to the end. */
export function presenceOf(entries: readonly Entry[]): Presence[] {
  const open = new Map<string, Presence>();
  const found: Presence[] = [];
  const end = Math.max(...entries.map(timeOf));

  const begin = (lane: Presence['lane'], kind: Presence['kind'], fromMs: number) => {
    if (!open.has(lane + kind)) open.set(lane + kind, { lane, kind, fromMs, toMs: end });
  };
  const close = (lane: Presence['lane'], kind: Presence['kind'], toMs: number) => {
    const presence = open.get(lane + kind);
    if (!presence) return;
    open.delete(lane + kind);
    if (toMs > presence.fromMs) found.push({ ...presence, toMs });
  };

  for (const entry of entries) {
    const at = timeOf(entry);
    const lane = entry.author_role;
    if (lane !== 'patient' && lane !== 'doctor') continue;
    switch (entry.kind) {
      case 'arrived':
        begin('patient', 'waiting', at);
        break;
      case 'stepped-out':
      case 'admitted':
        close('patient', 'waiting', at);
        break;
      case 'joined':
        begin(lane, 'connected', at);
        break;
      case 'left':
        close(lane, 'connected', at);
        break;
      case 'finished':
        for (const one of ['patient', 'doctor'] as const) close(one, 'connected', at);
        break;
    }
  }
  for (const { lane, kind } of [...open.values()]) close(lane, kind, end);
  return found;
}

/** The call from the admission to the end, or to the last entry while it is not ended; undefined before. */
export function callOf(entries: readonly Entry[]): { fromMs: number; toMs: number } | undefined {
  const admitted = entries.find(({ kind }) => kind === 'admitted');
  const last = entries.at(-1);
  if (!admitted || !last) return undefined;
  const finished = entries.find(({ kind }) => kind === 'finished') ?? last;
  return { fromMs: timeOf(admitted), toMs: timeOf(finished) };
}

export interface Gap {
  /** The first and the last number that is not there. */
  first: number;
  last: number;
}

/** Numbers missing before an entry: each conversation counts its entries from 1 without holes. */
export function gapBefore(entries: readonly Entry[], index: number): Gap | undefined {
  const entry = entries[index];
  const other = entries[index - 1];
  const before = other && other.conversation_id === entry?.conversation_id ? other.seq : 0;
  const seq = entry?.seq ?? 0;
  return seq > before + 1 ? { first: before + 1, last: seq - 1 } : undefined;
}
