/** What the tests of the patient's pages share: a hospital that answers from a table, live and not. */
import { vi } from 'vitest';
import type { VisitSafety } from '../../features/safety';
import type { Visit } from '../../features/visits';
import type {
  ConsultationState,
  ConsultationView,
  EntryView,
  WaitingView,
} from '../../protocol/signaling';
import { createLive, LiveContext, LiveError, type LiveCode } from '../../shared/live';
import {
  aConsultation,
  anEntry,
  aSnapshot,
  consultationId,
  doctorId,
  FakeSocket,
  patientId,
} from '../../shared/live/testing';
import { FakeConnection, stubMediaStream } from '../../shared/live/testingPeer';
import { renderApp, stubApi, type Answers } from '../../shared/test/renderApp';
import PatientRoutes from './index';

// Whole pages are drawn here, on machines that may be busy with other things.
vi.setConfig({ testTimeout: 30_000 });

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

function consultationIn(state: ConsultationState): ConsultationView {
  if (state !== 'finished') return aConsultation(state);
  return { ...aConsultation(state), admitted_at: fromNow(-12), ended_at: fromNow(-1) };
}

export const wait = (before: number, from = 0, to = 5): WaitingView => ({
  before,
  wait_from_min: from,
  wait_to_min: to,
  doctor_present: false,
  state: 'arrived',
});

/** What the doctor wrote. */
export const said = (seq: number, text: string): EntryView =>
  anEntry(seq, { kind: 'chat', author_id: doctorId, text, detail: null });

export const safetyPath = `/api/consultations/${consultationId}/safety`;

/** A patient who answered and confirmed already. */
export const safe: VisitSafety = {
  version: '2026-11',
  questions: [
    {
      id: 'chest_pain',
      zh: '胸痛',
      en: 'Chest pain or pressure',
      zh_advice: '坐下休息。',
      en_advice: 'Sit down and keep still.',
    },
    { id: 'stroke', zh: '中风', en: 'Face drooping', zh_advice: '躺下。', en_advice: 'Lie down.' },
  ],
  answered_at: '2026-11-23T09:00:00Z',
  flags: [],
  guardian: 'not-needed',
  diagnosis: 'not-needed',
  located_at: '2026-11-23T09:00:00Z',
  location: {
    country: 'CN',
    province: '浙江省',
    city: '杭州市',
    line: '',
    phone: '+86 138 0013 8000',
  },
};

/** One hospital as seen by one page: what it answers may be changed as a test goes. */
export class TestHospital {
  readonly socket = new FakeSocket();
  /** The state that joining finds. */
  state: ConsultationState = 'arrived';
  entries: EntryView[] = [];
  waiting = wait(0);
  /** Why nobody is let into the room now. */
  refusal: LiveCode | undefined;
  readonly answers: Answers;

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
      'GET /api/follow-ups': [200, { follow_ups: [] }],
      'GET /api/bookings': [200, { bookings: [] }],
      'GET /api/rebooking-offers': [200, { offers: [] }],
      'GET /api/waitlist': [200, { entries: [] }],
      'GET /api/appointments': [200, { appointments: [visit] }],
      'GET /api/past-appointments': [200, { appointments: [], next_cursor: null }],
      'GET /api/appointments/v1': [200, visit],
      [`GET ${safetyPath}`]: [200, safe],
    };
    this.socket.answer('room.join', () => {
      if (this.refusal) throw new LiveError(this.refusal);
      return aSnapshot('patient', {
        consultation: consultationIn(this.state),
        entries: this.entries,
      });
    });
    this.socket.answer('room.leave', () => ({}));
    this.socket.answer('media.set', () => ({}));
    this.socket.answer('waiting.read', () => this.waiting);
  }

  /** Opens a page of the patient's. */
  open(path: string) {
    stubApi(this.answers);
    const live = createLive({
      openSocket: () => this.socket,
      createConnection: () => new FakeConnection() as unknown as RTCPeerConnection,
    });
    const element = (
      <LiveContext value={live}>
        <PatientRoutes />
      </LiveContext>
    );
    return renderApp([{ path: '/*', element }], path);
  }

  /** The consultation moves on, and everybody in the room is told. */
  move(state: ConsultationState): void {
    this.state = state;
    const consultation = consultationIn(state);
    this.socket.push('room.state', { consultation_id: consultationId, consultation });
  }

  say(entry: EntryView): void {
    this.socket.push('entry.added', { consultation_id: consultationId, entry });
  }

  supersede(): void {
    this.socket.push('room.superseded', { consultation_id: consultationId });
  }
}

/** What jsdom lacks: media, all of it denied, and a buzz. Returns what is called of it. */
export function stubDevice() {
  const getUserMedia = vi.fn(() => Promise.reject(new DOMException('', 'NotAllowedError')));
  const vibrate = vi.fn(() => true);
  const mediaDevices = Object.assign(new EventTarget(), {
    getUserMedia,
    enumerateDevices: () => Promise.resolve([]),
  });
  const give = (name: string, value: unknown) =>
    Object.defineProperty(window.navigator, name, { configurable: true, value });
  give('mediaDevices', mediaDevices);
  give('vibrate', vibrate);
  stubMediaStream();
  vi.spyOn(window.HTMLMediaElement.prototype, 'play').mockResolvedValue();
  vi.spyOn(window.HTMLMediaElement.prototype, 'pause').mockReturnValue();
  vi.spyOn(window, 'scrollTo').mockReturnValue();
  return { getUserMedia, vibrate };
}
