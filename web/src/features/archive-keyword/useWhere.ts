import { useHospitalTime } from '../../shared/session';
import type { Search } from './searches';
import { useKeywordText } from './strings';

/** Says where a search looked: whose visits, and of which days. */
export function useWhere() {
  const text = useKeywordText();
  const time = useHospitalTime();
  // Noon of a calendar day is that day on every clock within half a day of the hospital's.
  const day = (date: string) => time.shortDate(`${date}T04:00:00Z`);
  return (search: Search): string => {
    const {
      patient_name: patient,
      practitioner_name: doctor,
      first_day: from,
      last_day: to,
    } = search;
    const days = from && to ? text('range', { from: day(from), to: day(to) }) : text('everybody');
    return [patient, doctor, days].filter(Boolean).join(' · ');
  };
}
