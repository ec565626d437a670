import { expect, it } from 'vitest';
import { anEntry, aParticipant, doctorId, patientId } from '../../shared/live/testing';
import type { EntryKind } from '../../protocol/signaling';
import { timelineOf } from './timeline';

const me = aParticipant('patient');
const pending = {
  message_id: 'p1',
  text: 'later',
  written_at: '2026-11-23T06:03:00Z',
  state: 'sending' as const,
  error: null,
};

it('names who speaks once in a row', () => {
  const entries = [
    anEntry(1),
    anEntry(2),
    anEntry(3, { author_id: patientId }),
    anEntry(4, { kind: 'admitted', text: null }),
    anEntry(5, { author_id: patientId }),
  ];
  expect(
    timelineOf({ entries, outbox: [pending], me }).map((item) =>
      item.kind === 'fact' ? item.fact : item.continues,
    ),
  ).toEqual([false, true, false, 'admitted', false, true]);
});

it('tells a camera that changed, and leaves muting to the record', () => {
  const media = (seq: number, camera: boolean, microphone: boolean) =>
    anEntry(seq, { kind: 'media', text: null, detail: { camera, microphone } });
  const entries = [
    anEntry(1, { kind: 'joined', text: null, detail: { camera: true, microphone: true } }),
    media(2, true, false),
    media(3, false, false),
    media(4, true, true),
  ];
  expect(
    timelineOf({ entries, outbox: [], me }).map((item) => item.kind === 'fact' && item.fact),
  ).toEqual(['joined', 'cameraOff', 'cameraOn']);
});

it('tells a lost connection from leaving', () => {
  const left = (seq: number, reason: string) =>
    anEntry(seq, { kind: 'left', text: null, author_id: doctorId, detail: { reason } });
  const entries = [left(1, 'left'), left(2, 'connection-lost')];
  expect(
    timelineOf({ entries, outbox: [], me }).map((item) => item.kind === 'fact' && item.fact),
  ).toEqual(['left', 'lost']);
});

it('tells joining again and again once', () => {
  const joined = (seq: number, author_id: string) =>
    anEntry(seq, { kind: 'joined', text: null, author_id });
  const entries = [
    joined(1, doctorId),
    joined(2, doctorId),
    joined(3, patientId),
    joined(4, doctorId),
  ];
  expect(
    timelineOf({ entries, outbox: [], me }).map((item) => item.kind === 'fact' && item.seq),
  ).toEqual([1, 3, 4]);
});

it('tells each invitation, what came of it, and when each guest came first', () => {
  const of = (seq: number, kind: EntryKind, name: string) =>
    anEntry(seq, { kind, text: null, author_id: doctorId, detail: { name } });
  const entries = [
    of(1, 'guest-invited', 'A'),
    of(2, 'guest-withdrawn', 'A'),
    of(3, 'guest-invited', 'B'),
    of(4, 'guest-invited', 'B'),
    of(5, 'guest-joined', 'B'),
    of(6, 'guest-joined', 'B'),
    of(7, 'guest-joined', 'C'),
  ];
  expect(
    timelineOf({ entries, outbox: [], me }).map(
      (item) => item.kind === 'fact' && `${item.seq} ${item.fact} ${item.about}`,
    ),
  ).toEqual([
    '1 guestInvited A',
    '2 guestWithdrawn A',
    '3 guestInvited B',
    '4 guestInvited B',
    '5 guestJoined B',
    '7 guestJoined C',
  ]);
});

it('says of a message and a file that cannot be read that they were there', () => {
  const gone = { text: null, detail: null };
  const entries = [
    anEntry(1, { ...gone, unreadable: 'damaged' }),
    anEntry(2, { ...gone, kind: 'file', unreadable: 'destroyed' }),
    anEntry(3),
  ];
  expect(
    timelineOf({ entries, outbox: [], me }).map((item) =>
      item.kind === 'unreadable' ? [item.what, item.why, item.continues] : item.kind,
    ),
  ).toEqual([['message', 'damaged', false], ['file', 'destroyed', true], 'message']);
});
