import { useHospitalTime } from '../../shared/session';
import type { Sample } from './samples';
import { useSamplesText } from './strings';

/** Says the days of a sample, and of whom it was drawn. */
export function useDays() {
  const text = useSamplesText();
  const time = useHospitalTime();
  const day = (date: string) => time.shortDate(`${date}T04:00:00Z`);
  return {
    days: ({ first_day: from, last_day: to }: Sample) =>
      from === to ? day(from) : text('range', { from: day(from), to: day(to) }),
    filter: ({ practitioner_name: doctor, specialty }: Sample) =>
      [doctor, specialty].filter(Boolean).join(' · ') || text('everything'),
  };
}
