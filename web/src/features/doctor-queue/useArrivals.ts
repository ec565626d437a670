import { useEffect, useRef, useState } from 'react';
import type { QueueEntry } from '../../protocol/signaling';
import { playChime } from './chime';
import { newlyWaiting } from './queue';

export interface Arrival {
  id: string;
  name: string;
  /** When it was noticed, so that the same patient can be announced again. */
  noticedAt: number;
}

/** Who began to wait last, to be said aloud; plays the chime when that is wanted. */
export function useArrivals(
  entries: readonly QueueEntry[] | undefined,
  chime: boolean,
): readonly Arrival[] {
  const [arrivals, setArrivals] = useState<readonly Arrival[]>([]);
  const before = useRef<readonly QueueEntry[] | undefined>(undefined);
  useEffect(() => {
    if (!entries || entries === before.current) return;
    const came = newlyWaiting(before.current, entries);
    before.current = entries;
    if (came.length === 0) return;
    const noticedAt = Date.now();
    setArrivals(
      came.map(({ consultation_id, patient_name }) => ({
        id: consultation_id,
        name: patient_name,
        noticedAt,
      })),
    );
    if (chime) playChime();
  }, [entries, chime]);
  return arrivals;
}
