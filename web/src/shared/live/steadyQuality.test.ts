import { describe, expect, it } from 'vitest';
import type { Quality } from '../ui';
import { SteadyQuality, worseOf } from './steadyQuality';

/** What is shown, one measurement a second. */
function shown(words: readonly (Quality | null)[], everyMs = 1_000): (Quality | null)[] {
  const steady = new SteadyQuality();
  return words.map((word, index) => steady.next(word, index * everyMs));
}

const times = <Word>(count: number, word: Word): Word[] => Array<Word>(count).fill(word);

describe('the word that is shown', () => {
  it('is the first one at once', () => {
    expect(shown(['poor'])).toEqual(['poor']);
    expect(shown([null, null, 'good'])).toEqual([null, null, 'good']);
  });

  it('gets worse when it has been worse for two seconds', () => {
    expect(shown(['excellent', 'poor', 'poor', 'poor'])).toEqual([
      'excellent',
      'excellent',
      'excellent',
      'poor',
    ]);
  });

  it('gets better when it has been better for six', () => {
    const words = ['poor', ...times(7, 'good')] as Quality[];
    expect(shown(words)).toEqual([...times(7, 'poor'), 'good']);
  });

  it('does not follow a figure that goes to and fro over its limit', () => {
    const flicker = times(20, ['good', 'poor'] as const).flat();
    expect(new Set(shown(['good', ...flicker]))).toEqual(new Set(['good']));
    expect(new Set(shown(['poor', ...flicker]))).toEqual(new Set(['poor']));
    // Neither when both are on one side of what is shown.
    const both = shown(['excellent', ...flicker]);
    expect(both.slice(0, 3)).toEqual(times(3, 'excellent'));
    expect(new Set(both.slice(3))).toEqual(new Set(['good']));
  });

  it('is the mildest change that held all the time', () => {
    expect(shown(['excellent', 'poor', 'good', 'poor']).at(-1)).toBe('good');
    expect(shown(['poor', ...times(5, 'excellent' as const), 'good', 'excellent']).at(-1)).toBe(
      'good',
    );
  });

  it('says at once that nothing comes, and that something comes again', () => {
    expect(shown(['excellent', 'lost', 'good', 'excellent'])).toEqual([
      'excellent',
      'lost',
      'good',
      'good',
    ]);
  });

  it('holds for a moment without measurements, then there is none', () => {
    expect(shown(['good', ...times(6, null)])).toEqual([...times(6, 'good'), null]);
    expect(shown(['good', null, 'good', null]).at(-1)).toBe('good');
  });

  it('counts by the clock, however seldom it is measured', () => {
    expect(shown(['good', 'poor', 'poor'], 2_000)).toEqual(['good', 'good', 'poor']);
  });

  it('begins anew after a reset', () => {
    const steady = new SteadyQuality();
    steady.next('poor', 0);
    steady.reset();
    expect(steady.next('excellent', 1)).toBe('excellent');
  });
});

it.each([
  ['good', 'poor', 'poor'],
  ['lost', 'excellent', 'lost'],
  [null, 'good', 'good'],
  ['good', null, 'good'],
  [null, null, null],
] as const)('of %s and %s the worse is %s', (one, other, worse) => {
  expect(worseOf(one, other)).toBe(worse);
});
