import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PeerLink } from './peer';
import { FakeConnection, stubMediaStream } from './testingPeer';

/** Two links joined by a wire that can be held up, and what was said over it. */
function twoLinks() {
  const links = new Map<string, PeerLink>();
  const said: { from: string; to: string; type: string }[] = [];
  const wire = { up: true };
  const hopeless = vi.fn();

  function aLink(name: string, polite: boolean) {
    const page = { name };
    const made: FakeConnection[] = [];
    const link = new PeerLink({
      send: (to, signal) => {
        const other = links.get(to);
        if (!wire.up || !other) return Promise.reject(new Error('room.peer_gone'));
        if ('description' in signal)
          said.push({ from: page.name, to, type: signal.description.type });
        queueMicrotask(() => other.receive(page.name, signal));
        return Promise.resolve();
      },
      readIceServers: () =>
        wire.up ? Promise.resolve([{ urls: ['turn:fresh'] }]) : Promise.reject(new Error('down')),
      onHopeless: hopeless,
      create: () => {
        const connection = new FakeConnection();
        made.push(connection);
        return connection as unknown as RTCPeerConnection;
      },
    });
    link.configure([], polite);
    links.set(name, link);
    return { link, made, page };
  }
  return { aLink, links, said, wire, hopeless };
}

const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
/** Connections that were not only made to lend a track. */
const used = (made: FakeConnection[]) =>
  made.filter(({ localDescription, remoteDescription }) => localDescription ?? remoteDescription);

