import { describe, expect, it } from 'vitest';
import { LiveError } from './liveError';
import { clearOutboxes } from './outbox';
import { anEntry, aSnapshot, consultationId, doctorId, patientId } from './testing';
import { aRoom, setTheStage, settle, stage } from './testingRoom';

setTheStage();

/** A server that keeps messages, the way the real one does: the same id is kept once. */
function keepMessages(): { message_id: string; text: string }[] {
  const kept: { message_id: string; text: string }[] = [];
  stage.socket.answer('chat.send', ({ message_id, text }) => {
    if (!kept.some((one) => one.message_id === message_id)) kept.push({ message_id, text });
    const seq = kept.findIndex((one) => one.message_id === message_id) + 1;
    return { seq, recorded_at: '2026-11-23T06:02:00Z' };
  });
  return kept;
}

describe('a message', () => {
  it('is sending until the record has it, then an entry', async () => {
    keepMessages();
    const room = aRoom();
    room.enter();
    await settle();
    const id = room.send('Good morning');
    expect(room.get().outbox).toMatchObject([{ message_id: id, state: 'sending' }]);
    await settle();
    expect(room.get().outbox).toEqual([]);
    expect(room.get().entries).toMatchObject([
      { seq: 1, message_id: id, text: 'Good morning', author_id: patientId },
    ]);
  });

  it('is shown once when the broadcast overtakes the answer', async () => {
    const room = aRoom();
    room.enter();
    await settle();
    const id = room.send('Good morning');
    const entry = anEntry(1, { message_id: id, author_id: patientId });
    stage.socket.push('entry.added', { consultation_id: consultationId, entry });
    expect(room.get().outbox).toEqual([]);
    expect(room.get().entries).toHaveLength(1);
  });

  it('is sent again after a lost connection, in order and kept once', async () => {
    const kept = keepMessages();
    const room = aRoom();
    room.enter();
    await settle();
    // The first is kept, but its answer is lost on the way.
    stage.socket.answer('chat.send', ({ message_id, text }) => {
      kept.push({ message_id, text });
      return new Promise(() => undefined);
    });
    room.send('one');
    await settle();
    room.send('two');
    stage.socket.cut();
    room.send('three');
    await settle();
    expect(kept.map(({ text }) => text)).toEqual(['one']);

    stage.socket.answer('chat.send', ({ message_id, text }) => {
      if (!kept.some((one) => one.message_id === message_id)) kept.push({ message_id, text });
      const seq = kept.findIndex((one) => one.message_id === message_id) + 1;
      return { seq, recorded_at: '2026-11-23T06:02:00Z' };
    });
    stage.socket.restore();
    await settle();
    expect(kept.map(({ text }) => text)).toEqual(['one', 'two', 'three']);
    expect(room.get().entries.map(({ text }) => text)).toEqual(['one', 'two', 'three']);
    expect(room.get().outbox).toEqual([]);
    const sent = stage.socket.bodies('chat.send').map(({ message_id }) => message_id);
    expect(sent[0]).toBe(sent[1]);
  });

  it('survives a reload, under the same id', async () => {
    stage.socket.cut();
    const before = aRoom();
    before.enter();
    const id = before.send('written in a tunnel');
    before.dispose();

    const kept = keepMessages();
    stage.socket.restore();
    const after = aRoom();
    after.enter();
    await settle();
    expect(kept).toEqual([{ message_id: id, text: 'written in a tunnel' }]);
  });

  it('is forgotten for everybody else on this screen', () => {
    stage.socket.cut();
    aRoom().send('private');
    clearOutboxes('somebody else');
    expect(aRoom().get().outbox).toEqual([]);
  });

  it('is neither kept nor sent any more once its writer has signed out', async () => {
    const kept = keepMessages();
    const room = aRoom();
    room.enter();
    await settle();
    stage.socket.cut();
    room.send('private');
    // What signing out does; the page's room lives on for a moment.
    window.sessionStorage.clear();
    stage.socket.restore();
    await settle();
    room.send('more');
    await settle(10_000);
    expect(kept).toEqual([]);
    expect(room.get().outbox).toEqual([]);
    expect(window.sessionStorage).toHaveLength(0);
  });

  it('is not kept again by a page that outlives its account at this screen', async () => {
    const kept = keepMessages();
    const room = aRoom();
    room.enter();
    await settle();
    stage.socket.cut();
    room.send('private');
    clearOutboxes(doctorId);
    room.send('more');
    stage.socket.restore();
    await settle(10_000);
    expect(kept).toEqual([]);
    expect(JSON.stringify(Object.entries(window.sessionStorage))).not.toMatch(/private|more/);
  });

  it('is not sent over a connection that came back as somebody else', async () => {
    const kept = keepMessages();
    const room = aRoom();
    room.enter();
    await settle();
    stage.socket.cut();
    room.send('private');
    stage.socket.answer('room.join', () => aSnapshot('doctor'));
    stage.socket.restore();
    await settle(10_000);
    expect(kept).toEqual([]);
    expect(room.get()).toMatchObject({ phase: 'refused', error: { code: 'auth.required' } });
    expect(stage.socket.bodies('room.leave')).toMatchObject([{ endpoint_id: room.endpointId }]);
  });

  it('that is refused waits for a decision, and the next one goes on', async () => {
    const room = aRoom();
    room.enter();
    await settle();
    stage.socket.answer('chat.send', ({ text }) => {
      if (text === 'bad') throw new LiveError('input.invalid');
      return { seq: 1, recorded_at: '2026-11-23T06:02:00Z' };
    });
    const bad = room.send('bad');
    room.send('good');
    await settle();
    expect(room.get().outbox).toMatchObject([
      { message_id: bad, state: 'failed', error: { code: 'input.invalid' } },
    ]);
    expect(room.get().entries).toMatchObject([{ text: 'good' }]);
    room.discardMessage(bad);
    expect(room.get().outbox).toEqual([]);
  });

  it('is tried again by itself while the hospital is busy, then by hand', async () => {
    let busy = true;
    stage.socket.answer('chat.send', () => {
      if (busy) throw new LiveError('room.busy', { retryAfterS: 1 });
      return { seq: 1, recorded_at: '2026-11-23T06:02:00Z' };
    });
    const room = aRoom();
    room.enter();
    await settle();
    const id = room.send('hello');
    await settle(2000);
    expect(room.get().outbox).toMatchObject([{ state: 'sending' }]);
    await settle(10_000);
    expect(room.get().outbox).toMatchObject([{ state: 'failed', error: { code: 'room.busy' } }]);
    busy = false;
    room.retryMessage(id);
    await settle();
    expect(room.get()).toMatchObject({ outbox: [], entries: [{ text: 'hello', message_id: id }] });
  });

  it('waits for joining again when the server lost sight of the page', async () => {
    const room = aRoom();
    room.enter();
    await settle();
    let known = false;
    stage.socket.answer('room.join', () => {
      known = true;
      return aSnapshot();
    });
    stage.socket.answer('chat.send', () => {
      if (!known) throw new LiveError('room.not_joined');
      return { seq: 1, recorded_at: '2026-11-23T06:02:00Z' };
    });
    room.send('hello');
    await settle();
    expect(room.get()).toMatchObject({ outbox: [], entries: [{ text: 'hello' }] });
  });
});
