/** The invitation of one visit: read, made and taken back. */
import { useQuery } from '@tanstack/react-query';
import type { components } from '../../protocol/api';
import type { EntryKind } from '../../protocol/signaling';
import { http } from '../../shared/http';
import type { RoomHandle } from '../../shared/live';

type Schemas = components['schemas'];
export type NewLink = Schemas['NewLink'];
export type VisitInvitation = Schemas['VisitInvitation'];

const pathOf = (consultationId: string) => `/api/consultations/${consultationId}/guest`;

/** Takes the invitation back, or sends the guest away who has used it. */
export const removeGuest = (consultationId: string) => http.delete(pathOf(consultationId));

/** Whose link is open, while one is: asked of the hospital only where the record's last word is an invitation. */
export function useOpenInvitation(
  { room, state }: Pick<RoomHandle, 'room' | 'state'>,
  enabled: boolean,
): string | undefined {
  const last = state.entries.findLast(({ kind }) => invitationKinds.has(kind));
  const asked = enabled && last?.kind === 'guest-invited';
  const { data } = useInvitation(room.consultationId, state.guestChanges, asked);
  const found = asked ? data?.invitation : null;
  return found?.state === 'open' ? found.guest_name : undefined;
}

const invitationKinds: ReadonlySet<EntryKind> = new Set([
  'guest-invited',
  'guest-withdrawn',
  'guest-joined',
  'guest-left',
]);

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
    // Nobody tells that its time is over.
    refetchInterval: ({ state: { data } }) => {
      if (!data?.invitation) return false;
      const leftMs = Date.parse(data.invitation.expires_at) - data.aheadMs - Date.now();
      return leftMs > 0 ? Math.min(leftMs + 1_000, 60 * 60_000) : false;
    },
  });
}
