import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { RelayOffer } from '../../protocol/signaling';
import { RelayLink } from './relayLink';
import { consultationId, doctorId, patientId } from './testing';

class Sender {
  track: MediaStreamTrack | null = null;
  parameters = { encodings: [{}] };
  replaceTrack(track: MediaStreamTrack | null): Promise<void> {
    this.track = track;
    return Promise.resolve();
  }
  getParameters() {
    return this.parameters;
  }
  setParameters(): Promise<void> {
    return Promise.resolve();
  }
}

/** A connection that answers what it is offered: a line for each mid that an offer's text names. */
class Answering extends EventTarget {
  connectionState: RTCPeerConnectionState = 'new';
  localDescription: { sdp: string } | null = null;
  remote = '';
  closed = false;
  readonly lines: { mid: string; direction: string; sender: Sender }[] = [];

  setRemoteDescription({ sdp }: { sdp: string }): Promise<void> {
    this.remote = sdp;
    for (const mid of sdp.split(' ')) {
      if (!this.lines.some((line) => line.mid === mid)) {
        this.lines.push({ mid, direction: 'recvonly', sender: new Sender() });
      }
    }
    return Promise.resolve();
  }
  getTransceivers() {
    return this.lines;
  }
  setLocalDescription(): Promise<void> {
    this.localDescription = { sdp: `answer to ${this.remote}` };
    return Promise.resolve();
  }
  getStats() {
    return Promise.resolve(new Map());
  }
  close(): void {
    this.closed = true;
  }
  become(state: RTCPeerConnectionState): void {
    this.connectionState = state;
    this.dispatchEvent(new Event('connectionstatechange'));
  }
  arrives(kind: string, stream: string): object {
    const track = { kind };
    this.dispatchEvent(Object.assign(new Event('track'), { track, streams: [{ id: stream }] }));
    return track;
  }
}

class Stream {
  tracks: { kind: string }[] = [];
  getTracks() {
    return [...this.tracks];
  }
  addTrack(track: { kind: string }) {
    this.tracks.push(track);
  }
  removeTrack(track: { kind: string }) {
    this.tracks = this.tracks.filter((one) => one !== track);
  }
}

const offer = (change: Partial<RelayOffer> = {}): RelayOffer => ({
  consultation_id: consultationId,
  seat: 'mine',
  revision: 1,
  sdp: '0 1',
  sources: { '0': 'microphone', '1': 'camera' },
  publishers: { theirs: doctorId, mine: patientId },
  ...change,
});

const voice = { kind: 'audio' } as MediaStreamTrack;
const face = { kind: 'video' } as MediaStreamTrack;

function aLink() {
  const made: Answering[] = [];
  const answer = vi.fn<(seat: string, revision: number, sdp: string) => Promise<unknown>>(() =>
    Promise.resolve({}),
  );
  const restart = vi.fn<(seat: string | null) => Promise<unknown>>(() => Promise.resolve({}));
  const doubtSignalling = vi.fn<(ms: number) => void>();
  const link = new RelayLink({
    answer,
    restart,
    doubtSignalling,
    whose: () => doctorId,
    create: () => {
      const connection = new Answering();
      made.push(connection);
      return connection as unknown as RTCPeerConnection;
    },
  });
  link.setTracks({ audio: voice, video: null });
  return { link, made, answer, restart, doubtSignalling };
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('MediaStream', Stream);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});
const pass = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

async function connected() {
  const it = aLink();
  it.link.setWanted(true);
  it.link.receive(offer());
  await pass();
  it.made[0]?.become('connected');
  const [connection] = it.made;
  if (!connection) throw new Error('There is no connection.');
  return { ...it, connection };
}

it('answers an offer with its own lines to send on, also without a camera', async () => {
  const { link, made, answer } = aLink();
  link.receive(offer());
  await pass();
  expect(answer.mock.calls).toEqual([['mine', 1, 'answer to 0 1']]);
  expect(made[0]?.lines.map(({ direction }) => direction)).toEqual(['sendonly', 'sendonly']);
  expect(made[0]?.lines.map(({ sender }) => sender.track)).toEqual([voice, null]);
  link.setTracks({ audio: null, video: face });
  expect(made[0]?.lines.map(({ sender }) => sender.track)).toEqual([null, face]);
});

