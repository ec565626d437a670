import { useEffect } from 'react';
import type { ConsultationState, QueueEntry } from '../../protocol/signaling';
import type { VisitFacts } from '../../features/consultation-pane';
import type { RoomHandle, RoomState } from '../../shared/live';

/** The newest that this page knows of a visit: from the room while it is in it, else from the queue. */
export function factsOf(
  { phase, consultation }: Pick<RoomState, 'phase' | 'consultation'>,
  entry: QueueEntry | undefined,
): VisitFacts | undefined {
  return (phase === 'inside' ? (consultation ?? entry) : (entry ?? consultation)) ?? undefined;
}

/**
 * Enters a room by itself, as far as the visit's state asks for it.
 *
 * Who waits or talks is met with the devices open. What is over is only read. Nobody is in the room of
 * a patient who has not come, so that the record does not fill with a doctor looking around. A call in
 * progress is not entered during another: no patient may hear another's visit.
 */
export function useEntering(
  visit: RoomHandle,
  state: ConsultationState | undefined,
  inOtherCall: boolean,
  queueKnown: boolean,
): void {
  const { phase } = visit.state;
  const { status } = visit.devices;
  useEffect(() => {
    const meets = state === 'arrived' || (state === 'in-progress' && !inOtherCall);
    if (meets) {
      if (phase === 'outside' || (phase === 'inside' && status === 'idle')) visit.enter();
      return;
    }
    if (state === 'in-progress') {
      if (phase === 'inside') visit.room.leave().catch(() => undefined);
      return;
    }
    const reads = state === undefined ? queueKnown : state !== 'planned';
    if (reads && phase === 'outside') visit.room.enter();
  }, [visit, state, inOtherCall, queueKnown, phase, status]);
}
