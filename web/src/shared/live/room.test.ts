import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConsentGiven, RoomSnapshot } from '../../protocol/signaling';
import { LiveError } from './liveError';
import { ConsultationRoom } from './room';
import {
  aConsultation,
  anEntry,
  aParticipant,
  aSnapshot,
  consultationId,
  doctorId,
  FakeSocket,
  patientId,
} from './testing';

let socket: FakeSocket;
let sending: { microphone: boolean; camera: boolean };

function aRoom(kind: 'patient' | 'doctor' = 'patient'): ConsultationRoom {
  return new ConsultationRoom(socket, consultationId, {
    accountId: kind === 'patient' ? patientId : doctorId,
    kind,
    sending: () => sending,
  });
}

/** Lets promises settle and timers of up to so many milliseconds pass. */
const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

/** WebCrypto works beside the page, on a clock of its own. */
const settleDigest = () =>
  vi.waitFor(() => expect(socket.bodies('room.join').length).toBeGreaterThan(0));

beforeEach(() => {
  vi.useFakeTimers();
  socket = new FakeSocket();
  sending = { microphone: true, camera: true };
  socket.answer('room.join', () => aSnapshot());
  socket.answer('room.leave', () => ({}));
  socket.answer('media.set', () => ({}));
});
afterEach(() => {
  window.sessionStorage.clear();
  vi.useRealTimers();
});

