import type { EntryView } from '../../protocol/signaling';
import { useFormat } from '../../shared/i18n';
import { flagsOf, latestOf, RedFlags } from '../../shared/safety';
import classes from './PatientPlace.module.css';
import { useSafetyText } from './strings';

export interface RedFlagBandProps {
  entries: readonly EntryView[];
  /** As the queue has them, for as long as the record was not read. */
  queued: readonly string[];
  hospitalZone: string | undefined;
}

/** The red flags of the visit in the centre: over everything else, said again when they change. */
export function RedFlagBand({ entries, queued, hospitalZone }: RedFlagBandProps) {
  const text = useSafetyText();
  const format = useFormat(hospitalZone);
  const latest = latestOf(entries, 'safety');
  const flags = latest ? flagsOf(latest.detail) : queued;
  return (
    <div aria-live="assertive">
      {flags.length > 0 && (
        <p className={classes.band}>
          <RedFlags flags={flags} />
          {latest && (
            <span className={classes.when}>
              {text('doctor.flags', { time: format.time(latest.recorded_at) })}
            </span>
          )}
        </p>
      )}
    </div>
  );
}
