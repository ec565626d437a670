/** The invitation of one visit: read, made and taken back. */
import { useQuery } from '@tanstack/react-query';
import type { components } from '../../protocol/api';
import { http } from '../../shared/http';

type Schemas = components['schemas'];
export type NewLink = Schemas['NewLink'];
export type VisitInvitation = Schemas['VisitInvitation'];

const pathOf = (consultationId: string) => `/api/consultations/${consultationId}/guest`;

/** Takes the invitation back, or sends the guest away who has used it. */
export const removeGuest = (consultationId: string) => http.delete(pathOf(consultationId));

export const inviteGuest = (consultationId: string, guestName: string) =>
  http.post<NewLink>(pathOf(consultationId), { guest_name: guestName });

/** Read while `enabled`, and again with each of the room's hints. */
export function useInvitation(consultationId: string, hints: number, enabled: boolean) {
  return useQuery({
    queryKey: ['guest-invitation', consultationId, hints],
    queryFn: async ({ signal }) => {
      const found = await http.get<VisitInvitation>(pathOf(consultationId), { signal });
      // How far the hospital's clock is ahead, so that what is left is counted from here.
      return { invitation: found.invitation, aheadMs: Date.parse(found.at) - Date.now() };
    },
    enabled,
    placeholderData: (before) => before,
  });
}
