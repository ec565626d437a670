import { describe, expect, it } from 'vitest';
import { byDoctor, canCancel, hoursOf, overlapping, type Appointment } from './day';

const midnight = Date.parse('2026-11-22T16:00:00Z');
const at = (hour: number, minute = 0) => midnight + (hour * 60 + minute) * 60_000;

function appointment(from: number, to: number, changed: Partial<Appointment> = {}): Appointment {
  return {
    id: `a-${from}`,
    consultation_id: 'c-1',
    patient_id: 'p-1',
    patient_name: 'Zhao Lin',
    practitioner_id: 'd-1',
    practitioner_name: 'Li Wenbo',
    practitioner_title: 'Chief',
    specialty: 'GP',
    state: 'booked',
    consultation_state: 'planned',
    starts_at: new Date(from).toISOString(),
    ends_at: new Date(to).toISOString(),
    ...changed,
  };
}

describe('an overlap', () => {
  const taken = [
    appointment(at(10), at(10, 20)),
    appointment(at(11), at(12), { state: 'cancelled' }),
    appointment(at(13), at(14), { practitioner_id: 'd-2' }),
  ];
  it.each([
    ['within', at(10, 5), at(10, 10), 1],
    ['across its beginning', at(9, 50), at(10, 1), 1],
    ['around it', at(9), at(11), 1],
    ['right before', at(9, 40), at(10), 0],
    ['right after', at(10, 20), at(10, 40), 0],
    ['where one was cancelled', at(11), at(12), 0],
    ['where another doctor is busy', at(13), at(14), 0],
  ])('%s', (_where, fromMs, toMs, count) => {
    expect(overlapping(taken, 'd-1', { fromMs, toMs })).toHaveLength(count);
  });
});

it.each([
  ['booked', 'planned', true],
  ['booked', 'arrived', true],
  ['fulfilled', 'in-progress', false],
  ['fulfilled', 'finished', false],
  ['cancelled', 'cancelled', false],
] as const)(
  'an appointment that is %s, its visit %s, can be cancelled: %s',
  (state, visit, can) => {
    expect(canCancel(appointment(at(9), at(10), { state, consultation_state: visit }))).toBe(can);
  },
);

it('draws office hours, and more where it must', () => {
  expect(hoursOf([], midnight)).toEqual({ first: 8, last: 18 });
  expect(
    hoursOf([appointment(at(6, 30), at(7)), appointment(at(19, 50), at(20, 10))], midnight),
  ).toEqual({ first: 6, last: 21 });
  expect(hoursOf([appointment(midnight - 3_600_000, at(0, 30))], midnight).first).toBe(0);
});

it('gives each doctor a line', () => {
  const lines = byDoctor([
    appointment(at(9), at(10)),
    appointment(at(10), at(11), { practitioner_id: 'd-2', practitioner_name: 'Guo Jing' }),
    appointment(at(11), at(12)),
  ]);
  expect(lines.map(({ name, appointments }) => [name, appointments.length])).toEqual([
    ['Guo Jing', 1],
    ['Li Wenbo', 2],
  ]);
});
