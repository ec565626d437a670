import { describe, expect, it } from 'vitest';
import { axisOf, clusters, entryTicks, roundTicks, spanOf } from './axis';
import { scheduleOf } from './playback';

const start = Date.parse('2026-11-23T06:00:00Z');
const times = [0, 10_000, 100_000].map((ms) => start + ms);
const schedule = scheduleOf(times, true);
const span = spanOf(times, () => true);

describe('the axis', () => {
  it('shows true time in proportion', () => {
    const axis = axisOf('true', schedule, span);
    expect([0, 1, 2].map(axis.entry)).toEqual([0, 0.1, 1]);
    expect(axis.head(2_500)).toBeCloseTo(0.05);
    expect(axis.moment(start + 50_000)).toBe(0.5);
  });

  it('shows shortened silences as they are played', () => {
    const axis = axisOf('shortened', schedule, span);
    expect([0, 1, 2].map(axis.entry)).toEqual([0, 0.5, 1]);
    expect(axis.head(2_500)).toBe(0.25);
    expect(axis.moment(start + 10_000)).toBe(0.5);
  });

  it('is not stretched by a damaged time', () => {
    const damaged = [start, 9_999_999_999_999, start + 60_000];
    const believed = spanOf(damaged, (index) => index !== 1);
    expect(believed).toEqual({ fromMs: start, toMs: start + 60_000 });
    expect(axisOf('true', scheduleOf(damaged, true), believed).entry(1)).toBe(1);
  });

  it('holds a single entry at its beginning', () => {
    const single = scheduleOf([start], true);
    const axis = axisOf(
      'true',
      single,
      spanOf([start], () => false),
    );
    expect(axis.entry(0)).toBe(0);
    expect(axis.head(0)).toBe(0);
  });
});

describe('ticks', () => {
  it('stand at round moments', () => {
    const { ticks, wholeMinutes } = roundTicks({ fromMs: start + 7_000, toMs: start + 95_000 }, 10);
    expect(ticks.map(({ ms }) => (ms - start) / 1000)).toEqual([
      10, 20, 30, 40, 50, 60, 70, 80, 90,
    ]);
    expect(wholeMinutes).toBe(false);
  });

  it.each([10_000, 3_600_000, 86_400_000, 90 * 86_400_000])(
    'are never too many in %d ms',
    (length) => {
      const { ticks } = roundTicks({ fromMs: start, toMs: start + length }, 8);
      expect(ticks.length).toBeGreaterThan(0);
      expect(ticks.length).toBeLessThanOrEqual(9);
    },
  );

  it('stand at entries where silences are shortened', () => {
    const axis = axisOf('shortened', schedule, span);
    expect(entryTicks(schedule, axis, 2).ticks.map(({ ms }) => ms)).toEqual(times);
    expect(entryTicks(schedule, axis, 1).ticks.map(({ ms }) => ms)).toEqual([times[0], times[2]]);
  });
});

it('gathers marks that would cover each other', () => {
  const marks = [0, 0.01, 0.02, 0.5, 0.51, 0.9].map((at, index) => ({ index, at }));
  expect(clusters(marks, 0.03).map(({ indexes }) => indexes)).toEqual([[0, 1, 2], [3, 4], [5]]);
});
