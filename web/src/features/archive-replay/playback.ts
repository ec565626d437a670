/**
 * The replay's clock: pure functions from the entries' original times to a play head and back.
 *
 * Played in their own time unless silences are to be skipped; the original times are never changed, only how
 * long one waits for them.
 */

/** With silences skipped, one longer than this is played as this long. */
export const longestSilenceMs = 5_000;

/** No visit is silent for longer; a damaged time must not make the replay endless. */
const longestBelievedMs = 12 * 60 * 60_000;

export const speeds = ['1', '2', '5', '10'] as const;
export type Speed = (typeof speeds)[number];

/** When each entry is played: offsets in milliseconds from the first, never falling. */
export interface Schedule {
  /** The original times, in the order of the entries; a damaged one may be anything. */
  readonly times: readonly number[];
  readonly offsets: readonly number[];
  readonly lengthMs: number;
  /** How long the same takes with every silence whole. */
  readonly originalMs: number;
}

/** Lays entries out for playing, in their kept order, whatever their times say. */
export function scheduleOf(times: readonly number[], skipSilences: boolean): Schedule {
  const longest = skipSilences ? longestSilenceMs : longestBelievedMs;
  let offset = 0;
  let originalMs = 0;
  const offsets = times.map((time, index) => {
    const before = times[index - 1];
    if (before !== undefined) {
      const silence = Math.max(0, time - before);
      offset += Math.min(silence, longest);
      originalMs += silence;
    }
    return offset;
  });
  return { times, offsets, lengthMs: offset, originalMs };
}

/** The entry that was said last at an offset: the last of several said at once. */
export function indexAt({ offsets }: Schedule, offsetMs: number): number {
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((offsets[middle] ?? Infinity) <= offsetMs) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

/** The original moment that an offset stands for; within a shortened silence time runs faster. */
export function momentAt(schedule: Schedule, offsetMs: number): number {
  const { times, offsets } = schedule;
  const index = indexAt(schedule, offsetMs);
  const from = times[index] ?? 0;
  const to = times[index + 1];
  const start = offsets[index] ?? 0;
  const end = offsets[index + 1];
  if (to === undefined || end === undefined || end <= start || to <= from) return from;
  const share = Math.min(1, Math.max(0, (offsetMs - start) / (end - start)));
  return from + share * (to - from);
}

/** The offset at which an original moment is played; the nearest end for a moment outside. */
export function offsetAt({ times, offsets, lengthMs }: Schedule, moment: number): number {
  if (moment <= (times[0] ?? moment)) return 0;
  for (let index = 0; index + 1 < times.length; index += 1) {
    const from = times[index] ?? 0;
    const to = times[index + 1] ?? 0;
    if (moment < from || moment >= to) continue;
    const start = offsets[index] ?? 0;
    return start + ((moment - from) / (to - from)) * ((offsets[index + 1] ?? start) - start);
  }
  return lengthMs;
}

/** Where the play head of one schedule is in another of the same entries. */
export function carryOver(from: Schedule, to: Schedule, offsetMs: number): number {
  const index = indexAt(from, offsetMs);
  const start = from.offsets[index] ?? 0;
  const end = from.offsets[index + 1] ?? start;
  const share = end > start ? Math.min(1, Math.max(0, (offsetMs - start) / (end - start))) : 0;
  const at = to.offsets[index] ?? 0;
  return at + share * ((to.offsets[index + 1] ?? at) - at);
}

/** Where the play head is after some time of playing. */
export function advance(
  { lengthMs }: Schedule,
  offsetMs: number,
  elapsedMs: number,
  speed: Speed,
): number {
  return Math.min(lengthMs, offsetMs + elapsedMs * Number(speed));
}

export interface Silence {
  /** The index of the entry before the silence. */
  after: number;
  fromMs: number;
  toMs: number;
}

/** The silences long enough to be skipped. */
export function longSilences({ times }: Schedule): Silence[] {
  return times.flatMap((fromMs, after) => {
    const toMs = times[after + 1];
    return toMs !== undefined && toMs - fromMs > longestSilenceMs ? [{ after, fromMs, toMs }] : [];
  });
}
