import { useCallback, useRef } from 'react';
import { EntryPane } from './EntryPane';
import { indexOfFinding } from './entryWords';
import type { ArchivedRecord, Finding, Verification } from './record';
import classes from './ReplayPage.module.css';
import { Timeline } from './Timeline';
import { Transcript } from './Transcript';
import { usePlayback } from './usePlayback';
import { Verdict } from './Verdict';

export interface ReplayProps {
  record: ArchivedRecord;
  verification: Verification | undefined;
  verificationError: Error | null;
  checking: boolean;
  onCheckAgain: () => void;
}

const noFindings: readonly Finding[] = [];

/** A record with at least one entry: its verdict, its timeline, its transcript, the entry in hand. */
export function Replay(props: ReplayProps) {
  const { record, verification, verificationError, checking, onCheckAgain } = props;
  const { entries, consultation } = record;
  const { schedule, state, dispatch } = usePlayback(entries);
  const findings = verification?.findings ?? noFindings;
  const over = consultation.state === 'finished' || consultation.state === 'cancelled';
  const pane = useRef<HTMLElement>(null);

  const select = useCallback((index: number) => dispatch({ type: 'select', index }), [dispatch]);
  // On a phone the entry is below the transcript, so it is brought to the eye that asked for it.
  const open = useCallback(
    (index: number) => {
      select(index);
      if (window.matchMedia('(max-width: 1099px)').matches) {
        pane.current?.scrollIntoView({ behavior: 'smooth', block: 'start' });
      }
    },
    [select],
  );

  return (
    <div className={classes.replay}>
      <div className={classes.verdict}>
        <Verdict
          entries={entries}
          verification={verification}
          error={verificationError}
          checking={checking}
          running={!over}
          onAgain={onCheckAgain}
          onFinding={(finding) => {
            const index = indexOfFinding(finding, entries);
            if (index !== undefined) open(index);
          }}
        />
      </div>
      <div className={classes.timeline}>
        <Timeline
          record={record}
          schedule={schedule}
          findings={findings}
          state={state}
          dispatch={dispatch}
        />
      </div>
      <div className={classes.transcript}>
        <Transcript
          entries={entries}
          findings={findings}
          head={state.head}
          selected={state.selected}
          showAll={state.showAll}
          onShowAll={(showAll) => dispatch({ type: 'showAll', showAll })}
          onSelect={open}
        />
      </div>
      <div className={classes.entry}>
        <EntryPane
          ref={pane}
          entries={entries}
          index={state.selected}
          findings={findings}
          checked={verification !== undefined}
          sealed={over}
          onSelect={select}
        />
      </div>
    </div>
  );
}
