/** Which step of a visit's journey a page shows: one answer from all that is known. */
import { closesAt, opensAt, type ConsultationState, type Visit } from '../../features/visits';
import type { VisitSafety } from '../../features/safety';
import type { RoomPhase } from '../../shared/live';
import type { JourneyStep } from '../../shared/ui';

export type Step =
  /** Before the waiting room opens. */
  | 'early'
  /** Camera, sound, network, consent; from here one enters. */
  | 'ready'
  | 'waiting'
  | 'call'
  /** Left the call on purpose, while it goes on. */
  | 'left'
  | 'afterwards'
  | 'cancelled'
  /** The time passed. */
  | 'late'
  /** Open on another page. */
  | 'superseded'
  /** The server refused, for a reason that is none of the above. */
  | 'refused';

export interface Known {
  /** As last read. */
  visit: Visit;
  phase: RoomPhase;
  /** As the room last said; null before it said anything. */
  live: ConsultationState | null;
  /** Why the room refused; null when it did not. */
  refusal: string | null;
  /** This tab was in the call, so it goes back there without being asked. */
  returns: boolean;
  now: number;
}

/** The consultation's state as far as this page can know it. */
export function stateOf({ visit, phase, live }: Known): ConsultationState {
  const booked = visit.consultation_state;
  if (live === null) return booked;
  const states = [live, booked];
  // Nobody comes back from these, whoever knew first.
  const furthest = (['finished', 'cancelled', 'in-progress'] as const).find((state) =>
    states.includes(state),
  );
  if (furthest) return furthest;
  if (phase === 'inside' || phase === 'entering') return live;
  // Leaving the waiting room gives up the place, and the room's last word was from before.
  return phase === 'left' ? 'planned' : booked;
}

export function stepOf(known: Known): Step {
  const { visit, phase, refusal, returns, now } = known;
  const state = stateOf(known);
  if (state === 'finished') return 'afterwards';
  if (state === 'cancelled') return 'cancelled';
  if (phase === 'superseded') return 'superseded';
  if (phase === 'refused') {
    if (refusal === 'consultation.too_early') return 'early';
    if (refusal === 'visit.safety_needed' || refusal === 'visit.location_needed') return 'ready';
    if (refusal === 'visit.diagnosis_needed') return 'ready';
    return refusal === 'consultation.too_late' ? 'late' : 'refused';
  }
  const takesPart = phase === 'inside' || phase === 'entering';
  switch (state) {
    case 'in-progress':
      if (phase === 'left') return 'left';
      return takesPart || returns ? 'call' : 'ready';
    case 'arrived':
      return 'waiting';
    case 'planned':
      if (phase === 'inside') return 'waiting';
      if (phase === 'entering') return 'ready';
      if (now < opensAt(visit)) return 'early';
      return now > closesAt(visit) ? 'late' : 'ready';
  }
}

/** What still has to be said before the ready check; nothing when all of it was. */
export type Gate = 'loading' | 'error' | 'guardian' | 'safety' | 'location' | 'diagnosis' | null;

export function gateOf(safety: VisitSafety | undefined, failed: boolean): Gate {
  if (safety === undefined) return failed ? 'error' : 'loading';
  if (safety.guardian === 'needed') return 'guardian';
  if (safety.answered_at === null) return 'safety';
  if (safety.located_at === null) return 'location';
  return safety.diagnosis === 'needed' ? 'diagnosis' : null;
}

/** Where a step is on the strip. */
export function stripStepOf(step: Step, state: ConsultationState): JourneyStep {
  switch (step) {
    case 'early':
    case 'late':
    case 'cancelled':
      return 'booked';
    case 'ready':
      return 'ready';
    case 'waiting':
      return 'waiting';
    case 'call':
    case 'left':
      return 'in_call';
    case 'afterwards':
      return 'afterwards';
    case 'superseded':
    case 'refused':
      if (state === 'in-progress') return 'in_call';
      return state === 'arrived' ? 'waiting' : 'ready';
  }
}
