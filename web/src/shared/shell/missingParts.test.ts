import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { loadAnewWhenPartsAreMissing } from './missingParts';

const missing = () => new Event('vite:preloadError', { cancelable: true });

beforeEach(() => {
  sessionStorage.clear();
  vi.useFakeTimers();
});

afterEach(() => vi.useRealTimers());

test('a page whose part is missing is loaded anew, and not in a circle', () => {
  const page = new EventTarget();
  const reload = vi.fn();
  loadAnewWhenPartsAreMissing(page, reload);

  const first = missing();
  page.dispatchEvent(first);
  expect(reload).toHaveBeenCalledTimes(1);
  expect(first.defaultPrevented).toBe(true);

  // It is missing again: the crash page says so.
  const second = missing();
  page.dispatchEvent(second);
  expect(reload).toHaveBeenCalledTimes(1);
  expect(second.defaultPrevented).toBe(false);

  vi.advanceTimersByTime(30_000);
  page.dispatchEvent(missing());
  expect(reload).toHaveBeenCalledTimes(2);
});
