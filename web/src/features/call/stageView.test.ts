import { describe, expect, it } from 'vitest';
import type { LinkSample, LinkState, RoomState } from '../../shared/live';
import { aConsultation, anEntry, aParticipant, doctorId } from '../../shared/live/testing';
import { stageView } from './stageView';

const inside: RoomState = {
  phase: 'inside',
  connection: { status: 'online' },
  consultation: aConsultation(),
  me: aParticipant('patient'),
  other: aParticipant('doctor'),
  third: null,
  relay: true,
  guestChanges: 0,
  aheadMs: 0,
  otherSince: 7_000,
  entries: [],
  outbox: [],
  waiting: null,
  error: null,
};
const flowing: LinkState = {
  status: 'connected',
  since: 5_000,
  remote: {} as MediaStream,
  quality: 'good',
  sample: null,
};
const broken: LinkState = { ...flowing, status: 'interrupted' };
const none: LinkState = { ...flowing, status: 'idle', remote: null };

const of = (state: Partial<RoomState>, link = flowing, kind: 'patient' | 'doctor' = 'patient') => {
  const view = stageView(kind, { ...inside, ...state }, link);
  return view.kind === 'person' ? `person ${view.picture}` : view.what;
};

describe('while sound and picture arrive', () => {
  it('shows the person', () => expect(of({})).toBe('person true'));

  it('shows the avatar when the camera is off', () =>
    expect(of({ other: aParticipant('doctor', { camera: false }) })).toBe('person false'));

  it.each(['reconnecting', 'away'] as const)('does not care that the other is %s', (presence) =>
    expect(of({ other: aParticipant('doctor', { presence }) })).toBe('person true'),
  );

  it('does not care that the hospital cannot be reached', () =>
    expect(of({ connection: { status: 'reconnecting', since: 1 } })).toBe('person true'));
});

describe('when they stop', () => {
  it('holds the last picture and counts from the interruption', () =>
    expect(stageView('patient', inside, broken)).toEqual({
      kind: 'held',
      what: 'link',
      since: 5_000,
    }));

  it('says that the other is reconnecting, since when', () =>
    expect(
      stageView(
        'patient',
        { ...inside, other: aParticipant('doctor', { presence: 'reconnecting' }) },
        broken,
      ),
    ).toEqual({ kind: 'held', what: 'other', since: 7_000 }));

  const silent = (silentMs: number): LinkState => ({
    ...flowing,
    sample: { silentMs, silentSince: 9_000 } as LinkSample,
  });

  it('holds the last picture of who is here again and not yet seen, and counts from the silence', () =>
    expect(stageView('patient', inside, silent(2_500))).toEqual({
      kind: 'held',
      what: 'link',
      since: 9_000,
    }));

  it.each([
    ['a moment without anything', silent(2_499), {}],
    ['who sends nothing', silent(60_000), { microphone: false, camera: false }],
  ] as const)('takes %s for no interruption', (_, link, change) =>
    expect(
      stageView('patient', { ...inside, other: aParticipant('doctor', change) }, link).kind,
    ).toBe('person'),
  );

  it('blames the own connection when that is the cause', () =>
    expect(of({ connection: { status: 'offline', since: 3_000 } }, broken)).toBe('own'));

  it.each([
    ['away.absent', []],
    ['away.left', [anEntry(1, { kind: 'left', detail: { reason: 'left' } })]],
    ['away.lost', [anEntry(1, { kind: 'left', detail: { reason: 'connection-lost' } })]],
    [
      'away.lost',
      [
        anEntry(1, { kind: 'left', detail: { reason: 'left' } }),
        anEntry(2, { kind: 'joined', author_id: doctorId }),
      ],
    ],
  ] as const)('says %s by what the record knows', (what, entries) =>
    expect(of({ other: aParticipant('doctor', { presence: 'away' }), entries }, none)).toBe(what),
  );
});

describe('before and after', () => {
  it('is connecting until the first picture', () => expect(of({}, none)).toBe('connecting'));

  it.each([
    ['patient', 'arrived', 'waiting.patient'],
    ['doctor', 'arrived', 'waiting.doctor'],
    ['doctor', 'planned', 'waiting.nobody'],
  ] as const)('tells the %s of a visit that is %s: %s', (kind, state, what) =>
    expect(of({ consultation: aConsultation(state) }, none, kind)).toBe(what),
  );

  it.each(['outside', 'entering', 'superseded', 'left', 'refused'] as const)('says %s', (phase) =>
    expect(of({ phase }, none)).toBe(phase),
  );

  it('lets an ended visit be ended, whatever this page did', () =>
    expect(of({ phase: 'left', consultation: aConsultation('finished') }, none)).toBe('finished'));
});
