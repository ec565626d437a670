import { Button, FileButton, Stack, Title } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconFileUnknown,
  IconFileUpload,
  type Icon,
} from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState, type DragEvent, type ReactNode } from 'react';
import { Link } from 'react-router';
import type { Epoch } from '../../shared/archive';
import { useFormat } from '../../shared/i18n';
import { useHospital } from '../../shared/session';
import { PageShell } from '../../shared/shell';
import { InlineError } from '../../shared/ui';
import { checkFile, type Outcome } from './checkFile';
import classes from './ReceiptPage.module.css';
import { useReceiptText } from './strings';

/** /receipt, open to everybody: whether the log still holds what a kept receipt says it held. */
export function ReceiptPage() {
  const text = useReceiptText();
  return (
    <PageShell title={text('page.title')} withPlaces={false}>
      <Stack gap="lg">
        <Title order={1}>{text('page.title')}</Title>
        <p>{text('page.lead')}</p>
        <Checker />
        <Link to="/" className={classes.home}>
          {text('page.home')}
        </Link>
      </Stack>
    </PageShell>
  );
}

function Checker() {
  const text = useReceiptText();
  const [over, setOver] = useState(false);
  const forget = useRef<() => void>(null);
  const checking = useMutation({ mutationFn: checkFile });
  const check = (file: File | null | undefined) => {
    if (file) checking.mutate(file);
    // Or the same file could not be chosen twice: for the browser nothing has changed then.
    forget.current?.();
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    check(event.dataTransfer.files[0]);
  };
  return (
    <>
      <div
        className={classes.drop}
        data-over={over}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        <IconFileUpload size={32} stroke={1.5} aria-hidden />
        <FileButton resetRef={forget} onChange={check} accept=".tlog-proof,text/plain">
          {(props) => (
            <Button {...props} loading={checking.isPending}>
              {text('page.choose')}
            </Button>
          )}
        </FileButton>
        <p className={classes.quiet}>
          {checking.variables ? <bdi>{checking.variables.name}</bdi> : text('page.drop')}
        </p>
      </div>
      {checking.isError && (
        <div>
          <InlineError error={checking.error} />
          <p className={classes.quiet}>{text('page.unreached')}</p>
        </div>
      )}
      <div role="status">{checking.data && <Result outcome={checking.data} />}</div>
    </>
  );
}

function Result({ outcome }: { outcome: Outcome }) {
  const text = useReceiptText();
  const hospital = useHospital();
  const format = useFormat(hospital?.time_zone);
  if (outcome.kind === 'unusable') {
    const damaged = outcome.problem !== 'malformed';
    return (
      <Card
        tone={damaged ? 'bad' : 'none'}
        icon={damaged ? IconAlertTriangle : IconFileUnknown}
        title={text(damaged ? 'result.damaged' : 'result.unknown')}
      >
        {text(damaged ? 'result.damagedNext' : 'result.unknownNext')}
      </Card>
    );
  }
  const { receipt, standing } = outcome;
  const facts = (
    <dl className={classes.facts}>
      <dt>{text('facts.closed')}</dt>
      <dd>{format.dateTime(receipt.closedAt)}</dd>
      <dt>{text('facts.entries')}</dt>
      <dd>{format.number(receipt.entries)}</dd>
      <dt>{text('facts.log')}</dt>
      <dd>
        <bdi>{receipt.checkpoint.origin}</bdi>
      </dd>
      <dt>{text('facts.then')}</dt>
      <dd>{format.number(receipt.checkpoint.size)}</dd>
      {standing.kind !== 'unsigned' && (
        <>
          <dt>{text('facts.now')}</dt>
          <dd>{format.number(standing.present.size)}</dd>
        </>
      )}
    </dl>
  );
  const since = standing.kind === 'unsigned' ? [] : standing.since;
  const more = (
    <>
      {since.map((epoch) => (
        <EpochWords key={epoch.number} epoch={epoch} hospitalZone={hospital?.time_zone} />
      ))}
      {since.length > 0 && <p className={classes.quiet}>{text('epoch.key')}</p>}
      {facts}
    </>
  );
  if (standing.kind === 'part') {
    return (
      <Card tone="good" icon={IconCircleCheck} title={text('result.part')} facts={more}>
        {text(since.length > 0 ? 'result.partSince' : 'result.partWhy')}
      </Card>
    );
  }
  const key =
    standing.kind === 'unsigned' ? (`unsigned.${standing.problem}` as const) : standing.kind;
  return (
    <Card tone="bad" icon={IconAlertTriangle} title={text(`result.${key}`)} facts={more}>
      {text(standing.kind === 'lost' ? 'result.lostWhy' : 'result.contradiction')}
    </Card>
  );
}

interface EpochWordsProps {
  epoch: Epoch;
  hospitalZone: string | undefined;
}

/** That the log went on under another name, why, and what was lost. */
function EpochWords({ epoch, hospitalZone }: EpochWordsProps) {
  const text = useReceiptText();
  const format = useFormat(hospitalZone);
  const { missing } = epoch;
  return (
    <div className={classes.epoch}>
      <p>{text('epoch.began', { at: format.dateTime(epoch.beganAt) })}</p>
      <p>
        {text('epoch.why')} <q dir="auto">{epoch.reason}</q>
      </p>
      <p>
        {missing
          ? text('epoch.missing', {
              count: missing.to - missing.from,
              first: format.number(missing.from),
              last: format.number(missing.to - 1),
            })
          : text('epoch.nothingMissing')}
      </p>
      <p className={classes.quiet}>
        <bdi>{epoch.origin}</bdi>
      </p>
    </div>
  );
}

interface CardProps {
  tone: 'good' | 'bad' | 'none';
  icon: Icon;
  title: string;
  children: ReactNode;
  facts?: ReactNode;
}

function Card({ tone, icon: Mark, title, children, facts }: CardProps) {
  return (
    <section className={classes.card} data-tone={tone}>
      <Mark size={28} stroke={1.75} aria-hidden />
      <div>
        <h2 className={classes.title}>{title}</h2>
        <p>{children}</p>
        {facts}
      </div>
    </section>
  );
}
