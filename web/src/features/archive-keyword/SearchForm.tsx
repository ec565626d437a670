import { Button, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import type { components } from '../../protocol/api';
import { describeField, http } from '../../shared/http';
import { shiftDay } from '../../shared/i18n';
import { useToday } from '../../shared/session';
import { InlineError } from '../../shared/ui';
import classes from './Keyword.module.css';
import { PatientChoice } from './PatientChoice';
import {
  beginSearch,
  bodyOf,
  listKey,
  scopes,
  type Draft,
  type ScopeKind,
  type Search,
} from './searches';
import { useKeywordText } from './strings';

type Practitioners = components['schemas']['Practitioners'];

/** A new search: a word, why, and where. Begun when the button is pressed, never while typing. */
export function SearchForm({ onBegun }: { onBegun: (search: Search) => void }) {
  const text = useKeywordText();
  const client = useQueryClient();
  const today = useToday();
  const [draft, setDraft] = useState<Draft>({
    word: '',
    reason: '',
    scope: 'days',
    from: shiftDay(today, -30),
    to: today,
    practitioner: '',
    patient: '',
  });
  const [asked, setAsked] = useState(false);
  const doctors = useQuery({
    queryKey: ['practitioners'],
    queryFn: ({ signal }) => http.get<Practitioners>('/api/practitioners', { signal }),
    staleTime: 5 * 60_000,
  });
  const begin = useMutation({
    mutationFn: (wanted: Draft) => beginSearch(bodyOf(wanted)),
    onSuccess: (search) => {
      void client.invalidateQueries({ queryKey: listKey, exact: true });
      onBegun(search);
    },
  });

  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const scopeTo = (scope: ScopeKind) =>
    change(
      scope === 'days'
        ? { scope, from: shiftDay(today, -30), to: today }
        : { scope, from: '', to: '' },
    );
  const unchosen =
    (draft.scope === 'doctor' && draft.practitioner === '') ||
    (draft.scope === 'patient' && draft.patient === '');
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setAsked(true);
    if (!unchosen) begin.mutate(draft);
  };
  const mistake = (field: string) => describeField(begin.error, field);
  const marked = ['word', 'reason', 'from', 'to'].some((field) => mistake(field) !== undefined);

  return (
    <form className={classes.form} aria-label={text('form')} onSubmit={submit} noValidate>
      <div className={classes.pair}>
        <TextInput
          label={text('word')}
          description={text('wordHint')}
          maxLength={100}
          autoComplete="off"
          value={draft.word}
          onChange={(event) => change({ word: event.currentTarget.value })}
          error={mistake('word')}
        />
        <TextInput
          label={text('reason')}
          description={text('reasonHint')}
          maxLength={500}
          autoComplete="off"
          value={draft.reason}
          onChange={(event) => change({ reason: event.currentTarget.value })}
          error={mistake('reason')}
        />
      </div>
      <div className={classes.where}>
        <span id="keyword-where" className={classes.label}>
          {text('where')}
        </span>
        <SegmentedControl
          size="md"
          aria-labelledby="keyword-where"
          value={draft.scope}
          onChange={(value) => scopeTo(value)}
          data={scopes.map((scope) => ({ value: scope, label: text(`scope.${scope}`) }))}
        />
      </div>
      {draft.scope === 'doctor' && (
        <NativeSelect
          label={text('doctor')}
          value={draft.practitioner}
          onChange={(event) => change({ practitioner: event.currentTarget.value })}
          error={
            doctors.isError
              ? text('doctorsFailed')
              : asked && draft.practitioner === '' && text('choose')
          }
          data={[
            { value: '', label: text('choose') },
            ...(doctors.data?.practitioners ?? []).map(({ id, name, title }) => ({
              value: id,
              label: title === '' ? name : `${name} · ${title}`,
            })),
          ]}
        />
      )}
      {draft.scope === 'patient' && (
        <PatientChoice
          value={draft.patient}
          onChange={(patient) => change({ patient })}
          error={asked && draft.patient === '' ? text('patientMissing') : undefined}
        />
      )}
      <div className={classes.days}>
        {(['from', 'to'] as const).map((name) => (
          <TextInput
            key={name}
            type="date"
            label={text(name)}
            value={draft[name]}
            onChange={(event) => change({ [name]: event.currentTarget.value })}
            error={mistake(name)}
          />
        ))}
        <p className={classes.hint}>{text(draft.scope === 'days' ? 'daysHint' : 'anyDaysHint')}</p>
        <Button
          type="submit"
          loading={begin.isPending}
          leftSection={<IconSearch size={18} aria-hidden />}
          className={classes.submit}
        >
          {text('begin')}
        </Button>
      </div>
      {begin.isError && !marked && <InlineError error={begin.error} />}
    </form>
  );
}
