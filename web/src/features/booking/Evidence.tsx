import { Button, FileButton } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconCheck, IconFileText, IconPaperclip } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { ApiError, http, upload } from '../../shared/http';
import { newId } from '../../shared/live';
import { InlineError, StateView } from '../../shared/ui';
import type { Basis, Known } from './basis';
import classes from './Booking.module.css';
import { useBookingText } from './strings';

// As the server counts; it refuses the rest by the bytes themselves.
const bytesMax = 20 * 1024 * 1024;
const accepted = 'image/jpeg,image/png,image/webp,image/heic,application/pdf,.heic,.heif';

interface Sent {
  id: string;
  file: File;
  state: 'sending' | 'kept' | 'failed';
  error: unknown;
}

export interface EvidenceProps {
  consultationId: string;
  /** Another value when something was said or added elsewhere, as in the chat. */
  news?: number;
  /** Once nothing is missing any more. */
  onComplete?: () => void;
}

/**
 * What the doctor sees of an earlier diagnosis: what was said at booking stands, only what is missing is
 * asked for, and documents can always be added.
 */
export function Evidence({ consultationId, news = 0, onComplete }: EvidenceProps) {
  const text = useBookingText();
  const client = useQueryClient();
  const path = `/api/consultations/${consultationId}`;
  const root = ['diagnosis', consultationId];
  const known = useQuery<Known>({
    queryKey: [...root, news],
    queryFn: ({ signal }) => http.get<Known>(`${path}/diagnosis`, { signal }),
    staleTime: 0,
    placeholderData: (before, query) =>
      query?.queryKey[1] === consultationId ? before : undefined,
  });
  const [sent, setSent] = useState<readonly Sent[]>([]);
  const message = useRef<{ said: string; id: string }>(undefined);
  const telling = useMutation({
    mutationFn: async ({ basis, documents }: { basis: Basis; documents: number }) => {
      const said = `${basis} ${documents}`;
      if (message.current?.said !== said) message.current = { said, id: newId() };
      await http.post(`${path}/diagnosis`, { message_id: message.current.id, basis });
    },
  });
  const refresh = async () => {
    await client.invalidateQueries({ queryKey: root });
    if (client.getQueryData<Known>([...root, news])?.complete) onComplete?.();
  };
  const tell = async (basis: Basis, documents = 0) => {
    try {
      await telling.mutateAsync({ basis, documents });
    } catch {
      // Said below.
      return;
    }
    await refresh();
  };
  const change = (id: string, to: Partial<Sent>) =>
    setSent((now) => now.map((one) => (one.id === id ? { ...one, ...to } : one)));
  const send = async ({ id, file }: Sent): Promise<boolean> => {
    change(id, { state: 'sending', error: undefined });
    try {
      if (file.size > bytesMax) throw new ApiError({ status: 413, code: 'input.too_large' });
      await upload(`${path}/files`, file, { query: { message_id: id, name: file.name } });
      change(id, { state: 'kept' });
      return true;
    } catch (error) {
      change(id, { state: 'failed', error });
      return false;
    }
  };
  const add = async (fresh: readonly Sent[]) => {
    let kept = 0;
    for (const one of fresh) if (await send(one)) kept += 1;
    // What was added says by itself what there is.
    if (kept > 0) await tell('documents', (known.data?.documents ?? 0) + kept);
  };
  const choose = (files: File[]) => {
    const fresh = files.map((file): Sent => ({ id: newId(), file, state: 'sending', error: null }));
    setSent((now) => [...now, ...fresh]);
    void add(fresh);
  };
  const busy = sent.some(({ state }) => state === 'sending') || telling.isPending;
  const untrue = telling.error instanceof ApiError && telling.error.fields?.basis !== undefined;

  if (!known.data) {
    return known.error ? (
      <InlineError error={known.error} />
    ) : (
      <StateView kind="loading" shape="card" />
    );
  }
  const { basis, complete, documents, earlier_visits: visits } = known.data;
  const asks = !complete;
  return (
    <section className={classes.card} aria-labelledby="evidence" data-testid="evidence">
      <h2 id="evidence" className={classes.heading}>
        {text('evidence.title')}
      </h2>
      <div role="status">
        {complete ? (
          <p className={classes.sent}>
            <IconCheck size={20} aria-hidden />
            {basis === 'documents'
              ? text('evidence.sees.documents', { count: documents })
              : basis === 'earlier_visit'
                ? text('evidence.sees.earlier_visit', { count: visits })
                : text('evidence.sees.none')}
          </p>
        ) : (
          <p className={classes.quiet}>
            {text(basis === 'documents' ? 'evidence.missing' : 'evidence.lead')}
          </p>
        )}
      </div>
      <ul className={classes.choices} aria-live="polite">
        {sent.map((one) => (
          <li key={one.id}>
            {one.state === 'failed' ? (
              <>
                <InlineError error={one.error} />
                <Button variant="default" onClick={() => void add([one])}>
                  {text('evidence.again')}
                </Button>
              </>
            ) : (
              <span className={classes.sent}>
                {one.state === 'kept' ? (
                  <IconCheck size={20} aria-hidden />
                ) : (
                  <IconFileText size={20} aria-hidden />
                )}
                {text(`evidence.${one.state}`, { name: one.file.name })}
              </span>
            )}
          </li>
        ))}
      </ul>
      <div className={classes.bar}>
        {untrue ? (
          <p role="alert" className={classes.urgent}>
            {text('evidence.invalid')}
          </p>
        ) : (
          telling.error && <InlineError error={telling.error} />
        )}
        <FileButton onChange={choose} accept={accepted} multiple>
          {(button) => (
            <Button
              {...button}
              variant={asks ? 'light' : 'subtle'}
              disabled={busy}
              leftSection={<IconPaperclip size={20} aria-hidden />}
            >
              {text(documents === 0 ? 'evidence.add' : 'evidence.more')}
            </Button>
          )}
        </FileButton>
        {asks &&
          (['earlier_visit', 'none'] as const)
            .filter((one) => one === 'none' || visits > 0)
            .map((one) => (
              <Button key={one} variant="subtle" disabled={busy} onClick={() => void tell(one)}>
                {text(one === 'none' ? 'evidence.nothing' : 'evidence.seen')}
              </Button>
            ))}
      </div>
    </section>
  );
}
