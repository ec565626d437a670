import { describe, expect, it } from 'vitest';
import { actsOf, isLive, isOpen, stepsOf } from './steps';
import { approval, destroyed, request } from './samples';

describe('the steps', () => {
  it('wait for the first approval after the request', () => {
    expect(stepsOf(request()).map(({ state }) => state)).toEqual([
      'done',
      'now',
      'next',
      'next',
      'next',
    ]);
  });

  it('name who has taken them', () => {
    const steps = stepsOf(
      request({ state: 'approved', approvals: [approval('Chen'), approval('Sun')] }),
    );
    expect(steps.map(({ by }) => by)).toEqual(['Zhou', 'Chen', 'Sun', undefined, undefined]);
    expect(steps[3]?.state).toBe('now');
  });

  it('wait for the backups after the keys are destroyed, and then for nothing', () => {
    const approvals = [approval('Chen'), approval('Sun')];
    const gone = request({ state: 'key-destroyed', approvals, destroyed: destroyed() });
    expect(stepsOf(gone).at(-1)?.state).toBe('now');
    const completed = destroyed({ completed_at: '2042-03-01T00:00:00Z' });
    const all = stepsOf(request({ state: 'complete', approvals, destroyed: completed }));
    expect(all.every(({ state }) => state === 'done')).toBe(true);
  });

  it.each(['refused', 'withdrawn', 'expired'] as const)('stop when it is %s', (state) => {
    const ending = { by_name: null, at: '2042-01-02T00:00:00Z', reason: null };
    const steps = stepsOf(request({ state, ending, approvals: [approval('Chen')] }));
    expect(steps.map((step) => step.state)).toEqual(['done', 'done', 'never', 'never', 'never']);
  });
});

describe('who can do what', () => {
  it.each([
    ['the requester withdraws', request({ own: true }), ['withdraw']],
    ['another approves or refuses', request(), ['approve', 'refuse']],
    ['who approved does not again', request({ approved_by_me: true }), ['refuse']],
    ['anyone of them destroys', request({ state: 'approved', own: true }), ['destroy', 'withdraw']],
    ['what is over is over', request({ state: 'refused' }), []],
    ['what is destroyed too', request({ state: 'key-destroyed' }), []],
  ])('%s', (_, one, acts) => {
    expect(actsOf(one)).toEqual(acts);
  });

  it('is open until the last backup is gone', () => {
    expect(isOpen(request({ state: 'key-destroyed' }))).toBe(true);
    expect(isLive(request({ state: 'key-destroyed' }))).toBe(false);
    expect(isOpen(request({ state: 'complete' }))).toBe(false);
  });
});
