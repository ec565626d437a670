import { useArrivals } from './useArrivals';
import { useQueueText } from './strings';
import type { QueueEntry } from '../../protocol/signaling';

export interface ArrivalNewsProps {
  entries: readonly QueueEntry[] | undefined;
  chime: boolean;
}

/** Tells who just began to wait: aloud for a screen reader, and by a chime for everybody else. */
export function ArrivalNews({ entries, chime }: ArrivalNewsProps) {
  const text = useQueueText();
  const arrivals = useArrivals(entries, chime);
  const [first] = arrivals;
  return (
    <div className="tv-visually-hidden" role="status" aria-live="polite">
      {first && (
        <p key={first.noticedAt}>
          {arrivals.length === 1
            ? text('arrived', { name: first.name })
            : text('arrivedMany', { name: first.name, count: arrivals.length })}
        </p>
      )}
    </div>
  );
}
