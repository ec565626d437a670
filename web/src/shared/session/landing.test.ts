import { expect, it } from 'vitest';
import { landing } from './landing';

it.each([
  ['patient', null, '/'],
  ['patient', '/records', '/records'],
  ['patient', '/doctor/queue', '/'],
  ['doctor', null, '/doctor'],
  ['doctor', '/doctor/visits/1?tab=notes', '/doctor/visits/1?tab=notes'],
  ['doctor', '/doctor?day=today', '/doctor?day=today'],
  ['patient', '/doctor?day=today', '/'],
  ['doctor', '/records', '/doctor'],
  ['auditor', '/admin', '/auditor'],
  ['admin', '//elsewhere.example', '/admin'],
  ['admin', '/\\elsewhere.example', '/admin'],
  ['admin', 'https://elsewhere.example', '/admin'],
] as const)('lands a %s who asked for %s on %s', (role, next, place) => {
  expect(landing(role, next)).toBe(place);
});
