/** How it goes for each person in a call, in figures: for the doctor, who may have to help somebody. */
import type { Figures } from '../../protocol/signaling';
import type { LinkSample } from './linkStats';

/** Null is what was not measured. Rates in kbit/s, `loss` in 0..1. */
export interface PersonFigures {
  sendsKbit: number | null;
  getsKbit: number | null;
  /** The worse of what the person sends and gets, as are jitter and loss. */
  loss: number | null;
  roundTripMs: number | null;
  jitterMs: number | null;
  /** The picture that the person gets: which of its layers, 0 the smallest, or how large it is. */
  picture: { layer: number; layers: number } | { width: number; height: number } | null;
}

export type Person = 'me' | 'other' | 'third';
export type CallPeople = Record<Person, PersonFigures | null>;

export const nobody: CallPeople = { me: null, other: null, third: null };

const sized = (width: number | null, height: number | null) =>
  width !== null && height !== null ? { width, height } : null;

/** Page to page it is one connection: what one sends the other gets, and the rest is the same for both. */
export function peopleOf(sample: LinkSample | null): CallPeople {
  if (sample === null) return nobody;
  const { kbitInPerSecond, kbitOutPerSecond, loss, roundTripMs, jitterMs } = sample;
  const shared = { loss, roundTripMs, jitterMs };
  const { frameWidth, frameHeight, sentWidth, sentHeight } = sample;
  return {
    me: {
      sendsKbit: kbitOutPerSecond,
      getsKbit: kbitInPerSecond,
      ...shared,
      picture: sized(frameWidth, frameHeight),
    },
    other: {
      sendsKbit: kbitInPerSecond,
      getsKbit: kbitOutPerSecond,
      ...shared,
      picture: sized(sentWidth, sentHeight),
    },
    third: null,
  };
}

/** As the relay told it; null where nothing was told, or nothing that this page may know. */
export function figuresOf(told: Figures | undefined): PersonFigures | null {
  const measured = told?.measured;
  if (!measured) return null;
  const { layer, layers } = measured;
  return {
    sendsKbit: measured.sends_bps / 1000,
    getsKbit: measured.gets_bps / 1000,
    loss: measured.loss,
    roundTripMs: measured.round_trip_ms,
    jitterMs: measured.jitter_ms,
    picture: layer !== null && layers !== null ? { layer, layers } : null,
  };
}
