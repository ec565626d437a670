import { useQuery } from '@tanstack/react-query';
import { http } from '../http';
import type { Hospital } from './types';

/** The hospital this deployment belongs to; undefined until it is known. */
export function useHospital(): Hospital | undefined {
  const { data } = useQuery({
    queryKey: ['hospital'],
    queryFn: ({ signal }) => http.get<Hospital>('/api/hospital', { signal }),
    staleTime: 5 * 60_000,
  });
  return data;
}
