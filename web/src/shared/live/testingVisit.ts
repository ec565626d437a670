/** A room's handle for tests of what draws it: state to be set, and calls to be looked at. */
import { vi } from 'vitest';
import type { RoomHandle } from './hooks';
import type { LinkSample } from './linkStats';
import type { DeviceState, MediaState } from './mediaState';
import type { LinkState } from './linkState';
import type { RoomState } from './roomState';
import { aConsultation, aParticipant, consultationId } from './testing';

export interface VisitChange {
  state?: Partial<RoomState>;
  link?: Partial<LinkState>;
  sample?: Partial<LinkSample>;
  devices?: Partial<MediaState>;
}

const off: DeviceState = { on: true, track: null, problem: null, interrupted: false };

const quiet: LinkSample = {
  framesDecoded: 0,
  packetsReceived: 0,
  framesPerSecond: 0,
  loss: 0,
  roundTripMs: null,
  jitterMs: null,
  kbitInPerSecond: 0,
  kbitOutPerSecond: 0,
  frameWidth: null,
  frameHeight: null,
  sentWidth: null,
  sentHeight: null,
  path: null,
  protocol: null,
  codec: null,
  silentMs: 0,
  silentSince: null,
};

/** In the middle of a call, both sides here, unless changed. */
export function aVisit(kind: 'patient' | 'doctor' = 'patient', change: VisitChange = {}) {
  const room = {
    kind,
    consultationId,
    send: vi.fn<(text: string) => string>(() => 'id'),
    retryMessage: vi.fn<(id: string) => void>(),
    discardMessage: vi.fn<(id: string) => void>(),
    leave: vi.fn<() => Promise<void>>(() => Promise.resolve()),
    finish: vi.fn<() => Promise<void>>(() => Promise.resolve()),
    turnAway: vi.fn<() => Promise<void>>(() => Promise.resolve()),
    admit: vi.fn<() => Promise<void>>(() => Promise.resolve()),
    takeBack: vi.fn<() => void>(),
  };
  const done = () => Promise.resolve();
  const media = {
    acquire: vi.fn<() => Promise<void>>(done),
    setMicrophone: vi.fn<(on: boolean) => Promise<void>>(done),
    setCamera: vi.fn<(on: boolean) => Promise<void>>(done),
    retry: vi.fn<(kind: string) => Promise<void>>(done),
    choose: vi.fn<(kind: string, id: string) => Promise<void>>(done),
    flipCamera: vi.fn<() => Promise<void>>(done),
  };
  const link = {
    status: 'connected',
    since: 0,
    remote: null,
    quality: 'good',
    sample: { ...quiet, ...change.sample },
    ...change.link,
  };
  const handle = {
    state: {
      phase: 'inside',
      connection: { status: 'online' },
      consultation: aConsultation(),
      me: aParticipant(kind),
      other: aParticipant(kind === 'patient' ? 'doctor' : 'patient'),
      aheadMs: 0,
      otherSince: 0,
      entries: [],
      outbox: [],
      waiting: null,
      error: null,
      ...change.state,
    },
    link,
    devices: {
      status: 'ready',
      microphone: off,
      camera: off,
      microphones: [],
      cameras: [],
      speakers: [],
      speaker: '',
      facing: 'user',
      ...change.devices,
    },
    room,
    media,
    peer: { get: () => link, subscribe: () => () => undefined },
    enter: vi.fn<() => void>(),
  };
  return { handle: handle as unknown as RoomHandle, room, media };
}

export type FakeVisit = ReturnType<typeof aVisit>;
