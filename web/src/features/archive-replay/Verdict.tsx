import { Button, Skeleton } from '@mantine/core';
import {
  IconAlertTriangle,
  IconHelpCircle,
  IconLinkOff,
  IconRefresh,
  IconShieldCheck,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useHospitalTime } from '../../shared/session';
import { InlineError } from '../../shared/ui';
import { findingWords } from './entryWords';
import type { Entry, Finding, Verification } from './record';
import { useReplayText } from './strings';
import classes from './Verdict.module.css';

export interface VerdictProps {
  entries: readonly Entry[];
  verification: Verification | undefined;
  /** Why there is no verdict, when the check failed. */
  error: Error | null;
  checking: boolean;
  /** The visit goes on, so more may be kept. */
  running: boolean;
  onAgain: () => void;
  onFinding: (finding: Finding) => void;
}

/** What the check of the chain found, in words, with its limits said beside it. */
export function Verdict(props: VerdictProps) {
  const { entries, verification, error, checking, running, onAgain, onFinding } = props;
  const text = useReplayText();
  const time = useHospitalTime();
  const again = (
    <Button
      variant="default"
      className={classes.again}
      leftSection={<IconRefresh size={18} aria-hidden />}
      loading={checking}
      onClick={onAgain}
    >
      {text('verdict.again')}
    </Button>
  );

  if (error && !checking) {
    return (
      <Frame tone="unknown" icon={<IconHelpCircle />} action={again}>
        <Words word={text('verdict.unchecked')}>{text('verdict.uncheckedDetail')}</Words>
        <InlineError error={error} />
      </Frame>
    );
  }
  if (!verification) {
    return (
      <Frame tone="unknown" icon={<Skeleton circle height={28} width={28} />} action={again}>
        <Words word={text('verdict.checking')} />
        <Skeleton height={12} width="min(420px, 80%)" mt={8} mb={4} />
      </Frame>
    );
  }

  const at = time.seconds(verification.checked_at);
  const small = (
    <p className={classes.small}>
      {running && <>{text('running')} </>}
      {text('verdict.stricter')} <code>{text('verdict.command')}</code>
    </p>
  );
  if (verification.verdict === 'intact') {
    return (
      <Frame tone="intact" icon={<IconShieldCheck />} action={again}>
        <Words word={text('verdict.intact')}>
          {text('verdict.intactDetail', { count: verification.entries, at })}
        </Words>
        {small}
      </Frame>
    );
  }
  return (
    <Frame tone="broken" icon={<IconLinkOff />} action={again}>
      <Words word={text('verdict.broken')}>
        {text('verdict.brokenDetail', { count: verification.findings.length, at })}
      </Words>
      <ul className={classes.findings} aria-label={text('verdict.findings')}>
        {verification.findings.map((finding, index) => (
          <li key={index}>
            <IconAlertTriangle size={18} aria-hidden />
            {finding.seq === null ? (
              <span>{findingWords(text, finding, entries)}</span>
            ) : (
              <button type="button" className={classes.link} onClick={() => onFinding(finding)}>
                {findingWords(text, finding, entries)}
              </button>
            )}
          </li>
        ))}
      </ul>
      {small}
    </Frame>
  );
}

interface FrameProps {
  tone: 'intact' | 'broken' | 'unknown';
  icon: ReactNode;
  action: ReactNode;
  children: ReactNode;
}

function Frame({ tone, icon, action, children }: FrameProps) {
  const text = useReplayText();
  return (
    <section className={classes.root} data-tone={tone} aria-label={text('verdict.label')}>
      <span className={classes.mark} aria-hidden>
        {icon}
      </span>
      <div className={classes.body} role="status">
        {children}
      </div>
      {action}
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
