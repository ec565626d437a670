import { useMemo } from 'react';
import { useHospital } from '../../shared/session';
import { countryOf } from './countries';
import type { VisitSafety } from './useSafety';

/**
 * The number that reaches help where the patient is: the hospital's. Empty where the patient said to be in
 * another country: there it reaches nobody, and the local one is spoken of instead.
 */
export function useEmergencyNumber(safety: VisitSafety | undefined): string {
  const hospital = useHospital();
  const zone = hospital?.time_zone;
  const home = useMemo(() => countryOf(zone), [zone]);
  const country = safety?.location?.country;
  if (country !== undefined && country !== home) return '';
  return hospital?.emergency_number ?? '';
}
