import type { WaitingView } from '../../protocol/signaling';
import type { Text } from '../../shared/i18n';
import { useWaitingText } from './strings';

type Key =
  | 'place.asking'
  | 'place.next'
  | 'place.before'
  | 'wait.asking'
  | 'wait.within'
  | 'wait.range'
  | 'wait.about'
  | 'wait.planned'
  | 'wait.earlier';

export interface Planned {
  /** How long until the planned time; negative once it passed. */
  minutesAway: number;
  /** The planned time in words. */
  time: string;
}

/**
 * A patient's place and wait in words.
 *
 * The estimate knows the queue and not the clock, so before the planned time the later of the two is
 * said: who checked in forty minutes early is not promised five.
 */
export function waitingWords(
  text: Text<Key>,
  waiting: WaitingView | null,
  planned: Planned,
): { place: string; wait: string; note?: string } {
  if (!waiting) return { place: text('place.asking'), wait: text('wait.asking') };
  const { before, wait_from_min: from, wait_to_min: to } = waiting;
  const place = before === 0 ? text('place.next') : text('place.before', { count: before });
  if (planned.minutesAway > to) {
    const wait = text('wait.planned', { time: planned.time });
    return { place, wait, note: text('wait.earlier') };
  }
  if (from === 0) return { place, wait: text('wait.within', { to }) };
  if (from === to) return { place, wait: text('wait.about', { to }) };
  return { place, wait: text('wait.range', { from, to }) };
}

/** As waitingWords, in the language of the page. */
export function useWaitingWords(waiting: WaitingView | null, planned: Planned) {
  return waitingWords(useWaitingText(), waiting, planned);
}
