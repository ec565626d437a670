import { describe, expect, it } from 'vitest';
import {
  advance,
  carryOver,
  indexAt,
  momentAt,
  offsetAt,
  scheduleOf,
  longSilences,
  type Speed,
} from './playback';

// A silence of 2 s, one of 60 s, two entries at once, one of 4 s.
const times = [100_000, 102_000, 162_000, 162_000, 166_000];
const schedule = scheduleOf(times, true);
const whole = scheduleOf(times, false);

it('plays a silence beyond five seconds as five seconds', () => {
  expect(schedule.offsets).toEqual([0, 2_000, 7_000, 7_000, 11_000]);
  expect(schedule.lengthMs).toBe(11_000);
  expect(schedule.originalMs).toBe(66_000);
  expect(longSilences(schedule)).toEqual([{ after: 1, fromMs: 102_000, toMs: 162_000 }]);
});

it.each([
  [0, 0],
  [1_999, 0],
  [2_000, 1],
  [6_999, 1],
  [7_000, 3],
  [11_000, 4],
  [99_000, 4],
  [-5, 0],
])('at %d ms the last entry said is %d', (offset, index) => {
  expect(indexAt(schedule, offset)).toBe(index);
});

it.each([
  [0, 100_000],
  [1_000, 101_000],
  // Half of the shortened silence is half of the whole one.
  [4_500, 132_000],
  [7_000, 162_000],
  [9_000, 164_000],
  [11_000, 166_000],
  [50_000, 166_000],
])('at %d ms the hospital clock showed %d', (offset, moment) => {
  expect(momentAt(schedule, offset)).toBe(moment);
});

it.each([0, 700, 2_000, 4_500, 9_000, 11_000])('finds the way back to %d ms', (offset) => {
  expect(offsetAt(schedule, momentAt(schedule, offset))).toBeCloseTo(offset);
});

it('brings a moment outside the visit to its nearest end', () => {
  expect(offsetAt(schedule, 1)).toBe(0);
  expect(offsetAt(schedule, 999_999)).toBe(11_000);
});

it('plays every silence whole unless it is told to skip', () => {
  expect(whole.offsets).toEqual([0, 2_000, 62_000, 62_000, 66_000]);
  expect(whole.lengthMs).toBe(whole.originalMs);
  expect(momentAt(whole, 32_000)).toBe(132_000);
});

it.each([
  [0, 0],
  [1_000, 1_000],
  [32_000, 4_500],
  [62_000, 7_000],
  [66_000, 11_000],
])('is at the same moment at %d ms and, with silences skipped, at %d ms', (long, short) => {
  expect(carryOver(whole, schedule, long)).toBe(short);
  expect(carryOver(schedule, whole, short)).toBe(long);
});

it.each([
  ['1', 1_000, 1_000],
  ['2', 1_000, 2_000],
  ['5', 1_000, 5_000],
  ['10', 1_000, 10_000],
  ['10', 60_000, 11_000],
] as [Speed, number, number][])('plays at %s times: %d ms come to %d ms', (speed, ms, offset) => {
  expect(advance(schedule, 0, ms, speed)).toBe(offset);
});

describe('damaged times', () => {
  it('never turn the clock back', () => {
    const damaged = scheduleOf([100_000, 4_000_000_000_000, 104_000, 105_000], true);
    expect(damaged.offsets).toEqual([0, 5_000, 5_000, 6_000]);
    expect(momentAt(damaged, 5_500)).toBe(104_500);
    expect(indexAt(damaged, 5_000)).toBe(2);
  });

  it('do not make a replay endless', () => {
    const damaged = scheduleOf([100_000, 4_000_000_000_000, 104_000], false);
    expect(damaged.lengthMs).toBe(12 * 60 * 60_000);
  });
});

it('stands still when there is nothing, or one entry, to play', () => {
  for (const empty of [scheduleOf([], false), scheduleOf([5_000], true)]) {
    expect(empty.lengthMs).toBe(0);
    expect(indexAt(empty, 0)).toBe(0);
    expect(advance(empty, 0, 1_000, '10')).toBe(0);
    expect(offsetAt(empty, 9_000)).toBe(0);
  }
});
