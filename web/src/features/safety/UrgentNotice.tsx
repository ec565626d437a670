import { IconPhone } from '@tabler/icons-react';
import { useFlagWords } from '../../shared/safety';
import classes from './SafetyStep.module.css';
import { useSafetyText } from './strings';

/** Stays in sight of a patient who said yes and goes on all the same: the number, one press away. */
export function UrgentNotice({
  flags,
  emergencyNumber,
}: {
  flags: readonly string[];
  emergencyNumber: string;
}) {
  const text = useSafetyText();
  const words = useFlagWords();
  if (flags.length === 0) return null;
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
