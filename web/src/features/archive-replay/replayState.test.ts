import { describe, expect, it } from 'vitest';
import { scheduleOf } from './playback';
import { openReplay, replay, type ReplayState, type ReplayStep } from './replayState';

const schedule = scheduleOf([0, 1_000, 1_000, 3_000, 60_000], true);
const after = (state: ReplayState, ...steps: ReplayStep[]) =>
  steps.reduce((now, step) => replay(schedule, now, step), state);
const open = openReplay(schedule);

it('opens with the whole record said', () => {
  expect(open).toMatchObject({ head: 4, selected: 4, offsetMs: 8_000, playing: false });
});

it('plays from the beginning when it stands at the end, and stops there', () => {
  const playing = after(open, { type: 'play' });
  expect(playing).toMatchObject({ head: 0, offsetMs: 0, playing: true });
  const later = after(playing, { type: 'tick', elapsedMs: 1_500 });
  expect(later).toMatchObject({ head: 2, selected: 2, playing: true });
  expect(after(later, { type: 'tick', elapsedMs: 60_000 })).toMatchObject({
    head: 4,
    playing: false,
  });
});

it('goes on where it was paused', () => {
  const paused = after(open, { type: 'go', to: 1 }, { type: 'play' }, { type: 'pause' });
  expect(after(paused, { type: 'tick', elapsedMs: 500 })).toBe(paused);
  expect(after(paused, { type: 'play' })).toMatchObject({ head: 1, playing: true });
});

describe('stepping by entries', () => {
  it('stops at each of several said at once', () => {
    const one = after(open, { type: 'go', to: 1 });
    const two = after(one, { type: 'step', by: 1 });
    expect([one.head, two.head]).toEqual([1, 2]);
    expect(one.offsetMs).toBe(two.offsetMs);
    expect(after(two, { type: 'step', by: 1 }).head).toBe(3);
  });

  it('stays within the record', () => {
    expect(after(open, { type: 'step', by: 9 }).head).toBe(4);
    expect(after(open, { type: 'step', by: -99 }).head).toBe(0);
  });
});

it('selects what was said last where the head is dragged', () => {
  expect(after(open, { type: 'seek', offsetMs: 2_000 })).toMatchObject({ head: 2, selected: 2 });
  expect(after(open, { type: 'seek', offsetMs: -1 })).toMatchObject({ head: 0, offsetMs: 0 });
});

describe('looking at an entry', () => {
  it('leaves the head where it is', () => {
    expect(after(open, { type: 'select', index: 1 })).toMatchObject({ head: 4, selected: 1 });
  });

  it('takes the head along when the entry is not said yet', () => {
    const early = after(open, { type: 'go', to: 0 });
    expect(after(early, { type: 'select', index: 3 })).toMatchObject({ head: 3, selected: 3 });
  });

  it('leaves the head when all is shown', () => {
    const early = after(open, { type: 'go', to: 0 }, { type: 'showAll', showAll: true });
    const later = after(early, { type: 'select', index: 3 });
    expect(later).toMatchObject({ head: 0, selected: 3 });
    expect(after(later, { type: 'showAll', showAll: false }).selected).toBe(0);
  });

  it('is not disturbed by playing until the next entry is said', () => {
    const playing = after(open, { type: 'play' }, { type: 'showAll', showAll: true });
    const looking = after(playing, { type: 'select', index: 3 });
    expect(after(looking, { type: 'tick', elapsedMs: 500 }).selected).toBe(3);
    expect(after(looking, { type: 'tick', elapsedMs: 1_000 }).selected).toBe(2);
  });
});

it('looks at what came after the visit without playing it', () => {
  const early = after(open, { type: 'go', to: 1 });
  const later = after(early, { type: 'select', index: 6 });
  expect(later).toMatchObject({ head: 1, selected: 6, offsetMs: early.offsetMs });
  expect(after(later, { type: 'showAll', showAll: false }).selected).toBe(6);
});
