import { Button, Card, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type SyntheticEvent } from 'react';
import type { components } from '../../protocol/api';
import { ApiError, http } from '../../shared/http';
import { useSentences } from '../../shared/i18n';
import { InlineError, StateView, StatusPill } from '../../shared/ui';
import { Details } from './Details';
import classes from './Identity.module.css';
import { kinds, pills, type Kind } from './kinds';
import { useIdentityText } from './strings';
import { queryKey, useOwnIdentity } from './useOwnIdentity';

type Own = components['schemas']['OwnIdentity'];

/** The check of the own person, or of a family member: how it stands, and what to do about it. */
export function IdentityCard({ patientId }: { patientId?: string }) {
  const text = useIdentityText();
  const sentences = useSentences();
  const own = useOwnIdentity(patientId);
  if (own.isPending) return <StateView kind="loading" shape="card" />;
  if (own.isError) {
    return <StateView kind="error" error={own.error} onRetry={() => void own.refetch()} />;
  }
  const { check, required, correctable } = own.data;
  const submitting = check === null || check.state === 'returned';
  const state = check?.state ?? 'none';
  const title = patientId === undefined ? 'identity' : `identity-${patientId}`;
  return (
    <Card component="section" aria-labelledby={title}>
      <Stack gap="sm">
        <div className={classes.head}>
          <h2 id={title} className={classes.title}>
            {text(patientId === undefined ? 'title' : 'titleOther')}
          </h2>
          <StatusPill {...pills[state]}>{text(`state.${state}`)}</StatusPill>
        </div>
        {check !== null && (
          <p className={classes.quiet}>
            {text(`kind.${check.kind}`)} <span className={classes.number}>{check.masked}</span>
          </p>
        )}
        {state === 'waiting' && <p>{text('waitingNext')}</p>}
        {state === 'verified' && patientId === undefined && <p>{text('verifiedNext')}</p>}
        {state === 'returned' && <p>{text('returnedNext', { reason: check?.reason ?? '' })}</p>}
        <Details details={own.data} canCorrect={correctable} patientId={patientId} />
        {submitting && (
          <>
            <p>
              {sentences(
                text(patientId === undefined ? 'lead' : 'leadOther'),
                required && text('required'),
              )}
            </p>
            <Form
              patientId={patientId}
              comparedBy={own.data.compared_by}
              comparedKinds={own.data.compared_kinds}
            />
          </>
        )}
      </Stack>
    </Card>
  );
}

interface FormProps {
  patientId: string | undefined;
  comparedBy: Own['compared_by'];
  comparedKinds: Own['compared_kinds'];
}

/** Whoever submits a kind of document that leaves the hospital is told so, and where it goes. */
function Form({ patientId, comparedBy, comparedKinds }: FormProps) {
  const text = useIdentityText();
  const client = useQueryClient();
  const [kind, setKind] = useState<Kind>('resident-id');
  const [number, setNumber] = useState('');
  const [asked, setAsked] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const submit = useMutation({
    mutationFn: () =>
      http.post('/api/identity', {
        kind,
        number: number.trim(),
        ...(patientId === undefined ? {} : { patient_id: patientId }),
      }),
    onSuccess: () => client.invalidateQueries({ queryKey }),
    onError: () => field.current?.focus(),
  });
  const fault = submit.error instanceof ApiError ? submit.error.fields?.['number'] : undefined;
  const words =
    fault === 'other_birth_date'
      ? text(patientId === undefined ? 'otherBirthDate' : 'otherBirthDateOther')
      : fault !== undefined && text('wrong');
  const missing = asked && number.trim() === '' && text('missing');
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    setAsked(true);
    if (number.trim() === '') field.current?.focus();
    else submit.mutate();
  };
  return (
    <form onSubmit={send} noValidate autoComplete="off">
      <Stack gap="md">
        <NativeSelect
          label={text('kind.label')}
          data={kinds.map((value) => ({ value, label: text(`kind.${value}`) }))}
          value={kind}
          onChange={(event) => {
            setKind(event.currentTarget.value as Kind);
            submit.reset();
          }}
        />
        <TextInput
          ref={field}
          label={text('number')}
          description={text('numberHint')}
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={40}
          value={number}
          onChange={(event) => {
            setNumber(event.currentTarget.value);
            submit.reset();
          }}
          error={missing || words}
        />
        <p role="status">
          {comparedBy !== null &&
            comparedKinds.includes(kind) &&
            (patientId === undefined
              ? text(`comparedBy.${comparedBy}`)
              : text(`comparedByOther.${comparedBy}`))}
        </p>
        {submit.isError && fault === undefined && <InlineError error={submit.error} />}
        <Button
          type="submit"
          variant={patientId === undefined ? 'filled' : 'default'}
          loading={submit.isPending}
        >
          {text('submit')}
        </Button>
      </Stack>
    </form>
  );
}
