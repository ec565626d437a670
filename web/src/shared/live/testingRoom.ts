/** What tests of a room begin with: a socket that answers as a quiet hospital would, and a clock in hand. */
import { afterEach, beforeEach, vi } from 'vitest';
import { ConsultationRoom } from './room';
import { aSnapshot, consultationId, doctorId, FakeSocket, patientId } from './testing';

/** The socket of the test that runs, and what its page sends; new for each. */
export const stage: { socket: FakeSocket; sending: { microphone: boolean; camera: boolean } } = {
  socket: new FakeSocket(),
  sending: { microphone: true, camera: true },
};

/** To be called once by each file of tests. */
export function setTheStage(): void {
  beforeEach(() => {
    vi.useFakeTimers();
    const socket = new FakeSocket();
    stage.socket = socket;
    stage.sending = { microphone: true, camera: true };
    socket.answer('room.join', () => aSnapshot());
    socket.answer('room.leave', () => ({}));
    socket.answer('media.set', () => ({}));
  });
  afterEach(() => {
    window.sessionStorage.clear();
    vi.useRealTimers();
  });
}

export function aRoom(
  kind: 'patient' | 'doctor' = 'patient',
  accountId = kind === 'patient' ? patientId : doctorId,
): ConsultationRoom {
  return new ConsultationRoom(stage.socket, consultationId, {
    accountId,
    kind,
    sending: () => stage.sending,
  });
}

/** Lets promises settle and timers of up to so many milliseconds pass. */
export const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
