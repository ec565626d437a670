import { useQuery } from '@tanstack/react-query';
import type { components } from '../../protocol/api';
import { http } from '../../shared/http';

export type Unlinked = components['schemas']['UnlinkedPatientView'];

export const unlinkedKey = ['identity', 'unlinked'];

/** Verified patients whom nothing links to the hospital's own system, and whether that can be asked. */
export function useUnlinked() {
  return useQuery({
    queryKey: unlinkedKey,
    queryFn: ({ signal }) =>
      http.get<components['schemas']['UnlinkedPatients']>('/api/patient-links', { signal }),
    // Every reading leaves a line for each patient.
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });
}
