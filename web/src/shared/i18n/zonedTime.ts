/** Times on the wall clock of one zone, which is the hospital's wherever a record is read or a day is planned. */

type Moment = Date | string | number;

const asDate = (moment: Moment) => (moment instanceof Date ? moment : new Date(moment));
const dayMs = 24 * 60 * 60_000;

/** The calendar day of a moment in a zone, as 2026-11-23. */
export function dayOf(moment: Moment, zone: string): string {
  return new Intl.DateTimeFormat('en-CA', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    timeZone: zone,
  }).format(asDate(moment));
}

/** Another calendar day, some days later or earlier; calendar days have no zone. */
export function shiftDay(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** How far a zone's clock is ahead of UTC at a moment, in milliseconds. */
function aheadOfUtc(date: Date, zone: string): number {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(date);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  const wall = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return wall - Math.floor(date.getTime() / 1000) * 1000;
}

/**
 * The moment at which a zone's clock shows a day (2026-11-23) and a time (14:30).
 *
 * A time that the clock skips in spring becomes the same distance after the skip; of a time that it
 * shows twice in autumn the first is meant. Throws RangeError when day or time are none.
 */
export function instantOf(day: string, time: string, zone: string): Date {
  const wall = Date.parse(`${day}T${time}:00Z`);
  if (Number.isNaN(wall)) throw new RangeError(`Not a day and a time: ${day} ${time}`);
  const before = wall - aheadOfUtc(new Date(wall - dayMs), zone);
  if (aheadOfUtc(new Date(before), zone) === wall - before) return new Date(before);
  const after = wall - aheadOfUtc(new Date(wall + dayMs), zone);
  return new Date(aheadOfUtc(new Date(after), zone) === wall - after ? after : before);
}

export interface ZonedFormatContext {
  language: string;
  zone: string;
}

export function createZonedFormat({ language, zone }: ZonedFormatContext) {
  const make = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(language, { timeZone: zone, ...options });
    return (moment: Moment) => format.format(asDate(moment));
  };
  const minutes = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const numericDay = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  const seconds = make({ ...minutes, second: '2-digit' });
  const longName = new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName: 'long' });
  const offset = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'shortOffset' });
  const nameIn = (format: Intl.DateTimeFormat, moment: Moment) =>
    format.formatToParts(asDate(moment)).find(({ type }) => type === 'timeZoneName')?.value ?? zone;

  return {
    zone,
    dayOf: (moment: Moment) => dayOf(moment, zone),
    /** 14:30 */
    minutes: make(minutes),
    /** 14:30:05 */
    seconds,
    /** 14:30:05.123 */
    milliseconds: (moment: Moment) =>
      `${seconds(moment)}.${String(asDate(moment).getUTCMilliseconds()).padStart(3, '0')}`,
    /** Nov 23, 2026 or 2026年11月23日 */
    date: make({ year: 'numeric', month: 'short', day: 'numeric' }),
    /** Monday, November 23, 2026 or 2026年11月23日星期一 */
    fullDate: make({ dateStyle: 'full' }),
    /** 11/23/2026 or 2026/11/23: of one width, for columns. */
    shortDate: make(numericDay),
    /** China Standard Time (Asia/Shanghai, GMT+8): the zone by its name and its place. */
    zoneName: (moment: Moment) =>
      `${nameIn(longName, moment)} (${zone}, ${nameIn(offset, moment)})`,
    /** Asia/Shanghai, GMT+8 */
    zoneShort: (moment: Moment) => `${zone}, ${nameIn(offset, moment)}`,
  };
}

export type ZonedFormat = ReturnType<typeof createZonedFormat>;
