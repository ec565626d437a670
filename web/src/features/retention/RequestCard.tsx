import { Button } from '@mantine/core';
import {
  IconCheck,
  IconChevronDown,
  IconCircle,
  IconCircleCheck,
  IconCircleX,
  IconClockHour4,
  IconHourglassHigh,
  IconMinus,
  IconUsersGroup,
  type Icon,
} from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useFormat } from '../../shared/i18n';
import { useHospitalTime } from '../../shared/session';
import { StatusPill, type Tone } from '../../shared/ui';
import classes from './RequestCard.module.css';
import { RequestRecords } from './RequestRecords';
import { actsOf, isLive, stepsOf, type Act, type StepState } from './steps';
import { useRetentionText } from './strings';
import type { DestructionRequest } from './types';
import { useNow } from './useNow';

export interface RequestCardProps {
  request: DestructionRequest;
  onAct: (act: Act) => void;
}

const looks: Record<DestructionRequest['state'], { icon: Icon; tone: Tone }> = {
  requested: { icon: IconClockHour4, tone: 'amber' },
  'approved-once': { icon: IconClockHour4, tone: 'amber' },
  approved: { icon: IconUsersGroup, tone: 'amber' },
  'key-destroyed': { icon: IconHourglassHigh, tone: 'brand' },
  complete: { icon: IconCircleCheck, tone: 'good' },
  refused: { icon: IconCircleX, tone: 'neutral' },
  expired: { icon: IconClockHour4, tone: 'neutral' },
  withdrawn: { icon: IconMinus, tone: 'neutral' },
};
const marks: Record<StepState, Icon> = {
  done: IconCheck,
  now: IconHourglassHigh,
  next: IconCircle,
  never: IconMinus,
};

/** One request: what, why, who has decided, what is still needed, and until when. */
export function RequestCard({ request, onAct }: RequestCardProps) {
  const text = useRetentionText();
  const time = useHospitalTime();
  const format = useFormat();
  const now = useNow();
  const [open, setOpen] = useState(false);
  const titleId = useId();
  const when = (moment: string) => `${time.date(moment)} ${time.minutes(moment)}`;
  const { icon, tone } = looks[request.state];
  const { ending, destroyed } = request;
  const acts = actsOf(request);

  return (
    <article className={classes.card} aria-labelledby={titleId}>
      <header className={classes.header}>
        <div>
          <h3 id={titleId} className={classes.title}>
            {text('request.title', { count: request.records })}
          </h3>
          <p className={classes.quiet}>
            {request.due_by === null
              ? text('request.one')
              : text('request.dueBy', { day: time.date(request.due_by) })}
          </p>
        </div>
        <StatusPill icon={icon} tone={tone}>
          {text(`state.${request.state}`)}
        </StatusPill>
      </header>
      <blockquote className={classes.reason}>{request.reason}</blockquote>
      <ol className={classes.steps} aria-label={text('request.steps')}>
        {stepsOf(request).map(({ name, state, by, at }) => {
          const Mark = marks[state];
          return (
            <li key={name} className={classes.step} data-state={state}>
              <Mark size={18} aria-hidden />
              <div>
                <span className={classes.what}>{text(`step.${name}`)}</span>
                <span className={classes.who}>
                  {at === undefined
                    ? text(`step.${state === 'never' ? 'never' : state === 'now' ? 'now' : 'next'}`)
                    : by === undefined
                      ? when(at)
                      : text('step.by', { name: by, when: when(at) })}
                </span>
              </div>
            </li>
          );
        })}
      </ol>
      {request.spared > 0 && (
        <p className={classes.note}>{text('request.spared', { count: request.spared })}</p>
      )}
      {isLive(request) && (
        <p className={classes.note}>
          {text(request.approvals_missing > 0 ? 'request.needs' : 'request.ready', {
            count: request.approvals_missing,
            left: format.relative(request.expires_at, now),
            when: when(request.expires_at),
          })}
        </p>
      )}
      {destroyed !== null && destroyed.completed_at === null && (
        <p className={classes.note}>
          {text('request.backups', { when: time.date(destroyed.key_backups_expire_at) })}
        </p>
      )}
      {ending !== null && (
        <p className={classes.note}>
          {ending.by_name === null
            ? text('request.endedSelf', { when: when(ending.at) })
            : text('request.endedBy', { name: ending.by_name, when: when(ending.at) })}
          {ending.reason !== null && <q className={classes.why}>{ending.reason}</q>}
        </p>
      )}
      <footer className={classes.footer}>
        <Button
          variant="subtle"
          aria-expanded={open}
          rightSection={
            <IconChevronDown size={16} aria-hidden className={classes.chevron} data-open={open} />
          }
          onClick={() => setOpen(!open)}
        >
          {text('request.records', { count: request.records })}
        </Button>
        <span className={classes.acts}>
          {[...acts].reverse().map((act) => (
            <Button
              key={act}
              variant={act === 'approve' || act === 'destroy' ? 'filled' : 'default'}
              {...(act === 'destroy' ? { color: 'bad' } : {})}
              onClick={() => onAct(act)}
            >
              {text(`act.${act}`)}
            </Button>
          ))}
        </span>
      </footer>
      {open && <RequestRecords id={request.id} />}
    </article>
  );
}
