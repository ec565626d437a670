/** The doctor's day in the order in which it is worked off. Nothing here knows a clock or a screen. */
import type { QueueEntry } from '../../protocol/signaling';

export interface QueueGroups {
  /** Who is here and waits: with a red flag before all others, then the longest first. */
  waiting: readonly QueueEntry[];
  /** Visits that were begun and not ended. */
  inCall: readonly QueueEntry[];
  /** Who has not come yet, by the planned time. */
  planned: readonly QueueEntry[];
  /** What is over, the latest first. */
  finished: readonly QueueEntry[];
}

export type QueueGroup = keyof QueueGroups;

/** The groups from top to bottom. */
export const queueGroupOrder: readonly QueueGroup[] = ['inCall', 'waiting', 'planned', 'finished'];

const moment = (written: string | null, otherwise: string) => Date.parse(written ?? otherwise);

function sorted(
  entries: readonly QueueEntry[],
  momentOf: (entry: QueueEntry) => number,
): QueueEntry[] {
  return [...entries].sort(
    (one, other) =>
      momentOf(one) - momentOf(other) || one.consultation_id.localeCompare(other.consultation_id),
  );
}

function urgentFirst(entries: QueueEntry[]): QueueEntry[] {
  const urgent = ({ red_flags }: QueueEntry) => red_flags.length > 0;
  return [...entries.filter(urgent), ...entries.filter((entry) => !urgent(entry))];
}

export function groupQueue(entries: readonly QueueEntry[]): QueueGroups {
  const of = (state: QueueEntry['state']) => entries.filter((entry) => entry.state === state);
  return {
    waiting: urgentFirst(
      sorted(of('arrived'), (entry) => moment(entry.arrived_at, entry.scheduled_start)),
    ),
    inCall: sorted(of('in-progress'), (entry) => moment(entry.admitted_at, entry.scheduled_start)),
    planned: sorted(of('planned'), (entry) => moment(null, entry.scheduled_start)),
    finished: sorted(of('finished'), (entry) => -moment(entry.ended_at, entry.scheduled_end)),
  };
}

/** Whole minutes from a moment until now; never less than none, since two clocks may disagree. */
export function minutesSince(since: string | number, now: number): number {
  const from = typeof since === 'number' ? since : Date.parse(since);
  return Math.max(0, Math.floor((now - from) / 60_000));
}

/** Who comes next, another than this one: the longest waiting, else the next planned. */
export function nextUp(groups: QueueGroups, exceptId?: string): QueueEntry | undefined {
  const other = (entry: QueueEntry) => entry.consultation_id !== exceptId;
  return groups.waiting.find(other) ?? groups.planned.find(other);
}

/** Who began to wait between two readings. The first reading brings nobody new. */
export function newlyWaiting(
  before: readonly QueueEntry[] | undefined,
  now: readonly QueueEntry[],
): readonly QueueEntry[] {
  if (!before) return [];
  const waited = new Set(
    before.filter(({ state }) => state === 'arrived').map((entry) => entry.consultation_id),
  );
  return now.filter(
    ({ state, consultation_id }) => state === 'arrived' && !waited.has(consultation_id),
  );
}
