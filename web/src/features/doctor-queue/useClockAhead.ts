import { useEffect, useState } from 'react';

/** What lies within the time that an answer takes says nothing about the clocks. */
const noiseMs = 1_500;

/**
 * How far the hospital's clock is ahead of this device's, from the hospital's time in an answer that
 * just came. Waiting times are the hospital's, so a wrong clock on a desk must not change them.
 */
export function useClockAhead(at: string | undefined): number {
  const [aheadMs, setAheadMs] = useState(0);
  useEffect(() => {
    if (at === undefined) return undefined;
    const measured = Date.parse(at) - Date.now();
    const timer = setTimeout(
      () => setAheadMs((known) => (Math.abs(measured - known) > noiseMs ? measured : known)),
      0,
    );
    return () => clearTimeout(timer);
  }, [at]);
  return aheadMs;
}
