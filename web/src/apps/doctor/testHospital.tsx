import { vi } from 'vitest';
import type { ErrorView, QueueEntry, RoomSnapshot } from '../../protocol/signaling';
import {
  createLive,
  LiveContext,
  LiveError,
  type Connection,
  type LiveSocket,
} from '../../shared/live';
import { Store } from '../../shared/live/store';
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

type Listener = (body: unknown) => void;

/** What the console speaks with, in memory: one doctor's day, and rooms that open at once. */
export class FakeHospital {
  readonly connection = new Store<Connection>({ status: 'online' });
  /** Everything that was asked, in order, as "event id". */
  readonly asked: string[] = [];
  /** What to refuse with, by event. */
  readonly refuse = new Map<string, ErrorView>();
  /** Does not answer queue.read while true. */
  silent = false;
  entries: readonly QueueEntry[];
  readonly #listeners = new Map<string, Set<Listener>>();

  constructor(...entries: readonly QueueEntry[]) {
    this.entries = entries;
  }

  /** The day changed; the page is hinted at it. */
  becomes(...entries: readonly QueueEntry[]): void {
    this.entries = entries;
    this.tell('queue.changed', {});
  }

  /** One visit moved on: its room is told, then the queue. */
  moves(number: number, change: Partial<QueueEntry>): void {
    this.entries = this.entries.map((entry) =>
      entry.consultation_id === idOf(number) ? { ...entry, ...change } : entry,
    );
    const { consultation } = this.#snapshot(idOf(number));
    this.tell('room.state', { consultation_id: idOf(number), consultation });
    this.tell('queue.changed', {});
  }

  tell(event: string, body: unknown): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(body);
  }

  /** What was asked about one visit. */
  askedOf(number: number): string[] {
    return this.asked
      .filter((asked) => asked.endsWith(idOf(number)))
      .map((asked) => asked.split(' ')[0] ?? '');
  }

  socket(): LiveSocket {
    return {
      connection: this.connection,
      request: (event, body) => this.#answer(event, body) as Promise<never>,
      on: (event, listener) => {
        const listeners = this.#listeners.get(event) ?? new Set();
        this.#listeners.set(event, listeners.add(listener as Listener));
        return () => void listeners.delete(listener as Listener);
      },
      close: () => undefined,
    };
  }

  async #answer(event: string, body: object): Promise<unknown> {
    const id = 'consultation_id' in body ? String(body.consultation_id) : '';
    this.asked.push(`${event} ${id}`.trim());
    const refusal = this.refuse.get(event);
    if (refusal) throw LiveError.of(refusal);
    if (event === 'queue.read') {
      if (this.silent) return new Promise(() => undefined);
      return { at: new Date().toISOString(), entries: this.entries };
    }
    if (event === 'room.join') return this.#snapshot(id);
    if (event === 'consultation.admit') this.#later(id, begun);
    if (event === 'consultation.finish') this.#later(id, { ...over, presence: 'here' });
    return {};
  }

  #later(id: string, change: Partial<QueueEntry>): void {
    queueMicrotask(() => this.moves(Number(id.at(-1)), change));
  }

  #snapshot(id: string): RoomSnapshot {
    const entry = this.entries.find(({ consultation_id }) => consultation_id === id);
    if (!entry) throw new LiveError('not_found');
    const { presence, consultation_id, ...facts } = entry;
    const person = { endpoint_id: null, microphone: true, camera: true };
    return {
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
    };
  }
}

class FakeTrack extends EventTarget {
  readonly kind: 'audio' | 'video';
  enabled = true;
  muted = false;
  contentHint = '';
  readonly stop = vi.fn();

  constructor(kind: 'audio' | 'video') {
    super();
    this.kind = kind;
  }
}

class FakeStream {
  getTracks() {
    return [];
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
  vi.stubGlobal('MediaStream', FakeStream);
  return { getUserMedia, tracks };
}

class FakePeerConnection extends EventTarget {
  readonly connectionState = 'new';
  readonly signalingState = 'stable';
  readonly #sender = {
    track: null,
    replaceTrack: () => Promise.resolve(),
    getParameters: () => ({ encodings: [{}] }),
    setParameters: () => Promise.resolve(),
  };

  addTrack() {
    return this.#sender;
  }

  addTransceiver() {
    return { receiver: { track: {} }, sender: this.#sender };
  }

  setConfiguration() {
    return undefined;
  }

  close() {
    return undefined;
  }
}

/** The doctor's pages over a hospital in memory. */
export function openConsole(hospital: FakeHospital, path = '/doctor') {
  stubApi({
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
    openSocket: () => hospital.socket(),
    createConnection: () => new FakePeerConnection() as unknown as RTCPeerConnection,
  });
  return renderApp(
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
}
