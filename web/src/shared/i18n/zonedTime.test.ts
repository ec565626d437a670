import { describe, expect, it } from 'vitest';
import { createZonedFormat, dayOf, instantOf, shiftDay } from './zonedTime';

it('knows the day of a moment by the clock on the wall', () => {
  expect(dayOf('2026-11-23T16:30:00Z', 'Asia/Shanghai')).toBe('2026-11-24');
  expect(dayOf('2026-11-23T16:30:00Z', 'America/New_York')).toBe('2026-11-23');
});

it.each([
  ['2026-11-23', 1, '2026-11-24'],
  ['2026-03-01', -1, '2026-02-28'],
  ['2028-02-28', 1, '2028-02-29'],
  ['2026-12-31', 30, '2027-01-30'],
])('goes from %s by %d days to %s', (day, by, result) => {
  expect(shiftDay(day, by)).toBe(result);
});

describe('the moment of a wall clock', () => {
  it.each([
    ['2026-11-23', '14:30', 'Asia/Shanghai', '2026-11-23T06:30:00.000Z'],
    ['2026-11-23', '00:00', 'Asia/Shanghai', '2026-11-22T16:00:00.000Z'],
    ['2026-07-01', '09:00', 'Europe/Berlin', '2026-07-01T07:00:00.000Z'],
    ['2026-11-23', '09:00', 'America/New_York', '2026-11-23T14:00:00.000Z'],
    // Skipped in spring: half past two does not exist, and becomes half past three.
    ['2026-03-29', '02:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    // Shown twice in autumn: the first.
    ['2026-10-25', '02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25', '03:30', 'Europe/Berlin', '2026-10-25T02:30:00.000Z'],
  ])('%s %s in %s', (day, time, zone, instant) => {
    expect(instantOf(day, time, zone).toISOString()).toBe(instant);
  });

  it('is none for what is no time', () => {
    expect(() => instantOf('2026-11-23', 'noon', 'Asia/Shanghai')).toThrow(RangeError);
    expect(() => instantOf('', '10:00', 'Asia/Shanghai')).toThrow(RangeError);
  });
});

it('writes a time exactly and names the zone', () => {
  const english = createZonedFormat({ language: 'en', zone: 'Asia/Shanghai' });
  expect(english.milliseconds('2026-11-23T06:30:05.007Z')).toBe('14:30:05.007');
  expect(english.zoneName('2026-11-23T06:30:05Z')).toBe(
    'China Standard Time (Asia/Shanghai, GMT+8)',
  );
  const chinese = createZonedFormat({ language: 'zh-CN', zone: 'Asia/Shanghai' });
  expect(chinese.date('2026-11-23T16:30:05Z')).toBe('2026年11月24日');
  expect(chinese.zoneName('2026-11-23T06:30:05Z')).toBe('中国标准时间 (Asia/Shanghai, GMT+8)');
});
