import { describe, expect, it } from 'vitest';
import { createFormat, formatTimecode } from './format';

describe('a timecode', () => {
  it.each([
    [0, '0:00'],
    [5, '0:05'],
    [245, '4:05'],
    [3723, '1:02:03'],
    [-3, '0:00'],
  ])('writes %d seconds as %s', (seconds, written) => {
    expect(formatTimecode(seconds)).toBe(written);
  });
});

describe('a time of day', () => {
  const moment = '2026-11-23T06:30:00Z';

  it('is plain where the reader shares the hospital clock', () => {
    const format = createFormat({
      language: 'zh-CN',
      viewerZone: 'Asia/Shanghai',
      hospitalZone: 'Asia/Singapore',
    });
    expect(format.time(moment)).toBe('14:30');
  });

  it('names the zone where the clocks differ', () => {
    const format = createFormat({
      language: 'en',
      viewerZone: 'Europe/Berlin',
      hospitalZone: 'Asia/Shanghai',
    });
    expect(format.time(moment)).toMatch(/^07:30.*(GMT\+1|CET)$/);
  });
});

it.each([
  ['zh-CN', '11月23日周一 01:30 GMT-5', '2026年11月23日 01:30 GMT-5'],
  ['en', 'Mon, Nov 23 01:30 EST', 'Nov 23, 2026, 01:30 EST'],
])('puts the zone last, after day, weekday and time, in %s', (language, apart, whole) => {
  const format = createFormat({
    language,
    viewerZone: 'America/New_York',
    hospitalZone: 'Asia/Shanghai',
  });
  const moment = '2026-11-23T06:30:00Z';
  expect(`${format.day(moment)} ${format.time(moment)}`).toBe(apart);
  expect(format.dateTime(moment)).toBe(whole);
});

describe('money', () => {
  it('is written from minor units with its currency', () => {
    const format = createFormat({ language: 'en' });
    expect(format.money(5000, 'CNY')).toBe('CN¥50.00');
    expect(format.money(500, 'JPY')).toBe('¥500');
  });
});

it('says a moment relative to now in the language of the page', () => {
  const now = '2026-11-23T06:30:00Z';
  expect(createFormat({ language: 'zh-CN' }).relative('2026-11-23T06:25:00Z', now)).toBe('5分钟前');
  expect(createFormat({ language: 'en' }).relative('2026-11-23T08:30:00Z', now)).toBe('in 2 hours');
});
