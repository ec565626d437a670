import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useCallback } from 'react';
import { http } from '../../shared/http';
import { dayOf, shiftDay } from '../../shared/i18n';
import type { components } from '../../protocol/api';
import type { Visit } from './visit';

type Answer = components['schemas']['Appointments'];
type PastAnswer = components['schemas']['PastAppointments'];

const root = ['visits'] as const;
const refreshMs = 60_000;
/** While a doctor may admit the patient at any moment and no live page is open. */
const refreshSoonMs = 10_000;

async function readVisits(first: string, last: string, signal: AbortSignal): Promise<Visit[]> {
  const query = { from: first, to: last };
  return (await http.get<Answer>('/api/appointments', { query, signal })).appointments;
}

function useVisitsBetween(first: string, last: string) {
  return useQuery({
    queryKey: [...root, first, last],
    queryFn: ({ signal }) => readVisits(first, last, signal),
    placeholderData: keepPreviousData,
    staleTime: 0,
    refetchOnWindowFocus: true,
    refetchInterval: ({ state }) => {
      const waits = state.data?.some(({ consultation_state }) => consultation_state === 'arrived');
      return waits ? refreshSoonMs : refreshMs;
    },
  });
}

// The server counts days by the hospital's clock. A day more at either end makes ours do as well.
const today = (now: number) => dayOf(now, 'UTC');

/** Visits of the days round now and of the coming half year; read again while the page is open. */
export function useComingVisits(now: number) {
  return useVisitsBetween(shiftDay(today(now), -2), shiftDay(today(now), 183));
}

/** What is over, page by page, the newest first; cancelled visits among them, whenever they were for. */
export function usePastVisits() {
  return useInfiniteQuery({
    queryKey: [...root, 'past'],
    queryFn: ({ signal, pageParam }) =>
      http.get<PastAnswer>('/api/past-appointments', { signal, query: { cursor: pageParam } }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    staleTime: 0,
  });
}

/** One visit; read again while the page is open. */
export function useVisit(id: string) {
  return useQuery({
    queryKey: [...root, id],
    queryFn: ({ signal }) => http.get<Visit>(`/api/appointments/${id}`, { signal }),
    staleTime: 0,
    refetchOnMount: 'always',
    refetchOnWindowFocus: true,
    refetchInterval: refreshMs,
  });
}

/** Has every list and every visit read again, as after something happened live. */
export function useRefreshVisits(): () => void {
  const client = useQueryClient();
  return useCallback(() => void client.invalidateQueries({ queryKey: root }), [client]);
}
