import { Button, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type SyntheticEvent } from 'react';
import type { components } from '../../protocol/api';
import { ApiError, describeField, http } from '../../shared/http';
import { useToday } from '../../shared/session';
import { InlineError } from '../../shared/ui';
import classes from './Identity.module.css';
import { useIdentityText } from './strings';

type Own = components['schemas']['OwnIdentity'];
type Details = Pick<Own, 'name' | 'birth_date'>;
type Field = keyof Details;

/** As the server counts. */
const oldestYears = 130;

interface Props {
  details: Details;
  canCorrect: boolean;
  patientId: string | undefined;
}

/** What a document is compared with, of oneself or a family member; corrected until it is relied on. */
export function Details({ details, canCorrect, patientId }: Props) {
  const text = useIdentityText();
  const [open, setOpen] = useState(false);
  const [saved, setSaved] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    // After the form is gone and the button is there again.
    requestAnimationFrame(() => opener.current?.focus());
  };
  if (open && canCorrect) {
    return (
      <Form
        details={details}
        patientId={patientId}
        onSaved={() => {
          setSaved(true);
          close();
        }}
        onCancel={close}
      />
    );
  }
  return (
    <div className={classes.own}>
      <dl className={classes.details}>
        <div>
          <dt>{text('details.name')}</dt>
          <dd>
            <bdi>{details.name}</bdi>
          </dd>
        </div>
        <div>
          <dt>{text('details.born')}</dt>
          <dd className={classes.number}>{details.birth_date}</dd>
        </div>
      </dl>
      {canCorrect && (
        <Button
          ref={opener}
          variant="subtle"
          aria-label={text('details.correctLabel')}
          onClick={() => {
            setSaved(false);
            setOpen(true);
          }}
        >
          {text('details.correct')}
        </Button>
      )}
      <p className={saved ? classes.quiet : 'tv-visually-hidden'} role="status">
        {saved && text('details.saved')}
      </p>
    </div>
  );
}

interface FormProps {
  details: Details;
  patientId: string | undefined;
  onSaved: () => void;
  onCancel: () => void;
}

/** Every mistake is said at once; the first one gets the focus. */
function Form({ details, patientId, onSaved, onCancel }: FormProps) {
  const text = useIdentityText();
  const client = useQueryClient();
  const today = useToday();
  const [draft, setDraft] = useState<Details>({
    name: details.name,
    birth_date: details.birth_date,
  });
  const [asked, setAsked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const correct = useMutation({
    mutationFn: () =>
      http.post('/api/own-details', {
        ...draft,
        name: draft.name.trim(),
        ...(patientId === undefined ? {} : { patient_id: patientId }),
      }),
    onSuccess: async () => {
      // The name stands over the page, among the family and at visits as well.
      await client.invalidateQueries();
      onSaved();
    },
  });
  const otherRight =
    correct.error instanceof ApiError && correct.error.fields?.['birth_date'] === 'invalid';
  const mistakes: Partial<Record<Field, string>> = {};
  if (draft.name.trim() === '') mistakes.name = text('details.missingName');
  if (draft.birth_date === '') mistakes.birth_date = text('details.missingBorn');
  else if (Number(today.slice(0, 4)) - Number(draft.birth_date.slice(0, 4)) > oldestYears)
    mistakes.birth_date = text('details.early');
  const bind = (field: Field) => ({
    name: field,
    value: draft[field],
    error:
      (asked && mistakes[field]) ||
      (field === 'birth_date' && otherRight && text('details.otherRight')) ||
      describeField(correct.error, field),
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setDraft((before) => ({ ...before, [field]: value }));
      correct.reset();
    },
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setAsked(true);
    const first = (['name', 'birth_date'] as const).find((field) => mistakes[field] !== undefined);
    if (first === undefined) correct.mutate();
    else form.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
  };
  return (
    <form ref={form} onSubmit={submit} noValidate aria-label={text('details.correctLabel')}>
      <Stack gap="md">
        <TextInput
          autoFocus
          label={text('details.name')}
          description={text('details.nameHint')}
          autoComplete="name"
          maxLength={120}
          {...bind('name')}
        />
        <TextInput
          type="date"
          label={text('details.born')}
          autoComplete="bday"
          max={today}
          {...bind('birth_date')}
        />
        {correct.isError && <InlineError error={correct.error} />}
        <div className={classes.acts}>
          <Button type="submit" variant="light" loading={correct.isPending}>
            {text('details.save')}
          </Button>
          <Button variant="subtle" onClick={onCancel}>
            {text('details.cancel')}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
