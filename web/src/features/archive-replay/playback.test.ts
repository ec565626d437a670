import { describe, expect, it } from 'vitest';
import {
  advance,
  indexAt,
  momentAt,
  offsetAt,
  scheduleOf,
  shortenedSilences,
  type Speed,
} from './playback';

// A silence of 2 s, one of 60 s, two entries at once, one of 4 s.
const times = [100_000, 102_000, 162_000, 162_000, 166_000];
const schedule = scheduleOf(times);

it('plays a silence beyond five seconds as five seconds', () => {
  expect(schedule.offsets).toEqual([0, 2_000, 7_000, 7_000, 11_000]);
  expect(schedule.lengthMs).toBe(11_000);
  expect(schedule.originalMs).toBe(66_000);
  expect(shortenedSilences(schedule)).toEqual([{ after: 1, fromMs: 102_000, toMs: 162_000 }]);
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

describe('playing', () => {
  it.each([
    ['1', 1_000, 1_000],
    ['2', 1_000, 2_000],
    ['8', 1_000, 8_000],
    ['8', 60_000, 11_000],
  ] as [Speed, number, number][])('at speed %s for %d ms comes to %d ms', (speed, ms, offset) => {
    expect(advance(schedule, 0, ms, speed)).toBe(offset);
  });

  it('takes no more than a quarter of a second for an entry at the fastest', () => {
    // 2 s at eight times are 250 ms; then 5 s in 250 ms; then two at once; then 4 s in 250 ms.
    expect(advance(schedule, 0, 250, 'fastest')).toBe(2_000);
    expect(advance(schedule, 0, 500, 'fastest')).toBe(7_000);
    expect(advance(schedule, 0, 625, 'fastest')).toBe(9_000);
    expect(advance(schedule, 0, 5_000, 'fastest')).toBe(11_000);
  });

  it('comes to the same place in many small steps as in one', () => {
    let offset = 0;
    for (let frame = 0; frame < 30; frame += 1) offset = advance(schedule, offset, 20, 'fastest');
    expect(offset).toBeCloseTo(advance(schedule, 0, 600, 'fastest'));
  });
});

describe('damaged times', () => {
  it('never turn the clock back', () => {
    const damaged = scheduleOf([100_000, 4_000_000_000_000, 104_000, 105_000]);
    expect(damaged.offsets).toEqual([0, 5_000, 5_000, 6_000]);
    expect(momentAt(damaged, 5_500)).toBe(104_500);
    expect(indexAt(damaged, 5_000)).toBe(2);
  });
});

it('stands still when there is nothing, or one entry, to play', () => {
  for (const empty of [scheduleOf([]), scheduleOf([5_000])]) {
    expect(empty.lengthMs).toBe(0);
    expect(indexAt(empty, 0)).toBe(0);
    expect(advance(empty, 0, 1_000, 'fastest')).toBe(0);
    expect(offsetAt(empty, 9_000)).toBe(0);
  }
});
