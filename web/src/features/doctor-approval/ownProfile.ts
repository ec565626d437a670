import { queryOptions } from '@tanstack/react-query';
import { http } from '../../shared/http';
import type { Profile } from './profile';

/** The doctor's own profile. The form keeps what is being typed: it is read anew only when asked. */
export const ownProfile = queryOptions({
  queryKey: ['own-profile'],
  queryFn: ({ signal }) => http.get<Profile>('/api/profile', { signal }),
  staleTime: Infinity,
});
