import { IconCircleCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './FinishedPanel.module.css';
import { usePaneText } from './strings';
import { VisitTimes } from './VisitTimes';
import type { VisitFacts } from './visit';

export interface FinishedPanelProps {
  facts: VisitFacts;
  hospitalZone: string | undefined;
  aheadMs: number;
  /** The receipt of the sealed record. */
  receipt: ReactNode;
  /** What the doctor does next. */
  next: ReactNode;
}

/** A visit that is over: its times, that it is sealed, and who comes next. */
export function FinishedPanel({ facts, hospitalZone, aheadMs, receipt, next }: FinishedPanelProps) {
  const text = usePaneText();
  return (
    <div className={classes.root}>
      <span className={classes.mark} aria-hidden>
        <IconCircleCheck size={28} stroke={1.75} />
      </span>
      <h3 className={classes.title}>{text('finished.what', { name: facts.patient_name })}</h3>
      <p className={classes.sealed}>{text('finished.sealed')}</p>
      <div className={classes.times}>
        <VisitTimes facts={facts} hospitalZone={hospitalZone} aheadMs={aheadMs} />
      </div>
      <div className={classes.receipt}>{receipt}</div>
      <section className={classes.next} aria-label={text('finished.next')}>
        {next}
      </section>
    </div>
  );
}
