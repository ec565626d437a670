/** The time axis: original moments and play offsets as shares of its width, its ticks, its marks that crowd. */
import { momentAt, type Schedule } from './playback';

/** True time, or with silences as short as they are played. */
export type AxisMode = 'true' | 'shortened';

export interface Axis {
  /** Where an entry stands, 0 to 1. */
  entry: (index: number) => number;
  /** Where the play head stands. */
  head: (offsetMs: number) => number;
  /** Where a moment stands; outside the visit, at its nearer end. */
  moment: (ms: number) => number;
}

const share = (value: number, from: number, to: number) =>
  to > from ? Math.min(1, Math.max(0, (value - from) / (to - from))) : 0;

/** The first and last moment among the times that can be believed; among all when none can. */
export function spanOf(times: readonly number[], believed: (index: number) => boolean) {
  const sound = times.filter((time, index) => believed(index) && Number.isFinite(time));
  const kept = sound.length > 0 ? sound : times.filter(Number.isFinite);
  return { fromMs: Math.min(...kept), toMs: Math.max(...kept) };
}

export type Span = ReturnType<typeof spanOf>;

export function axisOf(mode: AxisMode, schedule: Schedule, span: Span): Axis {
  const { times, offsets, lengthMs } = schedule;
  if (mode === 'true') {
    const moment = (ms: number) => share(ms, span.fromMs, span.toMs);
    return {
      entry: (index) => moment(times[index] ?? span.fromMs),
      head: (offsetMs) => moment(momentAt(schedule, offsetMs)),
      moment,
    };
  }
  const head = (offsetMs: number) => share(offsetMs, 0, lengthMs);
  return {
    entry: (index) => head(offsets[index] ?? 0),
    head,
    // Only entries' own moments are asked for, so the last entry that is not later is the one.
    moment: (ms) => {
      const after = times.findIndex((time) => time >= ms);
      return head(offsets[after === -1 ? offsets.length - 1 : after] ?? 0);
    },
  };
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const tickSteps = [1, 2, 5, 10, 15, 30]
  .map((n) => n * second)
  .concat([1, 2, 5, 10, 15, 30].map((n) => n * minute))
  .concat([1, 2, 3, 6, 12, 24].map((n) => n * hour));

export interface Tick {
  /** The original moment that stands there. */
  ms: number;
  at: number;
}

export interface Ticks {
  ticks: Tick[];
  /** Whether minutes are enough to tell the ticks apart. */
  wholeMinutes: boolean;
}

/** Round moments in true time, no more than fit. */
export function roundTicks(span: Span, most: number): Ticks {
  const length = span.toMs - span.fromMs;
  const step =
    tickSteps.find((candidate) => length / candidate <= most) ??
    Math.ceil(length / most / (24 * hour)) * 24 * hour;
  const ticks: Tick[] = [];
  for (let ms = Math.ceil(span.fromMs / step) * step; ms <= span.toMs; ms += step) {
    ticks.push({ ms, at: share(ms, span.fromMs, span.toMs) });
  }
  return { ticks, wholeMinutes: step >= minute };
}

/** Entries' own moments where silences are shortened, no closer than they can be read. */
export function entryTicks(schedule: Schedule, axis: Axis, most: number): Ticks {
  const ticks: Tick[] = [];
  schedule.times.forEach((ms, index) => {
    const at = axis.entry(index);
    const before = ticks.at(-1);
    if (before === undefined || at - before.at >= 1 / most) ticks.push({ ms, at });
  });
  return { ticks, wholeMinutes: false };
}

/** Marks that would cover each other, as one: indexes of entries and where the first stands. */
export interface Cluster {
  indexes: number[];
  at: number;
}

/** Gathers marks, given in order of their place, that stand closer than `apart`. */
export function clusters(
  marks: readonly { index: number; at: number }[],
  apart: number,
): Cluster[] {
  const found: Cluster[] = [];
  for (const { index, at } of [...marks].sort((one, other) => one.at - other.at)) {
    const last = found.at(-1);
    if (last && at - last.at < apart) last.indexes.push(index);
    else found.push({ indexes: [index], at });
  }
  return found;
}
