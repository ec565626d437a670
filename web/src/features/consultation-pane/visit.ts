import type { ConsultationView, QueueEntry } from '../../protocol/signaling';

/** What both the queue and the room know of a visit. */
export type VisitFacts = Pick<
  ConsultationView & QueueEntry,
  | 'patient_name'
  | 'state'
  | 'scheduled_start'
  | 'scheduled_end'
  | 'arrived_at'
  | 'admitted_at'
  | 'ended_at'
>;

/** A moment of the hospital's clock, by this device's clock. */
export function localMoment(moment: string, aheadMs: number): Date {
  return new Date(Date.parse(moment) - aheadMs);
}

/** Whole seconds between two moments, never less than none; undefined while one of them has not been. */
export function secondsBetween(from: string | null, to: string | null): number | undefined {
  if (from === null || to === null) return undefined;
  return Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / 1000));
}
