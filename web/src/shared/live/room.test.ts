import { describe, expect, it, vi } from 'vitest';
import type { ConsentGiven } from '../../protocol/signaling';
import { LiveError } from './liveError';
import { aConsultation, anEntry, aSnapshot, consultationId } from './testing';
import { aRoom, setTheStage, settle, stage } from './testingRoom';

setTheStage();

/** WebCrypto works beside the page, on a clock of its own. */
const settleDigest = () =>
  vi.waitFor(() => expect(stage.socket.bodies('room.join').length).toBeGreaterThan(0));

describe('entering', () => {
  it('joins as one endpoint, tells what it sends and shows the room', async () => {
    const room = aRoom();
    room.enter();
    expect(room.get().phase).toBe('entering');
    await settle();
    expect(room.get()).toMatchObject({ phase: 'inside', other: { display_name: '张文华' } });
    expect(stage.socket.bodies('room.join')).toEqual([
      {
        consultation_id: consultationId,
        endpoint_id: room.endpointId,
        after_seq: 0,
        microphone: true,
        camera: true,
      },
    ]);
  });

  it('says what was agreed to until it is answered, each time as the same message', async () => {
    const room = aRoom();
    let refused = true;
    stage.socket.answer('room.join', () => {
      if (refused) throw new LiveError('room.busy');
      return aSnapshot();
    });
    room.agree({ version: '2026-11', text: 'abc' });
    room.enter();
    await settleDigest();
    refused = false;
    await settle(5_000);
    stage.socket.cut();
    stage.socket.restore();
    await settle(5_000);
    const said = stage.socket
      .bodies('room.join')
      .map(({ consent }) => consent as ConsentGiven | undefined);
    expect(said.length).toBeGreaterThan(2);
    expect(said[0]).toMatchObject({
      version: '2026-11',
      digest: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    });
    expect(said[1]).toEqual(said[0]);
    expect(said.at(-1)).toBeUndefined();
  });

  it('waits for the connection', async () => {
    stage.socket.cut();
    const room = aRoom();
    room.enter();
    await settle();
    expect(stage.socket.asked).toEqual([]);
    stage.socket.restore();
    await settle();
    expect(room.get().phase).toBe('inside');
  });

  it('joins again after a lost connection, as the same endpoint, after the last entry', async () => {
    stage.socket.answer('room.join', () =>
      aSnapshot('patient', { entries: [anEntry(1), anEntry(2)] }),
    );
    const room = aRoom();
    room.enter();
    await settle();
    const endpoint = room.endpointId;
    stage.socket.cut();
    expect(room.get()).toMatchObject({ phase: 'inside', connection: { status: 'reconnecting' } });
    stage.socket.restore();
    await settle();
    expect(stage.socket.bodies('room.join')).toHaveLength(2);
    expect(stage.socket.bodies('room.join')[1]).toMatchObject({
      endpoint_id: endpoint,
      after_seq: 2,
    });
    expect(room.get().entries.map(({ seq }) => seq)).toEqual([1, 2]);
  });

  it('tries again when the room is busy', async () => {
    let busy = true;
    stage.socket.answer('room.join', () => {
      if (busy) throw new LiveError('room.busy', { retryAfterS: 1 });
      return aSnapshot();
    });
    const room = aRoom();
    room.enter();
    await settle();
    expect(room.get().phase).toBe('entering');
    busy = false;
    await settle(1000);
    expect(room.get()).toMatchObject({ phase: 'inside', error: null });
  });

  it('stops when it is refused, and says why', async () => {
    stage.socket.answer('room.join', () => {
      throw new LiveError('auth.forbidden');
    });
    const room = aRoom();
    room.enter();
    await settle(10_000);
    expect(room.get()).toMatchObject({ phase: 'refused', error: { code: 'auth.forbidden' } });
    expect(stage.socket.bodies('room.join')).toHaveLength(1);
  });

  it('ignores what is said about another visit', async () => {
    const room = aRoom();
    room.enter();
    await settle();
    stage.socket.push('room.state', {
      consultation_id: 'another',
      consultation: aConsultation('finished'),
    });
    stage.socket.push('room.superseded', { consultation_id: 'another' });
    expect(room.get()).toMatchObject({ phase: 'inside', consultation: { state: 'in-progress' } });
  });
});

