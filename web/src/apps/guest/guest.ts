/** What a guest's page asks the hospital. There is no account: a cookie of its own says who it is. */
import { useQuery } from '@tanstack/react-query';
import type { components } from '../../protocol/api';
import { http } from '../../shared/http';
import { digestOf } from '../../shared/live';

type Schemas = components['schemas'];
export type Guest = Schemas['GuestView'];
export type GuestSession = Schemas['GuestSession'];
export type GuestLook = Schemas['GuestLookView'];

export const guestSessionKey = ['guest-session'] as const;
export const guestLinkKey = ['guest-link'] as const;

export function useGuestSession() {
  return useQuery({
    queryKey: guestSessionKey,
    queryFn: ({ signal }) => http.get<GuestSession>('/api/guest', { signal }),
    staleTime: Infinity,
  });
}

/** Whose visit a link leads to; looking uses nothing up. */
export function useLook(token: string | null) {
  return useQuery({
    queryKey: [...guestLinkKey, token],
    queryFn: ({ signal }) => http.post<GuestLook>('/api/guest/look', { token }, { signal }),
    enabled: token !== null,
    retry: false,
    staleTime: Infinity,
  });
}

/** Uses the link, which says that the guest agreed to the words as shown. */
export async function enterAsGuest(token: string, version: string, whole: string): Promise<Guest> {
  const consent_digest = await digestOf(whole);
  return http.post<Guest>('/api/guest', { token, consent_version: version, consent_digest });
}

/** Ends the guest's own part for good. */
export const hangUp = () => http.delete('/api/guest');
