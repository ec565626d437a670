import { expect, it } from 'vitest';
import { monthsBetween } from './age';

it.each([
  ['1968-03-02', '2026-11-23', 704],
  ['2026-11-23', '2026-11-23', 0],
  ['2024-11-24', '2026-11-23', 23],
  ['2024-11-23', '2026-11-23', 24],
])('counts the whole months from %s to %s', (born, on, months) => {
  expect(monthsBetween(born, on)).toBe(months);
});
