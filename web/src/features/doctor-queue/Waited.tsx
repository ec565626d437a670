import { minutesSince } from './queue';
import { useQueueText } from './strings';
import { useNow } from './useNow';

const tickMs = 5_000;

/** A wait in words for people: "just now", "12 min", "1 h 5 min". */
export function useWaited(): (minutes: number) => string {
  const text = useQueueText();
  return (minutes) => {
    if (minutes < 1) return text('waited.now');
    if (minutes < 60) return text('waited.minutes', { minutes });
    return text('waited.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
  };
}

/** How long somebody has waited, running. `since` is by this device's clock. */
export function Waited({ since }: { since: number }) {
  const minutes = minutesSince(since, useNow(tickMs));
  return <>{useWaited()(minutes)}</>;
}
