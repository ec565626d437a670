import type { EntryView, Participant } from '../../protocol/signaling';
import { RecordEvents } from './RecordEvents';
import { usePaneText } from './strings';
import type { VisitFacts } from './visit';
import classes from './VisitTab.module.css';
import { VisitTimes } from './VisitTimes';

export interface VisitTabProps {
  facts: VisitFacts;
  entries: readonly EntryView[];
  people: readonly (Participant | null)[];
  hospitalZone: string | undefined;
  aheadMs: number;
}

/** The facts of a visit: its times and what the record says happened. */
export function VisitTab({ facts, entries, people, hospitalZone, aheadMs }: VisitTabProps) {
  const text = usePaneText();
  return (
    <div className={classes.root}>
      <section>
        <h3 className={classes.title}>{text('facts.title')}</h3>
        <VisitTimes facts={facts} hospitalZone={hospitalZone} aheadMs={aheadMs} />
      </section>
      <section>
        <h3 className={classes.title}>{text('record.title')}</h3>
        <RecordEvents entries={entries} people={people} hospitalZone={hospitalZone} />
      </section>
    </div>
  );
}
