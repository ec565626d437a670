import { Button, FileButton } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconCheck, IconFileText, IconPaperclip } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { ApiError, http, upload } from '../../shared/http';
import { newId } from '../../shared/live';
import { basisWords } from '../../shared/safety';
import { InlineError } from '../../shared/ui';
import { keepBasis, keptBasis, type Basis } from './basis';
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

/** Shows the doctor what there is of an earlier diagnosis, before the visit, in the visit's own record. */
export function Evidence({
  bookingId,
  consultationId,
}: {
  bookingId: string;
  consultationId: string;
}) {
  const text = useBookingText();
  const [sent, setSent] = useState<readonly Sent[]>([]);
  const path = `/api/consultations/${consultationId}`;
  const message = useRef<{ said: string; id: string }>(undefined);
  const kept = sent.filter(({ state }) => state === 'kept').length;
  const wanted = keptBasis(bookingId);
  const telling = useMutation({
    mutationFn: async (basis: Basis) => {
      const said = `${basis} ${kept}`;
      if (message.current?.said !== said) message.current = { said, id: newId() };
      await http.post(`${path}/diagnosis`, { message_id: message.current.id, basis });
      return basis;
    },
    onSuccess: (basis) => keepBasis(bookingId, basis),
  });
  const change = (id: string, to: Partial<Sent>) =>
    setSent((now) => now.map((one) => (one.id === id ? { ...one, ...to } : one)));
  const send = async ({ id, file }: Sent) => {
    change(id, { state: 'sending', error: undefined });
    try {
      if (file.size > bytesMax) throw new ApiError({ status: 413, code: 'input.too_large' });
      await upload(`${path}/files`, file, { query: { message_id: id, name: file.name } });
      change(id, { state: 'kept' });
      telling.reset();
    } catch (error) {
      change(id, { state: 'failed', error });
    }
  };
  const add = async (files: File[]) => {
    const fresh = files.map((file): Sent => ({ id: newId(), file, state: 'sending', error: null }));
    setSent((now) => [...now, ...fresh]);
    for (const one of fresh) await send(one);
  };
  const sending = sent.some(({ state }) => state === 'sending');
  const untrue = telling.error instanceof ApiError && telling.error.fields?.basis !== undefined;

  if (telling.isSuccess) {
    return (
      <section className={classes.card} role="status">
        <p className={classes.sent}>
          <IconCheck size={20} aria-hidden />
          {text('evidence.told', { basis: basisWords(telling.data) })}
        </p>
      </section>
    );
  }
  return (
    <section className={classes.card} aria-labelledby="evidence">
      <h2 id="evidence" className={classes.heading}>
        {text('evidence.title')}
      </h2>
      <p className={classes.quiet}>{text('evidence.lead')}</p>
      <ul className={classes.choices} aria-live="polite">
        {sent.map((one) => (
          <li key={one.id}>
            {one.state === 'failed' ? (
              <>
                <InlineError error={one.error} />
                <Button variant="default" onClick={() => void send(one)}>
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
        {kept > 0 && (
          <Button
            loading={telling.isPending}
            disabled={sending}
            onClick={() => telling.mutate('documents')}
          >
            {text('evidence.send', { count: String(kept) })}
          </Button>
        )}
        <FileButton onChange={(files) => void add(files)} accept={accepted} multiple>
          {(button) => (
            <Button
              {...button}
              variant={kept === 0 && wanted === 'documents' ? 'light' : 'default'}
              leftSection={<IconPaperclip size={20} aria-hidden />}
            >
              {text(sent.length === 0 ? 'evidence.add' : 'evidence.more')}
            </Button>
          )}
        </FileButton>
        {kept === 0 &&
          (['earlier_visit', 'none'] as const).map((basis) => (
            <Button
              key={basis}
              variant={wanted === basis ? 'light' : 'subtle'}
              disabled={sending}
              loading={telling.isPending && telling.variables === basis}
              onClick={() => telling.mutate(basis)}
            >
              {text(basis === 'none' ? 'evidence.nothing' : 'evidence.seen')}
            </Button>
          ))}
      </div>
    </section>
  );
}
