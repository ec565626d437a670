import { renderHook, waitFor } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { speedOf, useNetworkSpeed } from './networkSpeed';

it.each([
  [[], 'measuring'],
  [[20, 25, 900], 'good'],
  [[149], 'good'],
  [[150, 160, 170], 'fair'],
  [[900, 40, 410, 420, 430], 'slow'],
] as const)('says %j as a word', (roundTrips, word) => {
  expect(speedOf(roundTrips)).toBe(word);
});

it('does not count what the first connection costs', async () => {
  const probe = vi.fn(() => Promise.resolve(20)).mockResolvedValueOnce(3_000);
  const { result } = renderHook(() => useNetworkSpeed(probe));
  expect(result.current).toBe('measuring');
  await waitFor(() => expect(result.current).toBe('good'), { timeout: 5_000 });
});

it('says that the hospital cannot be reached', async () => {
  const { result } = renderHook(() => useNetworkSpeed(() => Promise.reject(new Error('lost'))));
  await waitFor(() => expect(result.current).toBe('lost'));
});
