/** What the tests of the patient's pages share: a hospital that answers from a table, live and not. */
import { configure } from '@testing-library/react';
import { vi } from 'vitest';
import type {
  ConsultationState,
  ConsultationView,
  EntryView,
  RoomSnapshot,
  Signaling,
  WaitingView,
} from '../../protocol/signaling';
import type { Visit } from '../../features/visits';
import {
  createLive,
  LiveContext,
  LiveError,
  type Connection,
  type LiveSocket,
} from '../../shared/live';
import { renderApp, stubApi, type Answers } from '../../shared/test/renderApp';
import PatientRoutes from './index';

type Server = Signaling['server'];
type Client = Signaling['client'];
type Replies = {
  [Event in keyof Client]?: (
    body: Client[Event]['body'],
  ) => Client[Event]['data'] | LiveError | undefined;
};

// Whole pages are drawn here, on machines that may be busy with other things.
configure({ asyncUtilTimeout: 8_000 });
vi.setConfig({ testTimeout: 30_000 });

export const patientId = '0190f000-0000-7000-8000-000000000001';
export const doctorId = '0190f000-0000-7000-8000-000000000002';
const consultationId = '0190f000-0000-7000-8000-00000000000c';

const fromNow = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();

export function visitIn(startsIn: number, change: Partial<Visit> = {}): Visit {
  return {
    id: 'v1',
    consultation_id: consultationId,
    patient_id: 'p1',
    patient_name: '李晓兰',
    practitioner_id: 'd1',
    practitioner_name: '张文华',
    practitioner_title: '主任医师',
    specialty: '心血管内科',
    state: 'booked',
    consultation_state: 'planned',
    starts_at: fromNow(startsIn),
    ends_at: fromNow(startsIn + 20),
    ...change,
  };
}

export function consultationIn(state: ConsultationState): ConsultationView {
  const ended = state === 'finished';
  return {
    id: consultationId,
    appointment_id: 'v1',
    patient_name: '李晓兰',
    practitioner_name: '张文华',
    scheduled_start: fromNow(5),
    scheduled_end: fromNow(25),
    state,
    arrived_at: fromNow(-20),
    admitted_at: state === 'in-progress' || ended ? fromNow(-12) : null,
    ended_at: ended ? fromNow(-1) : null,
  };
}

export const wait = (before: number, from = 0, to = 5): WaitingView => ({
  before,
  wait_from_min: from,
  wait_to_min: to,
  doctor_present: false,
  state: 'arrived',
});

export const said = (seq: number, text: string): EntryView => ({
  seq,
  text,
  kind: 'chat',
  author_id: doctorId,
  message_id: `m${seq}`,
  recorded_at: fromNow(-1),
  detail: null,
});

/** One hospital as seen by one page: what it answers may be changed as a test goes. */
export class TestHospital {
  /** The state that joining finds. */
  state: ConsultationState = 'arrived';
  entries: EntryView[] = [];
  waiting = wait(0);
  readonly replies: Replies = {};
  readonly asked: (keyof Client)[] = [];
  readonly answers: Answers;
  #connection: Connection = { status: 'online' };
  readonly #watchers = new Set<() => void>();
  readonly #listeners = new Map<keyof Server, Set<(body: never) => void>>();

  constructor(visit: Visit) {
    const account = {
      id: patientId,
      role: 'patient',
      display_name: '李晓兰',
      login: 'patient.li',
      locale: 'en',
      email: 'li@example.org',
    };
    this.answers = {
      'GET /api/hospital': [200, { name: 'Mingde', demo: false, emergency_number: '120' }],
      'GET /api/session': [200, { account, csrf_token: 'token' }],
      'GET /api/appointments': [200, { appointments: [visit] }],
      'GET /api/appointments/v1': [200, visit],
    };
  }

