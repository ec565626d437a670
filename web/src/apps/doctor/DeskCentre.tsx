import { useMutation } from '@tanstack/react-query';
import { IconCalendarOff, IconClockHour4, IconDevices2 } from '@tabler/icons-react';
import { Link } from 'react-router';
import { CallStage, CameraMirror } from '../../features/call';
import {
  DevicePanel,
  FinishedPanel,
  OtherCallPanel,
  ReadyPanel,
  usePaneText,
  type VisitFacts,
} from '../../features/consultation-pane';
import { NextUp, PresenceMark } from '../../features/doctor-queue';
import { removeGuest } from '../../features/guest-invitation';
import { ReceiptLine } from '../../features/receipts';
import { useFormat } from '../../shared/i18n';
import { useMicrophoneLevel, type RoomHandle } from '../../shared/live';
import { StateView } from '../../shared/ui';
import type { Call } from './call';
import type { ConsultationDeskProps } from './ConsultationDesk';
import classes from './DeskCentre.module.css';

export interface DeskCentreProps extends ConsultationDeskProps {
  visit: RoomHandle;
  facts: VisitFacts | undefined;
  otherCall: Call | null;
  admitting: boolean;
  admitError: unknown;
  onAdmit: () => void;
  /** Asks a third person in; left out where nobody can be. */
  onInvite?: () => void;
  /** Whose invitation is open. */
  invited?: string | undefined;
}

/** What stands in the centre, by the state of the visit and of this page's part in it. */
export function DeskCentre(props: DeskCentreProps) {
  const { visit, facts, otherCall, home, onHome } = props;
  const text = usePaneText();
  const { phase, error } = visit.state;
  const back = { label: text('refused.back'), to: home };

  if (!facts) {
    if (phase === 'refused') {
      return (
        <StateView
          kind="empty"
          title={text('unknown.what')}
          detail={text('unknown.next')}
          action={back}
        />
      );
    }
    return (
      <div className={classes.loading}>
        <StateView kind="loading" shape="card" />
      </div>
    );
  }
  switch (facts.state) {
    case 'planned':
      return <Planned {...props} facts={facts} />;
    case 'arrived':
      if (phase === 'superseded') return <Superseded visit={visit} />;
      if (phase === 'refused') {
        return <StateView kind="error" error={error} onRetry={() => visit.enter()} />;
      }
      return <Waiting {...props} facts={facts} />;
    case 'in-progress':
      if (otherCall) return <OtherCall {...props} facts={facts} otherCall={otherCall} />;
      return (
        <CallStage
          visit={visit}
          exit={{ label: text('refused.back'), onPress: onHome }}
          {...(props.onInvite ? { onInvite: props.onInvite, invited: props.invited } : {})}
          onRemoveThird={() => removeGuest(props.consultationId)}
          shortcuts
        />
      );
    case 'finished':
      return <Finished {...props} facts={facts} />;
    case 'cancelled':
      return (
        <StateView
          kind="empty"
          icon={IconCalendarOff}
          title={text('cancelled.what')}
          detail={text('cancelled.next')}
          action={back}
        />
      );
  }
}

type WithFacts = DeskCentreProps & { facts: VisitFacts };

function Planned({ facts, hospitalZone }: WithFacts) {
  const text = usePaneText();
  const format = useFormat(hospitalZone);
  return (
    <StateView
      kind="empty"
      icon={IconClockHour4}
      title={text('planned.what', { name: facts.patient_name })}
      detail={text('planned.next', { time: format.time(facts.scheduled_start) })}
    />
  );
}

function Superseded({ visit }: { visit: RoomHandle }) {
  const text = usePaneText();
  return (
    <StateView
      kind="empty"
      icon={IconDevices2}
      title={text('superseded.what')}
      detail={text('superseded.next')}
      action={{ label: text('superseded.press'), onPress: visit.enter }}
    />
  );
}

function Waiting(props: WithFacts) {
  const { visit, facts, entry, otherCall, groups, hospitalZone, aheadMs, hrefOf } = props;
  const text = usePaneText();
  const { media, devices, state } = visit;
  const level = useMicrophoneLevel(devices.microphone.track);
  const presence = state.other?.presence ?? entry?.presence ?? 'away';
  const leftOpen = otherCall === null ? groups.inCall[0] : undefined;
  return (
    <ReadyPanel
      facts={facts}
      presence={presence}
      presenceMark={<PresenceMark presence={presence} />}
      devices={
        otherCall === null && (
          <DevicePanel
            devices={devices}
            media={media}
            level={level}
            mirror={
              <CameraMirror
                track={devices.camera.track}
                label={text('devices.mirror')}
                mirrored={devices.facing === 'user'}
              />
            }
          />
        )
      }
      hospitalZone={hospitalZone}
      aheadMs={aheadMs}
      inCallWith={otherCall?.name}
      leftOpen={
        leftOpen && (
          <p className={classes.leftOpen}>
            {text('ready.open', { name: leftOpen.patient_name })}{' '}
            <Link to={hrefOf(leftOpen.consultation_id)}>{text('ready.back')}</Link>
          </p>
        )
      }
      admitting={props.admitting}
      error={props.admitError}
      onAdmit={props.onAdmit}
    />
  );
}

function OtherCall({ facts, otherCall, onOpen }: WithFacts & { otherCall: Call }) {
  // Leaving clears the call, and this visit is entered then by itself.
  const leaving = useMutation({ mutationFn: () => otherCall.room.leave() });
  return (
    <OtherCallPanel
      name={facts.patient_name}
      currentName={otherCall.name}
      switching={leaving.isPending}
      error={leaving.error}
      onReturn={() => onOpen(otherCall.id)}
      onSwitch={() => leaving.mutate()}
    />
  );
}

function Finished(props: WithFacts) {
  const { facts, consultationId, groups, hrefOf, hospitalZone, aheadMs, chime } = props;
  return (
    <FinishedPanel
      facts={facts}
      hospitalZone={hospitalZone}
      aheadMs={aheadMs}
      receipt={<ReceiptLine consultationId={consultationId} hospitalZone={hospitalZone} />}
      next={
        <NextUp
          groups={groups}
          exceptId={consultationId}
          hrefOf={hrefOf}
          hospitalZone={hospitalZone}
          aheadMs={aheadMs}
          chime={chime}
          compact
        />
      }
    />
  );
}
