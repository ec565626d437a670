import { useQuery } from '@tanstack/react-query';
import { ArchiveError, openReceipt, type Receipt } from '../../shared/archive';
import { ApiError, hasCode, http } from '../../shared/http';

export interface KeptReceipt {
  /** The file, word for word. */
  text: string;
  receipt: Receipt;
}

const notYet = (error: Error) => hasCode(error, 'archive.not_sealed_yet');

/** A visit is sealed within a second or so; after this many questions something keeps it from being. */
const mostQuestions = 20;

/** A visit's receipt, checked by this browser; asked for again while the visit is not sealed yet. */
export function useReceipt(consultationId: string) {
  return useQuery({
    queryKey: ['receipt', consultationId],
    queryFn: async ({ signal }): Promise<KeptReceipt> => {
      const path = `/api/consultations/${encodeURIComponent(consultationId)}/receipt`;
      const text = await http.text(path, { signal });
      const receipt = await openReceipt(text);
      if (receipt.conversationId !== consultationId) {
        throw new ArchiveError('proof', 'the receipt of another visit');
      }
      return { text, receipt };
    },
    retry: (failures, error) => {
      if (notYet(error)) return failures < mostQuestions;
      const mayPass = error instanceof ApiError && (error.status === 0 || error.status >= 502);
      return failures < 2 && mayPass;
    },
    retryDelay: (failures) => Math.min(500 * 2 ** failures, 5_000),
    // A receipt that holds goes on holding.
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
}
