import { Button, Skeleton } from '@mantine/core';
import {
  IconCircleCheck,
  IconClipboardText,
  IconMail,
  IconPhone,
  type Icon,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useFormat } from '../../shared/i18n';
import { Avatar } from '../../shared/ui';
import classes from './Afterwards.module.css';
import { useAfterwardsText } from './strings';

export interface AfterwardsProps {
  doctor: { name: string; title: string; specialty: string };
  /** When the visit was planned, which is known before the rest. */
  plannedAt: string;
  /** When it really began and ended; null until the record is here. */
  admittedAt: string | null;
  endedAt: string | null;
  /** Just ended, rather than read again later: thanks are in place, and so is what follows. */
  fresh: boolean;
  /** Where the hospital writes to; null when it has no address. */
  mailTo: string | null;
  hospitalZone: string | undefined;
  emergencyNumber: string;
  /** Why the visit could not go on online and where to go; nothing when it could. */
  unsuitable?: ReactNode;
  /** What the doctor proposed to come next; nothing when there is none. */
  followUp?: ReactNode;
  /** The receipt of the sealed record. */
  receipt: ReactNode;
  /** The conversation in writing. */
  transcript: ReactNode;
  /** Where to go on; only offered while this is fresh. */
  homeTo: string;
}

const minuteMs = 60_000;

/** After the visit: what it was, what follows, what was written. */
export function Afterwards({
  doctor,
  plannedAt,
  admittedAt,
  endedAt,
  fresh,
  mailTo,
  hospitalZone,
  emergencyNumber,
  unsuitable,
  followUp,
  receipt,
  transcript,
  homeTo,
}: AfterwardsProps) {
  const text = useAfterwardsText();
  const format = useFormat(hospitalZone);
  const minutes =
    admittedAt && endedAt
      ? Math.round((Date.parse(endedAt) - Date.parse(admittedAt)) / minuteMs)
      : undefined;

  return (
    <div className={classes.root}>
      <div className={classes.head}>
        {fresh && !unsuitable && (
          <span className={classes.mark} aria-hidden>
            <IconCircleCheck size={32} stroke={1.75} />
          </span>
        )}
        <h1 className={classes.title} tabIndex={-1}>
          {fresh ? text('title.fresh') : text('title.past', { name: doctor.name })}
        </h1>
        {fresh && !unsuitable && <p className={classes.thanks}>{text('thanks')}</p>}
      </div>

      {unsuitable}

      <section className={classes.card}>
        <div className={classes.doctor}>
          <Avatar name={doctor.name} size={48} />
          <div>
            <p className={classes.name}>{doctor.name}</p>
            <p className={classes.quiet}>
              {doctor.title} · {doctor.specialty}
            </p>
          </div>
        </div>
        <dl className={classes.facts}>
          <Fact name={text('facts.date')}>{format.date(admittedAt ?? plannedAt)}</Fact>
          <Fact name={text('facts.time')}>
            {endedAt &&
              (admittedAt
                ? `${format.time(admittedAt)} – ${format.time(endedAt)}`
                : text('facts.endedAt', { time: format.time(endedAt) }))}
          </Fact>
          <Fact name={text('facts.length')}>
            {minutes === undefined
              ? endedAt && text('facts.noCall')
              : minutes < 1
                ? text('facts.short')
                : format.minutes(minutes)}
          </Fact>
        </dl>
      </section>

      {followUp}

      {receipt}

      {fresh && (
        <section aria-labelledby="next">
          <h2 id="next" className={classes.heading}>
            {text('next.title')}
          </h2>
          <ul className={classes.next}>
            {mailTo !== null && (
              <Point icon={IconMail}>{text('next.mail', { address: mailTo })}</Point>
            )}
            <Point icon={IconClipboardText}>{text('next.record')}</Point>
            <Point icon={IconPhone}>
              {emergencyNumber === ''
                ? text('next.worseAbroad')
                : text('next.worse', { number: emergencyNumber })}
            </Point>
          </ul>
          <Button component={Link} to={homeTo} className={classes.home} fullWidth>
            {text('home')}
          </Button>
        </section>
      )}

      <section aria-labelledby="transcript">
        <h2 id="transcript" className={classes.heading}>
          {text('transcript.title')}
        </h2>
        {transcript}
      </section>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: string | null }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children ?? <Skeleton height={20} width="6em" />}</dd>
    </div>
  );
}

function Point({ icon: Mark, children }: { icon: Icon; children: string }) {
  return (
    <li>
      <Mark size={22} stroke={1.75} aria-hidden />
      <span>{children}</span>
    </li>
  );
}
