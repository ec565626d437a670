import { Button, Card, Radio, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { EntryView } from '../../protocol/signaling';
import { ApiError, http } from '../../shared/http';
import { newId } from '../../shared/live';
import { basisWords, latestOf } from '../../shared/safety';
import { InlineError } from '../../shared/ui';
import classes from './Diagnosis.module.css';
import { useDiagnosisText } from './strings';

const bases = ['documents', 'earlier_visit', 'none'] as const;
type Basis = (typeof bases)[number];

export interface DiagnosisFormProps {
  consultationId: string;
  entries: readonly EntryView[];
}

/** Asks a waiting patient what there is of an earlier diagnosis; the doctor judges. */
export function DiagnosisForm({ consultationId, entries }: DiagnosisFormProps) {
  const text = useDiagnosisText();
  const said = latestOf(entries, 'diagnosis')?.detail?.basis;
  const [basis, setBasis] = useState<Basis | null>(null);
  const [again, setAgain] = useState(false);
  const message = useRef<{ basis: Basis; id: string }>(undefined);
  const telling = useMutation({
    mutationFn: (chosen: Basis) => {
      if (message.current?.basis !== chosen) message.current = { basis: chosen, id: newId() };
      const body = { message_id: message.current.id, basis: chosen };
      return http.post(`/api/consultations/${consultationId}/diagnosis`, body);
    },
    onSuccess: () => {
      message.current = undefined;
      setAgain(false);
    },
  });
  const refused =
    telling.error instanceof ApiError && telling.error.fields?.['basis'] !== undefined
      ? telling.variables
      : undefined;
  return (
    <Card component="section" aria-labelledby="diagnosis">
      <Stack gap="sm">
        <h2 id="diagnosis" className={classes.title}>
          {text('title')}
        </h2>
        {typeof said === 'string' && !again ? (
          <>
            <p role="status">{text('told', { basis: basisWords(said) })}</p>
            <Button variant="default" onClick={() => setAgain(true)}>
              {text('change')}
            </Button>
          </>
        ) : (
          <>
            <Radio.Group
              label={text('lead')}
              value={basis}
              onChange={(value) => setBasis(bases.find((one) => one === value) ?? null)}
            >
              <Stack gap="sm" mt="sm">
                {bases.map((one) => (
                  <Radio
                    key={one}
                    value={one}
                    label={text(one)}
                    description={one === 'documents' ? text('documentsHint') : undefined}
                  />
                ))}
              </Stack>
            </Radio.Group>
            {refused === 'documents' || refused === 'earlier_visit' ? (
              <p role="alert">{text(`invalid.${refused}`)}</p>
            ) : (
              telling.error && <InlineError error={telling.error} />
            )}
            <Button
              disabled={basis === null}
              loading={telling.isPending}
              onClick={() => basis !== null && telling.mutate(basis)}
            >
              {text('tell')}
            </Button>
          </>
        )}
      </Stack>
    </Card>
  );
}
