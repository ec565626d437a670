import { useMemo } from 'react';
import { dayOf, shiftDay, useFormat } from '../../shared/i18n';
import { useHospital } from '../../shared/session';
import { useVisitsText } from './strings';

const minuteMs = 60_000;
const hourMin = 60;
const dayMin = 24 * hourMin;

/** The times of visits in words, by the patient's own clock, with the zone when the hospital's differs. */
export function useVisitTimes() {
  const text = useVisitsText();
  const format = useFormat(useHospital()?.time_zone);

  return useMemo(() => {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

    const nearDay = (moment: string | number, now: number) => {
      const its = dayOf(moment, zone);
      const today = dayOf(now, zone);
      if (its === today) return 'today';
      if (its === shiftDay(today, 1)) return 'tomorrow';
      return its === shiftDay(today, -1) ? 'yesterday' : undefined;
    };

    /** Today, Tomorrow, Mon, Nov 23. */
    const day = (moment: string | number, now: number): string => {
      const near = nearDay(moment, now);
      return near ? text(`day.${near}`) : format.day(moment);
    };

    return {
      day,
      time: format.time,
      /** Today 14:30, standing by itself. */
      when: (moment: string | number, now: number) => `${day(moment, now)} ${format.time(moment)}`,
      /** Today at 14:30, within a sentence. */
      at: (moment: string | number, now: number): string => {
        const near = nearDay(moment, now);
        const time = format.time(moment);
        if (near) return text(`at.${near}`, { time });
        return text('at.day', { day: format.day(moment), time });
      },
      /** How long the visit is meant to take. */
      length: ({ starts_at, ends_at }: { starts_at: string; ends_at: string }) => {
        const minutes = (Date.parse(ends_at) - Date.parse(starts_at)) / minuteMs;
        return text('length', { minutes: format.minutes(minutes) });
      },
      /** How long until then, and how long since. Counts up from the minute: nobody comes late by it. */
      until: (moment: string | number, now: number): string => {
        const at = typeof moment === 'number' ? moment : Date.parse(moment);
        const minutes = Math.floor((at - now) / minuteMs);
        if (at > now) {
          if (minutes < 1) return text('until.soon');
          if (minutes < hourMin) return text('until.minutes', { count: minutes });
          if (minutes < dayMin) {
            const hours = Math.floor(minutes / hourMin);
            const rest = minutes % hourMin;
            if (rest === 0) return text('until.hours', { count: hours });
            return text('until.hoursAndMinutes', { hours, minutes: rest });
          }
          return text('until.days', { count: Math.floor(minutes / dayMin) });
        }
        const since = Math.floor((now - at) / minuteMs);
        if (since < 1) return text('until.now');
        if (since < hourMin) return text('until.since', { count: since });
        return text('until.earlier');
      },
    };
  }, [text, format]);
}

export type VisitTimes = ReturnType<typeof useVisitTimes>;
