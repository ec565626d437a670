/** What the API says of one doctor and one booking, for the tests of these pages. */
import { Route, Routes } from 'react-router';
import { renderApp, stubApi, type Answers } from '../../shared/test/renderApp';
import type { Booking } from './bookings';
import { BookingPage } from './BookingPage';
import { BookSlot } from './BookSlot';
import { HeldBookings } from './HeldBookings';
import { RequestedBookings } from './Requested';
import { HoldAside } from './HoldAside';
import { SlotChoices } from './SlotChoices';
import { SlotPicker } from './SlotPicker';

const dayMs = 86_400_000;
/** Noon of tomorrow by the device's own clock, so that no test turns at midnight. */
const noon = new Date(Date.now() + dayMs);
noon.setHours(12, 0, 0, 0);
export const startsAt = noon.toISOString();
export const slotAt = (hours: number, free = 1) => {
  const at = new Date(noon.getTime() + hours * 3_600_000).toISOString();
  return { starts_at: at, ends_at: at, free, needs_confirmation: false };
};

export const booking = (change: Partial<Booking> = {}): Booking => ({
  id: 'b-1',
  consultation_id: null,
  patient_id: 'p-1',
  patient_name: '李晓兰',
  practitioner_id: 'd-1',
  practitioner_name: '张文华',
  practitioner_title: '主任医师',
  specialty: '心血管内科',
  state: 'held',
  starts_at: startsAt,
  ends_at: startsAt,
  held_until: new Date(Date.now() + 299_000).toISOString(),
  fee_minor: 0,
  currency: 'CNY',
  needs_confirmation: false,
  answer_by: null,
  answers_needed: false,
  diagnosis: 'none',
  ...change,
});

const doctor = {
  id: 'd-1',
  name: '张文华',
  title: '主任医师',
  specialty: { code: 'cardiology', words: { 'zh-CN': '心血管内科', en: 'Cardiology' } },
  fee_minor: 0,
  currency: 'CNY',
  languages: ['zh'],
  years: 20,
  biography_zh: null,
  biography_en: null,
  next_free: [slotAt(0)],
};

const question = {
  id: 'chest_pain',
  zh: '胸痛',
  en: 'Chest pain',
  zh_advice: '坐下。',
  en_advice: 'Sit down and keep still.',
};

export class TestDesk {
  readonly answers: Answers = {
    'GET /api/hospital': [200, { time_zone: 'Pacific/Kiritimati', emergency_number: '120' }],
    'GET /api/session': [401, { code: 'auth.required' }],
    'GET /api/doctors/d-1': [200, doctor],
    'GET /api/doctors/d-1/slots': [200, { slots: [slotAt(-3), slotAt(0), slotAt(1, 0)] }],
    'GET /api/red-flags': [200, { version: '2026-11', questions: [question] }],
    'GET /api/bookings/b-1': [200, booking()],
    'GET /api/bookings': [200, { bookings: [booking()] }],
    'POST /api/bookings': [201, booking()],
  };

  set(what: string, status: number, body?: unknown): this {
    this.answers[what] = [status, body];
    return this;
  }

  charge(minor: number): this {
    return this.set('GET /api/doctors/d-1', 200, { ...doctor, fee_minor: minor });
  }

  open(path: string) {
    const asked = stubApi(this.answers);
    const doctorTo = (id: string) => `/doctors/${id}`;
    const bookTo = (id: string, at: string) => `/book/${id}?at=${at}`;
    const pages = (
      <Routes>
        <Route
          path="/times"
          element={
            <SlotPicker doctorId="d-1" doctorsPath="/doctors" to={(at) => bookTo('d-1', at)} />
          }
        />
        <Route
          path="/choices"
          element={
            <SlotChoices
              doctorId="d-1"
              day={startsAt.slice(0, 10)}
              to={(at) => bookTo('d-1', at)}
            />
          }
        />
        <Route
          path="/home"
          element={
            <>
              <HeldBookings to={({ id }) => `/booking/${id}`} />
              <RequestedBookings to={({ id }) => `/booking/${id}`} />
            </>
          }
        />
        {[false, true].map((followUp) => (
          <Route
            key={String(followUp)}
            path={followUp ? '/follow-up' : '/book'}
            element={
              <BookSlot
                doctorId="d-1"
                startsAt={startsAt}
                followUp={followUp}
                bookTo={bookTo}
                doctorTo={doctorTo}
                whom={{
                  patient_id: null,
                  guardian_consents: false,
                  whole: true,
                  choice: () => null,
                }}
                bookingTo={({ id, state, fee_minor: fee }) =>
                  state === 'held' && fee ? `/pay/${id}` : `/booking/${id}`
                }
              />
            }
          />
        ))}
        <Route
          path="/booking/b-1"
          element={
            <BookingPage
              bookingId="b-1"
              doctorTo={doctorTo}
              bookTo={bookTo}
              payTo={(id) => `/pay/${id}`}
              visitTo={(id) => `/visit/${id}`}
              home="/home"
            />
          }
        />
        <Route
          path="/aside"
          element={<HoldAside bookingId="b-1" doctorTo={doctorTo} bookTo={bookTo} />}
        />
        <Route path="/pay/b-1" element={<p>Paying</p>} />
      </Routes>
    );
    const { router } = renderApp([{ path: '*', element: pages }], path);
    return {
      router,
      sent: (method: string, to: string) =>
        asked.mock.calls
          .filter(([address, init]) => address === to && init?.method === method)
          .map(([, init]) => ({
            body: JSON.parse((init?.body as string | undefined) ?? 'null') as unknown,
            key: new Headers(init?.headers).get('Idempotency-Key'),
          })),
    };
  }
}
