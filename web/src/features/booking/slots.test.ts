import { expect, it } from 'vitest';
import { wantedAt } from './SlotChoices';
import { clockChange, daysFrom, freeByDay, nearest, partOf, shownTwice, stripOf } from './slots';

const slot = (at: string, free = 1) => ({
  starts_at: at,
  ends_at: at,
  free,
  needs_confirmation: false,
});
const newYork = 'America/New_York';

it('follows one strip of days with the next from today on', () => {
  expect(stripOf('2026-11-23', '2026-11-23')).toBe('2026-11-23');
  expect(stripOf('2026-11-29', '2026-11-23')).toBe('2026-11-23');
  expect(stripOf('2026-11-30', '2026-11-23')).toBe('2026-11-30');
  expect(stripOf('2026-11-20', '2026-11-23')).toBe('2026-11-23');
  expect(daysFrom('2026-11-28')).toEqual([
    '2026-11-28',
    '2026-11-29',
    '2026-11-30',
    '2026-12-01',
    '2026-12-02',
    '2026-12-03',
    '2026-12-04',
  ]);
});

it('lays free times out on the days of the reader, whatever day it is at the hospital', () => {
  const shanghaiMorning = slot('2026-11-24T01:00:00Z');
  const days = freeByDay([shanghaiMorning, slot('2026-11-24T02:00:00Z', 0)], newYork);
  expect([...days]).toEqual([['2026-11-23', [shanghaiMorning]]]);
  expect(partOf('2026-11-24T01:00:00Z', newYork)).toBe('evening');
  expect(partOf('2026-11-24T01:00:00Z', 'Asia/Shanghai')).toBe('morning');
});

it.each([
  ['2026-10-26', newYork, '2026-11-01'],
  ['2026-11-01', newYork, '2026-11-01'],
  ['2026-11-02', newYork, undefined],
  ['2026-03-25', 'Europe/Berlin', '2026-03-29'],
  ['2026-10-26', 'Asia/Shanghai', undefined],
] as const)('names the day on which clocks change in the week of %s in %s', (first, zone, day) => {
  expect(clockChange(daysFrom(first), zone)).toBe(day);
});

it('tells times apart that the clock shows twice in autumn', () => {
  const [first, second, later] = [
    slot('2026-11-01T05:30:00Z'),
    slot('2026-11-01T06:30:00Z'),
    slot('2026-11-01T07:30:00Z'),
  ];
  const clock = new Intl.DateTimeFormat('en', {
    timeZone: newYork,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const twice = shownTwice([first, second, later], (at) => clock.format(new Date(at)));
  expect([...twice]).toEqual([first.starts_at, second.starts_at]);
});

it('offers the free times nearest to a day, in order', () => {
  const slots = [
    slot('2026-12-01T01:00:00Z'),
    slot('2026-12-06T01:00:00Z'),
    slot('2026-12-07T01:00:00Z', 0),
    slot('2026-12-07T02:00:00Z'),
    slot('2026-12-08T01:00:00Z'),
  ];
  const found = nearest(slots, Date.parse('2026-12-07T12:00:00Z'), 3);
  expect(found.map(({ starts_at: at }) => at.slice(8, 10))).toEqual(['06', '07', '08']);
});

it('wants a time at noon by the own clock, or at the time of day that suited before', () => {
  const clock = (moment: number) =>
    new Date(moment).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  const before = new Date(2026, 10, 23, 9, 30).toISOString();
  expect(clock(wantedAt('2026-12-07'))).toBe('12:00');
  expect(clock(wantedAt('2026-12-07', before))).toBe('09:30');
});
