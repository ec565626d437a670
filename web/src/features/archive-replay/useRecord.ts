import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { formatVerifierKey, verifyRecord, type RecordCheck } from '../../shared/archive';
import { ApiError, http } from '../../shared/http';
import {
  findingsOf,
  recordOf,
  type Answer,
  type ArchivedRecord,
  type Finding,
  type Proof,
  type Verification,
} from './record';
import { keepOwnKeys, ownKeys, rememberLogKey, trustIn, type Trust } from './trust';

/** What this browser made of the record. */
export interface Checked {
  check: RecordCheck;
  trust: Trust;
  findings: readonly Finding[];
  /** The server's own look at itself failed, so an end cut off would go unnoticed. */
  serverSilent: boolean;
  at: number;
}

export interface RecordReading {
  record: ArchivedRecord | undefined;
  error: Error | null;
  checked: Checked | undefined;
  /** Why there is no verdict. */
  checkError: Error | null;
  busy: boolean;
  /** Reads all again and checks what was read. */
  again: () => void;
  /** The keys the reader brought, as lines; null for the server's. */
  brought: string | null;
  bring: (lines: string | null) => void;
  /** Takes the log's present key for the right one. */
  acceptKey: () => void;
}

/** Every reading leaves a line in the audit trail, so nothing is read again unless the reader asks. */
const readOnce = { staleTime: Infinity, refetchOnWindowFocus: false } as const;

const over = new Set(['finished', 'cancelled']);

export function useRecord(id: string): RecordReading {
  const path = `/api/archive/consultations/${encodeURIComponent(id)}`;
  const [brought, setBrought] = useState(ownKeys);
  const [accepted, setAccepted] = useState(0);

  const read = useQuery({
    queryKey: ['archive', 'record', id],
    queryFn: async ({ signal }) => {
      // The proof first: an entry that is kept in between is one not sealed yet, rather than one left out.
      const proof = await http.get<Proof>(`${path}/proof`, { signal }).catch((error: unknown) => {
        if (error instanceof ApiError) return error;
        throw error;
      });
      const answer = await http.get<Answer>(path, { signal });
      return { answer, proof };
    },
    ...readOnce,
  });
  const server = useQuery({
    queryKey: ['archive', 'verification', id],
    queryFn: ({ signal }) => http.get<Verification>(`${path}/verification`, { signal }),
    ...readOnce,
  });

  const { data } = read;
  const check = useQuery({
    queryKey: ['archive', 'check', id, read.dataUpdatedAt, brought, accepted],
    enabled: data !== undefined && data.answer.entries.length > 0,
    queryFn: async () => {
      if (!data) throw new Error('nothing to check');
      const { answer, proof } = data;
      if (proof instanceof ApiError) throw proof;
      const trust = await trustIn(proof, brought, new Date());
      const found = await verifyRecord(
        {
          consultationId: answer.consultation.id,
          over: answer.consultation.state === 'finished',
          destroyed: answer.destruction !== null,
          entries: answer.entries,
          proof,
        },
        trust,
      );
      return { check: found, trust, at: Date.now() };
    },
    ...readOnce,
    gcTime: 0,
    retry: false,
  });

  const record = useMemo(() => data && recordOf(data.answer), [data]);
  const checked = useMemo(() => {
    if (!check.data || !(server.data ?? server.error)) return undefined;
    const findings = findingsOf(check.data.check, server.data);
    return { ...check.data, findings, serverSilent: !server.data };
  }, [check.data, server.data, server.error]);

  return {
    record,
    error: read.error,
    checked,
    checkError: check.error,
    busy: read.isFetching || server.isFetching || check.isFetching,
    // What is shown must be what was checked, so all is read again together.
    again: () => void Promise.all([read.refetch(), server.refetch()]),
    brought,
    bring: (lines) => {
      keepOwnKeys(lines);
      setBrought(lines);
    },
    acceptKey: () => {
      if (!checked) return;
      rememberLogKey(formatVerifierKey(checked.trust.log), new Date());
      setAccepted((times) => times + 1);
    },
  };
}

/** Whether nothing more is said in this visit. */
export const isOver = ({ consultation }: ArchivedRecord): boolean => over.has(consultation.state);
