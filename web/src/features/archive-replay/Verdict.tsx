import { Button, Skeleton } from '@mantine/core';
import {
  IconAlertTriangle,
  IconClockHour4,
  IconFileZip,
  IconHelpCircle,
  IconKey,
  IconLinkOff,
  IconRefresh,
  IconShieldCheck,
  IconShieldCheckFilled,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useLanguage, useSentences } from '../../shared/i18n';
import { useHospitalTime } from '../../shared/session';
import { InlineError } from '../../shared/ui';
import { findingWords, indexOfFinding } from './entryWords';
import type { ArchivedRecord, Finding } from './record';
import { useReplayText } from './strings';
import type { Checked } from './useRecord';
import classes from './Verdict.module.css';

export interface VerdictProps {
  record: ArchivedRecord;
  checked: Checked | undefined;
  /** Why there is no verdict, when the check failed. */
  error: Error | null;
  busy: boolean;
  /** The visit goes on, so more may be kept. */
  running: boolean;
  onAgain: () => void;
  onKeys: () => void;
  onExport: () => void;
  onAcceptKey: () => void;
  onFinding: (finding: Finding) => void;
}

/** What this browser's own check found, as one of three verdicts, with its limits said beside it. */
export function Verdict(props: VerdictProps) {
  const { checked, error, busy, onAgain, onKeys, onExport } = props;
  const text = useReplayText();
  const actions = (
    <div className={classes.actions}>
      <Button
        variant="default"
        leftSection={<IconRefresh size={18} aria-hidden />}
        loading={busy}
        onClick={onAgain}
      >
        {text('verdict.again')}
      </Button>
      <Button variant="default" leftSection={<IconKey size={18} aria-hidden />} onClick={onKeys}>
        {text('verdict.keys')}
      </Button>
      <Button
        variant="default"
        leftSection={<IconFileZip size={18} aria-hidden />}
        onClick={onExport}
      >
        {text('verdict.export')}
      </Button>
    </div>
  );

  if (error && !busy) {
    return (
      <Frame tone="unknown" icon={<IconHelpCircle />} actions={actions}>
        <Words word={text('verdict.unchecked')}>{text('verdict.uncheckedDetail')}</Words>
        <InlineError error={error} />
      </Frame>
    );
  }
  if (!checked) {
    return (
      <Frame tone="unknown" icon={<Skeleton circle height={28} width={28} />} actions={actions}>
        <Words word={text('verdict.checking')} />
        <Skeleton height={12} width="min(420px, 80%)" mt={8} mb={4} />
      </Frame>
    );
  }
  return <Reached {...props} checked={checked} actions={actions} />;
}

type ReachedProps = VerdictProps & { checked: Checked; actions: ReactNode };

function Reached({ record, checked, running, actions, onFinding, onAcceptKey }: ReachedProps) {
  const text = useReplayText();
  const sentences = useSentences();
  const time = useHospitalTime();
  const { check, trust, findings, at } = checked;
  const verdict = findings.length > 0 ? 'broken' : check.verdict;
  const count = check.entries.filter(({ status }) => status === 'sealed').length;
  const detail = { at: time.seconds(at), count };

  const asides = (
    <Asides record={record} checked={checked} running={running} onAcceptKey={onAcceptKey} />
  );
  const frame = { actions, small: text('verdict.convenience') };
  switch (verdict) {
    case 'broken':
      return (
        <Frame tone="broken" icon={<IconLinkOff />} {...frame}>
          <Words word={text('verdict.broken')}>
            {text('verdict.brokenDetail', { ...detail, count: findings.length })}
          </Words>
          <ul className={classes.findings} aria-label={text('verdict.findings')}>
            {findings.map((finding, index) => {
              const words = findingWords(text, finding, record.entries, record.consultation.id);
              return (
                <li key={index}>
                  <IconAlertTriangle size={18} aria-hidden />
                  {indexOfFinding(finding, record.entries) === undefined ? (
                    <span>{words}</span>
                  ) : (
                    <button
                      type="button"
                      className={classes.link}
                      onClick={() => onFinding(finding)}
                    >
                      {words}
                    </button>
                  )}
                </li>
              );
            })}
          </ul>
          {asides}
        </Frame>
      );
    case 'witnessed':
      return (
        <Frame tone="intact" icon={<IconShieldCheckFilled />} {...frame}>
          <Words word={text('verdict.witnessed', { count: check.witnesses.length })}>
            {text('verdict.intactDetail', detail)}
          </Words>
          <ul className={classes.witnesses} aria-label={text('verdict.witnesses')}>
            {check.witnesses.map(({ key, seenAt }) => (
              <li key={key.name + key.id}>
                <bdi>{key.name}</bdi>{' '}
                <span>
                  {text('verdict.seen', {
                    at: `${time.shortDate(seenAt * 1000)} ${time.seconds(seenAt * 1000)}`,
                  })}
                </span>
              </li>
            ))}
          </ul>
          {asides}
        </Frame>
      );
    case 'intact':
      return (
        <Frame tone="intact" icon={<IconShieldCheck />} {...frame}>
          <Words word={text(trust.own ? 'verdict.intactOwn' : 'verdict.intact')}>
            {sentences(text('verdict.intactDetail', detail), text('verdict.unwitnessed'))}
          </Words>
          {asides}
        </Frame>
      );
    case 'unsealed':
      return (
        <Frame tone="waiting" icon={<IconClockHour4 />} {...frame}>
          <Words word={text('verdict.unsealed')}>
            {text('verdict.unsealedDetail', { count: check.entries.length })}
          </Words>
          {asides}
        </Frame>
      );
  }
}

