import { Switch } from '@mantine/core';
import { IconAlertTriangle, IconBan, IconClockHour4, IconUnlink } from '@tabler/icons-react';
import { memo, useEffect, useRef } from 'react';
import type { EntryCheck } from '../../shared/archive';
import { useHospitalTime, useSessionText } from '../../shared/session';
import { EntryMark } from './EntryMark';
import { authorName, entryWords, findingMark, findingWords } from './entryWords';
import {
  chatText,
  fileOf,
  findingsFor,
  gapBefore,
  timeOf,
  type ArchivedRecord,
  type Entry,
  type Finding,
} from './record';
import { useReplayText } from './strings';
import classes from './Transcript.module.css';

export interface TranscriptProps {
  record: ArchivedRecord;
  findings: readonly Finding[];
  /** In the order of the record's entries; undefined while they are not checked. */
  checks: readonly EntryCheck[] | undefined;
  /** The entry that was said last. */
  head: number;
  selected: number;
  showAll: boolean;
  onShowAll: (showAll: boolean) => void;
  onSelect: (index: number) => void;
}

/**
 * Every entry in its order, as they were said up to the play head; all of them on paper. What was added after
 * the visit stands below, in a section of its own, and is not played.
 */
export function Transcript(props: TranscriptProps) {
  const { record, findings, checks, head, selected, showAll, onShowAll, onSelect } = props;
  const { entries, visit, consultation } = record;
  const text = useReplayText();
  const list = useRef<HTMLOListElement>(null);
  const shown = useRef(selected);

  // Follows what is selected, within the list: the page itself must not move while it plays.
  useEffect(() => {
    if (shown.current === selected) return;
    shown.current = selected;
    const frame = list.current;
    const row = frame?.querySelector<HTMLElement>('[aria-current="true"]');
    if (!frame || !row) return;
    const above = row.offsetTop - frame.scrollTop;
    if (above < 0) frame.scrollTop = row.offsetTop - 8;
    else if (above + row.offsetHeight > frame.clientHeight) {
      frame.scrollTop = row.offsetTop + row.offsetHeight - frame.clientHeight + 8;
    }
  }, [selected]);

  return (
    <section className={classes.root} aria-label={text('transcript.label')}>
      <header className={classes.header}>
        <h2 className={classes.title}>{text('transcript.label')}</h2>
        <span className={classes.said}>
          {text('transcript.said', { number: head + 1, count: visit.length })}
        </span>
        <Switch
          className={classes.all ?? ''}
          label={text('transcript.showAll')}
          checked={showAll}
          onChange={(event) => onShowAll(event.currentTarget.checked)}
        />
      </header>
      <ol className={classes.list} ref={list} tabIndex={-1}>
        {visit.map(({ seq }, index) => (
          <Row
            // A damaged record may hold a number twice, so the place is part of the key.
            key={`${seq}/${index}`}
            index={index}
            entries={entries}
            findings={findings}
            check={checks?.[index]}
            said={index <= head}
            hidden={index > head && !showAll}
            selected={index === selected}
            onSelect={onSelect}
          />
        ))}
        {findings
          .filter(({ kind }) => kind === 'truncated')
          .map((finding, index) => (
            <li key={index} className={classes.gap}>
              <IconUnlink size={16} aria-hidden />
              {findingWords(text, finding, entries, consultation.id)}
            </li>
          ))}
        {entries.length > visit.length && (
          <li className={classes.later}>
            <h3>{text('transcript.later')}</h3>
            <p>{text('transcript.laterWhat')}</p>
          </li>
        )}
        {entries.slice(visit.length).map(({ seq }, nth) => (
          <Row
            key={`later ${seq}/${nth}`}
            index={visit.length + nth}
            entries={entries}
            findings={findings}
            check={checks?.[visit.length + nth]}
            said
            hidden={false}
            selected={visit.length + nth === selected}
            onSelect={onSelect}
          />
        ))}
      </ol>
    </section>
  );
}

interface RowProps {
  index: number;
  entries: readonly Entry[];
  findings: readonly Finding[];
  check: EntryCheck | undefined;
  said: boolean;
  hidden: boolean;
  selected: boolean;
  onSelect: (index: number) => void;
}

const Row = memo(function Row(props: RowProps) {
  const { index, entries, findings, check, said, hidden, selected, onSelect } = props;
  const text = useReplayText();
  const roleText = useSessionText();
  const time = useHospitalTime();
  const entry = entries[index];
  if (!entry) return null;

  const gap = gapBefore(entries, index);
  const wrong = findingsFor(entry, findings);
  const file = fileOf(entry);
  const speech = chatText(entry);
  const words = entryWords(text, entry);
  return (
    <li className={classes.row} data-hidden={hidden} data-said={said}>
      {gap && (
        <p className={classes.gap}>
          <IconUnlink size={16} aria-hidden />
          {gap.first === gap.last
            ? text('transcript.gap', { first: gap.first })
            : text('transcript.gapRange', { first: gap.first, last: gap.last })}
        </p>
      )}
      <button
        type="button"
        className={classes.entry}
        data-kind={speech === undefined ? 'event' : 'chat'}
        data-broken={wrong.length > 0}
        aria-current={selected}
        onClick={() => onSelect(index)}
      >
        <span className={classes.seq}>{entry.seq}</span>
        <time className={classes.time} dateTime={entry.recorded_at}>
          {entry.later && <>{time.shortDate(timeOf(entry))} </>}
          {time.seconds(timeOf(entry))}
        </time>
        <span className={classes.words}>
          {speech === undefined ? (
            <span className={classes.happened}>
              <EntryMark entry={entry} />
              <bdi>{words}</bdi>
            </span>
          ) : (
            <>
              <span className={classes.who}>
                <bdi>{authorName(text, entry)}</bdi>
                {entry.author_role && (
                  <span className={classes.role}>{roleText(`role.${entry.author_role}`)}</span>
                )}
              </span>
              <bdi className={classes.speech}>{words}</bdi>
            </>
          )}
          {wrong.map((finding, nth) => (
            <span key={nth} className={classes.wrong}>
              <IconAlertTriangle size={16} aria-hidden /> {findingMark(text, finding)}
            </span>
          ))}
          {file && <code className={classes.digest}>{file.digest}</code>}
          {check?.body === 'destroyed' && (
            <span className={classes.state}>
              <IconBan size={16} aria-hidden /> {text('mark.destroyed')}
            </span>
          )}
          {check?.status === 'unsealed' && (
            <span className={classes.state}>
              <IconClockHour4 size={16} aria-hidden /> {text('mark.unsealed')}
            </span>
          )}
          {!said && <span className="tv-visually-hidden">{text('transcript.notYet')}</span>}
          <code className={classes.hash}>{entry.entry_hash}</code>
        </span>
      </button>
    </li>
  );
});
