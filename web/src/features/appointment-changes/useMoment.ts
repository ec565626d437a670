import { useFormat } from '../../shared/i18n';
import { useHospital } from '../../shared/session';

/** Moments and amounts in the reader's words, with the zone where the hospital's clock differs. */
export function useMoment() {
  const format = useFormat(useHospital()?.time_zone);
  return {
    money: format.money,
    day: format.day,
    /** Tue, Nov 24 09:00 */
    at: (moment: string) => `${format.day(moment)} ${format.time(moment)}`,
  };
}
