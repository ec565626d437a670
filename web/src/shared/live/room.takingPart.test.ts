import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { RoomSnapshot } from '../../protocol/signaling';
import { aConsultation, aParticipant, aSnapshot, consultationId } from './testing';
import { aRoom, setTheStage, settle, stage } from './testingRoom';

setTheStage();

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
    stage.socket.push('room.superseded', { consultation_id: consultationId });
    expect(room.get().phase).toBe('superseded');
    expect(out).toHaveBeenCalledOnce();
    // It must not fight the other page for the visit.
    stage.socket.cut();
    stage.socket.restore();
    await settle();
    expect(stage.socket.bodies('room.join')).toHaveLength(1);

    room.takeBack();
    await settle();
    expect(room.get().phase).toBe('inside');
    expect(room.endpointId).not.toBe(first);
  });

  it('ends by leaving, even without a connection, and begins again by entering', async () => {
    const room = aRoom();
    room.enter();
    await settle();
    stage.socket.cut();
    await room.leave();
    expect(room.get().phase).toBe('left');
    stage.socket.restore();
    room.enter();
    await settle();
    expect(room.get().phase).toBe('inside');
  });

  it('tells what it sends when that changes, and nothing when it does not', async () => {
    const room = aRoom();
    room.enter();
    await settle();
    await room.tellSending();
    expect(stage.socket.bodies('media.set')).toEqual([]);
    stage.sending = { microphone: false, camera: true };
    await room.tellSending();
    await room.tellSending();
    expect(stage.socket.bodies('media.set')).toEqual([
      { consultation_id: consultationId, microphone: false, camera: true },
    ]);
  });

  it('tells one change after another, and of several the last one only', async () => {
    const room = aRoom();
    room.enter();
    await settle();
    const answers: (() => void)[] = [];
    stage.socket.answer(
      'media.set',
      () => new Promise((resolve) => answers.push(() => resolve({}))),
    );
    for (const microphone of [false, true, false, true, false]) {
      stage.sending = { microphone, camera: true };
      void room.tellSending();
    }
    await settle();
    expect(stage.socket.bodies('media.set')).toMatchObject([{ microphone: false }]);
    stage.sending = { microphone: true, camera: false };
    void room.tellSending();
    answers.shift()?.();
    await settle();
    expect(stage.socket.bodies('media.set').slice(1)).toMatchObject([
      { microphone: true, camera: false },
    ]);
    answers.shift()?.();
    await settle();
    expect(stage.socket.bodies('media.set')).toHaveLength(2);
  });

  it('leaves a call when its page is gone, but does not give up the place of who waits', async () => {
    const inCall = aRoom();
    inCall.enter();
    await settle();
    inCall.dispose();
    expect(stage.socket.bodies('room.leave')).toHaveLength(1);

    stage.socket.answer('room.join', () =>
      aSnapshot('patient', { consultation: aConsultation('arrived') }),
    );
    const waiting = aRoom();
    waiting.enter();
    await settle();
    waiting.dispose();
    expect(stage.socket.bodies('room.leave')).toHaveLength(1);
  });

  describe('while a join is under way', () => {
    let answer: (snapshot: RoomSnapshot) => void;
    beforeEach(() => {
      stage.socket.answer(
        'room.join',
        () =>
          new Promise<RoomSnapshot>((resolve) => {
            answer = resolve;
          }),
      );
    });
    const asked = () =>
      stage.socket.asked.filter(({ event }) => event.startsWith('room.')).map(({ event }) => event);

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
      expect(stage.socket.bodies('room.leave')).toEqual([
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
      expect(stage.socket.bodies('room.leave')).toMatchObject([{ endpoint_id: first }]);
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
    expect(stage.socket.asked).toEqual([]);
  });

  it('knows since when the other side has been away', async () => {
    vi.setSystemTime(5_000);
    const room = aRoom();
    room.enter();
    await settle();
    vi.setSystemTime(9_000);
    const gone = aParticipant('doctor', { presence: 'reconnecting' });
    stage.socket.push('room.presence', { consultation_id: consultationId, participant: gone });
    expect(room.get()).toMatchObject({ other: { presence: 'reconnecting' }, otherSince: 9_000 });
  });
});
