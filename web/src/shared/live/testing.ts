/** Stand-ins for tests of everything that uses the live room: a connection and a room's other side. */
import type {
  ConsultationState,
  ConsultationView,
  EntryView,
  Participant,
  RoomSnapshot,
} from '../../protocol/signaling';
import { LiveError } from './liveError';
import type { BodyOf, ClientEvent, Connection, DataOf, LiveSocket, ServerEvent } from './socket';
import { Store } from './store';

type Handler = (body: never) => unknown;

/** A connection whose server is a table of functions. What has no function never answers. */
export class FakeSocket implements LiveSocket {
  readonly connection = new Store<Connection>({ status: 'online' });
  /** Everything that was asked, in order. */
  readonly asked: { event: ClientEvent; body: Record<string, unknown> }[] = [];
  closed = false;
  /** How often it was doubted. */
  doubts = 0;
  readonly #handlers = new Map<ClientEvent, Handler>();
  readonly #listeners = new Map<ServerEvent, Set<Handler>>();
  readonly #open = new Set<(error: LiveError) => void>();
  readonly doubt = () => void (this.doubts += 1);

  /** Answers an event; what the function throws is the error. */
  answer<Event extends ClientEvent>(
    event: Event,
    handler: (body: BodyOf<Event>) => DataOf<Event> | Promise<DataOf<Event>>,
  ): void {
    this.#handlers.set(event, handler);
  }

  request<Event extends ClientEvent>(event: Event, body: BodyOf<Event>): Promise<DataOf<Event>> {
    if (this.connection.get().status !== 'online') {
      return Promise.reject(new LiveError('network.unreachable'));
    }
    this.asked.push({ event, body: body as Record<string, unknown> });
    return new Promise((resolve, reject) => {
      this.#open.add(reject);
      const handler = this.#handlers.get(event);
      if (!handler) return;
      Promise.resolve()
        .then(() => handler(body as never))
        .then(resolve as (data: unknown) => void, reject)
        .finally(() => this.#open.delete(reject))
        .catch(() => undefined);
    });
  }

  readonly on: LiveSocket['on'] = (event, listener) => {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners);
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  };

  /** What the server says on its own. */
  push(event: ServerEvent, body: object): void {
    for (const listener of [...(this.#listeners.get(event) ?? [])]) listener(body as never);
  }

  /** Loses the connection: what is under way fails, as socket.io lets it fail. */
  cut(): void {
    this.connection.set({ status: 'reconnecting', since: Date.now() });
    for (const reject of this.#open) reject(new LiveError('network.unreachable'));
    this.#open.clear();
  }

  restore(): void {
    this.connection.set({ status: 'online' });
  }

  bodies(event: ClientEvent): Record<string, unknown>[] {
    return this.asked.filter((one) => one.event === event).map(({ body }) => body);
  }

  close(): void {
    this.closed = true;
  }
}

export const consultationId = '0190a000-0000-7000-8000-000000000001';
export const patientId = '0190a000-0000-7000-8000-00000000000a';
export const doctorId = '0190a000-0000-7000-8000-00000000000d';
export const otherEndpoint = '0190a000-0000-4000-8000-0000000000e1';

export function aConsultation(state: ConsultationState = 'in-progress'): ConsultationView {
  return {
    id: consultationId,
    appointment_id: '0190a000-0000-7000-8000-000000000002',
    state,
    patient_name: '李晓兰',
    practitioner_name: '张文华',
    scheduled_start: '2026-11-23T06:00:00Z',
    scheduled_end: '2026-11-23T06:20:00Z',
    arrived_at: '2026-11-23T05:55:00Z',
    admitted_at: state === 'in-progress' ? '2026-11-23T06:00:00Z' : null,
    ended_at: null,
  };
}

export function aParticipant(
  role: 'patient' | 'doctor',
  change: Partial<Participant> = {},
): Participant {
  return {
    account_id: role === 'patient' ? patientId : doctorId,
    role,
    display_name: role === 'patient' ? '李晓兰' : '张文华',
    presence: 'here',
    endpoint_id: otherEndpoint,
    microphone: true,
    camera: true,
    ...change,
  };
}

/** What the patient is told on joining; `me` and `other` change sides for the doctor. */
export function aSnapshot(
  kind: 'patient' | 'doctor' = 'patient',
  change: Partial<RoomSnapshot> = {},
): RoomSnapshot {
  return {
    at: new Date().toISOString(),
    consultation: aConsultation(),
    me: aParticipant(kind),
    other: aParticipant(kind === 'patient' ? 'doctor' : 'patient'),
    polite: kind === 'patient',
    call: { path: 'p2p', reason: 'first', generation: 1, relay: false },
    ice_servers: [],
    entries: [],
    more_entries: false,
    ...change,
  };
}

export function anEntry(seq: number, change: Partial<EntryView> = {}): EntryView {
  return {
    seq,
    message_id: `0190a000-0000-4000-8000-${String(seq).padStart(12, '0')}`,
    author_id: doctorId,
    kind: 'chat',
    recorded_at: '2026-11-23T06:01:00Z',
    text: `message ${seq}`,
    detail: null,
    ...change,
  };
}
