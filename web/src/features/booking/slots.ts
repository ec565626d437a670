/** A doctor's free times laid out on the reader's own calendar, whatever zone the hospital keeps. */
import type { components } from '../../protocol/api';
import { dayOf, instantOf, shiftDay } from '../../shared/i18n';

export type Slot = components['schemas']['BookableSlot'];

const minuteMs = 60_000;

export const daysShown = 7;
/** How far ahead the hospital books, in days. */
export const daysAhead = 90;

export type PartOfDay = 'morning' | 'afternoon' | 'evening';

export const parts: readonly PartOfDay[] = ['morning', 'afternoon', 'evening'];

/** The reader's zone; clocks of devices do not move while a page is open. */
export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The days of one strip, from its first on. */
export function daysFrom(first: string): string[] {
  return Array.from({ length: daysShown }, (_, index) => shiftDay(first, index));
}

/** The first day of the strip that a day is on: strips follow one another from today on. */
export function stripOf(day: string, today: string): string {
  const ahead = Math.round((Date.parse(day) - Date.parse(today)) / 86_400_000);
  return shiftDay(today, Math.max(0, Math.floor(ahead / daysShown)) * daysShown);
}

/** What of these can still be had, by the reader's days. */
export function freeByDay(slots: readonly Slot[], zone: string): Map<string, Slot[]> {
  const found = new Map<string, Slot[]>();
  for (const slot of slots) {
    if (slot.free < 1) continue;
    const day = dayOf(slot.starts_at, zone);
    found.set(day, [...(found.get(day) ?? []), slot]);
  }
  return found;
}

function hourOf(moment: string, zone: string): number {
  const format = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    hour: 'numeric',
    hourCycle: 'h23',
  });
  return Number(format.format(new Date(moment)));
}

export function partOf(moment: string, zone: string): PartOfDay {
  const hour = hourOf(moment, zone);
  if (hour < 12) return 'morning';
  return hour < 18 ? 'afternoon' : 'evening';
}

/** How far a zone's clock is from UTC, as text that only serves to compare. */
function offsetAt(moment: number, zone: string): string {
  const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
  const named = format.formatToParts(moment).find(({ type }) => type === 'timeZoneName');
  return named?.value ?? '';
}

/** The day among these on which the zone's clock changes; undefined in most weeks. */
export function clockChange(days: readonly string[], zone: string): string | undefined {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  let low = instantOf(first, '00:00', zone).getTime();
  let high = instantOf(shiftDay(last, 1), '00:00', zone).getTime();
  const before = offsetAt(low, zone);
  if (before === offsetAt(high, zone)) return undefined;
  while (high - low > minuteMs) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle, zone) === before) low = middle;
    else high = middle;
  }
  return dayOf(low, zone);
}

/** Says of which slots the clock shows the same time as of another one that day. */
export function shownTwice(
  slots: readonly Slot[],
  time: (moment: string) => string,
): ReadonlySet<string> {
  const seen = new Map<string, string[]>();
  for (const { starts_at: at } of slots) seen.set(time(at), [...(seen.get(time(at)) ?? []), at]);
  return new Set([...seen.values()].filter(({ length }) => length > 1).flat());
}

/** Up to `count` free times about a day: the nearest to it, in order of time. */
export function nearest(slots: readonly Slot[], around: number, count: number): Slot[] {
  return slots
    .filter(({ free }) => free > 0)
    .map((slot) => ({ slot, far: Math.abs(Date.parse(slot.starts_at) - around) }))
    .sort((one, other) => one.far - other.far)
    .slice(0, count)
    .map(({ slot }) => slot)
    .sort((one, other) => one.starts_at.localeCompare(other.starts_at));
}
