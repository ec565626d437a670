/** Holding a slot and what becomes of it. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { components } from '../../protocol/api';
import { http } from '../../shared/http';
import { newId } from '../../shared/live';

/** While the hospital's own system may answer at any moment. */
const answerMs = 5_000;

export type Booking = components['schemas']['BookingView'];
type NewBooking = components['schemas']['NewBooking'];

const root = ['bookings'] as const;
const keyOf = (id: string) => [...root, id] as const;

/** Own holds and visits. */
export function useBookings() {
  return useQuery({
    queryKey: root,
    queryFn: async ({ signal }): Promise<Booking[]> =>
      (await http.get<{ bookings: Booking[] }>('/api/bookings', { signal })).bookings,
    staleTime: 0,
    refetchOnWindowFocus: true,
    refetchInterval: ({ state: { data } }) =>
      data?.some(({ state }) => state === 'pending') ? answerMs : false,
  });
}

/** One of them, as it stands now. */
export function useBooking(id: string) {
  return useQuery({
    queryKey: keyOf(id),
    queryFn: ({ signal }) => http.get<Booking>(`/api/bookings/${id}`, { signal }),
    staleTime: 0,
    refetchOnMount: 'always',
    refetchOnWindowFocus: true,
    refetchInterval: ({ state: { data } }) => (data?.state === 'pending' ? answerMs : false),
  });
}

/** Whether the slot is kept for the patient at `now`, which counts as Date.now(). */
export function isKept({ state, held_until }: Booking, now: number): boolean {
  return state === 'held' && held_until !== null && now < Date.parse(held_until);
}

function useKeep() {
  const client = useQueryClient();
  return async (booking: Booking) => {
    client.setQueryData(keyOf(booking.id), booking);
    await Promise.all([
      client.invalidateQueries({ queryKey: root, exact: true }),
      client.invalidateQueries({ queryKey: ['visits'] }),
      client.invalidateQueries({ queryKey: ['follow-ups'] }),
      client.invalidateQueries({ queryKey: ['doctor'] }),
      client.invalidateQueries({ queryKey: ['doctor-slots'] }),
    ]);
  };
}

/** Holds a slot. The same one again, as after a lost answer, is the same hold. */
export function useHold() {
  const keep = useKeep();
  const last = useRef<{ said: string; key: string }>(undefined);
  return useMutation({
    mutationFn: async (wanted: NewBooking) => {
      const said = JSON.stringify(wanted);
      if (last.current?.said !== said) last.current = { said, key: newId() };
      return http.post<Booking>('/api/bookings', wanted, {
        headers: { 'Idempotency-Key': last.current.key },
      });
    },
    onSuccess: async (booking) => {
      last.current = undefined;
      await keep(booking);
    },
  });
}

/** Answers what is asked before a time from the waitlist is booked. */
export function useAnswer(id: string) {
  const keep = useKeep();
  return useMutation({
    mutationFn: (said: components['schemas']['BookingAnswers']) =>
      http.post<Booking>(`/api/bookings/${id}/answers`, said),
    onSuccess: keep,
  });
}

/** Books a hold that costs nothing. */
export function useConfirm() {
  const keep = useKeep();
  return useMutation({
    mutationFn: (id: string) => http.post<Booking>(`/api/bookings/${id}/confirm`),
    onSuccess: keep,
  });
}

/** Gives a hold up. */
export function useRelease() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => http.post(`/api/bookings/${id}/release`),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: root }),
        client.invalidateQueries({ queryKey: ['visits'] }),
        client.invalidateQueries({ queryKey: ['doctor'] }),
        client.invalidateQueries({ queryKey: ['doctor-slots'] }),
      ]),
  });
}