  /** Opens a page of the patient's. */
  open(path: string) {
    stubApi(this.answers);
    const live = createLive({ openSocket: () => this.#socket(), createConnection: fakeConnection });
    const element = (
      <LiveContext value={live}>
        <PatientRoutes />
      </LiveContext>
    );
    return renderApp([{ path: '/*', element }], path);
  }

  push<Event extends keyof Server>(event: Event, body: Server[Event]): void {
    for (const listener of [...(this.#listeners.get(event) ?? [])]) listener(body as never);
  }

  /** The consultation moves on, and everybody in the room is told. */
  move(state: ConsultationState): void {
    this.state = state;
    const consultation = consultationIn(state);
    this.push('room.state', { consultation_id: consultationId, consultation });
  }

  supersede(): void {
    this.push('room.superseded', { consultation_id: consultationId });
  }

  connect(connection: Connection): void {
    this.#connection = connection;
    for (const watcher of [...this.#watchers]) watcher();
  }

  #socket(): LiveSocket {
    return {
      connection: {
        get: () => this.#connection,
        subscribe: (watcher) => {
          this.#watchers.add(watcher);
          return () => this.#watchers.delete(watcher);
        },
      },
      on: (event, listener) => {
        const listeners = this.#listeners.get(event) ?? new Set();
        this.#listeners.set(event, listeners.add(listener));
        return () => listeners.delete(listener);
      },
      request: (event, body) => {
        this.asked.push(event);
        const reply = this.replies[event]?.(body) ?? this.#usual(event);
        return reply instanceof LiveError ? Promise.reject(reply) : Promise.resolve(reply as never);
      },
      close: vi.fn(),
    };
  }

  #usual(event: keyof Client): unknown {
    if (event === 'waiting.read') return this.waiting;
    if (event === 'room.join') return this.#snapshot();
    return {};
  }

  #snapshot(): RoomSnapshot {
    const side = { microphone: true, camera: true, endpoint_id: null, presence: 'here' } as const;
    return {
      consultation: consultationIn(this.state),
      entries: this.entries,
      more_entries: false,
      ice_servers: [],
      polite: true,
      me: { ...side, account_id: patientId, display_name: '李晓兰', role: 'patient' },
      other: { ...side, account_id: doctorId, display_name: '张文华', role: 'doctor' },
    };
  }
}

/** A connection that is never made: jsdom has none. */
function fakeConnection(): RTCPeerConnection {
  const sender = {
    track: null,
    replaceTrack: () => Promise.resolve(),
    getParameters: () => ({ encodings: [] }),
    setParameters: () => Promise.resolve(),
  };
  return Object.assign(new EventTarget(), {
    connectionState: 'new',
    signalingState: 'stable',
    addTransceiver: () => ({ receiver: { track: {} } }),
    addTrack: () => sender,
    setConfiguration: vi.fn(),
    close: vi.fn(),
    getStats: () => Promise.resolve(new Map()),
  }) as unknown as RTCPeerConnection;
}

/** What jsdom lacks: media, all of it denied, and a buzz. Returns what is called of it. */
export function stubDevice() {
  const getUserMedia = vi.fn(() => Promise.reject(new DOMException('', 'NotAllowedError')));
  const vibrate = vi.fn(() => true);
  const mediaDevices = Object.assign(new EventTarget(), {
    getUserMedia,
    enumerateDevices: () => Promise.resolve([]),
  });
  Object.defineProperty(window.navigator, 'mediaDevices', {
    configurable: true,
    value: mediaDevices,
  });
  Object.defineProperty(window.navigator, 'vibrate', { configurable: true, value: vibrate });
  // The chat's field measures its text when fonts arrive.
  Object.defineProperty(document, 'fonts', { configurable: true, value: new EventTarget() });
  vi.stubGlobal('MediaStream', class extends EventTarget {});
  vi.spyOn(window.HTMLMediaElement.prototype, 'play').mockResolvedValue();
  vi.spyOn(window.HTMLMediaElement.prototype, 'pause').mockReturnValue();
  vi.spyOn(window, 'scrollTo').mockReturnValue();
  return { getUserMedia, vibrate };
}
