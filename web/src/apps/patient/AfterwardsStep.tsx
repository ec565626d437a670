import { Button, Skeleton, Stack } from '@mantine/core';
import { useEffect } from 'react';
import { Afterwards } from '../../features/afterwards';
import { ChatPane } from '../../features/chat';
import { UnsuitableNotice } from '../../features/not-suitable';
import { ReceiptLine } from '../../features/receipts';
import type { Visit } from '../../features/visits';
import type { RoomHandle } from '../../shared/live';
import { useStanding } from '../../shared/practitioner';
import { useAccount, useHospital, type Account } from '../../shared/session';
import { InlineError } from '../../shared/ui';
import classes from './AfterwardsStep.module.css';
import { usePatientText } from './strings';
import { VisitFollowUps } from './VisitFollowUps';

const freshMs = 3 * 60 * 60_000;

export interface AfterwardsStepProps {
  visit: Visit;
  room: RoomHandle;
  now: number;
  /** As of VisitJourney. */
  fresh: boolean;
  /** Empty where it reaches no help. */
  emergencyNumber: string;
}

/** After the visit. The room is entered to read its record; no device is opened. */
export function AfterwardsStep({ visit, room, now, fresh, emergencyNumber }: AfterwardsStepProps) {
  const standing = useStanding();
  const hospital = useHospital();
  const account: Account & { email?: string | null } = useAccount();
  const { phase, consultation } = room.state;
  const live = room.room;
  // Not when another page of this account took it over: two pages would take it from each other for ever.
  const reads = fresh && (phase === 'outside' || phase === 'left');
  useEffect(() => {
    if (reads) live.enter();
  }, [reads, live]);

  const ended = consultation?.ended_at ?? null;
  return (
    <Afterwards
      doctor={{
        name: visit.practitioner_name,
        title: standing(visit.practitioner_title),
        specialty: standing('', visit.specialty),
      }}
      plannedAt={visit.starts_at}
      admittedAt={consultation?.admitted_at ?? null}
      endedAt={ended}
      fresh={ended !== null && now - Date.parse(ended) < freshMs}
      // A demonstration writes to nobody, since its addresses are invented.
      mailTo={hospital?.demo === false ? (account.email ?? null) : null}
      hospitalZone={hospital?.time_zone}
      emergencyNumber={emergencyNumber}
      unsuitable={
        room.state.entries.some(({ kind }) => kind === 'unsuitable') && (
          <UnsuitableNotice entries={room.state.entries} emergencyNumber={emergencyNumber} />
        )
      }
      followUp={<VisitFollowUps visit={visit.consultation_id} />}
      receipt={
        <ReceiptLine consultationId={visit.consultation_id} hospitalZone={hospital?.time_zone} />
      }
      transcript={<Transcript room={room} hospitalZone={hospital?.time_zone} />}
      homeTo="/"
    />
  );
}

function Transcript({
  room,
  hospitalZone,
}: {
  room: RoomHandle;
  hospitalZone: string | undefined;
}) {
  const text = usePatientText();
  const { phase, entries, error } = room.state;
  if (phase === 'refused') {
    return (
      <Stack>
        <InlineError error={error} />
        <Button variant="default" onClick={() => room.room.enter()}>
          {text('visit.refused.retry')}
        </Button>
      </Stack>
    );
  }
  if (phase !== 'inside' && entries.length === 0) return <Skeleton height={160} radius="lg" />;
  return (
    <div className={classes.transcript}>
      <ChatPane visit={room} layout="pane" hospitalZone={hospitalZone} />
    </div>
  );
}
