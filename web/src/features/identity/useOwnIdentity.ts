import { useQuery } from '@tanstack/react-query';
import type { components } from '../../protocol/api';
import { http } from '../../shared/http';

type OwnIdentity = components['schemas']['OwnIdentity'];

export const queryKey = ['identity', 'own'];

/** The patient's own check, and whether the hospital asks for one before a visit. */
export function useOwnIdentity() {
  return useQuery({
    queryKey,
    queryFn: ({ signal }) => http.get<OwnIdentity>('/api/identity', { signal }),
  });
}
