import { describe, expect, it } from 'vitest';
import { hex, sha256, utf8 } from './bytes';
import { addendumOf } from './entry';
import { entriesOf, signerOf, TestLog, type Said } from './testing';
import { verifyRecord, type RecordEntry, type RecordToCheck } from './verifyRecord';

const visit = '01936c5e-7a10-7c3e-9d52-5b0f4a6e8c11';
const said: Said[] = [
  { kind: 'arrived', body: {} },
  {
    kind: 'chat',
    body: { text: '您好，我头疼。' },
    author: '01936c5e-1111-7a00-8000-0000000000a1',
  },
  { kind: 'chat', body: { text: 'Since when?' } },
  { kind: 'finished', body: {} },
];

async function scene(change: (entries: RecordEntry[]) => RecordEntry[] = (entries) => entries) {
  const log = await signerOf('hospital.example/log', 1);
  const witness = await signerOf('witness.example/w', 2, 'witness');
  const live = await entriesOf(visit, said);
  const later = await entriesOf(await addendumOf(visit), [
    { kind: 'consent', body: { version: 1 } },
  ]);
  const kept = [...live, ...later];
  const tree = await new TestLog().fill(7);
  const first = await tree.take(kept);
  await tree.fill(5);
  const proof = await tree.proofOf(kept, first, [log, witness]);
  const record: RecordToCheck = {
    consultationId: visit,
    over: true,
    destroyed: false,
    entries: change(structuredClone(kept)),
    proof,
  };
  const check = (more: Partial<RecordToCheck> = {}) =>
    verifyRecord({ ...record, ...more }, { log: log.key, witnesses: [witness.key] });
  return { record, check, log, witness, kept, tree, first };
}

const faultsOf = async (change: (entries: RecordEntry[]) => RecordEntry[]) =>
  (await (await scene(change)).check()).faults.map(({ kind, seq, last }) => [kind, seq, last]);
const alter = (seq: number, changed: Partial<RecordEntry>) => (entries: RecordEntry[]) =>
  entries.map((entry, at) => (at === seq - 1 ? { ...entry, ...changed } : entry));

describe('the three verdicts', () => {
  it('witnessed: all holds, and a witness saw the checkpoint', async () => {
    const { check } = await scene();
    const found = await check();
    expect(found).toMatchObject({ verdict: 'witnessed', faults: [] });
    expect(found.witnesses.map(({ key }) => key.name)).toEqual(['witness.example/w']);
    expect(found.entries.map(({ status, index }) => [status, index])).toEqual(
      [7, 8, 9, 10, 11].map((index) => ['sealed', index]),
    );
  });

  it('intact: all holds, and nobody but the log vouches for it', async () => {
    const { record, log } = await scene();
    expect(await verifyRecord(record, { log: log.key, witnesses: [] })).toMatchObject({
      verdict: 'intact',
      witnesses: [],
    });
  });

  it('broken: a log re-signed with another key', async () => {
    const { record, witness } = await scene();
    const other = await signerOf('hospital.example/log', 9);
    const found = await verifyRecord(record, { log: other.key, witnesses: [witness.key] });
    expect(found.verdict).toBe('broken');
    expect(found.faults.map(({ kind }) => kind)).toEqual(['checkpoint-signature']);
  });
});

