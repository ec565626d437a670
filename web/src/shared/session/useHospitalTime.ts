import { useMemo } from 'react';
import { createZonedFormat, useLanguage, type ZonedFormat } from '../i18n';
import { useHospital } from './useHospital';

/** Times by the hospital's clock. Until the hospital is known, the device's zone stands in, and is named. */
export function useHospitalTime(): ZonedFormat {
  const [language] = useLanguage();
  const zone = useHospital()?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  return useMemo(() => createZonedFormat({ language, zone }), [language, zone]);
}
