import { Button, Card } from '@mantine/core';
import { IconCalendarPlus, IconCalendarTime } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useStanding } from '../../shared/practitioner';
import { useIsOther } from '../../shared/session';
import { Avatar } from '../../shared/ui';
import { useVisitsText } from './strings';
import { useVisitTimes } from './times';
import { opensAt, stageOf, type Visit } from './visit';
import classes from './VisitCard.module.css';
import { VisitPill } from './VisitPill';

const actions = { waiting: 'wait', call: 'call' } as const;
const hinted = ['early', 'open', 'waiting', 'call'] as const;

export interface VisitCardProps {
  visit: Visit;
  now: number;
  /** Where the visit's own page is. */
  to: string;
  /** Where it is moved or cancelled. */
  changeTo?: string;
}

/** The next visit, large: with whom, when, and the one thing to press. */
export function VisitCard({ visit, now, to, changeTo }: VisitCardProps) {
  const text = useVisitsText();
  const times = useVisitTimes();
  const isOther = useIsOther(visit.patient_name);
  const standing = useStanding();
  const stage = stageOf(visit, now);
  const hint = hinted.find((one) => one === stage);
  const action = stage === 'waiting' || stage === 'call' ? actions[stage] : 'prepare';

  return (
    <Card
      component="section"
      className={classes.card}
      data-stage={stage}
      aria-label={text('next')}
      data-testid="next-visit"
    >
      <div className={classes.head}>
        <VisitPill stage={stage} />
        {/* Once somebody waits or is seen, the planned time has done its work. */}
        {action === 'prepare' && (
          <span className={classes.until}>{times.until(visit.starts_at, now)}</span>
        )}
      </div>
      <p className={classes.time}>{times.when(visit.starts_at, now)}</p>
      <p className={classes.length}>{times.length(visit)}</p>
      {isOther && <p className={classes.whom}>{text('forWhom', { name: visit.patient_name })}</p>}
      <div className={classes.doctor}>
        <Avatar name={visit.practitioner_name} size={72} />
        <div>
          <h2 className={classes.name}>{visit.practitioner_name}</h2>
          <p className={classes.title}>{standing(visit.practitioner_title, visit.specialty)}</p>
        </div>
      </div>
      {hint && (
        <p className={classes.hint}>
          {text(`hint.${hint}`, { when: times.at(opensAt(visit), now) })}
        </p>
      )}
      <Button
        component={Link}
        to={to}
        fullWidth
        className={classes.action}
        variant={stage === 'early' ? 'light' : 'filled'}
      >
        {text(`action.${action}`)}
      </Button>
      {action === 'prepare' && (
        <a className={classes.calendar} href={`/api/appointments/${visit.id}/calendar`} download>
          <IconCalendarPlus size={20} aria-hidden />
          {text('calendar')}
        </a>
      )}
      {action === 'prepare' && changeTo !== undefined && now < Date.parse(visit.starts_at) && (
        <Link className={classes.calendar} to={changeTo}>
          <IconCalendarTime size={20} aria-hidden />
          {text('change')}
        </Link>
      )}
    </Card>
  );
}
