import { useQuery } from '@tanstack/react-query';
import type { components } from '../../protocol/api';
import type { EntryView } from '../../protocol/signaling';
import { http } from '../../shared/http';

export type VisitPatient = components['schemas']['VisitPatientView'];

/** Every reading is a line that the patient sees: once for a visit, and when something new was shown. */
const freshMs = 10 * 60_000;

/** Who the patient of a visit is; `entries` say when there is news of what was shown. */
export function useVisitPatient(consultationId: string, entries: readonly EntryView[]) {
  const news = entries.filter(({ kind }) => kind === 'diagnosis' || kind === 'file').length;
  return useQuery<VisitPatient>({
    queryKey: ['visit-patient', consultationId, news],
    queryFn: ({ signal }) =>
      http.get<VisitPatient>(`/api/consultations/${consultationId}/patient`, { signal }),
    staleTime: freshMs,
    refetchOnWindowFocus: false,
    // Never another visit's patient, not for a moment.
    placeholderData: (before, query) =>
      query?.queryKey[1] === consultationId ? before : undefined,
  });
}