describe('entering', () => {
  it('joins as one endpoint, tells what it sends and shows the room', async () => {
    const room = aRoom();
    room.enter();
    expect(room.get().phase).toBe('entering');
    await settle();
    expect(room.get()).toMatchObject({ phase: 'inside', other: { display_name: '张文华' } });
    expect(socket.bodies('room.join')).toEqual([
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
    socket.answer('room.join', () => {
      if (refused) throw new LiveError('room.busy');
      return aSnapshot();
    });
    room.agree({ version: '2026-11', text: 'abc' });
    room.enter();
    await settleDigest();
    refused = false;
    await settle(5_000);
    socket.cut();
    socket.restore();
    await settle(5_000);
    const said = socket
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
    socket.cut();
    const room = aRoom();
    room.enter();
    await settle();
    expect(socket.asked).toEqual([]);
    socket.restore();
    await settle();
    expect(room.get().phase).toBe('inside');
  });

  it('joins again after a lost connection, as the same endpoint, after the last entry', async () => {
    socket.answer('room.join', () => aSnapshot('patient', { entries: [anEntry(1), anEntry(2)] }));
    const room = aRoom();
    room.enter();
    await settle();
    const endpoint = room.endpointId;
    socket.cut();
    expect(room.get()).toMatchObject({ phase: 'inside', connection: { status: 'reconnecting' } });
    socket.restore();
    await settle();
    expect(socket.bodies('room.join')).toHaveLength(2);
    expect(socket.bodies('room.join')[1]).toMatchObject({ endpoint_id: endpoint, after_seq: 2 });
    expect(room.get().entries.map(({ seq }) => seq)).toEqual([1, 2]);
  });

  it('tries again when the room is busy', async () => {
    let busy = true;
    socket.answer('room.join', () => {
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
    socket.answer('room.join', () => {
      throw new LiveError('auth.forbidden');
    });
    const room = aRoom();
    room.enter();
    await settle(10_000);
    expect(room.get()).toMatchObject({ phase: 'refused', error: { code: 'auth.forbidden' } });
    expect(socket.bodies('room.join')).toHaveLength(1);
  });

  it('ignores what is said about another visit', async () => {
    const room = aRoom();
    room.enter();
    await settle();
    socket.push('room.state', {
      consultation_id: 'another',
      consultation: aConsultation('finished'),
    });
    socket.push('room.superseded', { consultation_id: 'another' });
    expect(room.get()).toMatchObject({ phase: 'inside', consultation: { state: 'in-progress' } });
  });
});

it('believes an admission that overtook the answer to joining', async () => {
  socket.answer('room.join', () => {
    socket.push('room.state', {
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
  socket.answer('room.join', () => aSnapshot('patient', { at: '2026-11-23T06:00:01Z' }));
  const room = aRoom();
  room.enter();
  await settle();
  expect(room.get().aheadMs).toBe(0);
  socket.answer('room.join', () => aSnapshot('patient', { at: '2026-11-23T06:05:00Z' }));
  socket.cut();
  socket.restore();
  await settle();
  expect(room.get().aheadMs).toBe(300_000);
});

describe('the record', () => {
  it('is in order and without repeats, whatever comes twice', async () => {
    const room = aRoom();
    room.enter();
    await settle();
    for (const seq of [2, 1, 2, 3, 1]) {
      socket.push('entry.added', { consultation_id: consultationId, entry: anEntry(seq) });
    }
    expect(room.get().entries.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  it('asks for what is missing, once, and only when it does not come by itself', async () => {
    socket.answer('entries.read', ({ after_seq }) => ({
      entries: [2, 3, 4].filter((seq) => seq > after_seq).map((seq) => anEntry(seq)),
      more_entries: false,
    }));
    const room = aRoom();
    room.enter();
    await settle();
    const added = (seq: number) =>
      socket.push('entry.added', { consultation_id: consultationId, entry: anEntry(seq) });
    added(1);
    added(4);
    await settle(1000);
    expect(socket.bodies('entries.read')).toEqual([
      { consultation_id: consultationId, after_seq: 1 },
    ]);
    expect(room.get().entries.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    added(6);
    added(5);
    await settle(1000);
    expect(socket.bodies('entries.read')).toHaveLength(1);
  });

  it('reads page by page what does not fit one answer', async () => {
    const all = [1, 2, 3, 4, 5].map((seq) => anEntry(seq));
    socket.answer('room.join', () =>
      aSnapshot('patient', { entries: all.slice(0, 2), more_entries: true }),
    );
    socket.answer('entries.read', ({ after_seq }) => ({
      entries: all.slice(after_seq, after_seq + 2),
      more_entries: after_seq + 2 < all.length,
    }));
    const room = aRoom();
    room.enter();
    await settle();
    expect(room.get().entries).toEqual(all);
  });
});

describe('taking part', () => {
  it('ends when the visit is opened elsewhere, until it is taken back as a new endpoint', async () => {
    const room = aRoom();
    const out = vi.fn();
    room.observe({
      beginning: vi.fn(),
      joined: vi.fn(),
      presence: vi.fn(),
      state: vi.fn(),
      description: vi.fn(),
      candidate: vi.fn(),
      out,
    });
    room.enter();
    await settle();
    const first = room.endpointId;
    socket.push('room.superseded', { consultation_id: consultationId });
    expect(room.get().phase).toBe('superseded');
    expect(out).toHaveBeenCalledOnce();
    // It must not fight the other page for the visit.
    socket.cut();
    socket.restore();
    await settle();
    expect(socket.bodies('room.join')).toHaveLength(1);

    room.takeBack();
    await settle();
    expect(room.get().phase).toBe('inside');
    expect(room.endpointId).not.toBe(first);
  });

  it('ends by leaving, even without a connection, and begins again by entering', async () => {
    const room = aRoom();
    room.enter();
    await settle();
    socket.cut();
    await room.leave();
    expect(room.get().phase).toBe('left');
    socket.restore();
    room.enter();
    await settle();
    expect(room.get().phase).toBe('inside');
  });

  it('tells what it sends when that changes, and nothing when it does not', async () => {
    const room = aRoom();
    room.enter();
    await settle();
    await room.tellSending();
    expect(socket.bodies('media.set')).toEqual([]);
    sending = { microphone: false, camera: true };
    await room.tellSending();
    await room.tellSending();
    expect(socket.bodies('media.set')).toEqual([
      { consultation_id: consultationId, microphone: false, camera: true },
    ]);
  });

  it('tells one change after another, and of several the last one only', async () => {
    const room = aRoom();
    room.enter();
    await settle();
    const answers: (() => void)[] = [];
    socket.answer('media.set', () => new Promise((resolve) => answers.push(() => resolve({}))));
    for (const microphone of [false, true, false, true, false]) {
      sending = { microphone, camera: true };
      void room.tellSending();
    }
    await settle();
    expect(socket.bodies('media.set')).toMatchObject([{ microphone: false }]);
    sending = { microphone: true, camera: false };
    void room.tellSending();
    answers.shift()?.();
    await settle();
    expect(socket.bodies('media.set').slice(1)).toMatchObject([
      { microphone: true, camera: false },
    ]);
    answers.shift()?.();
    await settle();
    expect(socket.bodies('media.set')).toHaveLength(2);
  });

  it('leaves a call when its page is gone, but does not give up the place of who waits', async () => {
    const inCall = aRoom();
    inCall.enter();
    await settle();
    inCall.dispose();
    expect(socket.bodies('room.leave')).toHaveLength(1);

    socket.answer('room.join', () =>
      aSnapshot('patient', { consultation: aConsultation('arrived') }),
    );
    const waiting = aRoom();
    waiting.enter();
    await settle();
    waiting.dispose();
    expect(socket.bodies('room.leave')).toHaveLength(1);
  });

  describe('while a join is under way', () => {
    let answer: (snapshot: RoomSnapshot) => void;
    beforeEach(() => {
      socket.answer(
        'room.join',
        () =>
          new Promise<RoomSnapshot>((resolve) => {
            answer = resolve;
          }),
      );
    });
    const asked = () =>
      socket.asked.filter(({ event }) => event.startsWith('room.')).map(({ event }) => event);

    it('leaves once it is answered, so that the other side sees no ghost', async () => {
      const room = aRoom();
      room.enter();
      await settle();
      void room.leave();
      expect(room.get().phase).toBe('left');
      await settle();
      expect(asked()).toEqual(['room.join']);
      answer(aSnapshot('patient', { consultation: aConsultation('arrived') }));
      await settle();
      expect(socket.bodies('room.leave')).toEqual([
        { consultation_id: consultationId, endpoint_id: room.endpointId },
      ]);
      expect(room.get().phase).toBe('left');
    });

    it('leaves a call whose page is gone, but not the place of who waits', async () => {
      const inCall = aRoom();
      inCall.enter();
      await settle();
      inCall.dispose();
      answer(aSnapshot());
      await settle();
      expect(asked()).toEqual(['room.join', 'room.leave']);

      const waiting = aRoom();
      waiting.enter();
      await settle();
      waiting.dispose();
      answer(aSnapshot('patient', { consultation: aConsultation('arrived') }));
      await settle();
      expect(asked()).toEqual(['room.join', 'room.leave', 'room.join']);
    });

    it('comes back as another page than the one that leaves', async () => {
      const room = aRoom();
      room.enter();
      await settle();
      const first = room.endpointId;
      void room.leave();
      room.enter();
      answer(aSnapshot());
      await settle();
      answer(aSnapshot());
      await settle();
      expect(socket.bodies('room.leave')).toMatchObject([{ endpoint_id: first }]);
      expect(room.endpointId).not.toBe(first);
      expect(room.get().phase).toBe('inside');
    });
  });

  it('never asks to come in once it has left', async () => {
    const room = aRoom();
    room.agree({ version: '2026-11', text: 'abc' });
    room.enter();
    await room.leave();
    vi.useRealTimers();
    await new Promise((done) => setTimeout(done, 50));
    expect(socket.asked).toEqual([]);
  });

  it('knows since when the other side has been away', async () => {
    vi.setSystemTime(5_000);
    const room = aRoom();
    room.enter();
    await settle();
    vi.setSystemTime(9_000);
    const gone = aParticipant('doctor', { presence: 'reconnecting' });
    socket.push('room.presence', { consultation_id: consultationId, participant: gone });
    expect(room.get()).toMatchObject({ other: { presence: 'reconnecting' }, otherSince: 9_000 });
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
    socket.answer('room.join', () =>
      aSnapshot('patient', { consultation: aConsultation('arrived') }),
    );
    socket.answer('waiting.read', () => place);
    const room = aRoom();
    room.enter();
    await settle();
    expect(room.get().waiting).toEqual(place);
    socket.push('waiting.changed', {});
    await settle();
    await settle(30_000);
    expect(socket.bodies('waiting.read')).toHaveLength(3);

    socket.push('room.state', { consultation_id: consultationId, consultation: aConsultation() });
    await settle(60_000);
    expect(room.get().waiting).toBeNull();
    expect(socket.bodies('waiting.read')).toHaveLength(3);
  });

  it('is nothing that a doctor reads', async () => {
    socket.answer('room.join', () =>
      aSnapshot('doctor', { consultation: aConsultation('arrived') }),
    );
    const room = aRoom('doctor');
    room.enter();
    await settle(60_000);
    expect(socket.bodies('waiting.read')).toEqual([]);
  });
});
