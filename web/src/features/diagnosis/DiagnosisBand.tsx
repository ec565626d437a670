import { IconFileText } from '@tabler/icons-react';
import type { EntryView } from '../../protocol/signaling';
import { basisWords, latestOf } from '../../shared/safety';
import classes from './Diagnosis.module.css';
import { useDiagnosisText } from './strings';

/** What the patient can show of an earlier diagnosis, before the doctor admits. */
export function DiagnosisBand({ entries }: { entries: readonly EntryView[] }) {
  const text = useDiagnosisText();
  const basis = latestOf(entries, 'diagnosis')?.detail?.basis;
  return (
    <p className={classes.band} aria-live="polite">
      <IconFileText size={16} stroke={1.75} aria-hidden />
      {typeof basis === 'string' ? text('doctor', { basis: basisWords(basis) }) : text('unsaid')}
    </p>
  );
}
