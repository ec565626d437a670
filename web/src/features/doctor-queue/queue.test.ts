import { describe, expect, it } from 'vitest';
import type { QueueEntry } from '../../protocol/signaling';
import { groupQueue, minutesSince, newlyWaiting, nextUp } from './queue';

const at = (time: string) => `2026-11-23T${time}:00Z`;

function entry(id: string, change: Partial<QueueEntry>): QueueEntry {
  return {
    consultation_id: id,
    appointment_id: `appointment of ${id}`,
    patient_name: id,
    presence: 'away',
    red_flags: [],
    state: 'planned',
    scheduled_start: at('09:00'),
    scheduled_end: at('09:20'),
    arrived_at: null,
    admitted_at: null,
    ended_at: null,
    ...change,
  };
}

const ids = (entries: readonly QueueEntry[]) => entries.map((one) => one.consultation_id);

describe('the groups', () => {
  it('put who waits by arrival, whatever time was booked', () => {
    const { waiting } = groupQueue([
      entry('early booking', {
        state: 'arrived',
        scheduled_start: at('08:00'),
        arrived_at: at('08:50'),
      }),
      entry('early bird', {
        state: 'arrived',
        scheduled_start: at('10:00'),
        arrived_at: at('08:40'),
      }),
    ]);
    expect(ids(waiting)).toEqual(['early bird', 'early booking']);
  });

  it('put who has not come by the planned time', () => {
    const { planned } = groupQueue([
      entry('ten', { scheduled_start: at('10:00') }),
      entry('nine', { scheduled_start: at('09:00') }),
    ]);
    expect(ids(planned)).toEqual(['nine', 'ten']);
  });

  it('put what is over by its end, the latest first', () => {
    const { finished } = groupQueue([
      entry('first', { state: 'finished', ended_at: at('09:10') }),
      entry('last', { state: 'finished', ended_at: at('10:10') }),
    ]);
    expect(ids(finished)).toEqual(['last', 'first']);
  });

  it('keep visits that were begun apart, and leave out what was cancelled', () => {
    const groups = groupQueue([
      entry('begun', { state: 'in-progress', admitted_at: at('09:05') }),
      entry('cancelled', { state: 'cancelled' }),
    ]);
    expect(ids(groups.inCall)).toEqual(['begun']);
    expect([...groups.waiting, ...groups.planned, ...groups.finished]).toEqual([]);
  });

  it('keep one order for those who came at the same moment', () => {
    const one = entry('a', { state: 'arrived', arrived_at: at('09:00') });
    const other = entry('b', { state: 'arrived', arrived_at: at('09:00') });
    expect(ids(groupQueue([other, one]).waiting)).toEqual(['a', 'b']);
    expect(ids(groupQueue([one, other]).waiting)).toEqual(['a', 'b']);
  });

  it('do not change what they were given', () => {
    const given = [
      entry('ten', { scheduled_start: at('10:00') }),
      entry('nine', { scheduled_start: at('09:00') }),
    ];
    groupQueue(given);
    expect(ids(given)).toEqual(['ten', 'nine']);
  });
});

describe('waiting time', () => {
  it.each([
    ['09:00', '09:00', 0],
    ['09:00', '09:12', 12],
    ['09:00', '10:30', 90],
  ])('from %s until %s is %i minutes', (since, now, minutes) => {
    expect(minutesSince(at(since), Date.parse(at(now)))).toBe(minutes);
  });

  it('counts a minute when it is over', () => {
    expect(minutesSince(at('09:00'), Date.parse(at('09:02')) - 1)).toBe(1);
  });

  it('is none when the clocks disagree', () => {
    expect(minutesSince(at('09:05'), Date.parse(at('09:00')))).toBe(0);
  });
});

describe('who comes next', () => {
  const waiting = entry('waiting', { state: 'arrived', arrived_at: at('09:00') });
  const planned = entry('planned', { scheduled_start: at('08:00') });

  it('is who waits, before who has not come', () => {
    expect(nextUp(groupQueue([planned, waiting]))?.consultation_id).toBe('waiting');
  });

  it('is never the one just looked at', () => {
    expect(nextUp(groupQueue([planned, waiting]), 'waiting')?.consultation_id).toBe('planned');
  });

  it('is nobody when the day is done', () => {
    expect(nextUp(groupQueue([entry('over', { state: 'finished' })]))).toBeUndefined();
  });
});

describe('who began to wait', () => {
  const here = entry('here', { state: 'arrived', arrived_at: at('09:00') });
  const came = entry('came', { state: 'arrived', arrived_at: at('09:10') });

  it('is nobody at the first reading', () => {
    expect(newlyWaiting(undefined, [here])).toEqual([]);
  });

  it('is who was not waiting before', () => {
    expect(ids(newlyWaiting([here, entry('came', {})], [here, came]))).toEqual(['came']);
  });

  it('is who comes back after stepping out', () => {
    expect(ids(newlyWaiting([entry('here', {})], [here]))).toEqual(['here']);
  });

  it('is nobody when somebody is admitted', () => {
    expect(newlyWaiting([here], [{ ...here, state: 'in-progress' }])).toEqual([]);
  });
});
