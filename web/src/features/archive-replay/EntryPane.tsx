import { ActionIcon, Anchor, Tooltip } from '@mantine/core';
import {
  IconAlertTriangle,
  IconBan,
  IconChevronLeft,
  IconChevronRight,
  IconCircleCheck,
  IconClockHour4,
  IconHelpCircle,
} from '@tabler/icons-react';
import type { ReactNode, Ref } from 'react';
import type { EntryCheck } from '../../shared/archive';
import { CopyText } from '../../shared/console';
import { useFormat } from '../../shared/i18n';
import { useHospitalTime, useSessionText } from '../../shared/session';
import { Avatar } from '../../shared/ui';
import { EntryChain } from './EntryChain';
import classes from './EntryPane.module.css';
import { authorName, entryWords, findingWords } from './entryWords';
import {
  fileOf,
  findingsFor,
  gapBefore,
  timeOf,
  type ArchivedRecord,
  type Finding,
} from './record';
import { ProofPath } from './ProofPath';
import { useReplayText } from './strings';
import type { Checked } from './useRecord';

export interface EntryPaneProps {
  record: ArchivedRecord;
  index: number;
  findings: readonly Finding[];
  checked: Checked | undefined;
  /** Whether the visit is over, so that nothing can follow its last entry. */
  over: boolean;
  onSelect: (index: number) => void;
  ref?: Ref<HTMLElement>;
}

/** One entry whole: who, what, when, its place in the chain and in the log. */
export function EntryPane(props: EntryPaneProps) {
  const { record, index, findings, checked, over, onSelect, ref } = props;
  const { entries, consultation } = record;
  const text = useReplayText();
  const roleText = useSessionText();
  const time = useHospitalTime();
  const entry = entries[index];
  if (!entry) return null;

  const at = timeOf(entry);
  const name = authorName(text, entry);
  const wrong = findingsFor(entry, findings);
  // The chain is made of commitments: a changed text leaves it whole.
  const unlinked = wrong.some(({ kind }) => !kind.startsWith('body-'));
  const gap = gapBefore(entries, index) !== undefined;
  const file = fileOf(entry);
  const own = checked?.check.entries[index];
  return (
    <section className={classes.root} ref={ref} tabIndex={-1} aria-label={text('entry.label')}>
      <header className={classes.header}>
        <h2 className={classes.title} aria-live="polite">
          {text(entry.later ? 'entry.titleLater' : 'entry.title', {
            number: index + 1,
            count: entries.length,
          })}
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

      <State
        wrong={wrong.map((finding) => findingWords(text, finding, entries, consultation.id))}
        status={own?.status}
        destroyed={own?.body === 'destroyed'}
      />

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

      {file && (
        <FileFacts
          file={file}
          address={
            entry.later ? undefined : `/api/consultations/${consultation.id}/files/${entry.seq}`
          }
        />
      )}

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

      {checked && own && <ProofPath entry={own} check={checked.check} />}

      <EntryChain
        entries={entries}
        index={index}
        sealed={over}
        link={unlinked || gap ? 'broken' : checked ? 'holds' : 'unknown'}
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

interface StateProps {
  wrong: readonly string[];
  status: EntryCheck['status'] | undefined;
  destroyed: boolean;
}

/** The verdict on this one entry. */
function State({ wrong, status, destroyed }: StateProps) {
  const text = useReplayText();
  if (wrong.length > 0) {
    return (
      <div className={classes.state} data-tone="bad">
        <IconAlertTriangle size={20} aria-hidden />
        <div>
          {wrong.map((words) => (
            <p key={words}>{words}</p>
          ))}
        </div>
      </div>
    );
  }
  const [tone, Mark, key] =
    status === 'sealed'
      ? destroyed
        ? (['good', IconBan, 'entry.destroyed'] as const)
        : (['good', IconCircleCheck, 'entry.unchanged'] as const)
      : status === 'unsealed'
        ? (['waiting', IconClockHour4, 'entry.unsealed'] as const)
        : (['none', IconHelpCircle, 'entry.unchecked'] as const);
  return (
    <div className={classes.state} data-tone={tone}>
      <Mark size={20} aria-hidden /> {text(key)}
    </div>
  );
}

interface FileFactsProps {
  file: NonNullable<ReturnType<typeof fileOf>>;
  /** Where the file itself is read; the server compares it with its digest before its first byte. */
  address: string | undefined;
}

function FileFacts({ file, address }: FileFactsProps) {
  const text = useReplayText();
  const format = useFormat();
  return (
    <dl className={classes.facts}>
      <Fact name={text('file.digest')}>
        <CopyText value={file.digest} what={text('file.digest')} />
      </Fact>
      {file.type !== undefined && (
        <Fact name={text('file.type')}>
          <code className={classes.code}>{file.type}</code>
        </Fact>
      )}
      {file.bytes !== undefined && (
        <Fact name={text('file.size')}>
          <span>{text('file.bytes', { count: file.bytes, bytes: format.number(file.bytes) })}</span>
        </Fact>
      )}
      {address !== undefined && (
        <Fact name={text('file.itself')}>
          <Anchor href={address} target="_blank" rel="noreferrer" inherit>
            {text('file.open', { name: file.name ?? '' })}
          </Anchor>
        </Fact>
      )}
    </dl>
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
