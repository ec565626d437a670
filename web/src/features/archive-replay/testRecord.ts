/** A record for the tests of this folder, in a real log with a real witness. */
import { addendumOf } from '../../shared/archive';
import { entriesOf, signerOf, TestLog, type Said } from '../../shared/archive/testing';
import type { Answer, AnsweredEntry, Entry, Proof, Verification } from './record';

export const visitId = '01936c5e-7a10-7c3e-9d52-5b0f4a6e8c11';
const patientId = '01936c5e-1111-7a00-8000-0000000000a1';
const doctorId = '01936c5e-2222-7a00-8000-0000000000b2';

const start = Date.parse('2026-11-23T06:00:00.120Z');
const at = (seconds: number) => ({ recordedAt: new Date(start + seconds * 1000).toISOString() });

const patient = { author: patientId };
const doctor = { author: doctorId };

/** A short visit: waiting, admitted, three messages, the end. One silence is longer than five seconds. */
const said: Said[] = [
  { ...patient, kind: 'arrived', body: {}, ...at(0) },
  { ...doctor, kind: 'admitted', body: {}, ...at(60) },
  { ...doctor, kind: 'chat', body: { text: 'Good afternoon. What brings you here?' }, ...at(62) },
  { ...patient, kind: 'chat', body: { text: 'A cough, for a week.' }, ...at(65) },
  { ...patient, kind: 'media', body: { microphone: true, camera: false }, ...at(66) },
  { ...doctor, kind: 'chat', body: { text: 'Any fever?' }, ...at(68) },
  { ...doctor, kind: 'finished', body: {}, ...at(130) },
];

const later: Said[] = [
  {
    ...doctor,
    kind: 'file',
    body: { digest: 'ab'.repeat(32), name: 'x-ray.png', size: 20_480, type: 'image/png' },
    ...at(3_600),
  },
];

const people: Record<string, Pick<AnsweredEntry, 'author_name' | 'author_role'>> = {
  [patientId]: { author_name: 'Zhao Lin', author_role: 'patient' },
  [doctorId]: { author_name: 'Li Wenbo', author_role: 'doctor' },
};

const answered = async (id: string, all: readonly Said[]): Promise<AnsweredEntry[]> =>
  (await entriesOf(id, all)).map((entry) => ({
    ...entry,
    body: JSON.parse(entry.body as string) as Record<string, unknown>,
    ...(people[entry.author] ?? { author_name: null, author_role: null }),
  }));

export const logSigner = await signerOf('hospital.example/log', 1);
export const otherSigner = await signerOf('hospital.example/log', 9);
export const witnessSigner = await signerOf('witness.example/w', 2, 'witness');

export const addendumId = await addendumOf(visitId);
const visitEntries = await answered(visitId, said);
export const laterEntries = await answered(addendumId, later);

export const answer: Answer = {
  consultation: {
    id: visitId,
    appointment_id: 'p-1',
    patient_name: 'Zhao Lin',
    practitioner_name: 'Li Wenbo',
    state: 'finished',
    scheduled_start: '2026-11-23T06:00:00Z',
    admitted_at: '2026-11-23T06:01:00Z',
    ended_at: '2026-11-23T06:02:10Z',
    entries: 7,
    marks: null,
  },
  destruction: null,
  entries: visitEntries,
};

const tree = await new TestLog().fill(20);
const first = await tree.take([...visitEntries, ...laterEntries]);

/** The proofs of entries that stand in the log one after the other, signed by whom. */
export async function proofOf(
  entries: readonly AnsweredEntry[],
  signers = [logSigner],
): Promise<Proof> {
  const proof = await tree.proofOf(entries, first, signers);
  return { ...proof, log_key: signers[0]?.vkey ?? '', witness_keys: [witnessSigner.vkey] };
}

export const proof = await proofOf(visitEntries);
export const witnessed = await proofOf(visitEntries, [logSigner, witnessSigner]);

export const changedAt = (seq: number, changed: Partial<AnsweredEntry>): Answer => ({
  ...answer,
  entries: answer.entries.map((entry) => (entry.seq === seq ? { ...entry, ...changed } : entry)),
});

export const intact: Verification = {
  verdict: 'intact',
  entries: 7,
  last_hash: visitEntries[6]?.entry_hash ?? null,
  findings: [],
  checked_at: '2026-11-23T08:20:05Z',
};

/** An entry for what does not look at hashes. */
export function entryOf(seq: number, changed: Partial<Entry> = {}): Entry {
  return {
    conversation_id: visitId,
    seq,
    message_id: `00000000-0000-7000-8000-${String(seq).padStart(12, '0')}`,
    author: patientId,
    author_name: 'Zhao Lin',
    author_role: 'patient',
    kind: 'chat',
    recorded_at: new Date(start + seq * 1000).toISOString(),
    body: { text: `Message ${seq}` },
    damaged: false,
    salt: null,
    commitment: '00'.repeat(32),
    entry_hash: String(seq).padStart(2, '0').repeat(32),
    later: false,
    ...changed,
  };
}
