import { render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { usePooled } from './hooks';
import { Pool } from './pool';

let made: { name: string; ended: boolean }[];
let over: boolean;
let pool: Pool<{ name: string; ended: boolean }>;

beforeEach(() => {
  vi.useFakeTimers();
  made = [];
  over = false;
  pool = new Pool(
    (key) => {
      const value = { name: `${key} ${made.length + 1}`, ended: false };
      made.push(value);
      return value;
    },
    (value) => {
      value.ended = true;
    },
    1_000,
    () => over,
  );
});
afterEach(() => vi.useRealTimers());

describe('what is shared on a page', () => {
  it('is made once and ends a moment after the last one let go', () => {
    const letGo = [pool.hold('a'), pool.hold('a')];
    letGo.forEach((stop) => stop());
    vi.advanceTimersByTime(999);
    pool.hold('a')();
    vi.advanceTimersByTime(999);
    expect(made).toMatchObject([{ ended: false }]);
    vi.advanceTimersByTime(1);
    expect(made).toMatchObject([{ ended: true }]);
  });

  it('is made anew for the next one when it is of no more use, but not under who holds it', () => {
    const letGo = pool.hold('a');
    over = true;
    expect(pool.of('a')).toBe(made[0]);
    letGo();
    over = false;
    expect(pool.of('a')).toBe(made[0]);
    over = true;
    expect(pool.of('a')).toMatchObject({ name: 'a 2' });
    expect(made).toMatchObject([{ ended: true }, { ended: false }]);
  });

  it('is what is held, also on a page that took long to be drawn', () => {
    let slow = true;
    function Page() {
      const { name, ended } = usePooled(pool, 'a');
      // Time passes between drawing and showing, as when React gives way to something else.
      if (slow) vi.advanceTimersByTime(2_000);
      slow = false;
      return <p>{`${name} ${ended ? 'ended' : 'lives'}`}</p>;
    }
    render(<Page />);
    expect(screen.getByText('a 2 lives')).toBeVisible();
  });
});
