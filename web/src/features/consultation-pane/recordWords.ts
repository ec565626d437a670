/** What the entries of a record say happened, apart from the chat. */
import type { EntryKind, EntryView } from '../../protocol/signaling';

/** What happened, by the name of its sentence. */
export type Happening =
  | 'arrived'
  | 'steppedOut'
  | 'admitted'
  | 'joined'
  | 'left'
  /** Before the patient was admitted nobody enters: the page of the visit is opened and closed. */
  | 'opened'
  | 'closed'
  | 'lost'
  | 'media'
  | 'unsuitable'
  | 'followUp'
  | 'diagnosis'
  | 'guestInvited'
  | 'guestWithdrawn'
  | 'guestJoined'
  | 'guestLeft'
  | 'guestMedia'
  | 'finished';

export interface RecordEvent {
  seq: number;
  at: string;
  happening: Happening;
  authorId: string | null;
  /** What was sent from then on, where the entry says so. */
  devices: { microphone: boolean; camera: boolean } | undefined;
  /** The guest that it is about, if it is about one. */
  about?: string;
}

// Files and consents have places of their own; what comes after the visit is not among its events.
const happenings: Partial<Record<EntryKind, Happening>> = {
  arrived: 'arrived',
  'stepped-out': 'steppedOut',
  admitted: 'admitted',
  joined: 'joined',
  media: 'media',
  unsuitable: 'unsuitable',
  'follow-up': 'followUp',
  diagnosis: 'diagnosis',
  'guest-invited': 'guestInvited',
  'guest-withdrawn': 'guestWithdrawn',
  'guest-joined': 'guestJoined',
  'guest-left': 'guestLeft',
  'guest-media': 'guestMedia',
  finished: 'finished',
};

const beforeAdmission: Partial<Record<Happening, Happening>> = { joined: 'opened', left: 'closed' };

function happeningOf({ kind, detail }: EntryView): Happening | undefined {
  if (kind === 'chat') return undefined;
  if (kind === 'left') return detail?.reason === 'connection-lost' ? 'lost' : 'left';
  // A kind that this page does not know yet has no words here.
  return happenings[kind];
}

function devicesOf({ kind, detail }: EntryView): RecordEvent['devices'] {
  if (kind !== 'joined' && kind !== 'media' && kind !== 'guest-media') return undefined;
  const { microphone, camera } = detail ?? {};
  if (typeof microphone !== 'boolean' || typeof camera !== 'boolean') return undefined;
  return { microphone, camera };
}

/** The events in the order of the record; chat and unknown kinds are left out. */
export function recordEvents(entries: readonly EntryView[]): RecordEvent[] {
  const admitted = entries.find(({ kind }) => kind === 'admitted')?.seq ?? Infinity;
  return entries.flatMap((entry) => {
    const inside = happeningOf(entry);
    if (inside === undefined) return [];
    const happening = entry.seq < admitted ? (beforeAdmission[inside] ?? inside) : inside;
    const { seq, recorded_at: at, author_id: authorId } = entry;
    const guest = entry.kind.startsWith('guest-') ? entry.detail?.name : undefined;
    const about = typeof guest === 'string' ? { about: guest } : {};
    return [{ seq, at, happening, authorId, devices: devicesOf(entry), ...about }];
  });
}
