import { onTestFinished, vi } from 'vitest';
import type { Done, QueueEntry, RoomSnapshot } from '../../protocol/signaling';
import { createLive, LiveContext, LiveError } from '../../shared/live';
import type { BodyOf, ClientEvent, DataOf } from '../../shared/live/socket';
import { FakeSocket } from '../../shared/live/testing';
import { FakeConnection, stubMediaStream } from '../../shared/live/testingPeer';
import { renderApp, stubApi } from '../../shared/test/renderApp';
import DoctorRoutes from './index';

export const doctorId = 'account-doctor';
/** When the tests begin. */
export const startedAt = Date.parse('2026-11-23T02:00:00Z');
export const minutesAgo = (minutes: number) => new Date(startedAt - minutes * 60_000).toISOString();

export const idOf = (number: number) => `00000000-0000-4000-8000-00000000000${number}`;

/** A visit of the day; a waiting patient who is there, unless told otherwise. */
export function visit(
  number: number,
  patient_name: string,
  change: Partial<QueueEntry> = {},
): QueueEntry {
  return {
    consultation_id: idOf(number),
    appointment_id: `appointment-${number}`,
    patient_name,
    presence: 'here',
    red_flags: [],
    state: 'arrived',
    scheduled_start: minutesAgo(0),
    scheduled_end: minutesAgo(-20),
    arrived_at: minutesAgo(12),
    admitted_at: null,
    ended_at: null,
    ...change,
  };
}

export const begun = { state: 'in-progress', admitted_at: minutesAgo(5) } as const;
export const planned = { state: 'planned', arrived_at: null, presence: 'away' } as const;
export const over = {
  state: 'finished',
  admitted_at: minutesAgo(10),
  ended_at: minutesAgo(2),
  presence: 'away',
} as const;

/** What the console speaks with, in memory: one doctor's day, and rooms that open at once. */
export class FakeHospital {
  readonly socket = new FakeSocket();
  /** What to refuse with, by event. */
  readonly refuse = new Map<ClientEvent, LiveError>();
  /** The hospital's time in its answers; the desk's own unless told. */
  at: string | undefined;
  entries: readonly QueueEntry[];

  constructor(...entries: readonly QueueEntry[]) {
    this.entries = entries;
    this.#answer('queue.read', () => ({
      at: this.at ?? new Date().toISOString(),
      entries: [...this.entries],
    }));
    this.#answer('room.join', ({ consultation_id }) => this.#snapshot(consultation_id));
    this.#answer('room.leave', () => ({}));
    this.#answer('media.set', () => ({}));
    this.#answer('consultation.admit', ({ consultation_id }) =>
      this.#later(consultation_id, begun),
    );
    this.#answer('consultation.finish', ({ consultation_id }) =>
      this.#later(consultation_id, { ...over, presence: 'here' }),
    );
  }

  /** The day changed; the page is hinted at it. */
  becomes(...entries: readonly QueueEntry[]): void {
    this.entries = entries;
    this.socket.push('queue.changed', {});
  }

  /** What was asked about one visit, in order. */
  askedOf(number: number): ClientEvent[] {
    return this.socket.asked
      .filter(({ body }) => body.consultation_id === idOf(number))
      .map(({ event }) => event);
  }

  #answer<Event extends ClientEvent>(
    event: Event,
    handler: (body: BodyOf<Event>) => DataOf<Event>,
  ): void {
    this.socket.answer(event, (body) => {
      const refusal = this.refuse.get(event);
      if (refusal) throw refusal;
      return handler(body);
    });
  }

  /** One visit moves on: its room is told, then the queue. */
  #later(id: string, change: Partial<QueueEntry>): Done {
    this.entries = this.entries.map((entry) =>
      entry.consultation_id === id ? { ...entry, ...change } : entry,
    );
    const { consultation } = this.#snapshot(id);
    queueMicrotask(() => {
      this.socket.push('room.state', { consultation_id: id, consultation });
      this.socket.push('queue.changed', {});
    });
    return {};
  }

  #snapshot(id: string): RoomSnapshot {
    const entry = this.entries.find(({ consultation_id }) => consultation_id === id);
    if (!entry) throw new LiveError('not_found');
    const { presence, consultation_id, ...facts } = entry;
    const person = { endpoint_id: null, microphone: true, camera: true };
    return {
      at: new Date().toISOString(),
      consultation: { ...facts, id: consultation_id, practitioner_name: '李文博' },
      me: {
        ...person,
        account_id: doctorId,
        display_name: '李文博',
        presence: 'here',
        role: 'doctor',
      },
      other: {
        ...person,
        account_id: `patient of ${id}`,
        display_name: entry.patient_name,
        presence,
        role: 'patient',
      },
      entries: [
        {
          seq: 1,
          kind: 'arrived',
          author_id: `patient of ${id}`,
          message_id: `${id}-1`,
          recorded_at: minutesAgo(12),
          detail: {},
        },
      ],
      more_entries: false,
      ice_servers: [],
      polite: false,
      call: { path: 'p2p', reason: 'first', generation: 1, relay: false },
    };
  }
}

class FakeTrack extends EventTarget {
  readonly kind: 'audio' | 'video';
  enabled = true;
  muted = false;
  contentHint = '';
  readonly stop = vi.fn();
  readonly getSettings = () => ({});

  constructor(kind: 'audio' | 'video') {
    super();
    this.kind = kind;
  }
}

/** The browser's cameras and microphones; `refusal` is why they cannot be had. */
export function stubDevices(refusal?: string) {
  const tracks: FakeTrack[] = [];
  const make = (kind: 'audio' | 'video') => {
    const track = new FakeTrack(kind);
    tracks.push(track);
    return [track];
  };
  const getUserMedia = vi.fn(() =>
    refusal
      ? Promise.reject(new DOMException('no', refusal))
      : Promise.resolve({
          getAudioTracks: () => make('audio'),
          getVideoTracks: () => make('video'),
        }),
  );
  Object.defineProperty(navigator, 'mediaDevices', {
    configurable: true,
    value: {
      getUserMedia,
      enumerateDevices: () => Promise.resolve([]),
      addEventListener: vi.fn(),
      removeEventListener: vi.fn(),
    },
  });
  stubMediaStream();
  return { getUserMedia, tracks };
}

/** The doctor's pages over a hospital in memory. */
export function openConsole(
  hospital: FakeHospital,
  path = '/doctor',
  answers: Parameters<typeof stubApi>[0] = {},
) {
  const asked = stubApi({
    ...answers,
    'GET /api/hospital': [
      200,
      { name: 'Mingde Hospital', time_zone: new Intl.DateTimeFormat().resolvedOptions().timeZone },
    ],
    'GET /api/session': [
      200,
      {
        account: {
          id: doctorId,
          role: 'doctor',
          display_name: '李文博',
          locale: 'en',
          login: 'li',
        },
        csrf_token: 'token',
      },
    ],
  });
  const live = createLive({
    openSocket: () => hospital.socket,
    createConnection: () => new FakeConnection() as unknown as RTCPeerConnection,
  });
  // What lingers for the next page must not outlive the test.
  onTestFinished(() => {
    for (const pool of [live.visits, live.queues, live.media, live.sockets]) {
      pool.keepOnly(() => false);
    }
  });
  const opened = renderApp(
    [
      {
        path: '/doctor/*',
        element: (
          <LiveContext value={live}>
            <DoctorRoutes />
          </LiveContext>
        ),
      },
      { path: '/sign-in', element: <p>Sign in here</p> },
    ],
    path,
  );
  return { ...opened, asked };
}
