import { Mirror } from '../../features/ready-check';
import { useVisitTimes, type Visit } from '../../features/visits';
import { useWaitingWords, WaitingRoom, type Planned } from '../../features/waiting-room';
import type { ReactNode } from 'react';
import type { WaitingView } from '../../protocol/signaling';
import type { RoomHandle } from '../../shared/live';
import { useStanding } from '../../shared/practitioner';
import { drawMirror } from './ReadyStep';

function usePlanned({ starts_at }: Visit, now: number): Planned {
  const times = useVisitTimes();
  return {
    minutesAway: Math.ceil((Date.parse(starts_at) - now) / 60_000),
    time: times.time(starts_at),
  };
}

/** Place and wait in words, for the strip and the browser's tab; nothing while they are not known. */
export function useWaitSummary(waiting: WaitingView | null, visit: Visit, now: number) {
  const planned = usePlanned(visit, now);
  const words = useWaitingWords(waiting, planned);
  return waiting ? words : undefined;
}

export interface WaitingStepProps {
  visit: Visit;
  room: RoomHandle;
  now: number;
  chat: { unread: number; onOpen: () => void } | undefined;
  urgent: ReactNode;
  worse: ReactNode;
  /** Empty where it reaches no help. */
  emergencyNumber: string;
}

export function WaitingStep({
  visit,
  room,
  now,
  chat,
  urgent,
  worse,
  emergencyNumber,
}: WaitingStepProps) {
  const standing = useStanding();
  const planned = usePlanned(visit, now);
  const { media, devices, state } = room;
  return (
    <WaitingRoom
      doctor={{
        name: visit.practitioner_name,
        title: standing(visit.practitioner_title),
        specialty: standing('', visit.specialty),
      }}
      waiting={state.waiting}
      planned={planned}
      connection={state.connection}
      mirror={<Mirror small media={media} devices={devices} draw={drawMirror} />}
      camera={{
        on: devices.camera.on,
        onToggle: () => void media.setCamera(!devices.camera.on),
      }}
      chat={chat}
      urgent={urgent}
      worse={worse}
      onStepOut={() => room.room.leave()}
      emergencyNumber={emergencyNumber}
    />
  );
}
