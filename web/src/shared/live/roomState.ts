/** What a room shows to its page and tells to its listeners. How it comes about is in room.ts. */
import type {
  ConsultationView,
  EntryView,
  Participant,
  RoomSnapshot,
  Signaling,
  WaitingView,
} from '../../protocol/signaling';
import type { LiveError } from './liveError';
import type { PendingMessage } from './outbox';
import type { Connection } from './socket';

/** As whom a page takes part. */
export type RoomKind = 'patient' | 'doctor' | 'guest';

/** What this page sends now, for the other side and for the record. */
export interface Sending {
  microphone: boolean;
  camera: boolean;
}

export type RoomPhase =
  /** Not asked to enter yet. */
  | 'outside'
  /** Asked; no answer yet. */
  | 'entering'
  /** In the room; stays so while the connection is lost and found again: see `connection`. */
  | 'inside'
  /** The same account opened the visit elsewhere; `takeBack` brings it here again. */
  | 'superseded'
  /** Left on purpose; `enter` comes back. */
  | 'left'
  /** The server refused, and repeating would not help: see `error`. */
  | 'refused';

export interface RoomState {
  phase: RoomPhase;
  connection: Connection;
  /** These four are null until the first answer to entering, and stay afterwards. */
  consultation: ConsultationView | null;
  me: Participant | null;
  other: Participant | null;
  /** The guest, while one is here or expected back; to the guest it is the patient. */
  third: Participant | null;
  /** Whether the hospital has a relay, without which nobody can be asked in. */
  relay: boolean;
  /** Grows with each hint that the visit's invitation changed. */
  guestChanges: number;
  /** How far the hospital's clock is ahead of this device's, so that its times can be counted from here. */
  aheadMs: number;
  /** Date.now() when the other's presence last changed, as far as this page knows. */
  otherSince: number;
  /** The record as far as this page has it, by seq, without repeats. */
  entries: readonly EntryView[];
  /** This page's messages that the record has not confirmed, oldest first. */
  outbox: readonly PendingMessage[];
  /** The patient's place; null for doctors and when nobody waits. */
  waiting: WaitingView | null;
  /** Why entering failed last; null once inside. */
  error: LiveError | null;
}

/** What PeerLink needs to hear, at the moment it happens and in order. */
export interface RoomListener {
  /** About to join as a new endpoint, which has nothing in common with anybody yet. */
  beginning: () => void;
  /** After every successful join, as a new endpoint or as the same one again. */
  joined: (snapshot: RoomSnapshot) => void;
  presence: (other: Participant) => void;
  state: (consultation: ConsultationView) => void;
  description: (body: Signaling['server']['signal.description']) => void;
  candidate: (body: Signaling['server']['signal.candidate']) => void;
  /** This page no longer takes part: superseded, left, or disposed of. */
  out: () => void;
}

export interface RoomOptions {
  accountId: string;
  kind: RoomKind;
  /** Read at each join, so that the other side and the record know what this page sends. */
  sending: () => Sending;
}

/** What lies within the time that an answer takes says nothing about the clocks. */
const noiseMs = 1_500;

/** How far the hospital's clock is ahead, from the hospital's time in an answer that just came. */
export function clockAhead(at: string, known: number): number {
  const measured = Date.parse(at) - Date.now();
  return Math.abs(measured - known) > noiseMs ? measured : known;
}

const begun = ['in-progress', 'finished', 'cancelled'];

/** What a broadcast may have said while the answer to joining was on its way: nobody goes back from these. */
export function furthest(heard: ConsultationView | null, answer: RoomSnapshot): ConsultationView {
  const { consultation } = answer;
  if (heard === null) return consultation;
  const rank = (view: ConsultationView) => Math.min(begun.indexOf(view.state), 1);
  return rank(heard) > rank(consultation) ? heard : consultation;
}
