import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { i18n } from './i18n';

export interface FormatContext {
  language: string;
  /** Where the reader's clock is; the device's own zone unless told. */
  viewerZone?: string | undefined;
  /** Where the hospital is. The zone is named beside a time only when the two clocks differ. */
  hospitalZone?: string | undefined;
}

type Moment = Date | string | number;

const asDate = (moment: Moment) => (moment instanceof Date ? moment : new Date(moment));

function wallClock(date: Date, timeZone: string | undefined): string {
  return new Intl.DateTimeFormat('en', {
    dateStyle: 'short',
    timeStyle: 'short',
    ...(timeZone ? { timeZone } : {}),
  }).format(date);
}

/** Minutes and seconds with hours only when there are any: 4:05, 1:02:03. */
export function formatTimecode(totalSeconds: number): string {
  const whole = Math.max(0, Math.floor(totalSeconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const seconds = String(whole % 60).padStart(2, '0');
  if (hours === 0) return `${minutes}:${seconds}`;
  return `${hours}:${String(minutes).padStart(2, '0')}:${seconds}`;
}

export function createFormat({ language, viewerZone, hospitalZone }: FormatContext) {
  const zone = viewerZone ? { timeZone: viewerZone } : {};

  const zoneDiffers = (date: Date) =>
    hospitalZone !== undefined && wallClock(date, hospitalZone) !== wallClock(date, viewerZone);

  // Chinese would put the zone before the hour, in the middle of "11月23日周一 13:45": it always comes last.
  const withZone = (date: Date, options: Intl.DateTimeFormatOptions) => {
    const words = new Intl.DateTimeFormat(language, { ...options, ...zone }).format(date);
    if (!zoneDiffers(date)) return words;
    const named = new Intl.DateTimeFormat(language, { ...zone, timeZoneName: 'short' });
    const name = named.formatToParts(date).find(({ type }) => type === 'timeZoneName');
    return name === undefined ? words : `${words} ${name.value}`;
  };

  return {
    /** 14:30, with the zone when the hospital's clock differs. */
    time: (moment: Moment) =>
      withZone(asDate(moment), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    /** Mon, Nov 23 or 11月23日周一. */
    day: (moment: Moment) =>
      new Intl.DateTimeFormat(language, {
        month: 'short',
        day: 'numeric',
        weekday: 'short',
        ...zone,
      }).format(asDate(moment)),
    date: (moment: Moment) =>
      new Intl.DateTimeFormat(language, {
        year: 'numeric',
        month: 'short',
        day: 'numeric',
        ...zone,
      }).format(asDate(moment)),
    dateTime: (moment: Moment) =>
      withZone(asDate(moment), {
        year: 'numeric',
        month: 'short',
        day: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
      }),
    number: (value: number, options?: Intl.NumberFormatOptions) =>
      new Intl.NumberFormat(language, options).format(value),
    /** An amount in integer minor units (fen, cents) with its currency. */
    money: (amountMinor: number, currency: string) => {
      const format = new Intl.NumberFormat(language, { style: 'currency', currency });
      const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
      return format.format(amountMinor / 10 ** digits);
    },
    /** In words, for a wait or a length: 12 minutes, 12分钟. */
    minutes: (minutes: number) =>
      new Intl.NumberFormat(language, {
        style: 'unit',
        unit: 'minute',
        unitDisplay: 'long',
        maximumFractionDigits: 0,
      }).format(minutes),
    seconds: (seconds: number) =>
      new Intl.NumberFormat(language, {
        style: 'unit',
        unit: 'second',
        unitDisplay: 'long',
        maximumFractionDigits: 0,
      }).format(seconds),
    /** 5 minutes ago, in 2 hours. */
    relative: (moment: Moment, now: Moment) => {
      const seconds = (asDate(moment).getTime() - asDate(now).getTime()) / 1000;
      const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
      const size = Math.abs(seconds);
      if (size < 60) return format.format(Math.round(seconds), 'second');
      if (size < 3600) return format.format(Math.round(seconds / 60), 'minute');
      if (size < 86400) return format.format(Math.round(seconds / 3600), 'hour');
      return format.format(Math.round(seconds / 86400), 'day');
    },
    timecode: formatTimecode,
  };
}

export type Format = ReturnType<typeof createFormat>;

/** Formats for the language on the page; pass the hospital's zone wherever an appointment's time is shown. */
export function useFormat(hospitalZone?: string): Format {
  const language = useTranslation(undefined, { i18n }).i18n.language;
  return useMemo(() => createFormat({ language, hospitalZone }), [language, hospitalZone]);
}
