import type { Participant } from '../../protocol/signaling';
import { callQuality } from '../../protocol/callQuality';
import type { LinkState, RoomKind, RoomState } from '../../shared/live';

/** What the stage shows, decided from everything that is known; the words are the component's. */
export type StageView =
  /** Nothing of the other person can be seen, and why. */
  | { kind: 'said'; what: Said; actions: 'none' | 'enter' | 'takeBack' | 'comeBack' }
  /** Their picture, or their avatar while the camera is off. */
  | { kind: 'person'; picture: boolean }
  /** The last picture, dimmed, and how long it has been standing still. */
  | { kind: 'held'; what: 'link' | 'other' | 'own'; since: number };

export type Said =
  | 'outside'
  | 'entering'
  | 'superseded'
  | 'left'
  | 'finished'
  | 'cancelled'
  | 'refused'
  | 'waiting.patient'
  | 'waiting.guest'
  | 'waiting.doctor'
  | 'waiting.nobody'
  | 'connecting'
  | 'away.absent'
  | 'away.left'
  | 'away.lost';

const say = (
  what: Said,
  actions: 'none' | 'enter' | 'takeBack' | 'comeBack' = 'none',
): StageView => ({ kind: 'said', what, actions });

/** Whether sound or picture of the other side arrives right now. */
function flows(link: LinkState): boolean {
  return link.status === 'connected' && (link.sample?.silentMs ?? 0) === 0;
}

/**
 * Since when nothing arrives of an other side that is here and sends; null while it does. A page that comes
 * back takes a moment, in which the connection to the relay is as good as ever.
 */
function silentSince({ sample }: LinkState, other: Participant): number | null {
  if (!sample || !(other.microphone || other.camera)) return null;
  return sample.silentMs >= callQuality.silenceMs ? sample.silentSince : null;
}

/** How the other side went last, by the record. */
function awayReason({ entries, other }: RoomState): Said {
  const last = entries.findLast(
    ({ author_id, kind }) =>
      author_id === other?.account_id && (kind === 'left' || kind === 'joined'),
  );
  if (last?.kind !== 'left') return last ? 'away.lost' : 'away.absent';
  return last.detail?.reason === 'connection-lost' ? 'away.lost' : 'away.left';
}

function outOfRoom({ phase, consultation }: RoomState): StageView | undefined {
  // Whatever this page does, an ended visit is ended.
  if (consultation?.state === 'finished' || consultation?.state === 'cancelled') {
    return say(consultation.state);
  }
  switch (phase) {
    case 'outside':
      return say('outside', 'enter');
    case 'entering':
      return say('entering');
    case 'superseded':
      return say('superseded', 'takeBack');
    case 'left':
      return say('left', 'comeBack');
    case 'refused':
      return say('refused');
    case 'inside':
      return undefined;
  }
}

function beforeTheCall(kind: RoomKind, state: RoomState): StageView {
  if (kind === 'guest') return say('waiting.guest');
  if (kind === 'patient') return say('waiting.patient');
  return say(state.consultation?.state === 'arrived' ? 'waiting.doctor' : 'waiting.nobody');
}

function stillStanding(link: LinkState, other: Participant): StageView {
  const since = silentSince(link, other);
  return since === null
    ? { kind: 'person', picture: other.camera }
    : { kind: 'held', what: 'link', since };
}

export function stageView(kind: RoomKind, state: RoomState, link: LinkState): StageView {
  const out = outOfRoom(state);
  if (out) return out;
  if (state.consultation?.state !== 'in-progress') return beforeTheCall(kind, state);
  const { other, connection } = state;
  if (!other) return say('entering');

  // Sound and picture outlive the signalling, so what arrives is shown whatever presence says.
  if (flows(link)) return { kind: 'person', picture: other.camera };
  const shown = link.remote !== null && link.status !== 'connecting';
  if (connection.status !== 'online' && 'since' in connection) {
    return { kind: 'held', what: 'own', since: connection.since };
  }
  switch (other.presence) {
    case 'away':
      return say(awayReason(state));
    case 'reconnecting':
      return { kind: 'held', what: 'other', since: state.otherSince };
    case 'here':
      if (!shown) return say('connecting');
      if (link.status !== 'connected') return { kind: 'held', what: 'link', since: link.since };
      return stillStanding(link, other);
  }
}

/** What to call somebody: the name, or the role until the name is known. */
export function nameOf(other: Participant | null, fallback: string): string {
  return other?.display_name ?? fallback;
}

/** What is shown of the third person: the picture, or why there is none. */
export type ThirdView = 'picture' | 'cameraOff' | 'connecting' | 'reconnecting' | 'away';

export function thirdView(third: Participant, link: LinkState): ThirdView {
  // Who reloads the page leaves a last picture, or a camera that was said to be off.
  if (third.presence !== 'here') return third.presence;
  if (!link.third || link.status !== 'connected') return 'connecting';
  return third.camera ? 'picture' : 'cameraOff';
}
