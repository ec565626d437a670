import { ActionIcon, Tooltip } from '@mantine/core';
import {
  IconAlertTriangle,
  IconChevronLeft,
  IconChevronRight,
  IconCircleCheck,
  IconHelpCircle,
} from '@tabler/icons-react';
import type { ReactNode, Ref } from 'react';
import { CopyText } from '../../shared/console';
import { useHospitalTime, useSessionText } from '../../shared/session';
import { Avatar } from '../../shared/ui';
import { EntryChain } from './EntryChain';
import classes from './EntryPane.module.css';
import { authorName, entryWords, findingWords } from './entryWords';
import { findingsOf, gapBefore, timeOf, type Entry, type Finding } from './record';
import { useReplayText } from './strings';

export interface EntryPaneProps {
  entries: readonly Entry[];
  index: number;
  findings: readonly Finding[];
  /** Whether the chain was checked at all. */
  checked: boolean;
  /** Whether nothing can follow the last entry. */
  sealed: boolean;
  onSelect: (index: number) => void;
  ref?: Ref<HTMLElement>;
}

/** One entry whole: who, what, when, and its place in the chain. */
export function EntryPane(props: EntryPaneProps) {
  const { entries, index, findings, checked, sealed, onSelect, ref } = props;
  const text = useReplayText();
  const roleText = useSessionText();
  const time = useHospitalTime();
  const entry = entries[index];
  if (!entry) return null;

  const at = timeOf(entry);
  const name = authorName(text, entry);
  const wrong = findingsOf(entry, findings);
  const gap = gapBefore(entries, index) !== undefined;
  const tone = wrong.length > 0 ? 'bad' : checked && !gap ? 'good' : 'none';
  return (
    <section className={classes.root} ref={ref} tabIndex={-1} aria-label={text('entry.label')}>
      <header className={classes.header}>
        <h2 className={classes.title} aria-live="polite">
          {text('entry.title', { number: index + 1, count: entries.length })}
        </h2>
        <Step label={text('timeline.before')} to={index - 1} disabled={index === 0} onGo={onSelect}>
          <IconChevronLeft size={20} />
        </Step>
        <Step
          label={text('timeline.after')}
          to={index + 1}
          disabled={index >= entries.length - 1}
          onGo={onSelect}
        >
          <IconChevronRight size={20} />
        </Step>
      </header>

      <div className={classes.state} data-tone={tone}>
        {wrong.length > 0 ? (
          <>
            <IconAlertTriangle size={20} aria-hidden />
            <div>
              {wrong.map((finding, nth) => (
                <p key={nth}>{findingWords(text, finding, entries)}</p>
              ))}
            </div>
          </>
        ) : tone === 'good' ? (
          <>
            <IconCircleCheck size={20} aria-hidden /> {text('entry.unchanged')}
          </>
        ) : (
          <>
            <IconHelpCircle size={20} aria-hidden />{' '}
            {text(gap ? 'entry.afterGap' : 'entry.unchecked')}
          </>
        )}
      </div>

      <div className={classes.who}>
        <Avatar name={name} size={36} />
        <div>
          <p className={classes.name}>
            <bdi>{name}</bdi>
          </p>
          {entry.author_role && (
            <p className={classes.quiet}>{roleText(`role.${entry.author_role}`)}</p>
          )}
        </div>
      </div>
      <p className={classes.what}>
        <bdi>{entryWords(text, entry)}</bdi>
      </p>

      <dl className={classes.facts}>
        <Fact name={text('entry.when')}>
          <time dateTime={entry.recorded_at}>
            {time.date(at)} {time.milliseconds(at)}
          </time>
          <span className={classes.quiet}>{time.zoneShort(at)}</span>
        </Fact>
        <Fact name={text('entry.kind')}>
          <span>
            <code className={classes.code}>{entry.kind}</code> · {text('entry.seq')} {entry.seq}
          </span>
        </Fact>
        <Fact name={text('entry.message')}>
          <CopyText value={entry.message_id} what={text('entry.message')} />
        </Fact>
      </dl>

      <EntryChain
        entries={entries}
        index={index}
        sealed={sealed}
        link={wrong.length > 0 || gap ? 'broken' : checked ? 'holds' : 'unknown'}
        onSelect={onSelect}
      />

      {entry.body !== null && (
        <details className={classes.kept}>
          <summary>{text('entry.kept')}</summary>
          <pre>{JSON.stringify(entry.body, null, 2)}</pre>
        </details>
      )}
    </section>
  );
}

interface StepProps {
  label: string;
  to: number;
  disabled: boolean;
  onGo: (index: number) => void;
  children: ReactNode;
}

function Step({ label, to, disabled, onGo, children }: StepProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} disabled={disabled} onClick={() => onGo(to)}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
