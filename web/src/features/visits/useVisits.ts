import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { http } from '../../shared/http';
import { dayOf, shiftDay } from '../../shared/i18n';
import type { components } from '../../protocol/api';
import type { Visit } from './visit';

type Answer = components['schemas']['Appointments'];

const root = ['visits'] as const;
const refreshMs = 60_000;
/** While a doctor may admit the patient at any moment and no live page is open. */
const refreshSoonMs = 10_000;

async function readVisits(first: string, last: string, signal: AbortSignal): Promise<Visit[]> {
  const query = { from: first, to: last };
  return (await http.get<Answer>('/api/appointments', { query, signal })).appointments;
}

function useVisitsBetween(first: string, last: string, live: boolean) {
  return useQuery({
    queryKey: [...root, first, last],
    queryFn: ({ signal }) => readVisits(first, last, signal),
    placeholderData: keepPreviousData,
    staleTime: 0,
    refetchOnWindowFocus: live,
    refetchInterval: ({ state }) => {
      if (!live) return false;
      const waits = state.data?.some(({ consultation_state }) => consultation_state === 'arrived');
      return waits ? refreshSoonMs : refreshMs;
    },
  });
}

// The server counts days by the hospital's clock. A day more at either end makes ours do as well.
const today = (now: number) => dayOf(now, 'UTC');

/** Visits of the days round now and of the coming half year; read again while the page is open. */
export function useComingVisits(now: number) {
  return useVisitsBetween(shiftDay(today(now), -2), shiftDay(today(now), 183), true);
}

/** All visits there ever were, which records are kept of. */
export function usePastVisits(now: number) {
  return useVisitsBetween('2000-01-01', shiftDay(today(now), 1), false);
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
