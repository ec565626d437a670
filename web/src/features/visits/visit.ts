/** What a patient may know about a visit before anything is live: where it stands and when it opens. */
import type { components } from '../../protocol/api';

export type Visit = components['schemas']['AppointmentView'];
/** One that is over may say that it was the hospital that called it off. */
export type ListedVisit = Visit & { called_off?: boolean };
export type ConsultationState = components['schemas']['ConsultationState'];

export type VisitStage =
  /** Booked; the waiting room is not open yet. */
  | 'early'
  /** Booked; the waiting room is open. */
  | 'open'
  /** The patient has arrived and keeps a place. */
  | 'waiting'
  /** The doctor has admitted the patient. */
  | 'call'
  | 'finished'
  | 'cancelled'
  /** The hospital cancelled it, and offered other times or the fee. */
  | 'calledOff'
  /** Called off before, and its new time is not confirmed yet. */
  | 'requested'
  /** The time passed and patient and doctor did not meet. */
  | 'missed'
  /** The doctor admitted the patient, long ago, and never ended the visit. */
  | 'unclosed';

const minuteMs = 60_000;

// As in the server's domain rules. The server decides; these only say beforehand what it will decide.
const arriveBeforeMs = 60 * minuteMs;
const arriveAfterMs = 12 * 60 * minuteMs;

/** When the waiting room opens for this visit, as Date.now() counts. */
export const opensAt = ({ starts_at }: Pick<Visit, 'starts_at'>): number =>
  Date.parse(starts_at) - arriveBeforeMs;

export const closesAt = ({ ends_at }: Pick<Visit, 'ends_at'>): number =>
  Date.parse(ends_at) + arriveAfterMs;

export function stageOf(visit: ListedVisit, now: number): VisitStage {
  if (visit.state === 'cancelled') return visit.called_off ? 'calledOff' : 'cancelled';
  if (visit.state === 'pending') return 'requested';
  switch (visit.consultation_state) {
    case 'cancelled':
    case 'finished':
      return visit.consultation_state;
    case 'in-progress':
      return now > closesAt(visit) ? 'unclosed' : 'call';
    case 'arrived':
      return now > closesAt(visit) ? 'missed' : 'waiting';
    case 'planned':
      if (now < opensAt(visit)) return 'early';
      return now > closesAt(visit) ? 'missed' : 'open';
  }
}

const urgency: Partial<Record<VisitStage, number>> = { call: 0, waiting: 1, open: 2, early: 2 };

/** What is still to come, the most urgent first: a doctor who waits, a place in the queue, then by time. */
export function upcomingOf(visits: readonly Visit[], now: number): Visit[] {
  const rank = (visit: Visit) => urgency[stageOf(visit, now)];
  return visits
    .filter((visit) => rank(visit) !== undefined)
    .sort(
      (one, other) =>
        (rank(one) ?? 0) - (rank(other) ?? 0) || one.starts_at.localeCompare(other.starts_at),
    );
}