beforeEach(() => {
  vi.useFakeTimers();
  stubMediaStream();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('lets the side that is already there offer, once', async () => {
  const { aLink, said } = twoLinks();
  const patient = aLink('p', true);
  const doctor = aLink('d', false);
  patient.link.attach('d', false);
  doctor.link.attach('p', true);
  await settle(5_000);
  expect(said.map(({ from, type }) => `${from} ${type}`)).toEqual(['d offer', 'p answer']);
  expect(patient.link.get().remote).not.toBeNull();
  expect(doctor.link.get().remote).not.toBeNull();
});

it('lets the newcomer offer when nothing came for a while', async () => {
  const { aLink, said } = twoLinks();
  const patient = aLink('p', true);
  const doctor = aLink('d', false);
  doctor.link.attach('p', false);
  patient.link.attach('d', false);
  await settle(1_100);
  expect(said).toEqual([]);
  await settle(200);
  expect(used(patient.made)[0]?.signalingState).toBe('stable');
  expect(used(doctor.made)[0]?.signalingState).toBe('stable');
});

it('resolves glare: the polite side gives way', async () => {
  const { aLink, said } = twoLinks();
  const patient = aLink('p', true);
  const doctor = aLink('d', false);
  patient.link.attach('d', true);
  doctor.link.attach('p', true);
  await settle(5_000);
  expect(said.filter(({ type }) => type === 'offer')).toHaveLength(2);
  expect(said.filter(({ type }) => type === 'answer')).toEqual([
    { from: 'p', to: 'd', type: 'answer' },
  ]);
  expect(used(patient.made)[0]).toMatchObject({ signalingState: 'stable', rollbacks: 1 });
  expect(used(doctor.made)[0]).toMatchObject({ signalingState: 'stable', rollbacks: 0 });
});

it('takes a signal that overtook the news of the endpoint it comes from', async () => {
  const { aLink, said } = twoLinks();
  const patient = aLink('p', true);
  const doctor = aLink('d', false);
  doctor.link.attach('p', true);
  await settle();
  patient.link.attach('d', false);
  await settle();
  expect(said.map(({ type }) => type)).toEqual(['offer', 'answer']);
});

it('gives a new endpoint a new connection, and drops what still comes from the old one', async () => {
  const { aLink } = twoLinks();
  const patient = aLink('p', true);
  const doctor = aLink('d', false);
  const reloaded = aLink('d2', false);
  patient.link.attach('d', false);
  doctor.link.attach('p', true);
  await settle();
  const first = used(patient.made)[0];
  reloaded.link.attach('p', false);
  patient.link.attach('d2', true);
  await settle();
  expect(first?.connectionState).toBe('closed');
  const second = used(patient.made).at(-1);
  expect(second?.signalingState).toBe('stable');
  const before = second?.remoteDescription;
  patient.link.receive('d', { description: { type: 'offer', sdp: 'late' } });
  await settle();
  expect(second?.remoteDescription).toBe(before);
});

it('keeps the connection of the same endpoint, whatever happens to the signalling', async () => {
  const { aLink, said } = twoLinks();
  const patient = aLink('p', true);
  const doctor = aLink('d', false);
  patient.link.attach('d', false);
  doctor.link.attach('p', true);
  await settle();
  used(patient.made)[0]?.become('connected');
  patient.link.detach();
  patient.link.attach('d', false);
  patient.link.catchUp();
  await settle(2_000);
  expect(used(patient.made)).toHaveLength(1);
  expect(patient.link.get().status).toBe('connected');
  expect(said).toHaveLength(2);
});

it('says an offer again that nobody heard, when the signalling is back', async () => {
  const { aLink, wire, said } = twoLinks();
  const patient = aLink('p', true);
  const doctor = aLink('d', false);
  patient.link.attach('d', false);
  wire.up = false;
  doctor.link.attach('p', true);
  await settle();
  expect(said).toEqual([]);
  wire.up = true;
  doctor.link.catchUp();
  await settle();
  expect(said.map(({ type }) => type)).toEqual(['offer', 'answer']);
});

it('says its offer again when the other side plainly has not heard it', async () => {
  const { aLink, wire, links, said } = twoLinks();
  const patient = aLink('p', true);
  const doctor = aLink('d', false);
  // The doctor's offer is taken by nobody, and the doctor is not told.
  links.set('p', { receive: () => undefined } as unknown as PeerLink);
  doctor.link.attach('p', true);
  await settle();
  links.set('p', patient.link);
  patient.link.attach('d', false);
  await settle(2_000);
  expect(wire.up).toBe(true);
  expect(said.at(-1)).toEqual({ from: 'p', to: 'd', type: 'answer' });
  expect(used(doctor.made)[0]?.signalingState).toBe('stable');
});

it('holds candidates until the description that they belong to', async () => {
  const { aLink } = twoLinks();
  const { link, made } = aLink('p', true);
  link.attach('d', false);
  const candidate = { candidate: 'candidate:1', sdpMid: '0', usernameFragment: 'new' };
  link.receive('d', { candidate });
  await settle();
  expect(made.flatMap(({ candidates }) => candidates)).toEqual([]);
  link.receive('d', { description: { type: 'offer', sdp: 'a=ice-ufrag:new' } });
  await settle();
  expect(made.flatMap(({ candidates }) => candidates)).toEqual([candidate]);
});

it('looks for a new path after three seconds of silence, with fresh credentials', async () => {
  const { aLink } = twoLinks();
  const patient = aLink('p', true);
  const doctor = aLink('d', false);
  patient.link.attach('d', false);
  doctor.link.attach('p', true);
  await settle();
  const connection = used(doctor.made)[0];
  connection?.become('connected');
  connection?.become('disconnected');
  expect(doctor.link.get().status).toBe('interrupted');
  await settle(2_900);
  expect(connection?.restarts).toBe(0);
  await settle(200);
  expect(connection?.restarts).toBe(1);
  expect(connection?.configuration?.iceServers).toEqual([{ urls: ['turn:fresh'] }]);
  connection?.become('connected');
  await settle(60_000);
  expect(connection?.restarts).toBe(1);
});

it('does not repair towards a page that cannot be reached, and does when it can again', async () => {
  const { aLink } = twoLinks();
  const patient = aLink('p', true);
  const doctor = aLink('d', false);
  patient.link.attach('d', false);
  doctor.link.attach('p', true);
  await settle();
  const connection = used(doctor.made)[0];
  connection?.become('connected');
  doctor.link.detach();
  connection?.become('failed');
  await settle(60_000);
  expect(connection?.restarts).toBe(0);
  doctor.link.attach('p', true);
  await settle();
  expect(connection?.restarts).toBe(1);
});

it('begins anew after several repairs in vain', async () => {
  const { aLink, hopeless } = twoLinks();
  const patient = aLink('p', true);
  const doctor = aLink('d', false);
  patient.link.attach('d', false);
  doctor.link.attach('p', true);
  await settle();
  const connection = used(doctor.made)[0];
  connection?.become('connected');
  connection?.become('failed');
  await settle(8_000 * 3 + 100);
  expect(connection?.restarts).toBe(3);
  expect(hopeless).toHaveBeenCalledOnce();
});

it('sends another track, or none, without negotiating again', async () => {
  const { aLink, said } = twoLinks();
  const patient = aLink('p', true);
  const doctor = aLink('d', false);
  patient.link.attach('d', false);
  doctor.link.attach('p', true);
  await settle();
  const track = { kind: 'video' } as MediaStreamTrack;
  patient.link.setTracks({ audio: null, video: track });
  expect(used(patient.made)[0]?.senders.map((sender) => sender.track)).toEqual([null, track]);
  patient.link.setTracks({ audio: null, video: null });
  expect(used(patient.made)[0]?.senders.map((sender) => sender.track)).toEqual([null, null]);
  expect(said).toHaveLength(2);
});

it('answers the offer that came before this page had finished coming back', async () => {
  const { aLink, links } = twoLinks();
  const patient = aLink('p', true);
  const doctor = aLink('d', false);
  patient.link.attach('d', false);
  doctor.link.attach('p', true);
  await settle();
  patient.link.reset();
  patient.page.name = 'p2';
  links.set('p2', patient.link);
  doctor.link.attach('p2', true);
  await settle();
  patient.link.attach('d', false);
  await settle();
  expect(used(patient.made).at(-1)?.signalingState).toBe('stable');
  expect(used(doctor.made).at(-1)?.signalingState).toBe('stable');
});

it('says at once an offer that was made ahead', async () => {
  const { aLink, said } = twoLinks();
  const patient = aLink('p', true);
  const doctor = aLink('d', false);
  doctor.link.prepare();
  doctor.link.setLeads(true);
  await settle();
  const ready = used(doctor.made)[0];
  expect(ready?.signalingState).toBe('have-local-offer');
  expect(said).toEqual([]);
  doctor.link.attach('p', true);
  patient.link.attach('d', false);
  await settle();
  expect(used(doctor.made)).toEqual([ready]);
  expect(ready?.signalingState).toBe('stable');
  expect(said.map(({ type }) => type)).toEqual(['offer', 'answer']);
});

it('throws an offer made ahead away when the other side is to offer', async () => {
  const { aLink, said } = twoLinks();
  const patient = aLink('p', true);
  const doctor = aLink('d', false);
  doctor.link.prepare();
  doctor.link.setLeads(true);
  await settle();
  doctor.link.attach('p', false);
  patient.link.attach('d', true);
  await settle();
  expect(used(doctor.made)[0]?.connectionState).toBe('closed');
  expect(used(doctor.made)[1]).toMatchObject({ signalingState: 'stable', rollbacks: 0 });
  expect(said.map(({ from, type }) => `${from} ${type}`)).toEqual(['p offer', 'd answer']);
});

it('makes no offer ahead that would hold a place at a relay', async () => {
  const { aLink } = twoLinks();
  const { link, made } = aLink('d', false);
  link.configure([{ urls: ['stun:s', 'turns:t'] }], false);
  link.setLeads(true);
  link.prepare();
  await settle();
  expect(used(made)).toEqual([]);
});
