import { IconPhone } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useFlagWords } from '../../shared/safety';
import { useHospital } from '../../shared/session';
import { countryOf } from './countries';
import classes from './SafetyStep.module.css';
import { useSafetyText } from './strings';

/** Stays in sight of a patient who said yes and goes on all the same: the number, one press away. */
export function UrgentNotice({
  flags,
  emergencyNumber,
  country,
}: {
  flags: readonly string[];
  emergencyNumber: string;
  /** Where the patient is, once that is known: the hospital's number reaches no help abroad. */
  country?: string | undefined;
}) {
  const text = useSafetyText();
  const words = useFlagWords();
  const zone = useHospital()?.time_zone;
  const home = useMemo(() => countryOf(zone), [zone]);
  if (flags.length === 0) return null;
  if (country !== undefined && country !== home) {
    return (
      <p className={classes.notice}>
        <IconPhone size={22} stroke={1.75} aria-hidden />
        <span>
          <strong>{text('notice.abroad')}</strong>
          {text('notice.title', { flags: words(flags) })}
        </span>
      </p>
    );
  }
  return (
    <a className={classes.notice} href={`tel:${emergencyNumber}`}>
      <IconPhone size={22} stroke={1.75} aria-hidden />
      <span>
        <strong>{text('notice.what', { number: emergencyNumber })}</strong>
        {text('notice.title', { flags: words(flags) })}
      </span>
    </a>
  );
}
