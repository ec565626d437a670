import type { EntryView } from '../../protocol/signaling';
import type { PendingMessage, RoomState } from '../../shared/live';

export type FactKind =
  | 'arrived'
  | 'steppedOut'
  | 'admitted'
  | 'joined'
  | 'left'
  | 'lost'
  | 'cameraOn'
  | 'cameraOff'
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
  | { kind: 'pending'; key: string; message: PendingMessage; continues: boolean }
  | { kind: 'fact'; key: string; seq: number; fact: FactKind; at: string; mine: boolean };

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
    case 'left':
      return entry.detail?.reason === 'connection-lost' ? 'lost' : 'left';
    case 'media': {
      const films = entry.detail?.camera;
      if (typeof films !== 'boolean' || films === filmed) return undefined;
      return films ? 'cameraOn' : 'cameraOff';
    }
    case 'chat':
      return undefined;
  }
}

export function timelineOf({ entries, outbox, me }: Pick<RoomState, 'entries' | 'outbox' | 'me'>) {
  const items: Item[] = [];
  const filming = new Map<string | null, boolean>();
  let speaker: string | null = null;
  for (const entry of entries) {
    const { author_id, message_id, seq } = entry;
    const mine = author_id !== null && author_id === me?.account_id;
    if (entry.kind === 'chat') {
      items.push({
        kind: 'message',
        key: message_id,
        seq,
        text: entry.text ?? '',
        at: entry.recorded_at,
        mine,
        continues: speaker !== null && speaker === author_id,
      });
      speaker = author_id;
      continue;
    }
    const fact = factOf(entry, filming.get(author_id));
    if (typeof entry.detail?.camera === 'boolean') filming.set(author_id, entry.detail.camera);
    if (!fact) continue;
    // Who reloads joins again and again; the last time says it all.
    const before = items.at(-1);
    if (before?.kind === 'fact' && before.fact === fact && before.mine === mine) items.pop();
    items.push({ kind: 'fact', key: message_id, seq, fact, at: entry.recorded_at, mine });
    speaker = null;
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
