import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { components } from '../../protocol/api';
import { http } from '../../shared/http';
import { shiftDay } from '../../shared/i18n';
import type { Slot } from './slots';

export type Doctor = components['schemas']['DoctorPage'];

/** One doctor as the public knows her. */
export function useDoctor(doctorId: string) {
  return useQuery({
    queryKey: ['doctor', doctorId],
    queryFn: ({ signal }) => http.get<Doctor>(`/api/doctors/${doctorId}`, { signal }),
  });
}

/** Slots of the reader's days from `first` to `last`; the server counts the hospital's days. */
export function useSlots(doctorId: string, first: string, last: string) {
  return useQuery({
    queryKey: ['doctor-slots', doctorId, first, last],
    queryFn: async ({ signal }): Promise<Slot[]> => {
      const query = { from: shiftDay(first, -1), to: shiftDay(last, 1) };
      const path = `/api/doctors/${doctorId}/slots`;
      return (await http.get<{ slots: Slot[] }>(path, { query, signal })).slots;
    },
    placeholderData: keepPreviousData,
    staleTime: 15_000,
    refetchInterval: 60_000,
    refetchOnWindowFocus: true,
  });
}
