import { describe, expect, it, vi } from 'vitest';
import { aParticipant, aSnapshot, consultationId } from './testing';
import { aRoom, setTheStage, settle, stage } from './testingRoom';

setTheStage();

const guest = aParticipant('patient', { account_id: 'g1', role: 'guest', display_name: '王芳' });
const tell = (participant: typeof guest) =>
  stage.socket.push('room.presence', { consultation_id: consultationId, participant });

describe('a third person', () => {
  it('stands beside the other one, and is gone when away', async () => {
    const room = aRoom();
    const presence = vi.fn();
    room.observe({
      beginning: vi.fn(),
      joined: vi.fn(),
      presence,
      state: vi.fn(),
      description: vi.fn(),
      candidate: vi.fn(),
      out: vi.fn(),
    });
    room.enter();
    await settle();
    const { other } = room.get();
    tell(guest);
    expect(room.get().third?.display_name).toBe('王芳');
    tell({ ...guest, presence: 'reconnecting' });
    expect(room.get().third?.presence).toBe('reconnecting');
    tell({ ...guest, presence: 'away' });
    expect(room.get().third).toBeNull();
    // The call of two people has nothing to do with it.
    expect(room.get().other).toBe(other);
    expect(presence).not.toHaveBeenCalled();
  });

  it('is known from joining on, and the invitation is read again at each hint', async () => {
    stage.socket.answer('room.join', () => ({ ...aSnapshot(), third: guest }));
    const room = aRoom();
    room.enter();
    await settle();
    expect(room.get().third).toEqual(guest);
    const before = room.get().guestChanges;
    stage.socket.push('guest.changed', { consultation_id: consultationId });
    stage.socket.push('guest.changed', { consultation_id: 'another' });
    expect(room.get().guestChanges).toBe(before + 1);
  });

  it('is the patient, to the guest: also while away', async () => {
    const room = aRoom('guest' as 'patient', 'g1');
    stage.socket.answer('room.join', () => ({
      ...aSnapshot(),
      me: guest,
      other: aParticipant('doctor'),
      third: aParticipant('patient'),
    }));
    room.enter();
    await settle();
    tell(aParticipant('patient', { presence: 'away' }));
    expect(room.get().third).toMatchObject({ role: 'patient', presence: 'away' });
    tell(aParticipant('doctor', { presence: 'away' }));
    expect(room.get().other?.presence).toBe('away');
  });
});
