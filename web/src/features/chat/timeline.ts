import type { EntryView, Unreadable } from '../../protocol/signaling';
import type { PendingMessage, RoomState } from '../../shared/live';
import type { Upload } from './uploads';

export interface KeptFile {
  seq: number;
  name: string;
  size: number;
  type: string;
}

export type FactKind =
  | 'arrived'
  | 'steppedOut'
  | 'admitted'
  | 'joined'
  | 'left'
  | 'lost'
  | 'cameraOn'
  | 'cameraOff'
  | 'guestInvited'
  | 'guestWithdrawn'
  | 'guestJoined'
  | 'guestLeft'
  | 'guestRemoved'
  | 'finished';

/** What the conversation shows, in its order. */
export type Item =
  | {
      kind: 'message';
      key: string;
      seq: number;
      text: string;
      at: string;
      mine: boolean;
      /** Whether it follows a message of the same person, whose name need not be said again. */
      continues: boolean;
    }
  | {
      kind: 'file';
      key: string;
      seq: number;
      file: KeptFile;
      at: string;
      mine: boolean;
      continues: boolean;
    }
  | {
      /** A message or a file whose content cannot be read any more. */
      kind: 'unreadable';
      key: string;
      seq: number;
      what: 'message' | 'file';
      why: Unreadable;
      at: string;
      mine: boolean;
      continues: boolean;
    }
  | { kind: 'pending'; key: string; message: PendingMessage; continues: boolean }
  | { kind: 'upload'; key: string; upload: Upload; continues: boolean }
  | {
      kind: 'fact';
      key: string;
      seq: number;
      fact: FactKind;
      at: string;
      mine: boolean;
      /** Whom it is about, where that is neither side. */
      about: string;
    };

/** Facts that one line tells; what else the record keeps, such as muting, is the auditor's. */
function factOf(entry: EntryView, filmed: boolean | undefined): FactKind | undefined {
  switch (entry.kind) {
    case 'arrived':
    case 'admitted':
    case 'joined':
    case 'finished':
      return entry.kind;
    case 'stepped-out':
      return 'steppedOut';
    case 'guest-invited':
      return 'guestInvited';
    case 'guest-withdrawn':
      return 'guestWithdrawn';
    case 'guest-joined':
      return 'guestJoined';
    case 'guest-left':
      return entry.detail?.reason === 'removed' ? 'guestRemoved' : 'guestLeft';
    case 'left':
      return entry.detail?.reason === 'connection-lost' ? 'lost' : 'left';
    case 'media': {
      const films = entry.detail?.camera;
      if (typeof films !== 'boolean' || films === filmed) return undefined;
      return films ? 'cameraOn' : 'cameraOff';
    }
    // Said elsewhere: messages and files in lines of their own, a guest's devices by the mark beside the
    // name, the rest to auditors.
    case 'guest-media':
    case 'chat':
    case 'file':
    case 'consent':
    case 'safety':
    case 'location':
    case 'unsuitable':
    case 'follow-up':
    case 'diagnosis':
    case 'destroyed':
    case 'closed':
      return undefined;
  }
}

/** What a file's entry says; undefined when it cannot be read any more. */
function fileOf({ seq, detail }: EntryView): KeptFile | undefined {
  const { name, size, type } = detail ?? {};
  if (typeof name !== 'string' || typeof size !== 'number' || typeof type !== 'string') {
    return undefined;
  }
  return { seq, name, size, type };
}

/** What a message or a file says, or why it says nothing any more. */
function contentOf(entry: EntryView) {
  const file = entry.kind === 'file' ? fileOf(entry) : undefined;
  if (file) return { kind: 'file' as const, file };
  const { text } = entry;
  if (entry.kind === 'chat' && typeof text === 'string') return { kind: 'message' as const, text };
  return {
    kind: 'unreadable' as const,
    what: entry.kind === 'file' ? ('file' as const) : ('message' as const),
    why: entry.unreadable ?? ('damaged' as const),
  };
}

export function timelineOf(
  { entries, outbox, me }: Pick<RoomState, 'entries' | 'outbox' | 'me'>,
  uploads: readonly Upload[] = [],
) {
  const items: Item[] = [];
  const filming = new Map<string | null, boolean>();
  let speaker: string | null = null;
  for (const entry of entries) {
    const { author_id, message_id, seq } = entry;
    const mine = author_id !== null && author_id === me?.account_id;
    if (entry.kind === 'chat' || entry.kind === 'file') {
      const place = {
        key: message_id,
        seq,
        at: entry.recorded_at,
        mine,
        continues: speaker !== null && speaker === author_id,
      };
      items.push({ ...place, ...contentOf(entry) });
      speaker = author_id;
      continue;
    }
    const fact = factOf(entry, filming.get(author_id));
    if (typeof entry.detail?.camera === 'boolean') filming.set(author_id, entry.detail.camera);
    if (!fact) continue;
    const { name } = entry.detail ?? {};
    const about = typeof name === 'string' ? name : '';
    // Who reloads joins again and again; the first time says it all.
    const before = items.at(-1);
    const again =
      before?.kind === 'fact' &&
      before.fact === fact &&
      before.mine === mine &&
      before.about === about;
    if (again && fact !== 'guestInvited') continue;
    items.push({ kind: 'fact', key: message_id, seq, fact, at: entry.recorded_at, mine, about });
    speaker = null;
  }
  const kept = new Set(entries.map((entry) => entry.message_id));
  for (const upload of uploads) {
    if (kept.has(upload.message_id)) continue;
    const continues = speaker !== null && speaker === me?.account_id;
    items.push({ kind: 'upload', key: upload.message_id, upload, continues });
    speaker = me?.account_id ?? null;
  }
  for (const message of outbox) {
    items.push({
      kind: 'pending',
      key: message.message_id,
      message,
      continues: speaker !== null && speaker === me?.account_id,
    });
    speaker = me?.account_id ?? null;
  }
  return items;
}