it('believes an admission that overtook the answer to joining', async () => {
  stage.socket.answer('room.join', () => {
    stage.socket.push('room.state', {
      consultation_id: consultationId,
      consultation: aConsultation('in-progress'),
    });
    return aSnapshot('patient', { consultation: aConsultation('arrived') });
  });
  const room = aRoom();
  room.enter();
  await settle();
  expect(room.get().consultation?.state).toBe('in-progress');
});

it('knows how far the clock of the hospital is ahead, past the noise of an answer', async () => {
  vi.setSystemTime('2026-11-23T06:00:00Z');
  stage.socket.answer('room.join', () => aSnapshot('patient', { at: '2026-11-23T06:00:01Z' }));
  const room = aRoom();
  room.enter();
  await settle();
  expect(room.get().aheadMs).toBe(0);
  stage.socket.answer('room.join', () => aSnapshot('patient', { at: '2026-11-23T06:05:00Z' }));
  stage.socket.cut();
  stage.socket.restore();
  await settle();
  expect(room.get().aheadMs).toBe(300_000);
});

describe('the record', () => {
  it('is in order and without repeats, whatever comes twice', async () => {
    const room = aRoom();
    room.enter();
    await settle();
    for (const seq of [2, 1, 2, 3, 1]) {
      stage.socket.push('entry.added', { consultation_id: consultationId, entry: anEntry(seq) });
    }
    expect(room.get().entries.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  it('asks for what is missing, once, and only when it does not come by itself', async () => {
    stage.socket.answer('entries.read', ({ after_seq }) => ({
      entries: [2, 3, 4].filter((seq) => seq > after_seq).map((seq) => anEntry(seq)),
      more_entries: false,
    }));
    const room = aRoom();
    room.enter();
    await settle();
    const added = (seq: number) =>
      stage.socket.push('entry.added', { consultation_id: consultationId, entry: anEntry(seq) });
    added(1);
    added(4);
    await settle(1000);
    expect(stage.socket.bodies('entries.read')).toEqual([
      { consultation_id: consultationId, after_seq: 1 },
    ]);
    expect(room.get().entries.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    added(6);
    added(5);
    await settle(1000);
    expect(stage.socket.bodies('entries.read')).toHaveLength(1);
  });

  it('reads page by page what does not fit one answer', async () => {
    const all = [1, 2, 3, 4, 5].map((seq) => anEntry(seq));
    stage.socket.answer('room.join', () =>
      aSnapshot('patient', { entries: all.slice(0, 2), more_entries: true }),
    );
    stage.socket.answer('entries.read', ({ after_seq }) => ({
      entries: all.slice(after_seq, after_seq + 2),
      more_entries: after_seq + 2 < all.length,
    }));
    const room = aRoom();
    room.enter();
    await settle();
    expect(room.get().entries).toEqual(all);
  });
});

describe('waiting', () => {
  const place = {
    state: 'arrived' as const,
    before: 2,
    wait_from_min: 10,
    wait_to_min: 20,
    doctor_present: true,
  };

  it('reads the place at once, on every hint and every half minute, until admitted', async () => {
    stage.socket.answer('room.join', () =>
      aSnapshot('patient', { consultation: aConsultation('arrived') }),
    );
    stage.socket.answer('waiting.read', () => place);
    const room = aRoom();
    room.enter();
    await settle();
    expect(room.get().waiting).toEqual(place);
    stage.socket.push('waiting.changed', {});
    await settle();
    await settle(30_000);
    expect(stage.socket.bodies('waiting.read')).toHaveLength(3);

    stage.socket.push('room.state', {
      consultation_id: consultationId,
      consultation: aConsultation(),
    });
    await settle(60_000);
    expect(room.get().waiting).toBeNull();
    expect(stage.socket.bodies('waiting.read')).toHaveLength(3);
  });

  it('is nothing that a doctor reads', async () => {
    stage.socket.answer('room.join', () =>
      aSnapshot('doctor', { consultation: aConsultation('arrived') }),
    );
    const room = aRoom('doctor');
    room.enter();
    await settle(60_000);
    expect(stage.socket.bodies('waiting.read')).toEqual([]);
  });
});