describe('each of these is named', () => {
  it.each<[string, (entries: RecordEntry[]) => RecordEntry[], unknown[]]>([
    ['another text', alter(2, { body: '{"text":"您好，我头痛。"}' }), [['body-altered', 2, 2]]],
    [
      'a text that cannot be opened',
      alter(2, { body: null, damaged: true }),
      [['body-unreadable', 2, 2]],
    ],
    [
      'another salt',
      alter(2, { salt: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=' }),
      [['body-altered', 2, 2]],
    ],
    ['another author', alter(2, { author: 'system' }), [['altered', 2, 2]]],
    ['another kind', alter(1, { kind: 'admitted' }), [['altered', 1, 1]]],
    [
      'a microsecond',
      alter(3, { recorded_at: '2026-11-23T06:00:03.123457Z' }),
      [['altered', 3, 3]],
    ],
    ['another message id', alter(3, { message_id: visit }), [['altered', 3, 3]]],
    ['not a time', alter(3, { recorded_at: 'now' }), [['altered', 3, 3]]],
    ['an entry left out', (all) => all.filter(({ seq }) => seq !== 3), [['missing', 3, 3]]],
    [
      'the end cut off',
      (all) => all.filter(({ seq, kind }) => seq < 3 || kind === 'consent'),
      [
        ['missing', 3, 3],
        ['missing', 4, 4],
        ['unclosed', null, null],
      ],
    ],
    ['an addendum left out', (all) => all.slice(0, 4), [['missing', 1, 1]]],
    [
      'two exchanged',
      ([one, two, three, ...rest]) =>
        [one, three, two, ...rest].filter((entry) => entry !== undefined),
      [
        ['missing', 2, 2],
        ['out-of-order', 2, 2],
      ],
    ],
    [
      'one repeated',
      ([one, ...rest]) => [one, one, ...rest].filter((entry) => entry !== undefined),
      [['repeated', 1, 1]],
    ],
    [
      'of another consultation',
      alter(5, { conversation_id: '01936c5e-7a10-7c3e-9d52-5b0f4a6e8c12' }),
      [
        ['foreign', 1, 1],
        ['missing', 1, 1],
      ],
    ],
  ])('%s', async (_, change, faults) => {
    expect(await faultsOf(change)).toEqual(faults);
  });

  it('a whole conversation rewritten with sound hashes: no entry from there on is in the log', async () => {
    const rewritten = await entriesOf(
      visit,
      said.map((one, at) => (at === 1 ? { ...one, body: { text: 'Nothing hurts.' } } : one)),
    );
    const faults = await faultsOf((entries) => [...rewritten, ...entries.slice(4)]);
    expect(faults).toEqual([2, 3, 4].map((seq) => ['not-in-log', seq, seq]));
  });

  it('an entry put behind the end, with a sound hash', async () => {
    const more = await entriesOf(visit, [...said, { kind: 'chat', body: { text: 'More' } }]);
    const { check } = await scene();
    expect((await check({ entries: more })).faults.map(({ kind, seq }) => [kind, seq])).toEqual([
      ['after-closing', 5],
      ['missing', 1],
    ]);
  });

  it('a closing entry that counts others than there are', async () => {
    const { log } = await scene();
    const entries = await entriesOf(visit, [
      { kind: 'arrived', body: {} },
      { kind: 'finished', body: { entries: 2 } },
    ]);
    const tree = new TestLog();
    const proof = await tree.proofOf(entries, await tree.take(entries), [log]);
    const found = await verifyRecord(
      { consultationId: visit, over: true, destroyed: false, entries, proof },
      { log: log.key, witnesses: [] },
    );
    expect(found.faults.map(({ kind, seq }) => [kind, seq])).toEqual([['closing-differs', 2]]);
  });

  it('a proof of another entry', async () => {
    const { check, record } = await scene();
    const [one, two, ...rest] = record.proof.entries;
    if (!one || !two) throw new Error('no proofs');
    const exchanged = [{ ...one, index: two.index, path: two.path }, two, ...rest];
    const found = await check({ proof: { ...record.proof, entries: exchanged } });
    expect(found.faults.map(({ kind, seq }) => [kind, seq])).toEqual([['not-in-log', 1]]);
    expect(found.entries.map(({ status }) => status)).toEqual([
      'broken',
      'sealed',
      'sealed',
      'sealed',
      'sealed',
    ]);
  });

  it.each([
    ['checkpoint-malformed', 'nothing'],
    ['checkpoint-malformed', ''],
  ])('%s for %j', async (kind, checkpoint) => {
    const { check, record } = await scene();
    const found = await check({ proof: { ...record.proof, checkpoint } });
    expect(found.verdict).toBe('broken');
    expect(found.faults.map((fault) => fault.kind)).toEqual([kind]);
  });
});

describe('neither broken nor hidden', () => {
  it('an entry that waits to be sealed', async () => {
    const { check, record } = await scene();
    const entries = record.proof.entries.map((one) =>
      one.seq === 4 ? { ...one, index: null, path: [] } : one,
    );
    const found = await check({ proof: { ...record.proof, entries } });
    expect(found.verdict).toBe('witnessed');
    expect(found.entries.map(({ status }) => status)).toEqual([
      'sealed',
      'sealed',
      'sealed',
      'unsealed',
      'sealed',
    ]);
  });

  it('a record of which nothing is sealed has no verdict yet', async () => {
    const { check, record } = await scene();
    const entries = record.proof.entries.map((one) => ({ ...one, index: null, path: [] }));
    expect(await check({ proof: { checkpoint: null, entries } })).toMatchObject({
      verdict: 'unsealed',
      checkpoint: null,
    });
  });

  it('bodies that were destroyed: the proofs hold as before', async () => {
    const { check, kept } = await scene();
    const entries = kept.map((entry) => ({ ...entry, body: null, salt: null }));
    const found = await check({ entries, destroyed: true });
    expect(found).toMatchObject({ verdict: 'witnessed', faults: [] });
    expect(found.entries.every(({ body }) => body === 'destroyed')).toBe(true);
  });
});

it('takes a body that was read as an object for the text it was', async () => {
  const { check, kept } = await scene();
  const entries = kept.map((entry) => ({
    ...entry,
    body: JSON.parse(entry.body as string) as Record<string, unknown>,
  }));
  expect(await check({ entries })).toMatchObject({ verdict: 'witnessed', faults: [] });
});

it('makes the addendum of a consultation a UUID of version 8', async () => {
  const id = await addendumOf(visit);
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  const bytes = utf8('televisit/addendum/v1\n');
  const raw = Uint8Array.from(visit.replaceAll('-', '').match(/../g) ?? [], (two) =>
    parseInt(two, 16),
  );
  expect(id.slice(0, 8)).toBe(hex(await sha256(bytes, raw)).slice(0, 8));
});
