import { expect, it, vi } from 'vitest';
import type { CallView } from '../../protocol/signaling';
import { LocalMedia } from './media';
import { FakeConnection } from './testingPeer';
import {
  aConsultation,
  aParticipant,
  aSnapshot,
  consultationId,
  doctorId,
  patientId,
} from './testing';
import { settle, setTheStage, stage } from './testingRoom';
import { Visit } from './visit';

setTheStage();

const call = (path: CallView['path'], generation: number): CallView => ({
  path,
  reason: path === 'p2p' ? 'first' : 'policy',
  generation,
  relay: true,
});

/** A doctor's page in a visit whose call goes one way or the other. */
async function aVisit(path: CallView['path'], state: 'arrived' | 'in-progress' = 'in-progress') {
  const made: FakeConnection[] = [];
  vi.stubGlobal(
    'MediaStream',
    class {
      getTracks = () => [];
      addTrack = () => undefined;
    },
  );
  const { socket } = stage;
  socket.answer('room.join', () =>
    aSnapshot('doctor', { call: call(path, 1), consultation: aConsultation(state) }),
  );
  for (const event of ['signal.description', 'signal.candidate', 'call.settled'] as const) {
    socket.answer(event, () => ({}));
  }
  const visit = new Visit(socket, new LocalMedia(), consultationId, {
    accountId: doctorId,
    kind: 'doctor',
    create: () => {
      const connection = new FakeConnection();
      made.push(connection);
      return connection as unknown as RTCPeerConnection;
    },
  });
  visit.room.enter();
  await settle(1_500);
  return { visit, made, socket };
}

it('offers to the other page when the call goes p2p', async () => {
  const { visit, socket } = await aVisit('p2p');
  expect(socket.bodies('signal.description')).toHaveLength(1);
  visit.dispose();
});

it('says nothing to the other page when the call goes by the relay', async () => {
  const { visit, socket } = await aVisit('relay');
  await settle(3_000);
  expect(socket.bodies('signal.description')).toHaveLength(0);
  expect(visit.link.get()).toMatchObject({ status: 'connecting', route: 'relay' });
  visit.dispose();
});

it('follows what was chosen before the admission from the admission on', async () => {
  const { visit, socket } = await aVisit('relay', 'arrived');
  expect(visit.link.get().status).toBe('idle');
  socket.push('room.state', { consultation_id: consultationId, consultation: aConsultation() });
  await settle(10);
  expect(visit.link.get()).toMatchObject({ status: 'connecting', route: 'relay' });
  visit.dispose();
});

it('meets the other page when the call comes back to p2p', async () => {
  const { visit, socket } = await aVisit('relay');
  socket.push('call.path', { consultation_id: consultationId, call: call('p2p', 2) });
  await settle(10);
  expect(socket.bodies('signal.description')).toHaveLength(1);
  visit.dispose();
});

it('hears nothing of another visit', async () => {
  const { visit, socket } = await aVisit('p2p');
  socket.push('call.path', { consultation_id: 'another', call: call('relay', 2) });
  expect(visit.link.way).toBe('p2p');
  socket.push('call.figures', {
    consultation_id: 'another',
    figures: [{ account_id: patientId, quality: 'lost', measured: null }],
  });
  expect(visit.link.get().theirQuality ?? null).toBeNull();
  visit.dispose();
});

it('closes both ways when the visit has ended', async () => {
  const { visit, socket } = await aVisit('p2p');
  const other = aParticipant('patient');
  expect(other.presence).toBe('here');
  socket.push('room.state', {
    consultation_id: consultationId,
    consultation: aConsultation('finished'),
  });
  await settle(10);
  expect(visit.link.get()).toMatchObject({ status: 'idle', remote: null });
  visit.dispose();
});
