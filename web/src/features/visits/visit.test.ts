import { expect, it } from 'vitest';
import { stageOf, upcomingOf, type Visit } from './visit';

const now = Date.parse('2026-11-23T06:00:00Z');
const minutes = (count: number) => new Date(now + count * 60_000).toISOString();

function visit(startsIn: number, change: Partial<Visit> = {}): Visit {
  return {
    id: String(startsIn),
    consultation_id: `c${startsIn}`,
    patient_id: 'p',
    patient_name: '李晓兰',
    practitioner_id: 'd',
    practitioner_name: '张文华',
    practitioner_title: '主任医师',
    specialty: '心血管内科',
    state: 'booked',
    consultation_state: 'planned',
    starts_at: minutes(startsIn),
    ends_at: minutes(startsIn + 20),
    ...change,
  };
}

it.each([
  [visit(61), 'early'],
  [visit(60), 'open'],
  [visit(-12 * 60 - 20), 'open'],
  [visit(-12 * 60 - 21), 'missed'],
  [visit(90, { consultation_state: 'arrived' }), 'waiting'],
  [visit(-5, { consultation_state: 'in-progress' }), 'call'],
  [visit(-12 * 60 - 21, { consultation_state: 'arrived' }), 'missed'],
  [visit(-12 * 60 - 20, { consultation_state: 'in-progress' }), 'call'],
  [visit(-12 * 60 - 21, { consultation_state: 'in-progress' }), 'unclosed'],
  [visit(-30, { consultation_state: 'finished', state: 'fulfilled' }), 'finished'],
  [visit(30, { consultation_state: 'cancelled', state: 'cancelled' }), 'cancelled'],
  [{ ...visit(30, { state: 'cancelled' }), called_off: true }, 'calledOff'],
  [visit(30, { consultation_state: 'cancelled', state: 'pending' }), 'requested'],
] as const)('tells where a visit stands: %#', (one, stage) => {
  expect(stageOf(one, now)).toBe(stage);
});

it('puts a doctor who waits first, then a place in the queue, then what comes sooner', () => {
  const [soon, later] = [visit(5), visit(90)];
  const waiting = visit(200, { consultation_state: 'arrived' });
  const call = visit(300, { consultation_state: 'in-progress' });
  const over = visit(-60, { consultation_state: 'finished' });
  expect(upcomingOf([later, over, waiting, soon, call], now)).toEqual([call, waiting, soon, later]);
});

it('counts what is requested not as certain', () => {
  const requested = visit(90, { consultation_state: 'cancelled', state: 'pending' });
  expect(upcomingOf([requested], now)).toEqual([]);
});
