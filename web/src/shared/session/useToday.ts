import { useEffect, useState } from 'react';
import { dayOf } from '../i18n';
import { useHospitalTime } from './useHospitalTime';

/** Today's calendar day in the hospital's zone; turns with the hospital's midnight. */
export function useToday(): string {
  const { zone } = useHospitalTime();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return dayOf(now, zone);
}