it('only gets what others send, and answers an offer that comes again the same', async () => {
  const { link, made, answer } = aLink();
  link.receive(offer());
  link.receive(offer({ revision: 2, sdp: '0 1 2 3' }));
  link.receive(offer({ revision: 2, sdp: 'said again' }));
  link.receive(offer());
  await pass();
  expect(made).toHaveLength(1);
  expect(made[0]?.lines.map(({ direction }) => direction).slice(2)).toEqual([
    'recvonly',
    'recvonly',
  ]);
  expect(answer.mock.calls.map(([, revision, sdp]) => [revision, sdp])).toEqual([
    [1, 'answer to 0 1'],
    [2, 'answer to 0 1 2 3'],
    [2, 'answer to 0 1 2 3'],
  ]);
});

it('shows the other side, and what it sends anew after a reload', async () => {
  const { link, connection } = await connected();
  const stranger = connection.arrives('video', 'someone');
  const first = connection.arrives('video', 'theirs');
  const sound = connection.arrives('audio', 'theirs');
  const shown = link.get().remote as unknown as Stream;
  expect(shown.tracks).toEqual([first, sound]);
  link.receive(offer({ revision: 2, publishers: { anew: doctorId } }));
  await pass();
  const second = connection.arrives('video', 'anew');
  expect(link.get().remote).toBe(shown);
  expect(shown.tracks).toEqual([sound, second]);
  expect([...link.streams.values()].flatMap((one) => (one as unknown as Stream).tracks)).toContain(
    stranger,
  );
});

it('has a way looked for that broke, and another seat when that does not help', async () => {
  const { link, connection, restart } = await connected();
  connection.become('disconnected');
  expect(link.get().status).toBe('interrupted');
  expect(restart).not.toHaveBeenCalled();
  await pass(900);
  expect(restart.mock.calls).toEqual([['mine']]);
  await pass(20_000);
  expect(restart.mock.calls.slice(0, 3)).toEqual([['mine'], ['mine'], [null]]);
  connection.become('connected');
  const asked = restart.mock.calls.length;
  await pass(60_000);
  expect(restart).toHaveBeenCalledTimes(asked);
});

it('looks for another way as soon as nothing comes, and again when signalling is back', async () => {
  const { link, restart, doubtSignalling } = await connected();
  link.mind(700, true);
  expect(restart).not.toHaveBeenCalled();
  link.mind(900, true);
  expect(restart.mock.calls).toEqual([['mine']]);
  expect(doubtSignalling).toHaveBeenCalledTimes(1);
  await pass(250);
  link.mind(1_150, true);
  expect(restart).toHaveBeenCalledTimes(1);
  link.catchUp();
  expect(restart).toHaveBeenCalledTimes(2);
  // What comes again needs nothing more, though the connection never said that it broke.
  link.mind(0, true);
  await pass(60_000);
  expect(restart).toHaveBeenCalledTimes(2);
  link.mind(900, true);
  link.mind(0, true);
  link.mind(900, true);
  expect(restart).toHaveBeenCalledTimes(4);
});

it('expects nothing where nobody sends', async () => {
  const { link, restart } = await connected();
  link.setTracks({ audio: null, video: null });
  link.mind(5_000, false);
  expect(restart).not.toHaveBeenCalled();
  link.mind(5_000, true);
  expect(restart).toHaveBeenCalledTimes(1);
});

it('begins another connection with another seat', async () => {
  const { link, connection, made, restart } = await connected();
  link.ended('another');
  expect(restart).not.toHaveBeenCalled();
  link.ended('mine');
  expect(connection.closed).toBe(true);
  expect(restart.mock.calls).toEqual([[null]]);
  link.receive(offer({ seat: 'next' }));
  await pass();
  made[1]?.become('connected');
  expect(link.get().status).toBe('connected');
});

it('asks for a seat that does not come, while it is wanted', async () => {
  const { link, restart } = aLink();
  link.setWanted(true);
  await pass(4_100);
  expect(restart.mock.calls).toEqual([[null]]);
  link.close();
  await pass(60_000);
  expect(restart).toHaveBeenCalledTimes(1);
  expect(link.get()).toMatchObject({ status: 'idle', remote: null });
});
