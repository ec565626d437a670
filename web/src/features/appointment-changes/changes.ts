/** What changes a booked visit, and what has to be read again after it. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { components } from '../../protocol/api';
import { http } from '../../shared/http';
import { newId } from '../../shared/live';

export type Booking = components['schemas']['BookingView'];
export type Terms = components['schemas']['TermsView'];
export type Offer = components['schemas']['RebookingOfferView'];
export type Entry = components['schemas']['WaitlistEntryView'];
export type Alternative = components['schemas']['AlternativeSlot'];
/** Where a visit was moved. */
export type Moved = Pick<Booking, 'starts_at' | 'practitioner_name'>;
/** What a cancelled visit had cost, and what of it comes back. */
export type Cancelled = Pick<Terms, 'paid_minor' | 'back_minor' | 'currency'>;
type NewEntry = components['schemas']['NewWaitlistEntry'];

const termsKey = (id: string) => ['booking-terms', id] as const;
const offersKey = ['rebooking-offers'] as const;
const waitlistKey = ['waitlist'] as const;

/** Has all that a change touches read again: visits, holds, slots, offers, lists. */
export function useChanged() {
  const client = useQueryClient();
  return async () => {
    const touched = ['visits', 'bookings', 'doctor', 'doctor-slots', 'booking-terms', 'receipts'];
    await Promise.all(
      [...touched.map((one) => [one]), offersKey, waitlistKey].map((queryKey) =>
        client.invalidateQueries({ queryKey }),
      ),
    );
  };
}

/** Posts what must happen once, however often it is sent: the same words carry the same key. */
function useOnce<Answer>(path: string) {
  const changed = useChanged();
  const last = useRef<{ said: string; key: string }>(undefined);
  return useMutation({
    mutationFn: (body: object) => {
      const said = JSON.stringify(body);
      if (last.current?.said !== said) last.current = { said, key: newId() };
      return http.post<Answer>(path, body, { headers: { 'Idempotency-Key': last.current.key } });
    },
    onSuccess: changed,
    onError: () => {
      // What failed kept nothing, and may come again as it is.
      last.current = undefined;
    },
  });
}

export function useBooking(id: string) {
  return useQuery({
    queryKey: ['bookings', id],
    queryFn: ({ signal }) => http.get<Booking>(`/api/bookings/${id}`, { signal }),
    staleTime: 0,
  });
}

/** What cancelling and moving mean at this moment; read again while the page is open. */
export function useTerms(id: string) {
  return useQuery({
    queryKey: termsKey(id),
    queryFn: ({ signal }) => http.get<Terms>(`/api/bookings/${id}/terms`, { signal }),
    staleTime: 0,
    retry: false,
    refetchInterval: 60_000,
  });
}

export const useCancel = (id: string) => useOnce<unknown>(`/api/bookings/${id}/cancel`);
export const useMove = (id: string) => useOnce<Booking>(`/api/bookings/${id}/move`);
export const useAccept = (id: string) => useOnce<Booking>(`/api/rebooking-offers/${id}/accept`);

export function useOffers() {
  return useQuery({
    queryKey: offersKey,
    queryFn: async ({ signal }) =>
      (await http.get<{ offers: Offer[] }>('/api/rebooking-offers', { signal })).offers,
    staleTime: 0,
    refetchOnWindowFocus: true,
  });
}

/** Where the patient waits. A slot that is offered is seen within the minute. */
export function useWaitlist(enabled = true) {
  return useQuery({
    queryKey: waitlistKey,
    queryFn: async ({ signal }) =>
      (await http.get<{ entries: Entry[] }>('/api/waitlist', { signal })).entries,
    staleTime: 0,
    enabled,
    refetchOnWindowFocus: true,
    refetchInterval: 60_000,
  });
}

export function useJoin() {
  const once = useOnce<Entry>('/api/waitlist');
  return { ...once, join: (entry: NewEntry) => once.mutateAsync(entry) };
}

/** Does one of the things that need no body and may be done twice. */
export function useDo() {
  const changed = useChanged();
  return async (path: string) => {
    await http.post(path);
    await changed();
  };
}
