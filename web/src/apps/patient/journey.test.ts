import { expect, it } from 'vitest';
import type { Visit } from '../../features/visits';
import { gateOf, stateOf, stepOf, stripStepOf, type Known } from './journey';
import { safe } from './testVisit';

const now = Date.parse('2026-11-23T06:00:00Z');
const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString();

function known(
  booked: Visit['consultation_state'],
  change: Partial<Omit<Known, 'visit'>> & { startsIn?: number } = {},
): Known {
  const { startsIn = 10, ...rest } = change;
  const visit = {
    consultation_state: booked,
    state: 'booked',
    starts_at: at(startsIn),
    ends_at: at(startsIn + 20),
  } as Visit;
  return { visit, phase: 'outside', live: null, refusal: null, returns: false, now, ...rest };
}

it.each([
  ['early', known('planned', { startsIn: 61 })],
  ['ready', known('planned')],
  ['late', known('planned', { startsIn: -60 * 14 })],
  ['ready', known('planned', { phase: 'entering' })],
  ['waiting', known('planned', { phase: 'inside', live: 'arrived' })],
  ['waiting', known('arrived')],
  ['waiting', known('arrived', { phase: 'entering' })],
  // Stepping out gives up the place, though the last word of the room was another.
  ['ready', known('arrived', { phase: 'left', live: 'arrived' })],
  ['call', known('planned', { phase: 'inside', live: 'in-progress' })],
  ['ready', known('in-progress')],
  ['call', known('in-progress', { returns: true })],
  ['call', known('in-progress', { phase: 'entering' })],
  ['left', known('arrived', { phase: 'left', live: 'in-progress' })],
  // Read before the doctor ended it, and after.
  ['afterwards', known('in-progress', { phase: 'inside', live: 'finished' })],
  ['afterwards', known('finished', { phase: 'left', live: 'in-progress' })],
  ['afterwards', known('finished')],
  ['cancelled', known('cancelled')],
  ['superseded', known('arrived', { phase: 'superseded', live: 'arrived' })],
  ['superseded', known('in-progress', { phase: 'superseded', live: 'in-progress' })],
  ['early', known('planned', { phase: 'refused', refusal: 'consultation.too_early' })],
  ['late', known('planned', { phase: 'refused', refusal: 'consultation.too_late' })],
  ['ready', known('planned', { phase: 'refused', refusal: 'visit.diagnosis_needed' })],
  ['refused', known('planned', { phase: 'refused', refusal: 'auth.forbidden' })],
] as const)('shows %s: %#', (step, given) => {
  expect(stepOf(given)).toBe(step);
});

it.each([
  ['guardian', { guardian: 'needed', answered_at: null }],
  ['safety', { answered_at: null, diagnosis: 'needed' }],
  ['location', { located_at: null, diagnosis: 'needed' }],
  ['diagnosis', { diagnosis: 'needed' }],
  [null, { diagnosis: 'given' }],
  [null, {}],
] as const)('asks one thing after the other before the ready check: %s', (gate, change) => {
  expect(gateOf({ ...safe, ...change }, false)).toBe(gate);
});

it('never goes back from what is over', () => {
  expect(stateOf(known('in-progress', { phase: 'inside', live: 'finished' }))).toBe('finished');
  expect(stateOf(known('finished', { phase: 'inside', live: 'in-progress' }))).toBe('finished');
});

it.each([
  ['early', 'planned', 'booked'],
  ['ready', 'in-progress', 'ready'],
  ['waiting', 'arrived', 'waiting'],
  ['left', 'in-progress', 'in_call'],
  ['afterwards', 'finished', 'afterwards'],
  ['superseded', 'in-progress', 'in_call'],
  ['superseded', 'arrived', 'waiting'],
  ['refused', 'planned', 'ready'],
] as const)('puts %s of a visit that is %s at %s on the strip', (step, state, strip) => {
  expect(stripStepOf(step, state)).toBe(strip);
});
