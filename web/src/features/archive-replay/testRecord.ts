/** A record for the tests of this folder. */
import type { ArchivedRecord, Entry, Verification } from './record';

const patient = { author_id: 'a-1', author_name: 'Zhao Lin', author_role: 'patient' } as const;
const doctor = { author_id: 'a-2', author_name: 'Li Wenbo', author_role: 'doctor' } as const;

const start = Date.parse('2026-11-23T06:00:00.120Z');

export function entryOf(seq: number, changed: Partial<Entry> = {}): Entry {
  return {
    seq,
    message_id: `00000000-0000-7000-8000-${String(seq).padStart(12, '0')}`,
    ...patient,
    kind: 'chat',
    recorded_at: new Date(start + seq * 1000).toISOString(),
    body: { text: `Message ${seq}` },
    damaged: false,
    entry_hash: String(seq).padStart(2, '0').repeat(32),
    ...changed,
  };
}

const at = (seconds: number) => ({ recorded_at: new Date(start + seconds * 1000).toISOString() });

/** A short visit: waiting, admitted, three messages, the end. One silence is longer than five seconds. */
export const record: ArchivedRecord = {
  consultation: {
    id: 'c-1',
    appointment_id: 'p-1',
    patient_name: 'Zhao Lin',
    practitioner_name: 'Li Wenbo',
    state: 'finished',
    scheduled_start: '2026-11-23T06:00:00Z',
    admitted_at: '2026-11-23T06:01:00Z',
    ended_at: '2026-11-23T06:02:10Z',
    entries: 7,
  },
  entries: [
    entryOf(1, { kind: 'arrived', body: {}, ...at(0) }),
    entryOf(2, { ...doctor, kind: 'admitted', body: {}, ...at(60) }),
    entryOf(3, { ...doctor, body: { text: 'Good afternoon. What brings you here?' }, ...at(62) }),
    entryOf(4, { body: { text: 'A cough, for a week.' }, ...at(65) }),
    entryOf(5, { kind: 'media', body: { microphone: true, camera: false }, ...at(66) }),
    entryOf(6, { ...doctor, body: { text: 'Any fever?' }, ...at(68) }),
    entryOf(7, { ...doctor, kind: 'finished', body: { entries: 6, last_hash: 'ab' }, ...at(130) }),
  ],
};

export const intact: Verification = {
  verdict: 'intact',
  entries: 7,
  last_hash: record.entries[6]?.entry_hash ?? null,
  findings: [],
  checked_at: '2026-11-23T08:20:05Z',
};

export const broken: Verification = {
  ...intact,
  verdict: 'broken',
  findings: [
    { seq: 4, kind: 'altered', message: 'entry 4 of conversation c-1 was altered' },
    { seq: null, kind: 'head-missing', message: 'the head of conversation c-1 is missing' },
  ],
};
