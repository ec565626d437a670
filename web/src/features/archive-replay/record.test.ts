import { describe, expect, it } from 'vitest';
import { callOf, chatText, gapBefore, laneOf, presenceOf } from './record';
import { entryOf } from './testRecord';

const start = Date.parse('2026-11-23T06:00:00Z');
const at = (seconds: number) => start + seconds * 1000;

describe('a lane', () => {
  it.each([
    [{ kind: 'chat', author_role: 'patient' as const }, 'patient'],
    [{ kind: 'chat', author_role: 'doctor' as const }, 'doctor'],
    [{ kind: 'chat', author_role: null }, 'events'],
    [{ kind: 'joined', author_role: 'doctor' as const }, 'events'],
    [{ kind: 'a-kind-of-later', author_role: 'patient' as const }, 'events'],
  ])('of %o is %s', (entry, lane) => {
    expect(laneOf(entryOf(1, entry))).toBe(lane);
  });
});

it('reads a chat entry only when it holds text', () => {
  expect(chatText(entryOf(1, { body: { text: 'Hello' } }))).toBe('Hello');
  expect(chatText(entryOf(1, { body: { text: 7 } }))).toBeUndefined();
  expect(chatText(entryOf(1, { body: null, damaged: true }))).toBeUndefined();
  expect(chatText(entryOf(1, { kind: 'left', body: { text: 'Hello' } }))).toBeUndefined();
});

describe('who was there', () => {
  const said = (seconds: number, kind: string, author_role: 'patient' | 'doctor') =>
    entryOf(seconds, { kind, author_role, recorded_at: new Date(at(seconds)).toISOString() });

  it('is told by arriving, connecting and leaving', () => {
    const entries = [
      said(1, 'joined', 'patient'),
      said(2, 'arrived', 'patient'),
      said(10, 'joined', 'doctor'),
      said(20, 'admitted', 'doctor'),
      said(30, 'left', 'patient'),
      said(35, 'joined', 'patient'),
      said(60, 'finished', 'doctor'),
    ];
    expect(presenceOf(entries)).toEqual([
      { lane: 'patient', kind: 'waiting', fromMs: at(2), toMs: at(20) },
      { lane: 'patient', kind: 'connected', fromMs: at(1), toMs: at(30) },
      { lane: 'patient', kind: 'connected', fromMs: at(35), toMs: at(60) },
      { lane: 'doctor', kind: 'connected', fromMs: at(10), toMs: at(60) },
    ]);
    expect(callOf(entries)).toEqual({ fromMs: at(20), toMs: at(60) });
  });

  it('lasts to the last entry when nobody left', () => {
    const entries = [said(1, 'arrived', 'patient'), said(9, 'media', 'patient')];
    expect(presenceOf(entries)).toEqual([
      { lane: 'patient', kind: 'waiting', fromMs: at(1), toMs: at(9) },
    ]);
    expect(callOf(entries)).toBeUndefined();
  });
});

it('notices numbers that are not there', () => {
  const entries = [entryOf(2), entryOf(3), entryOf(7)];
  expect([0, 1, 2].map((index) => gapBefore(entries, index))).toEqual([
    { first: 1, last: 1 },
    undefined,
    { first: 4, last: 6 },
  ]);
});
