import { Button } from '@mantine/core';
import { Link } from 'react-router';
import { IconClockHour4 } from '@tabler/icons-react';
import { DeviceCheck, Mirror } from '../../features/ready-check';
import { opensAt, useVisitTimes, type Visit } from '../../features/visits';
import type { RoomHandle } from '../../shared/live';
import { useStanding } from '../../shared/practitioner';
import { Avatar } from '../../shared/ui';
import classes from './EarlyStep.module.css';
import { drawMirror } from './ReadyStep';
import { changePath } from './paths';
import { usePatientText } from './strings';

export interface EarlyStepProps {
  visit: Visit;
  room: RoomHandle;
  now: number;
}

/** Before the waiting room opens: when it does, how long that is, and what one may try meanwhile. */
export function EarlyStep({ visit, room, now }: EarlyStepProps) {
  const text = usePatientText();
  const times = useVisitTimes();
  const standing = useStanding();
  const opening = opensAt(visit);
  const { media, devices } = room;

  return (
    <div className={classes.root}>
      <section className={classes.card}>
        <IconClockHour4 className={classes.clock} size={32} stroke={1.75} aria-hidden />
        <h1 className={classes.title} tabIndex={-1}>
          {text('visit.early.title', { when: times.at(opening, now) })}
        </h1>
        <p className={classes.until} role="timer">
          {times.until(opening, now)}
        </p>
        <p className={classes.quiet}>{text('visit.early.stay')}</p>
        {opening <= now && (
          // The server's clock is behind this device's: its word counts, so it is asked again.
          <Button variant="light" onClick={room.enter}>
            {text('visit.early.enter')}
          </Button>
        )}
        <div className={classes.doctor}>
          <Avatar name={visit.practitioner_name} size={48} />
          <div>
            <p className={classes.name}>
              {visit.practitioner_name} · {standing(visit.practitioner_title)}
            </p>
            <p className={classes.quiet}>
              {text('visit.early.until', { when: times.when(visit.starts_at, now) })}
            </p>
          </div>
        </div>
        <Link className={classes.change} to={changePath(visit)}>
          {text('visit.early.change')}
        </Link>
      </section>
      <section className={classes.try}>
        <h2 className={classes.heading}>{text('visit.early.try')}</h2>
        <Mirror media={media} devices={devices} draw={drawMirror} />
        <DeviceCheck media={media} devices={devices} />
      </section>
    </div>
  );
}
