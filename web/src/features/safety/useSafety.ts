import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { components } from '../../protocol/api';
import { http } from '../../shared/http';
import { newId } from '../../shared/live';

export type VisitSafety = components['schemas']['SafetyView'];
export type Place = components['schemas']['LocationView'];

const pathOf = (id: string) => `/api/consultations/${encodeURIComponent(id)}`;
const keyOf = (id: string) => ['safety', id] as const;

/** What is asked before a visit and what was said so far; not asked for unless it is needed. */
export function useVisitSafety(consultationId: string, needed: boolean) {
  return useQuery({
    queryKey: keyOf(consultationId),
    queryFn: ({ signal }) => http.get<VisitSafety>(`${pathOf(consultationId)}/safety`, { signal }),
    enabled: needed,
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });
}

/** One id for one thing said, however often it has to be sent: the record gets it once. */
function useMessageId() {
  const last = useRef<{ said: string; id: string }>(undefined);
  return (said: string) => {
    if (last.current?.said !== said) last.current = { said, id: newId() };
    return last.current.id;
  };
}

/** Sends the answers; what is known of the visit is true again before it resolves. */
export function useAnswer(consultationId: string) {
  const client = useQueryClient();
  const messageId = useMessageId();
  const times = useRef(0);
  return useMutation({
    mutationFn: ({ version, flags }: { version: string; flags: string[] }) =>
      http.post(`${pathOf(consultationId)}/safety`, {
        message_id: messageId(JSON.stringify([times.current, version, flags])),
        version,
        flags,
      }),
    onSuccess: () => {
      // The same answer later is another one.
      times.current += 1;
      return client.invalidateQueries({ queryKey: keyOf(consultationId) });
    },
  });
}

/** Confirms where the patient is; what is known of the visit is true again before it resolves. */
export function useConfirm(consultationId: string) {
  const client = useQueryClient();
  const messageId = useMessageId();
  return useMutation({
    mutationFn: (place: Place) =>
      http.post(`${pathOf(consultationId)}/location`, {
        message_id: messageId(JSON.stringify(place)),
        ...place,
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: keyOf(consultationId) }),
  });
}