interface AsidesProps {
  record: ArchivedRecord;
  checked: Checked;
  running: boolean;
  onAcceptKey: () => void;
}

/** What is neither broken nor to be hidden: a changed key, entries that wait, texts that were destroyed. */
function Asides({ record, checked, running, onAcceptKey }: AsidesProps) {
  const text = useReplayText();
  const time = useHospitalTime();
  const [language] = useLanguage();
  const list = new Intl.ListFormat(language);
  const { check, trust, serverSilent } = checked;
  const unsealed = check.entries.filter(({ status }) => status === 'unsealed').length;
  const destroyed = check.entries.filter(({ body }) => body === 'destroyed').length;
  const words = [
    trust.own && text('verdict.ownKeys', { name: trust.log.name }),
    unsealed > 0 &&
      check.verdict !== 'unsealed' &&
      text('verdict.unsealedSome', { count: unsealed }),
    destroyed > 0 && text('verdict.destroyedSome', { count: destroyed }),
    record.destruction &&
      text('verdict.destroyedBy', {
        when: time.date(record.destruction.destroyed_at),
        rule: record.destruction.rule,
        who: record.destruction.requested_by_name,
        approved: list.format(record.destruction.approved_by_names),
      }),
    running && text('running'),
    serverSilent && text('verdict.serverSilent'),
  ].filter((line) => typeof line === 'string');
  return (
    <>
      {trust.before && (
        <div className={classes.changed} role="alert">
          <IconKey size={18} aria-hidden />
          <p>
            {text('verdict.keyChanged', { when: time.date(trust.before.since) })}{' '}
            <button type="button" className={classes.plain} onClick={onAcceptKey}>
              {text('verdict.keyAccept')}
            </button>
          </p>
        </div>
      )}
      {words.map((line) => (
        <p key={line} className={classes.aside}>
          {line}
        </p>
      ))}
    </>
  );
}

interface FrameProps {
  tone: 'intact' | 'broken' | 'waiting' | 'unknown';
  icon: ReactNode;
  actions: ReactNode;
  /** What limits the verdict, across the whole width. */
  small?: string;
  children: ReactNode;
}

function Frame({ tone, icon, actions, small, children }: FrameProps) {
  const text = useReplayText();
  return (
    <section className={classes.root} data-tone={tone} aria-label={text('verdict.label')}>
      <span className={classes.mark} aria-hidden>
        {icon}
      </span>
      <div className={classes.body} role="status">
        {children}
      </div>
      {actions}
      {small !== undefined && <p className={classes.small}>{small}</p>}
    </section>
  );
}

function Words({ word, children }: { word: string; children?: ReactNode }) {
  return (
    <p className={classes.words}>
      <strong>{word}</strong>
      {children !== undefined && <> · {children}</>}
    </p>
  );
}
