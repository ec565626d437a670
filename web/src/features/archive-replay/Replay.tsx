import { useCallback, useRef, useState } from 'react';
import { useLocation } from 'react-router';
import { readEntryMark } from '../../shared/archive';
import { EntryPane } from './EntryPane';
import { indexOfFinding } from './entryWords';
import { ExportDialog } from './ExportDialog';
import { KeysDialog } from './KeysDialog';
import type { ArchivedRecord, Finding } from './record';
import classes from './ReplayPage.module.css';
import { Timeline } from './Timeline';
import { Transcript } from './Transcript';
import { usePlayback } from './usePlayback';
import { isOver, type RecordReading } from './useRecord';
import { Verdict } from './Verdict';

export interface ReplayProps {
  record: ArchivedRecord;
  reading: RecordReading;
}

const noFindings: readonly Finding[] = [];

/** A record with at least one entry: its verdict, its timeline, its transcript, the entry in hand. */
export function Replay({ record, reading }: ReplayProps) {
  const { entries, visit, consultation } = record;
  const { checked } = reading;
  const { hash } = useLocation();
  const playback = usePlayback(visit, indexOfMark(hash, entries));
  const { state, dispatch } = playback;
  const [asking, setAsking] = useState<'keys' | 'export'>();
  const findings = checked?.findings ?? noFindings;
  const over = isOver(record);
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
          record={record}
          checked={checked}
          error={reading.checkError}
          busy={reading.busy}
          running={!over}
          onAgain={reading.again}
          onKeys={() => setAsking('keys')}
          onExport={() => setAsking('export')}
          onAcceptKey={reading.acceptKey}
          onFinding={(finding) => {
            const index = indexOfFinding(finding, entries);
            if (index !== undefined) open(index);
          }}
        />
      </div>
      <div className={classes.timeline}>
        <Timeline record={record} playback={playback} findings={findings} />
      </div>
      <div className={classes.transcript}>
        <Transcript
          record={record}
          findings={findings}
          checks={checked?.check.entries}
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
          record={record}
          index={Math.min(state.selected, entries.length - 1)}
          findings={findings}
          checked={checked}
          over={over}
          onSelect={select}
        />
      </div>
      <KeysDialog
        opened={asking === 'keys'}
        trust={checked?.trust}
        brought={reading.brought}
        onBring={reading.bring}
        onClose={() => setAsking(undefined)}
      />
      <ExportDialog
        opened={asking === 'export'}
        consultationId={consultation.id}
        files={entries.filter(({ kind, body }) => kind === 'file' && body !== null).length}
        onClose={() => setAsking(undefined)}
      />
    </div>
  );
}

/** Where the entry stands that the address names: a search leads to what it found. */
function indexOfMark(hash: string, entries: ArchivedRecord['entries']): number | undefined {
  const marked = readEntryMark(hash);
  if (!marked) return undefined;
  const index = entries.findIndex(({ seq, later }) => seq === marked.seq && later === marked.later);
  return index === -1 ? undefined : index;
}
