import { useQuery } from '@tanstack/react-query';
import type { components } from '../../protocol/api';
import { http } from '../../shared/http';

type OwnIdentity = components['schemas']['OwnIdentity'];

export const queryKey = ['identity', 'own'];

/** One's own check or a family member's, and whether the hospital asks for one before a visit. */
export function useOwnIdentity(patientId?: string) {
  return useQuery({
    queryKey: [...queryKey, patientId ?? null],
    queryFn: ({ signal }) =>
      http.get<OwnIdentity>('/api/identity', { query: { patient_id: patientId }, signal }),
  });
}
