import { useQuery } from '@tanstack/react-query';
import type { components } from '../../protocol/api';
import { http } from '../../shared/http';

export type RedFlags = components['schemas']['RedFlagQuestions'];

/** What is asked before a time is kept. */
export function useRedFlags() {
  return useQuery({
    queryKey: ['red-flags'],
    queryFn: ({ signal }) => http.get<RedFlags>('/api/red-flags', { signal }),
    staleTime: 5 * 60_000,
  });
}
