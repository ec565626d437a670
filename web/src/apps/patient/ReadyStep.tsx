import { Button, UnstyledButton } from '@mantine/core';
import { useEffect } from 'react';
import { CameraMirror } from '../../features/call';
import {
  Consent,
  consentVersion,
  useConsentText,
  consentId,
  DeviceCheck,
  Mirror,
  type DrawMirror,
} from '../../features/ready-check';
import { useVisitTimes, type Visit } from '../../features/visits';
import type { RoomHandle } from '../../shared/live';
import { useStanding } from '../../shared/practitioner';
import { useHospital } from '../../shared/session';
import { Avatar, InlineError } from '../../shared/ui';
import classes from './ReadyStep.module.css';
import { usePatientText } from './strings';

export const drawMirror: DrawMirror = (props) => <CameraMirror {...props} />;

export interface ReadyStepProps {
  visit: Visit;
  room: RoomHandle;
  now: number;
  /** The doctor has begun already: one joins the call, not the waiting room. */
  joins: boolean;
}

/** Camera, sound, network, consent. The devices open by themselves: one came here to prepare them. */
export function ReadyStep({ visit, room, now, joins }: ReadyStepProps) {
  const text = usePatientText();
  const standing = useStanding();
  const times = useVisitTimes();
  const hospital = useHospital();
  const { media, devices } = room;
  const { phase } = room.state;
  // Who just stepped out does not want a camera to come on by itself.
  const opens = phase === 'outside';
  useEffect(() => {
    if (opens) void media.acquire();
  }, [opens, media]);

  return (
    <div className={classes.root}>
      <div className={classes.head}>
        <h1 className={classes.title} tabIndex={-1}>
          {text(joins ? 'visit.join.title' : 'visit.ready.title')}
        </h1>
        <p className={classes.lead}>{text(joins ? 'visit.join.lead' : 'visit.ready.lead')}</p>
      </div>
      <div className={classes.mirror}>
        <Mirror media={media} devices={devices} draw={drawMirror} />
        <div className={classes.doctor}>
          <Avatar name={visit.practitioner_name} size={48} />
          <div>
            <p className={classes.name}>{visit.practitioner_name}</p>
            <p className={classes.quiet}>{standing(visit.practitioner_title, visit.specialty)}</p>
          </div>
          <p className={classes.when}>{times.when(visit.starts_at, now)}</p>
        </div>
      </div>
      <div className={classes.check}>
        <DeviceCheck media={media} devices={devices} />
        <Consent emergencyNumber={hospital?.emergency_number ?? ''} />
      </div>
    </div>
  );
}

/** The one button of the ready check. It works whatever the check says. */
export function EnterBar({ room, joins }: { room: RoomHandle; joins: boolean }) {
  const text = usePatientText();
  const { phase, error } = room.state;
  const { whole } = useConsentText(useHospital()?.emergency_number ?? '');
  const enter = () => {
    room.room.agree({ version: consentVersion, text: whole });
    room.enter();
  };
  return (
    <div className={classes.bar}>
      {phase === 'entering' && error && <InlineError error={error} />}
      <Button fullWidth loading={phase === 'entering'} onClick={enter}>
        {text(joins ? 'visit.join.enter' : 'visit.ready.enter')}
      </Button>
      <UnstyledButton
        className={classes.agree}
        onClick={() => document.getElementById(consentId)?.scrollIntoView({ block: 'center' })}
      >
        {text('visit.ready.agree')}
      </UnstyledButton>
      <p className="tv-visually-hidden" role="status">
        {phase === 'entering' && text('visit.ready.entering')}
      </p>
    </div>
  );
}
